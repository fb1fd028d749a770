//! What can be wrong with a snapshot, each with a hint.

use std::path::PathBuf;

/// Why a snapshot cannot be planned from.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// A file of the folder is missing or cannot be read.
    #[error(
        "cannot read {path}: {source}\nhint: a snapshot is a folder with manifest.json, inventory.json and metrics.parquet"
    )]
    Unreadable {
        /// Path of the file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A JSON file does not parse, or a value in it is of the wrong kind.
    #[error(
        "cannot understand {path}: {}\nhint: was the file cut off or edited? collect or import it again",
        one_line(message)
    )]
    Malformed {
        /// Path of the file.
        path: PathBuf,
        /// Line, column and what was expected.
        message: String,
    },
    /// Another format, or a later one.
    #[error(
        "{path} says format {found:?}, but this version reads \"{expected}\"\nhint: use the eb2eks that wrote it, or collect again"
    )]
    Format {
        /// Path of the file.
        path: PathBuf,
        /// What the manifest says.
        found: String,
        /// What this version reads.
        expected: &'static str,
    },
    /// The history file is damaged or not of the documented shape.
    #[error(
        "cannot read the history in {path}: {}\nhint: a damaged metrics.parquet has to be collected or imported again",
        one_line(message)
    )]
    History {
        /// Path of the file.
        path: PathBuf,
        /// What the reader of its format found wrong.
        message: String,
    },
    /// The same environment twice.
    #[error(
        "environment {name:?} ({}) stands in inventory.json {count} times\nhint: two snapshots were merged by hand? keep one entry for each environment",
        one_line(key)
    )]
    Duplicate {
        /// As Beanstalk calls the environment, for whoever has to look it up.
        name: String,
        /// Account, region and id (or name).
        key: String,
        /// How often it stands in the inventory.
        count: usize,
    },
    /// The same instance twice: it would be billed and counted twice.
    #[error(
        "instance \"{id}\" stands in inventory.json {count} times, once in environment \"{name}\"\nhint: an instance belongs to one environment; keep one entry"
    )]
    DuplicateInstance {
        /// `i-…`
        id: String,
        /// One of the environments that name it.
        name: String,
        /// How often it stands in the inventory.
        count: usize,
    },
    /// More than any volume holds.
    #[error(
        "the root volume of environment \"{name}\" has {gib} GiB\nhint: EBS ends at 65536; is the unit right?"
    )]
    RootVolume {
        /// As Beanstalk calls the environment, for whoever has to look it up.
        name: String,
        /// As in the inventory.
        gib: u32,
    },
    /// More than any group has.
    #[error(
        "the auto scaling group of environment \"{name}\" has {instances} instances\nhint: Beanstalk allows at most {most}; are min, max and desired right?"
    )]
    GroupSize {
        /// As Beanstalk calls the environment, for whoever has to look it up.
        name: String,
        /// The largest of minimum, maximum and desired.
        instances: u32,
        /// The most that is allowed.
        most: u32,
    },
    /// A snapshot without environments.
    #[error(
        "the snapshot holds no live environment\nhint: Beanstalk answers a caller without permission with an empty list; check the role, the region and the account"
    )]
    Empty,
    /// The window ends before it starts.
    #[error(
        "the window of the snapshot is empty: {start} to {end}\nhint: manifest.json needs window.start before window.end"
    )]
    Window {
        /// The first moment of the window.
        start: jiff::Timestamp,
        /// Moment after the last.
        end: jiff::Timestamp,
    },
    /// The window is longer than any history: a slip of the pen, and slots without end.
    #[error(
        "the window of the snapshot is longer than {most_days} days: {start} to {end}\nhint: is window.start of manifest.json right?"
    )]
    LongWindow {
        /// The first moment of the window.
        start: jiff::Timestamp,
        /// Moment after the last.
        end: jiff::Timestamp,
        /// The most days that are allowed.
        most_days: u64,
    },
    /// A file is not as it was written.
    #[error(
        "{path} is not as it was written: its checksum is another than in manifest.json\nhint: was it damaged on its way? copy, collect or import it again. If you edited it on purpose, remove \"checksums\" from manifest.json"
    )]
    Changed {
        /// Path of the file.
        path: PathBuf,
    },
    /// A "today" that cannot be.
    #[error(
        "the snapshot says that it was collected at {at}\nhint: collected_at of manifest.json is the \"today\" of every plan; it must lie between 2011 and 2100"
    )]
    Collected {
        /// As in the manifest.
        at: jiff::Timestamp,
    },
    /// The snapshot could not be written.
    #[error("cannot write {path}: {source}\nhint: is the disk full, or the folder not yours?")]
    Unwritable {
        /// Path of the file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Names in it come from strangers: a line break in one could forge a hint.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
