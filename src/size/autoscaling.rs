//! Bounds and target of an autoscaler, from the same demand and the same request.

use serde::{Deserialize, Serialize};

use super::Rhythm;
use crate::policy;
use crate::units::Millicores;

/// What scales the replicas of one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scaler {
    /// HorizontalPodAutoscaler on CPU.
    Cpu,
    /// KEDA on the length of the queue: a worker's CPU says little of what waits.
    Queue,
}

/// An autoscaler of an app, over all of its clusters together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Autoscaling {
    /// By what.
    pub scaler: Scaler,
    /// Pods in the quiet hours; never under the least of the stage.
    pub min: u32,
    /// Pods in the busy hours of the year, or of the time seen if no year is known.
    pub max: u32,
    /// Average use of the request that it aims at, in whole per cent.
    pub target_percent: u32,
}

impl Autoscaling {
    /// `full_load` pods that each request `request` carry all that was seen.
    ///
    /// - target = 1 / rise, in the policy's bounds: while new pods start, demand may rise by as much as it
    ///   did between two samples without passing the request.
    /// - min = ceil(busy demand of the quiet hours / (request x target)).
    /// - max = ceil(busy demand x year's peak / (request x target)), at least full load x year's peak.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers of pods, from a saturating cast")]
    pub(super) fn of(rhythm: &Rhythm, request: Millicores, full_load: u32, least: u32, scaler: Scaler, rules: &policy::Sizing) -> Self {
        let (lowest, highest) = (rules.autoscaling_target_least.get(), rules.autoscaling_target_most.get());
        let target = (1.0 / rhythm.rise.max(1.0)).clamp(lowest.min(highest), highest);
        let pods = |cores: f64| (cores / (request.cores() * target) - 1e-9).ceil() as u32;
        let max = pods(rhythm.busy.cores() * rhythm.year_factor()).max(at_the_years_peak(full_load, rhythm));
        let min = pods(rhythm.quiet.cores()).max(least).min(max);
        Self { scaler, min, max, target_percent: (target * 100.0).round() as u32 }
    }
}

/// Pods that carry the year's peak as `full_load` carries that of the days seen.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small numbers of pods, from a saturating cast")]
pub(super) fn at_the_years_peak(full_load: u32, rhythm: &Rhythm) -> u32 {
    ((f64::from(full_load) * rhythm.year_factor() - 1e-9).ceil() as u32).max(full_load)
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
        let rules = crate::policy::defaults().expect("the shipped policy").sizing;
        let scaling = Autoscaling::of(&rhythm(rise, year_peak), Millicores(1_000), 10, least, Scaler::Cpu, &rules);
        (scaling.min, scaling.max, scaling.target_percent)
    }

    #[test]
    fn bounds_and_target_follow_the_demand() {
        // A rise of 1.6 in five minutes: aim at 62.5 %. 1.5 cores / (1 x 0.625) = 2.4 pods in quiet hours,
        // 9 / 0.625 = 14.4 in busy ones.
        assert_eq!(bounds(1.6, None, 2), (3, 15, 63));
        // The year's peak was 1.35 times what was seen: 19.44 pods.
        assert_eq!(bounds(1.6, Some(1.35), 2), (3, 20, 63));
        // Flat demand aims at the most, steep demand at the least.
        assert_eq!((bounds(1.0, None, 2).2, bounds(9.0, None, 2).2), (80, 50));
        assert_eq!(bounds(1.0, Some(0.7), 4), (4, 12, 80), "a year that was calmer takes nothing away");
    }
}
