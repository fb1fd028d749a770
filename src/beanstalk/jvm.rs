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
    /// Names of those that may not.
    pub left_out: Vec<String>,
}

/// A size of a heap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heap {
    /// As it is set: `2g`.
    pub text: String,
    /// The same in bytes: k, m and g are powers of 1024.
    pub size: Bytes,
}

const JVM: &str = "aws:elasticbeanstalk:container:tomcat:jvmoptions";

pub(super) fn of(options: &Options<'_>) -> Jvm {
    // Beanstalk writes a name of its own before its value: `-Xmx512m`, `-XX:MaxMetaspaceSize=256m`.
    let named = options
        .all(JVM)
        .filter(|(name, _)| !matches!(*name, LIST | SINCE_JAVA_8))
        .map(|(name, value)| {
            let between = if name.starts_with("XX:") { "=" } else { "" };
            (format!("-{name}"), format!("-{name}{between}{value}"))
        });
    let listed = words(options.get(JVM, LIST).unwrap_or(""))
        .into_iter()
        .map(|flag| (name_of(&flag), flag));
    let (mut flags, mut left_out) = (Vec::new(), Vec::new());
    for (name, flag) in named.chain(listed) {
        if is_flag(&flag) {
            flags.push(flag);
        } else {
            left_out.push(shown(&name));
        }
    }
    // Sizes first, as Beanstalk has them: of a flag that is given twice the last counts.
    flags.sort_by_key(|flag| heap_of(flag).is_none());
    Jvm {
        largest_heap: flags
            .iter()
            .rev()
            .find_map(|flag| flag.strip_prefix("-Xmx").and_then(heap)),
        flags,
        left_out,
    }
}

/// Flags in one text.
const LIST: &str = "JVM Options";

/// Java 8 and later know no permanent generation: the flag does nothing there but warn.
const SINCE_JAVA_8: &str = "XX:MaxPermSize";

/// The words of a command line: blanks part them, unless they stand in quotes.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            _ => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A flag of the machine itself that a shell and a YAML file take as it is. A property (`-D`) may hold a secret, an
/// agent needs a file that the image may not have.
fn is_flag(text: &str) -> bool {
    let is_whole = heap_of(text).is_none_or(|size| heap(size).is_some());
    text.starts_with("-X")
        && is_whole
        && text.len() <= 200
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'-' | b':' | b'=' | b'.' | b'+' | b'/' | b'_' | b',' | b'%'
                )
        })
}

/// What follows `-Xms` or `-Xmx`.
fn heap_of(flag: &str) -> Option<&str> {
    flag.strip_prefix("-Xms")
        .or_else(|| flag.strip_prefix("-Xmx"))
}

/// The name of an option without its value: `-Dfile.encoding`, `-javaagent`, `-XX:OnOutOfMemoryError`.
fn name_of(text: &str) -> String {
    let plain = text.strip_prefix("-XX:").map_or(0, |_| 4);
    let end = text[plain..]
        .find([':', '='])
        .map_or(text.len(), |at| plain + at);
    text[..end].to_owned()
}

fn shown(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_graphic)
        .take(60)
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{Environment, OptionSetting};

    fn read(settings: &[(&str, &str)]) -> (String, Vec<String>, Option<u64>) {
        let setting = |(name, value): &(&str, &str)| OptionSetting {
            namespace: JVM.to_owned(),
            name: (*name).to_owned(),
            resource: None,
            value: Some((*value).to_owned()),
            redacted: false,
        };
        let environment = Environment {
            option_settings: settings.iter().map(setting).collect(),
            ..Environment::default()
        };
        let jvm = of(&Options::of(&environment));
        let heap = jvm.largest_heap.map(|heap| heap.size.0 >> 20);
        (jvm.flags.join(" "), jvm.left_out, heap)
    }

    #[test]
    fn every_option_reaches_the_start_command_or_is_named_as_left_out() {
        assert_eq!(
            read(&[
                ("Xmx", "512m  "),
                ("Xms", "256m"),
                ("XX:MaxPermSize", "256m"),
                ("XX:MaxMetaspaceSize", "256m"),
                ("Xss", "1m"),
            ]),
            (
                "-Xms256m -Xmx512m -XX:MaxMetaspaceSize=256m -Xss1m".to_owned(),
                vec![],
                Some(512)
            )
        );
        assert_eq!(
            read(&[(
                LIST,
                "-Xmx3g -XX:HeapDumpPath=/var/log/tomcat8/ -javaagent:/usr/share/agent.jar '-Dkey=a b' -XX:OnError=\"kill -9 %p\""
            )]),
            (
                "-Xmx3g -XX:HeapDumpPath=/var/log/tomcat8/".to_owned(),
                vec![
                    "-javaagent".to_owned(),
                    "-Dkey".to_owned(),
                    "-XX:OnError".to_owned()
                ],
                Some(3072)
            )
        );
        assert_eq!(
            read(&[
                (
                    LIST,
                    "\"-XX:MaxMetaspaceSize=256m\" '-Dfile.encoding=UTF-8'"
                ),
                ("Xmx", "2G")
            ]),
            (
                "-Xmx2G -XX:MaxMetaspaceSize=256m".to_owned(),
                vec!["-Dfile.encoding".to_owned()],
                Some(2048)
            )
        );
    }

    /// A value never leaves by the list of names: it may be a secret.
    #[test]
    fn of_what_is_left_out_the_name_alone_is_told() {
        let (flags, left_out, _) = read(&[("Dpassword", "hunter2"), (LIST, "-Dtoken=hunter2")]);
        assert_eq!(
            (flags.as_str(), left_out),
            ("", vec!["-Dpassword".to_owned(), "-Dtoken".to_owned()])
        );
    }

    #[test]
    fn of_a_heap_that_is_given_twice_the_last_counts_and_a_broken_one_is_left_out() {
        assert_eq!(read(&[("Xmx", "1g"), (LIST, "-Xmx2g")]).2, Some(2048));
        let (flags, left_out, heap) = read(&[("Xmx", "a lot")]);
        assert_eq!(
            (flags.as_str(), left_out, heap),
            ("", vec!["-Xmx".to_owned()], None)
        );
    }
}
