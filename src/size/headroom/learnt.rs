//! Which rung a fleet stands on, and what that rests on.

use serde::{Deserialize, Serialize};

use super::level::LADDER;
use super::trial::{EnvironmentOnNodes, Fleet};
use super::{Level, prior};
use crate::policy::Policy;
use crate::size::Calibration;

/// What the weeks of a whole fleet say about the weeks to come.
#[derive(Debug, Clone, PartialEq)]
pub struct FleetExperience {
    /// Factors of each app's own.
    pub calibration: Calibration,
    /// What the pods of a node share.
    pub headroom: Headroom,
}

/// The level of a fleet.
#[derive(Debug, Clone, PartialEq)]
pub struct Headroom {
    /// Of all apps but a few.
    level: Level,
    /// Apps that emptied nodes by themselves, by their place among the environments that were tried: all that they may need is reserved.
    by_themselves: Vec<usize>,
    tried: LevelRecord,
}

/// How a level did in the weeks that it was tried on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LevelRecord {
    /// One for each pod and week.
    pub pod_weeks: u64,
    /// Days on which a node ran short of memory in them, through an app that had given no sign before: the mean of
    /// several ways to place the pods.
    pub short_days: f64,
    /// Pod-weeks of the shipped prior that counted beside them.
    pub prior_pod_weeks: u32,
}

/// A prior that is exactly the policy's rate keeps it.
const NOISE: f64 = 1e-12;

/// By the policy, where it names one.
fn named(policy: &Policy) -> Option<Level> {
    let number = policy.sizing.memory_level.checked_sub(1)?;
    LADDER.get(usize::try_from(number).ok()?).copied()
}

impl Headroom {
    /// The level that the policy names; else the cheapest of which, and of every safer one, the weeks whose end is known
    /// kept the policy's rate. `by_fold` is what was known at the origin of each week, and at last now.
    #[must_use]
    pub fn learn(
        environments: &[EnvironmentOnNodes<'_>],
        by_fold: &[Calibration],
        policy: &Policy,
    ) -> Self {
        let [.., safest] = LADDER;
        let fleet = Fleet::of(environments, safest, by_fold, policy);
        if let Some(level) = named(policy) {
            return Self::tried_at(level, &fleet);
        }
        let mut chosen = Self {
            level: safest,
            by_themselves: Vec::new(),
            tried: LevelRecord::default(),
        };
        for (rung, &level) in LADDER.iter().enumerate().rev() {
            let headroom = Self::tried_at(level, &fleet);
            let LevelRecord {
                pod_weeks,
                short_days,
                prior_pod_weeks,
            } = headroom.tried;
            let rate = (short_days + prior::short(rung))
                / (as_f64(pod_weeks) + f64::from(prior_pod_weeks));
            if rate > policy.sizing.short_of_memory.get() + NOISE {
                break;
            }
            chosen = headroom;
        }
        chosen
    }

    fn tried_at(level: Level, fleet: &Fleet) -> Self {
        let found = fleet.tried(level);
        Self {
            level,
            by_themselves: found.repeated(),
            tried: LevelRecord {
                pod_weeks: found.pod_weeks,
                short_days: found.unforeseen_days(),
                prior_pod_weeks: prior::POD_WEEKS,
            },
        }
    }

    /// Of the app at a place among the environments that were tried.
    #[must_use]
    pub fn level(&self, place: usize) -> Level {
        if self.by_themselves.contains(&place) {
            self.level.by_itself()
        } else {
            self.level
        }
    }

    /// What the level rests on.
    #[must_use]
    pub const fn tried(&self) -> LevelRecord {
        self.tried
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 pod-weeks are more than any fleet has"
)]
const fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    fn learnt_without_weeks(text: &str) -> Level {
        let policy = policy::read("p", text).expect("valid");
        Headroom::learn(&[], &[], &policy).level(0)
    }

    #[test]
    fn a_fleet_without_weeks_stands_where_other_fleets_kept_the_rate() {
        // In a hundred pod-weeks 0.16 days on the first three levels, 0.13 and 0.07 on the next two.
        let at =
            |rate: &str| learnt_without_weeks(&format!("[sizing]\nshort_of_memory = {rate}\n"));
        assert_eq!(at("0.0025"), LADDER[0]);
        assert_eq!(at("0.0015"), LADDER[3]);
        assert_eq!(at("0.001"), LADDER[4]);
        assert_eq!(at("0"), LADDER[7]);
    }

    #[test]
    fn a_level_that_the_policy_names_is_taken() {
        for (number, level) in (1..).zip(LADDER) {
            assert_eq!(
                learnt_without_weeks(&format!("[sizing]\nmemory_level = {number}\n")),
                level
            );
        }
    }
}
