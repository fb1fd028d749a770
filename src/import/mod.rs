//! CSV exports of other monitoring systems, made part of a snapshot.
//!
//! Comes in: CSV text, what its columns and units are, and the environments that its rows may name.
//! Goes out: a snapshot that holds the series beside those that it had, each with its source. This room
//! refuses to guess: a unit that was not stated, a header that could be two things, a time without a
//! zone and a row that cannot be read are errors with file and line; a row of an environment that nobody
//! knows is counted and named. Invariant: the order of rows and files changes nothing.

mod columns;
mod environment_index;
mod error;
mod importer;
mod machines;
mod moment;
mod number;
mod slots;
mod table;
mod unit;
mod write;

pub use columns::ColumnNames;
pub use environment_index::EnvironmentIndex;
pub use error::ImportError;
pub use importer::{Import, Importer};
pub use machines::Machines;
pub use moment::{SlotSeconds, parse_time_zone};
pub use unit::{CpuUnit, MemoryUnit, Statistic};
pub use write::{build, complete};

use jiff::tz::TimeZone;

/// What is said of the CSV files; holds for all of one run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which columns hold what.
    pub columns: ColumnNames,
    /// Of the CPU column; `None` leaves CPU aside.
    pub cpu: Option<CpuUnit>,
    /// Of the memory column; `None` leaves memory aside.
    pub memory: Option<MemoryUnit>,
    /// What the exported values are of the time that each stands for.
    pub statistic: Statistic,
    /// The `source` of every series, such as `Datadog system.mem.pct_usable`.
    pub source: String,
    /// Of times that carry no offset; `None` refuses them.
    pub time_zone: Option<TimeZone>,
    /// Grid step; `None` finds it in the data, five minutes at the finest.
    pub period: Option<SlotSeconds>,
    /// What parts the cells; `None` finds it in the header.
    pub delimiter: Option<u8>,
    /// Whether `12,5` is twelve and a half.
    pub has_decimal_comma: bool,
    /// Rows count only if each of these columns holds exactly this text.
    pub only: Vec<(String, String)>,
    /// Whether rows that cannot be read are counted and left out rather than refused.
    pub skips_bad_rows: bool,
}
