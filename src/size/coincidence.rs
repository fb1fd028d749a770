//! Whether apps are busy at the same time.

use serde::{Deserialize, Serialize};

use super::Profile;
use crate::units::Millicores;

/// CPU of all apps together, and of each by itself. The sum of their own peaks overstates what they use
/// at once; what it overstates is room that a node has for pods over their request.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Coincidence {
    /// Sum of each app's busiest hour.
    pub sum_of_peaks: Millicores,
    /// The busiest hour of all apps together; within an hour they may still miss each other.
    pub peak_of_sum: Millicores,
}

impl Coincidence {
    /// Of the apps that move, on one grid of hours.
    pub fn of<'a>(profiles: impl Iterator<Item = &'a Profile>) -> Self {
        let mut together: Vec<Millicores> = Vec::new();
        let mut sum_of_peaks = Millicores(0);
        for profile in profiles {
            let hourly = profile.hourly();
            together.resize(together.len().max(hourly.len()), Millicores(0));
            together
                .iter_mut()
                .zip(hourly)
                .for_each(|(sum, cores)| *sum += *cores);
            sum_of_peaks += hourly.iter().copied().max().unwrap_or_default();
        }
        Self {
            sum_of_peaks,
            peak_of_sum: together.into_iter().max().unwrap_or_default(),
        }
    }

    /// By how much the sum of the peaks overstates the peak of the sum, as a share of that; 0 of nothing.
    #[must_use]
    pub fn overstated(&self) -> f64 {
        if self.peak_of_sum.0 == 0 {
            0.0
        } else {
            self.sum_of_peaks.cores() / self.peak_of_sum.cores() - 1.0
        }
    }
}
