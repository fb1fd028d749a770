//! What somebody says of the files that are read.

use jiff::tz::TimeZone;

use super::{CpuUnit, MemoryUnit, SlotSeconds, Statistic};

/// Names of columns as the user gave them; `None` is found in the header, `""` leaves the column aside.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ColumnNames {
    pub time: Option<String>,
    pub environment: Option<String>,
    pub instance: Option<String>,
    pub cpu: Option<String>,
    pub memory: Option<String>,
}

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
