//! Apps onto nodes.
//!
//! Comes in: what a node offers, the workloads of a cluster with their replicas, and what must be
//! survived. Goes out: for each node group the number of nodes for normal times and for the worst case
//! that the policy names, each with a placement that proves it feasible and a lower bound that says how
//! far it is from the fewest possible. This room refuses to drop a workload: what fits no empty node is
//! returned with the reason. Invariants: no node is over its allocatable CPU, memory or pods;
//! lower bound <= nodes needed <= nodes.

mod addresses;
mod board;
mod bound;
mod failure;
mod group;
mod group_error;
mod group_request;
mod least;
mod node;
mod placement;
mod portfolio;
mod proven_minimum;
pub mod scheduler;
mod simulated_node_counts;
#[cfg(test)]
mod tests;
pub mod vector;
mod workload;

pub use addresses::taken_by_windows;
pub use bound::LowerBound;
pub use group::{GroupPlan, Packing, ZoneSizes, pack_group};
pub use group_error::GroupError;
pub use group_request::{Depth, GroupRequest, SimulationSettings, Survival};
pub use least::least_nodes;
pub use node::{NodeCapacity, NodeError, linux_node, windows_node};
pub use placement::{NodePlacement, PodsOnNode};
pub use simulated_node_counts::{
    BIG_PERCENT, Change, LargestPod, Remedy, RemedyKind, SimulatedNodeCounts,
};
pub use workload::{Workload, WorkloadKind};
