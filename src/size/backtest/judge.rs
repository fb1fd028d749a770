//! One environment: every instance, every fold, every peer.

use super::rule::{Rule, of_peers};
use super::tally::{Ledger, Tally};
use crate::policy::Policy;
use crate::size::grid::Grid;
use crate::size::risk::{Calibration, Fold, Resource, Trial, Usage, usages};
use crate::snapshot::{Environment, Series, Window};

/// What one environment's weeks were, and how the peers did on them. How ours did is known only when
/// every environment's weeks are: see [`Judged::ours`].
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) tally: Tally,
    pub(super) trials: Vec<Trial>,
}

/// Tries the peers on the instances of `environment`, in the units and on the grid of the plan.
pub(super) fn environment(environment: &Environment, series: &[Series], window: Window, folds: &[Fold], policy: &Policy) -> Judged {
    let mut judged = Judged { tally: Tally { environments: 1, ..Tally::default() }, trials: Vec::new() };
    let Ok((grid, instances)) = usages(environment, series, window, policy) else {
        judged.tally.skip_unknown_types(environment.instances.len() * folds.len());
        return judged;
    };
    for instance in instances {
        let weeks = judged.trials.len();
        for (resource, usage) in instance.each() {
            let ledger = judged.tally.of_mut(resource);
            match usage {
                Some(usage) => each_fold(usage, &grid, folds, ledger, &mut judged.trials),
                None => ledger.skipped.unreported += folds.len() as u64,
            }
        }
        judged.tally.instances_judged += u64::from(judged.trials.len() > weeks);
    }
    judged.tally.environments_judged = u64::from(judged.tally.instances_judged > 0);
    judged
}

fn each_fold(usage: &Usage, grid: &Grid, folds: &[Fold], ledger: &mut Ledger, trials: &mut Vec<Trial>) {
    for (number, fold) in folds.iter().enumerate() {
        let (seen, days_after) = fold.slots(grid);
        match usage.window(seen, days_after) {
            Ok((training, judge)) => {
                ledger.add(&of_peers(&training), &judge);
                trials.push(Trial::of(number, &training, &judge));
            }
            Err(skip) => ledger.skip(skip),
        }
    }
}

impl Judged {
    /// Adds how ours did, each week judged by what was known at its origin.
    pub(super) fn ours(&mut self, by_fold: &[Calibration], policy: &Policy) {
        for trial in &self.trials {
            let Some(known) = by_fold.get(trial.fold) else { continue };
            let factor = |risk| known.factor(trial.resource, trial.stratum(), risk).value;
            let ledger = self.tally.of_mut(trial.resource);
            for (sums, rule) in ledger.ours.iter_mut().zip(Rule::OURS) {
                if let Some(risk) = rule.risk() {
                    sums.add(trial.fit.request(factor(risk)), trial.is_violated_by(factor(risk)));
                }
            }
            let risk = match trial.resource {
                Resource::Cpu => policy.sizing.cpu_risk,
                Resource::Memory => policy.sizing.memory_request_risk,
            };
            ledger.plan.add(trial.fit.request(factor(risk)), trial.is_violated_by(factor(risk)));
        }
    }
}
