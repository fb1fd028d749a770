//! One week whose end is known: what a fit before it would have had to be multiplied by.

use super::window::is_more;
use super::{Fit, Judge, Resource, Stratum};

/// One replica, or one instance, in one fold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Whether cores or bytes are tried.
    pub resource: Resource,
    /// Number of the fold, from 0.
    pub fold: usize,
    /// From the days before the origin.
    pub(in crate::size) fit: Fit,
    /// The smallest request, in cores or bytes, that the days after would not have violated.
    pub(in crate::size) needed: f64,
}

impl Trial {
    pub(in crate::size) fn of(fold: usize, fit: Fit, judge: &Judge<'_>) -> Self {
        Self {
            resource: judge.resource,
            fold,
            fit,
            needed: judge.needed(),
        }
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
