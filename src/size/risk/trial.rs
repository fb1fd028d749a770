//! One week whose end is known: what a fit before it would have had to be multiplied by.

use super::instances::usages;
use super::window::is_more;
use super::{Fit, Fold, Judge, Resource, Stratum, Training};
use crate::policy::Policy;
use crate::snapshot::{Environment, Series, Window};

/// One instance in one fold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Of what.
    pub resource: Resource,
    /// Number of the fold, from 0.
    pub fold: usize,
    /// From the days before the origin.
    pub(in crate::size) fit: Fit,
    /// The smallest request, in cores or bytes, that the days after would not have violated.
    pub(in crate::size) needed: f64,
}

impl Trial {
    pub(in crate::size) fn of(fold: usize, training: &Training<'_>, judge: &Judge<'_>) -> Self {
        Self { resource: training.resource, fold, fit: Fit::of(training), needed: judge.needed() }
    }

    /// `needed` over the fit's start: what a factor has to reach.
    #[must_use]
    pub fn score(&self) -> f64 {
        self.needed / self.fit.start
    }

    /// Whom the app was like before the origin.
    #[must_use]
    pub const fn stratum(&self) -> Stratum {
        self.fit.stratum
    }

    /// Whether the request that `factor` makes would have been too small.
    pub(in crate::size) fn is_violated_by(&self, factor: f64) -> bool {
        is_more(self.needed, self.fit.request(factor))
    }
}

/// Every instance of `environment` in every fold that can be judged. None at all if an instance type is
/// not in the catalogue: then nothing about the environment is known.
pub(in crate::size) fn trials(environment: &Environment, series: &[Series], window: Window, folds: &[Fold], policy: &Policy) -> Vec<Trial> {
    let Ok((grid, instances)) = usages(environment, series, window, policy) else { return Vec::new() };
    let mut trials = Vec::new();
    for instance in instances {
        for usage in instance.each().into_iter().filter_map(|(_, usage)| usage) {
            for (number, fold) in folds.iter().enumerate() {
                let (seen, judged) = fold.slots(&grid);
                trials.extend(usage.window(seen, judged).ok().map(|(training, judge)| Trial::of(number, &training, &judge)));
            }
        }
    }
    trials
}
