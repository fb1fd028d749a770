//! `eb2eks backtest`

use super::arguments::{BacktestArguments, RowFormat};
use super::progress::Progress;
use super::report_error::CommandError;
use super::{Exit, backtest_table, policy, terminal};
use crate::size::{BacktestError, Span, backtest};
use crate::snapshot::Snapshot;

pub(super) fn run(arguments: &BacktestArguments) -> Result<Exit, CommandError> {
    let policy = policy::read(arguments.policy.as_deref())?;
    let snapshot = Snapshot::read(&arguments.snapshot).map_err(|error| CommandError::new(Exit::BadInput, error))?;
    let span = Span { train_days: arguments.train_days, test_days: arguments.test_days };
    let progress = Progress::new("reading history");
    let result = backtest(&snapshot, &policy, span, &|share| progress.at(share));
    progress.end();
    let result = result.map_err(|error| CommandError::new(exit_of(&error), error))?;
    let text = match arguments.output {
        RowFormat::Table => backtest_table::text(&result, terminal::width()),
        RowFormat::Json => {
            let rows = serde_json::to_string_pretty(&result.rows);
            rows.map_err(|error| CommandError::new(Exit::Failure, error))? + "\n"
        }
    };
    terminal::print(text.as_bytes())?;
    Ok(if result.is_complete() { Exit::Complete } else { Exit::Incomplete })
}

const fn exit_of(error: &BacktestError) -> Exit {
    match error {
        BacktestError::Snapshot(_) => Exit::BadInput,
        BacktestError::TooShort { .. } => Exit::Usage,
    }
}
