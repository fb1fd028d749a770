//! Apps onto nodes.
//!
//! Comes in: a node's shape and what runs on every one of them, the workloads of a cluster with
//! their replicas, and what must be survived. Goes out: for each node group the number of nodes for
//! normal times and for the worst case the policy names, with a placement that proves each number
//! feasible and a lower bound that says how far it is from the fewest possible. This room refuses to
//! drop a workload: what fits no empty node is returned with the reason. Invariants: no node is over
//! its allocatable CPU, memory or pods; lower bound <= nodes.

mod bound;
mod group;
mod node;
mod placement;
mod workload;

pub use bound::LowerBound;
pub use group::{GroupPlan, Packing};
pub use node::NodeCapacity;
pub use placement::{NodePlacement, PodsOnNode};
pub use workload::{Workload, WorkloadKind};
