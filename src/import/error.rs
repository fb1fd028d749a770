//! What can be wrong with an import, each with a hint.

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A column is missing, or could be several.
    #[error(
        "{file}: {message}\nhint: name the columns with --time-column, --environment-column, --instance-column, --cpu-column, --memory-column"
    )]
    Columns {
        /// The CSV's name as given.
        file: String,
        /// Which column is missing or twice.
        message: String,
    },
    /// A column's name says that it counts something else than was stated.
    #[error("{file}: {message}")]
    Contradiction {
        /// The CSV's name as given.
        file: String,
        /// Which column, and what to state instead.
        message: String,
    },
    /// The file is in another encoding.
    #[error("{file}: {message}\nhint: eb2eks reads UTF-8, with or without a byte order mark")]
    Encoding {
        /// The CSV's name as given.
        file: String,
        /// Where it was seen, and what to do.
        message: String,
    },
    /// The list of machines is not one.
    #[error(
        "{file}: {message}\nhint: a machine on each row; environment, instance, type and region are needed"
    )]
    Machines {
        /// The CSV's name as given.
        file: String,
        /// Which line, and why.
        message: String,
    },
    /// Rows that cannot be read.
    #[error("{count} rows cannot be read, nothing was written\n{}\nhint: correct them, or leave them out with --skip-bad-rows, which counts them", first.join("\n"))]
    Rows {
        /// How many rows are bad in all.
        count: u64,
        /// File, line and reason of the first.
        first: Vec<String>,
    },
    /// Rows came, and not one of them could be used.
    #[error("no row could be used: {bad} of {rows} cannot be read, {unknown} are of unknown environments or instances\n{}\nhint: correct the export, the first rows tell what is wrong with it", first.join("\n"))]
    NoneReadable {
        /// Rows of all files.
        rows: u64,
        /// Rows among them that could not be read.
        bad: u64,
        /// Of those, not known.
        unknown: u64,
        /// File, line and reason of the first bad ones.
        first: Vec<String>,
    },
    /// Not one value for a known environment.
    #[error("no row holds a value of a known environment ({rows} rows read, {unknown} of unknown environments or instances){}\nhint: rows name environments by name or id, instances by id", examples.iter().map(|it| format!("\n{it}")).collect::<String>())]
    Nothing {
        /// Rows of all files.
        rows: u64,
        /// Of those, not known.
        unknown: u64,
        /// Some of the unknown.
        examples: Vec<String>,
    },
    /// A span that no snapshot may have.
    #[error(
        "the times go from {first} to {last}, more than {most_days} days\nhint: is a year mistyped, or one column in milliseconds and another in seconds?"
    )]
    Long {
        /// The earliest time of a value.
        first: jiff::Timestamp,
        /// The latest.
        last: jiff::Timestamp,
        /// The most days that a snapshot may cover.
        most_days: u64,
    },
    /// Hardly any of the slots between the values has one.
    #[error(
        "{values} values are spread over {slots} slots of time\nhint: is a year mistyped, or --period much finer than the export?"
    )]
    Sparse {
        /// Slots with a value, of all series.
        values: usize,
        /// Slots of all series, from each one's first value to its last.
        slots: usize,
    },
    /// A memory that never passes 1 %.
    #[error(
        "memory is never above 1 percent: these are fractions\nhint: give --memory-unit fraction"
    )]
    Fractions,
}

impl ImportError {
    /// What is wrong with the columns of `file`, or with its encoding, which no column's name can mend.
    pub(super) fn of_columns(file: &str, message: String) -> Self {
        let file = file.to_owned();
        if message.contains(super::table::ENCODING) {
            Self::Encoding { file, message }
        } else {
            Self::Columns { file, message }
        }
    }
}
