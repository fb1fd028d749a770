//! The two kinds of placement that a plan shows a placement for.
//!
//! Comes in: a group or a workload. Goes out: the placement or the replicas of that kind. Refuses
//! nothing. Invariant: there are two; whatever is checked of one is checked of the other.

use crate::plan::{GroupPlan, Packing, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlacementKind {
    /// Every cluster serves its share.
    Normal,
    /// This cluster serves alone, and apps roll out.
    AtMost,
}

impl PlacementKind {
    pub(super) const BOTH: [Self; 2] = [Self::Normal, Self::AtMost];

    pub(super) const fn packing(self, group: &GroupPlan) -> &Packing {
        match self {
            Self::Normal => &group.normal,
            Self::AtMost => &group.at_most,
        }
    }

    pub(super) const fn replicas(self, workload: &Workload) -> u32 {
        match self {
            Self::Normal => workload.replicas,
            Self::AtMost => workload.replicas_at_most,
        }
    }

    /// As plan.json names it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::AtMost => "at_most",
        }
    }
}
