//! `eb2eks backtest`: a snapshot in, tables or rows of how each rule did on weeks that it had not seen out.

use serde::Serialize;

use super::arguments::{BacktestArguments, BacktestContent, RowFormat};
use super::progress::Progress;
use super::report_error::CommandError;
use super::{Exit, backtest_table, policy, rows, snapshot, terminal};
use crate::plan::rules_on_nodes;
use crate::policy::Policy;
use crate::size::{BacktestError, Span, backtest};
use crate::snapshot::Snapshot;

pub(super) fn run(arguments: &BacktestArguments) -> Result<Exit, CommandError> {
    let policy = policy::read(arguments.policy.as_deref())?;
    let snapshot = snapshot::read(&arguments.snapshot)?;
    if arguments.show == BacktestContent::Nodes {
        return on_nodes(&snapshot, &policy, arguments.output);
    }
    let usual = Span::of(&policy);
    let span = Span {
        train_days: arguments.train_days.unwrap_or(usual.train_days),
        test_days: arguments.test_days.unwrap_or(usual.test_days),
    };
    let progress = Progress::new("reading history");
    let result = backtest(&snapshot, &policy, span, &|share| progress.at(share));
    progress.end();
    let result = result.map_err(|error| CommandError::new(exit_of(&error), error))?;
    let format = arguments.output;
    match arguments.show {
        BacktestContent::Rules => {
            let words = || backtest_table::text(&result, terminal::width());
            rows::print(&result.instances.rows, format, Some(&words))?;
        }
        BacktestContent::Replicas => rows::print(&result.replicas.rows, format, None)?,
        BacktestContent::Environments => rows::print(&result.own_weeks, format, None)?,
        // Told above.
        BacktestContent::Nodes => {}
        BacktestContent::Scores if format == RowFormat::Csv => {
            terminal::print(result.scores.as_bytes())?;
        }
        BacktestContent::Scores => rows::print(&strata(&result.scores), format, None)?,
    }
    Ok(if result.is_complete() {
        Exit::Complete
    } else {
        Exit::Incomplete
    })
}

fn on_nodes(snapshot: &Snapshot, policy: &Policy, format: RowFormat) -> Result<Exit, CommandError> {
    let progress = Progress::new("reading history");
    let result = rules_on_nodes(snapshot, policy, &|share| progress.at(share));
    progress.end();
    let result = result.map_err(|error| CommandError::new(Exit::BadInput, error))?;
    if result.is_empty() {
        return Err(CommandError::new(
            Exit::Usage,
            format!(
                "no plan can be made {} days before the end of the history and replayed after it\nhint: collect a longer history, or lower replay.holdout_days of the policy",
                policy.replay.holdout_days
            ),
        ));
    }
    let words = || backtest_table::on_nodes(&result, policy, terminal::width());
    rows::print(&result, format, Some(&words))?;
    Ok(Exit::Complete)
}

/// What the weeks of one stratum needed, as its line of the CSV has it.
#[derive(Serialize)]
struct Stratum<'a> {
    resource: &'a str,
    stratum: &'a str,
    scores: Vec<&'a str>,
}

fn strata(csv: &str) -> Vec<Stratum<'_>> {
    let lines = csv.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some(Stratum {
                resource: cells.next()?,
                stratum: cells.next()?,
                scores: cells.filter(|cell| !cell.is_empty()).collect(),
            })
        })
        .collect()
}

const fn exit_of(error: &BacktestError) -> Exit {
    match error {
        BacktestError::Snapshot(_) => Exit::BadInput,
        BacktestError::TooShort { .. } => Exit::Usage,
    }
}
