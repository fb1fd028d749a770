//! What is to be packed onto a node group, and under which conditions.

use super::portfolio::{Demand, Heuristic};
use super::{NodeCapacity, Workload};
use crate::catalog::OperatingSystem;
use crate::policy::Packing;
use crate::units::Resources;

/// Workloads that share a node group, and what it must survive.
#[derive(Debug, Clone, Copy)]
pub struct GroupRequest<'a> {
    /// `workers` or `windows`.
    pub name: &'a str,
    /// What its nodes run.
    pub operating_system: OperatingSystem,
    /// Type of its nodes: `c5.2xlarge`.
    pub instance_type: &'a str,
    /// What an empty node offers to pods.
    pub node: NodeCapacity,
    /// Their zones; nodes go round them.
    pub zones: &'a [String],
    /// What runs on it; each fits an empty node.
    pub workloads: &'a [&'a Workload],
    /// What must be survived within the cluster.
    pub survival: Survival,
    /// The guard of the policy.
    pub max_nodes: u32,
    /// What the sizes must do for.
    pub simulated: SimulationSettings,
    /// How long to search for fewer nodes and a better bound, each of the two times: steps of a microsecond.
    pub search_steps: u64,
}

/// Pods times nodes up to which a group that is only compared is packed by every heuristic.
const PODS_TIMES_NODES: u64 = 20_000;

impl GroupRequest<'_> {
    /// That are tried for so many pods: all of them for a plan and for small groups. Of a large group the best few find
    /// the fewest nodes but for one in a hundred, and all of them take five times as long.
    pub(super) fn heuristics(&self, demands: &[Demand]) -> &'static [Heuristic] {
        let pods: u64 = demands
            .iter()
            .map(|demand| u64::from(demand.replicas))
            .sum();
        let all: Resources = demands
            .iter()
            .map(|demand| demand.requests * demand.replicas)
            .sum();
        let nodes = all.dominant_millionths_of(self.node.available) / 1_000_000 + 1;
        if self.simulated.depth == Depth::Estimate && pods * nodes > PODS_TIMES_NODES {
            &Heuristic::FEW
        } else {
            &Heuristic::ALL
        }
    }
}

/// Failures within a cluster after which every production pod must run again, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survival {
    /// The loss of any one node.
    pub node: bool,
    /// The loss of any one zone.
    pub zone: bool,
}

/// What to simulate, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimulationSettings {
    /// In so many per cent of the orders the sizes must do: 50, 95 or 99.
    pub percentile: u32,
    /// Orders at each number of nodes, at most.
    pub orders: u32,
    /// How much of the search for sizes is done.
    pub depth: Depth,
}

/// How closely a group is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Its sizes, about: to compare many choices.
    Estimate,
    /// The sizes of a plan, and nothing else that it says.
    Sizes,
    /// All that a plan says.
    All,
}

impl SimulationSettings {
    /// All that a plan says of its groups.
    #[must_use]
    pub const fn in_full(packing: &Packing) -> Self {
        Self {
            percentile: packing.percentile,
            orders: packing.simulated_orders,
            depth: Depth::All,
        }
    }

    /// What makes the bill of a plan.
    #[must_use]
    pub const fn of_sizes(packing: &Packing) -> Self {
        Self {
            depth: Depth::Sizes,
            ..Self::in_full(packing)
        }
    }

    /// The sizes alone, by the same orders: a choice is compared with the plan by what it is, not by fewer draws.
    #[must_use]
    pub const fn in_short(packing: &Packing) -> Self {
        Self {
            percentile: packing.percentile,
            orders: packing.simulated_orders,
            depth: Depth::Estimate,
        }
    }
}
