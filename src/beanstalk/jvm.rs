//! Options of the Java machine.

use super::options::Options;
use crate::units::Bytes;

/// What the Java machine is started with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jvm {
    /// The largest heap, wherever it is set.
    pub largest_heap: Option<Heap>,
    /// Flags that may stand in a start command, in order. Nothing else: a system property may hold a secret.
    pub flags: Vec<String>,
}

/// A size of a heap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heap {
    /// As it is set: `2g`.
    pub text: String,
    /// Its size.
    pub size: Bytes,
}

const JVM: &str = "aws:elasticbeanstalk:container:tomcat:jvmoptions";

pub(super) fn of(options: &Options<'_>) -> Jvm {
    let size = |name: &str| {
        options
            .get(JVM, name)
            .filter(|text| heap(text).is_some())
            .map(|size| format!("-{name}{size}"))
    };
    let flags = options
        .get(JVM, "JVM Options")
        .unwrap_or("")
        .split_whitespace()
        .filter(|flag| flag.starts_with("-X") && flag.len() <= 80);
    let is_plain = |flag: &&str| {
        flag.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'=' | b'.' | b'+'))
    };
    let flags = flags.filter(is_plain).map(str::to_owned);
    let flags: Vec<String> = size("Xms")
        .into_iter()
        .chain(size("Xmx"))
        .chain(flags)
        .collect();
    Jvm {
        // Of a flag that is given twice the last counts.
        largest_heap: flags
            .iter()
            .rev()
            .find_map(|flag| flag.strip_prefix("-Xmx").and_then(heap)),
        flags,
    }
}

/// `512m`, `2G`: one unit at most.
fn heap(text: &str) -> Option<Heap> {
    let size = binary_size(text)?;
    Some(Heap {
        text: text.to_owned(),
        size,
    })
}

/// `512m`, `2G`, `256M`: as Java and PHP read it: k, m and g are powers of 1024.
pub(super) fn binary_size(text: &str) -> Option<Bytes> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit: u64 = match text.get(digits.len()..)?.to_ascii_lowercase().as_str() {
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        _ => return None,
    };
    let number: u32 = digits.parse().ok()?;
    Some(Bytes(u64::from(number) * unit))
}
