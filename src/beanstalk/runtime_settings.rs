//! What the options of each language say.

use std::collections::BTreeMap;

use super::jvm::{self, Jvm};
use super::options::Options;
use super::values;
use crate::units::Bytes;

/// Options of the languages; an environment has those of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuntimeSettings {
    /// Flags of the Java machine, of Java SE and Tomcat platforms.
    pub jvm: Jvm,
    /// Workers and module of the WSGI server.
    pub python: PythonSettings,
    /// Start command and version of Node.js.
    pub node: NodeSettings,
    /// Directives that the platform writes into php.ini; the image has to from now on.
    pub php: PhpSettings,
}

/// `aws:elasticbeanstalk:container:python`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PythonSettings {
    /// Module and callable, as set: `run.py`, `shop.wsgi:app`.
    pub wsgi_path: Option<String>,
    /// `NumProcesses`: worker processes of the WSGI server.
    pub processes: Option<u32>,
    /// `NumThreads`: threads of each of these.
    pub threads: Option<u32>,
}

/// `aws:elasticbeanstalk:container:nodejs`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NodeSettings {
    /// `NodeCommand`: the whole command line, as set.
    pub command: Option<String>,
    /// `NodeVersion`, without a leading `v`: `12.14.0`.
    pub version: Option<String>,
}

impl NodeSettings {
    /// `--max-old-space-size`, as it stands in the start command, and its size: MiB.
    #[must_use]
    pub fn largest_heap(&self) -> Option<(String, Bytes)> {
        let flag = self
            .command
            .as_deref()?
            .split_whitespace()
            .rfind(|word| word.replace('_', "-").starts_with("--max-old-space-size="))?;
        let mebibytes: u32 = flag.split_once('=')?.1.parse().ok()?;
        Some((flag.to_owned(), Bytes::from_mebibytes(u64::from(mebibytes))))
    }
}

/// `aws:elasticbeanstalk:container:php:phpini`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhpSettings {
    /// Memory of a request, as set and in bytes; absent: not set, or none.
    pub memory_limit: Option<(String, Bytes)>,
    /// Folder under the app's that is served, as set: `/public`.
    pub document_root: Option<String>,
    /// What `composer install` is called with, as set.
    pub composer_options: Option<String>,
    /// Every other directive that is set, by its name.
    pub ini: BTreeMap<String, String>,
}

/// Options by their names, for whoever has to say that a value was left out.
pub const NODE_COMMAND: &str = "NodeCommand";
/// Of PHP, where it is no directive.
pub const DOCUMENT_ROOT: &str = "document_root";
/// Of PHP, where it is no directive.
pub const COMPOSER_OPTIONS: &str = "composer_options";

const PYTHON: &str = "aws:elasticbeanstalk:container:python";
const NODE: &str = "aws:elasticbeanstalk:container:nodejs";
const PHP: &str = "aws:elasticbeanstalk:container:php:phpini";

pub(super) fn of(options: &Options<'_>) -> RuntimeSettings {
    let owned = |namespace: &str, name: &str| options.get(namespace, name).map(str::to_owned);
    RuntimeSettings {
        jvm: jvm::of(options),
        python: PythonSettings {
            wsgi_path: options.get(PYTHON, "WSGIPath").and_then(values::identifier),
            processes: options.number(PYTHON, "NumProcesses", 1, 1_000),
            threads: options.number(PYTHON, "NumThreads", 1, 1_000),
        },
        node: NodeSettings {
            command: owned(NODE, NODE_COMMAND),
            version: options
                .get(NODE, "NodeVersion")
                .map(|text| text.trim_start_matches('v').to_owned())
                .filter(|text| is_version(text)),
        },
        php: PhpSettings {
            memory_limit: options
                .get(PHP, "memory_limit")
                .and_then(|text| Some((text.to_owned(), jvm::binary_size(text)?))),
            document_root: owned(PHP, DOCUMENT_ROOT),
            composer_options: owned(PHP, COMPOSER_OPTIONS),
            ini: options
                .all(PHP)
                .filter(|(name, _)| ![DOCUMENT_ROOT, COMPOSER_OPTIONS].contains(name))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        },
    }
}

fn is_version(text: &str) -> bool {
    text.len() <= 12
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}
