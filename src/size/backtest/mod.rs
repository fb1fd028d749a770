//! The sizing rule, and the rules that people use today, tried on weeks that they had not seen.
//!
//! Comes in: a snapshot, the policy, and how many days to fit on and to judge on. Goes out: a
//! [`Backtest`] with one [`BacktestRow`] for each rule and resource, on instances and on the replicas that the plan
//! requests for. This room refuses to judge where less than
//! half of the samples came (it skips and counts), and it compares bare rules: no rule's floors or
//! rounding steps are applied, ours included, because on idle machines a floor would be judged and not
//! the rule. Invariants: every rule is judged on the same windows; no rule sees a sample from after the
//! origin of its fold; sums are made in the order of environment, instance and fold, so that the result
//! does not depend on the number of threads.

mod judge;
mod peers;
mod rows;
mod rule;
mod tally;
#[cfg(test)]
mod tests;

pub use rows::{
    BEST_KNOWN, Backtest, BacktestRow, BacktestTable, Comparison, JudgedWindows, OwnWeeks,
};
pub use rule::Rule;
pub(in crate::size) use rule::of_peers;
pub use tally::SkippedWindows;

use std::collections::BTreeMap;

use super::grid::DAY_SECONDS;
use super::risk::{Calibration, Span};
use crate::policy::Policy;
use crate::snapshot::{Environment, EnvironmentKey, Snapshot, SnapshotError};

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BacktestError {
    /// The history cannot be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// Not even one fold.
    #[error(
        "the snapshot's window has {days} days, but one round needs {train} to fit and {test} to judge\nhint: lower --train-days or --test-days, or collect a longer history"
    )]
    TooShort {
        /// Whole days of the window.
        days: u64,
        /// Days that `--train-days` asks for.
        train: u32,
        /// Days that `--test-days` asks for.
        test: u32,
    },
}

/// Tries the rules on every instance of every environment that lives. `progress` is told the share of
/// the history that was read.
///
/// # Errors
/// When the snapshot is unreadable, or shorter than one fold.
pub fn backtest(
    snapshot: &Snapshot,
    policy: &Policy,
    span: Span,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Backtest, BacktestError> {
    let window = snapshot.manifest.window;
    let folds = span.folds(window);
    if folds.is_empty() {
        let days = window.seconds() / DAY_SECONDS;
        return Err(BacktestError::TooShort {
            days,
            train: span.train_days.get(),
            test: span.test_days.get(),
        });
    }
    let living = snapshot
        .inventory
        .environments
        .iter()
        .filter(|environment| !environment.is_terminated());
    let by_key: BTreeMap<EnvironmentKey, &Environment> = living
        .map(|environment| (environment.key(), environment))
        .collect();
    let judge = |environment: &Environment, series: &[_]| {
        judge::environment(environment, series, window, &folds, policy)
    };
    let mut judged = snapshot.history.summarise(
        |key, series| {
            by_key
                .get(key)
                .map(|environment| judge(environment, &series))
        },
        progress,
    )?;

    let all = by_key.into_iter().map(|(key, environment)| {
        let one = judged.remove(&key).flatten();
        (environment, one.unwrap_or_else(|| judge(environment, &[])))
    });
    Ok(compare(span, folds.len(), all.collect(), policy))
}

/// With every environment's weeks at hand, how ours did: on instances by what instances needed, on replicas by
/// what replicas needed.
fn compare(
    span: Span,
    folds: usize,
    mut judged: Vec<(&Environment, judge::EnvironmentWeeks)>,
    policy: &Policy,
) -> Backtest {
    let (of_instances, of_replicas) = (
        known(judged.iter().map(|(_, one)| &one.instances), folds),
        known(judged.iter().map(|(_, one)| &one.replica), folds),
    );
    for (_, one) in &mut judged {
        one.instances.ours(&of_instances, policy);
        one.replica.ours(&of_replicas, policy);
    }
    Backtest::new(span, folds, &judged, &of_replicas, policy)
}

fn known<'a>(weeks: impl Iterator<Item = &'a judge::Weeks>, folds: usize) -> Vec<Calibration> {
    let trials: Vec<_> = weeks.flat_map(|one| one.trials.iter().copied()).collect();
    Calibration::by_fold(&trials, folds)
}
