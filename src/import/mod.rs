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
mod options;
mod slots;
mod table;
mod unit;
mod write;

pub use environment_index::EnvironmentIndex;
pub use error::ImportError;
pub use importer::{Import, Importer};
pub use machines::Machines;
pub use moment::{SlotSeconds, parse_time_zone};
pub use options::{ColumnNames, Options};
pub use unit::{CpuUnit, MemoryUnit, Statistic};
pub use write::{build, complete};
