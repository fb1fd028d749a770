//! One node group: how many nodes, and the placements that prove it.

use serde::{Deserialize, Serialize};

use super::{LowerBound, NodeCapacity, NodePlacement};
use crate::catalog::OperatingSystem;
use crate::size::Reason;

/// A node group of a cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupPlan {
    /// `workers` or `windows`.
    pub name: String,
    /// What its nodes run.
    pub operating_system: OperatingSystem,
    /// Their type.
    pub instance_type: String,
    /// What each offers.
    pub node: NodeCapacity,
    /// The autoscaler goes no lower: it knows nothing of the headroom for failures.
    pub min_size: u32,
    /// Normal times, with what the policy wants survived within the cluster.
    pub desired_capacity: u32,
    /// Everything on this cluster while the largest apps roll out.
    pub max_size: u32,
    /// At `desired_capacity` nodes.
    pub normal: Packing,
    /// At `max_size` nodes.
    pub at_most: Packing,
    /// How the three sizes came about.
    pub reasons: Vec<Reason>,
}

/// A number of nodes, proven feasible by a placement and bounded from below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packing {
    /// Fewest nodes on which the portfolio of heuristics placed everything, without headroom for failures.
    pub nodes_needed: u32,
    /// No packing needs fewer.
    pub lower_bound: LowerBound,
    /// Which heuristic's placement is shown.
    pub method: String,
    /// One entry for each node.
    pub placement: Vec<NodePlacement>,
}
