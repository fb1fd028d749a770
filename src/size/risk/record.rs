//! How the rule would have done on one's own weeks.

use serde::{Deserialize, Serialize};

use super::{Calibration, Resource, Trial};
use crate::policy::Risk;

/// Weeks of an environment's instances on which the rule was tried, and those on which it was too small.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Record {
    /// One for each instance and fold that could be judged.
    pub weeks: u32,
    /// Those in which the request would have been too small.
    pub violated: u32,
}

impl Record {
    /// Of `resource` in `trials`, each judged by what was known at its origin.
    #[must_use]
    pub fn of(trials: &[Trial], resource: Resource, by_fold: &[Calibration], risk: Risk) -> Self {
        let mut record = Self::default();
        for trial in trials.iter().filter(|trial| trial.resource == resource) {
            let Some(known) = by_fold.get(trial.fold) else {
                continue;
            };
            let factor = known.factor(resource, trial.stratum(), risk);
            record.weeks += 1;
            record.violated += u32::from(trial.is_violated_by(factor.value));
        }
        record
    }
}
