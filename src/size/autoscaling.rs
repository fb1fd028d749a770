//! Bounds and target of an autoscaler, from the same demand and the same request.

use serde::{Deserialize, Serialize};

use super::Rhythm;
use super::profile::Profile;
use crate::policy;
use crate::units::Millicores;
use crate::wording::{Text, text};

/// What scales the replicas of one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scaler {
    /// HorizontalPodAutoscaler on CPU.
    Cpu,
    /// KEDA on the length of the queue: a worker's CPU says little of what waits.
    Queue,
}

impl Scaler {
    /// What plans and reports call it.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Cpu => text!("scaler-cpu"),
            Self::Queue => text!("scaler-queue"),
        }
    }
}

/// An autoscaler of an app, over all of its clusters together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Autoscaling {
    /// What it watches: CPU, or the queue of a worker.
    pub scaler: Scaler,
    /// Pods in the quiet hours; never under the least of the stage on each cluster, nor under the pods that hold the
    /// memory of a split app.
    pub min: u32,
    /// More pods than any demand that was recorded took, and than Beanstalk allowed.
    pub max: u32,
    /// Average use of the request that it aims at, in whole per cent.
    pub target_percent: u32,
}

/// Pods of an app on all of its clusters together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// What its stage keeps on each of them, and what holds the memory of a split app.
    pub(super) least: u32,
    /// What runs in normal times: quiet hours need no more.
    pub(super) normal: u32,
    /// Above all that was recorded.
    pub(super) most: u32,
}

impl Autoscaling {
    /// - target = 1 / rise, in the policy's bounds: while new pods start, demand may rise by as much as it
    ///   did between two samples without passing the request.
    /// - min = ceil(demand of the quiet hours / (request x target)), at least what must stay.
    /// - max = see [`with_headroom`].
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small numbers of pods, from a saturating cast"
    )]
    pub(super) fn of(
        rhythm: &Rhythm,
        request: Millicores,
        bounds: Bounds,
        scaler: Scaler,
        rules: &policy::Sizing,
    ) -> Self {
        let (lowest, highest) = (
            rules.autoscaling_target_least.get(),
            rules.autoscaling_target_most.get(),
        );
        let target = (1.0 / rhythm.rise.max(1.0)).clamp(lowest.min(highest), highest);
        let quiet = (rhythm.quiet.cores() / (request.cores() * target) - 1e-9).ceil() as u32;
        let max = bounds.most.max(bounds.least);
        Self {
            scaler,
            min: quiet.min(bounds.normal).max(bounds.least).min(max),
            max,
            target_percent: (target * 100.0).round() as u32,
        }
    }
}

/// Pods that carry more than was ever recorded as `normal` carry what was: the year's peak, and the policy's headroom
/// on it. It is a bound that costs nothing until it is used.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small numbers of pods, from a saturating cast"
)]
pub(super) fn with_headroom(normal: u32, rhythm: &Rhythm, rules: &policy::Sizing) -> u32 {
    let most = f64::from(normal) * rhythm.year_factor() * rules.autoscaling_headroom.get();
    ((most - 1e-9).ceil() as u32).max(normal.saturating_add(1))
}

/// Instances that ran or might have run: the most at any time that was recorded, and the most that its group allows.
pub(super) fn most_pods(profile: &Profile) -> u32 {
    profile.running.most.max(profile.allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(rise: f64, year_peak: Option<f64>) -> Rhythm {
        Rhythm {
            quiet: Millicores(1_500),
            usual: Millicores(4_000),
            busy: Millicores(9_000),
            rise,
            trend_per_month: None,
            year_peak,
            requests_per_second: None,
        }
    }

    fn bounds(rise: f64, year_peak: Option<f64>, least: u32) -> (u32, u32, u32) {
        let rules = crate::policy::defaults()
            .expect("the shipped policy")
            .sizing;
        let rhythm = rhythm(rise, year_peak);
        let bounds = Bounds {
            least,
            normal: 10,
            most: with_headroom(10, &rhythm, &rules),
        };
        let scaling = Autoscaling::of(&rhythm, Millicores(1_000), bounds, Scaler::Cpu, &rules);
        (scaling.min, scaling.max, scaling.target_percent)
    }

    #[test]
    fn bounds_and_target_follow_the_demand() {
        // A rise of 1.6 in five minutes: aim at 62.5 %. 1.5 cores / (1 x 0.625) = 2.4 pods in quiet hours.
        // A quarter more than the 10 pods that were enough for all that was seen.
        assert_eq!(bounds(1.6, None, 2), (3, 13, 63));
        // The year's peak was 1.4 times what was seen, and a quarter more: 17.5 pods.
        assert_eq!(bounds(1.6, Some(1.4), 2), (3, 18, 63));
        // Flat demand aims at the most, steep demand at the least.
        assert_eq!((bounds(1.0, None, 2).2, bounds(9.0, None, 2).2), (80, 50));
        assert_eq!(
            bounds(1.0, Some(0.7), 4),
            (4, 13, 80),
            "a year that was calmer takes nothing away"
        );
    }
}
