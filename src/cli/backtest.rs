//! `eb2eks backtest`

use serde::Serialize;

use super::arguments::{BacktestArguments, RowFormat};
use super::progress::Progress;
use super::report_error::CommandError;
use super::{Exit, backtest_table, policy, terminal};
use crate::size::{BacktestError, Span, backtest};
use crate::snapshot::Snapshot;

pub(super) fn run(arguments: &BacktestArguments) -> Result<Exit, CommandError> {
    let policy = policy::read(arguments.policy.as_deref())?;
    let snapshot = Snapshot::read(&arguments.snapshot)
        .map_err(|error| CommandError::new(Exit::BadInput, error))?;
    let usual = Span::of(&policy);
    let span = Span {
        train_days: arguments.train_days.unwrap_or(usual.train_days),
        test_days: arguments.test_days.unwrap_or(usual.test_days),
    };
    let progress = Progress::new("reading history");
    let result = backtest(&snapshot, &policy, span, &|share| progress.at(share));
    progress.end();
    let result = result.map_err(|error| CommandError::new(exit_of(&error), error))?;
    let text = match arguments.output {
        RowFormat::Table => backtest_table::text(&result, terminal::width()),
        RowFormat::Json => json(&result.instances.rows)?,
        RowFormat::Replicas => json(&result.replicas.rows)?,
        RowFormat::Environments => json(&result.own_weeks)?,
        RowFormat::Scores => result.scores.clone(),
    };
    terminal::print(text.as_bytes())?;
    Ok(if result.is_complete() {
        Exit::Complete
    } else {
        Exit::Incomplete
    })
}

fn json<T: Serialize>(rows: &[T]) -> Result<String, CommandError> {
    let text = serde_json::to_string_pretty(rows)
        .map_err(|error| CommandError::new(Exit::Failure, error))?;
    Ok(text + "\n")
}

const fn exit_of(error: &BacktestError) -> Exit {
    match error {
        BacktestError::Snapshot(_) => Exit::BadInput,
        BacktestError::TooShort { .. } => Exit::Usage,
    }
}
