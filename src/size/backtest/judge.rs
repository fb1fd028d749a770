//! One environment: every fold and every peer, on each of its instances and on its replica.

use super::rule::{Rule, of_peers};
use super::tally::{Ledger, Tally};
use crate::policy::{self, Policy};
use crate::size::grid::Grid;
use crate::size::readings::Readings;
use crate::size::replica::{self, Replica};
use crate::size::risk::{Calibration, Fit, Fold, Resource, Training, Trial, Usage, usages, weeks};
use crate::size::{SizingError, Stage};
use crate::snapshot::{Environment, Series, Window};

/// What one environment's weeks were.
#[derive(Debug, Default)]
pub(super) struct EnvironmentWeeks {
    /// On each instance by itself, as the peers see one.
    pub(super) instances: Weeks,
    /// On the replica that the plan requests for.
    pub(super) replica: Weeks,
}

/// How the peers did. How ours did is known only when every environment's weeks are: see [`Weeks::ours`].
#[derive(Debug, Default)]
pub(super) struct Weeks {
    pub(super) tally: Tally,
    pub(super) trials: Vec<Trial>,
}

/// Tries the peers on `environment`, in the units and on the grid of the plan.
pub(super) fn environment(
    environment: &Environment,
    series: &[Series],
    window: Window,
    folds: &[Fold],
    policy: &Policy,
) -> EnvironmentWeeks {
    let readings = Readings::of(series);
    let series: &[Series] = &readings.series;
    EnvironmentWeeks {
        instances: of_instances(environment, series, window, folds, policy),
        replica: of_replica(environment, series, window, folds, policy),
    }
}

fn of_instances(
    environment: &Environment,
    series: &[Series],
    window: Window,
    folds: &[Fold],
    policy: &Policy,
) -> Weeks {
    let mut weeks = Weeks::of_one();
    let Ok((grid, instances)) = usages(environment, series, window, policy) else {
        weeks
            .tally
            .skip_unknown_types(environment.instances.len() * folds.len());
        return weeks;
    };
    for instance in instances {
        let before = weeks.trials.len();
        for (resource, usage) in instance.each() {
            let fit = |_: &Usage, training: &Training<'_>, _, rules: &policy::Sizing| {
                Fit::of(training, rules)
            };
            weeks.judge(
                resource,
                usage,
                &JudgingSettings {
                    grid: &grid,
                    folds,
                    rules: &policy.sizing,
                    fit,
                },
            );
        }
        weeks.tally.subjects_judged += u64::from(weeks.trials.len() > before);
    }
    weeks.tally.environments_judged = u64::from(weeks.tally.subjects_judged > 0);
    weeks
}

fn of_replica(
    environment: &Environment,
    series: &[Series],
    window: Window,
    folds: &[Fold],
    policy: &Policy,
) -> Weeks {
    let mut weeks = Weeks::of_one();
    let replica = match Replica::of(
        environment,
        series,
        window,
        Stage::of(environment, &policy.stages),
        policy,
    ) {
        Ok(replica) => replica,
        Err(SizingError::UnknownInstanceType(_)) => {
            weeks.tally.skip_unknown_types(folds.len());
            return weeks;
        }
        Err(_) => {
            Resource::ALL
                .into_iter()
                .for_each(|resource| weeks.tally.of_mut(resource).skip_unreported(folds.len()));
            return weeks;
        }
    };
    for (resource, usage) in replica.judged() {
        weeks.judge(
            resource,
            usage,
            &JudgingSettings {
                grid: &replica.grid,
                folds,
                rules: &policy.sizing,
                fit: replica::fit,
            },
        );
    }
    weeks.tally.subjects_judged = u64::from(!weeks.trials.is_empty());
    weeks.tally.environments_judged = weeks.tally.subjects_judged;
    weeks
}

/// How a subject is judged.
struct JudgingSettings<'a, F> {
    grid: &'a Grid,
    folds: &'a [Fold],
    rules: &'a policy::Sizing,
    /// What our request starts from, by what was used before a slot.
    fit: F,
}

impl Weeks {
    fn of_one() -> Self {
        Self {
            tally: Tally {
                environments: 1,
                ..Tally::default()
            },
            trials: Vec::new(),
        }
    }

    fn judge<F>(
        &mut self,
        resource: Resource,
        usage: Option<&Usage>,
        judging: &JudgingSettings<'_, F>,
    ) where
        F: Fn(&Usage, &Training<'_>, usize, &policy::Sizing) -> Fit,
    {
        let JudgingSettings {
            grid,
            folds,
            rules,
            fit,
        } = judging;
        let ledger: &mut Ledger = self.tally.of_mut(resource);
        let Some(usage) = usage else {
            return ledger.skip_unreported(folds.len());
        };
        for (number, origin, week) in weeks(usage, grid, folds) {
            match week {
                Ok((training, judge)) => {
                    ledger.add(&of_peers(&training), &judge);
                    self.trials.push(Trial::of(
                        number,
                        fit(usage, &training, origin, rules),
                        &judge,
                    ));
                }
                Err(skip) => ledger.skip(skip),
            }
        }
    }

    /// Adds how ours did, each week judged by what was known at its origin.
    pub(super) fn ours(&mut self, by_fold: &[Calibration], policy: &Policy) {
        for trial in &self.trials {
            let Some(known) = by_fold.get(trial.fold) else {
                continue;
            };
            let factor = |risk| known.factor(trial.resource, trial.stratum(), risk).value;
            let ledger = self.tally.of_mut(trial.resource);
            for (sums, rule) in ledger.ours.iter_mut().zip(Rule::OURS) {
                if let Some(risk) = rule.risk() {
                    sums.add(
                        trial.fit.request(factor(risk)),
                        trial.is_violated_by(factor(risk)),
                    );
                }
            }
            let risk = match trial.resource {
                Resource::Cpu => policy.sizing.cpu_risk,
                Resource::Memory => policy.sizing.memory_limit_risk,
            };
            ledger.plan.add(
                trial.fit.request(factor(risk)),
                trial.is_violated_by(factor(risk)),
            );
        }
    }
}
