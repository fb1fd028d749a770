//! Which rung a fleet stands on, and what that rests on.

use serde::{Deserialize, Serialize};

use super::level::LADDER;
use super::trial::{Contender, Fleet};
use super::{Level, prior};
use crate::policy::Policy;
use crate::size::Calibration;

/// What the weeks of a whole fleet say about the weeks to come.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
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
    /// Apps that emptied nodes by themselves, by their place among the contenders: all that they may need is reserved.
    by_themselves: Vec<usize>,
    tried: Tried,
}

/// How a level did in the weeks that it was tried on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Tried {
    /// One for each pod and week.
    pub pod_weeks: u64,
    /// Days on which a node ran short of memory in them.
    pub short_days: u32,
    /// Pod-weeks of the shipped prior that counted beside them.
    pub prior_pod_weeks: u32,
}

/// An app that emptied a node on so many days of the trial does so again.
const REPEATED: u32 = 2;

impl Headroom {
    /// The cheapest level of which, and of every safer one, the weeks whose end is known kept the policy's rate.
    /// `by_fold` is what was known at the origin of each week, and at last now.
    #[must_use]
    pub fn learn(contenders: &[Contender<'_>], by_fold: &[Calibration], policy: &Policy) -> Self {
        let [.., safest] = LADDER;
        let mut chosen = Self {
            level: safest,
            by_themselves: Vec::new(),
            tried: Tried::default(),
        };
        let fleet = Fleet::of(contenders, safest, by_fold, policy);
        for (rung, &level) in LADDER.iter().enumerate().rev() {
            let first = fleet.tried(level, &[]);
            let repeated = first.short.iter().filter(|(_, days)| **days >= REPEATED);
            let by_themselves: Vec<usize> = repeated.map(|(place, _)| *place).collect();
            let found = if by_themselves.is_empty() {
                first
            } else {
                fleet.tried(level, &by_themselves)
            };
            // What an app does that has all that it may need is no matter of the level.
            let short_days = found.short_days(&by_themselves);
            let rate = (f64::from(short_days) + prior::short(rung))
                / (as_f64(found.pod_weeks) + f64::from(prior::POD_WEEKS));
            if rate > policy.sizing.short_of_memory.get() {
                break;
            }
            chosen = Self {
                level,
                by_themselves,
                tried: Tried {
                    pod_weeks: found.pod_weeks,
                    short_days,
                    prior_pod_weeks: prior::POD_WEEKS,
                },
            };
        }
        chosen
    }

    /// Of the app at a place among the contenders.
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
    pub const fn tried(&self) -> Tried {
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
