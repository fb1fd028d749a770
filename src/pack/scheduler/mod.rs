//! What kube-scheduler and cluster-autoscaler do with the pods: which is not to pack them.
//!
//! Comes in: the shape of a node, apps with their replicas, the rules that their pods declare. Goes out: how
//! many nodes it takes, as a distribution, because ties and the order in which pods are created are chance. The
//! arithmetic is that of Kubernetes 1.36, integer for integer; chance is seeded by the number of the order, so
//! that the same fleet gives the same numbers on any machine and thread count. This room refuses to be clever:
//! it does what they do. Left out: preemption (production would take the place of staging, nobody that of the platform), what a kubelet would report
//! (images, taints of nodes under pressure), and the seconds that things take.

mod autoscaler;
mod chance;
mod cluster;
mod cycle;
mod distribution;
mod operation;
mod queue;
mod scenario;
mod score;
mod situation;
mod spread;
#[cfg(test)]
mod tests;
mod workload_file;

pub use cluster::{App, NodeShape, QueuePriority};
pub use distribution::Distribution;
pub use operation::Operation;
pub use queue::ApplyOrder;
pub use scenario::{Fleet, Scenario};
pub use score::Strategy;
pub use situation::{Event, Group, Situation};
pub use spread::{Constraint, Firmness, PLANNED, Rules, SYSTEM_DEFAULTS, Topology};
pub use workload_file::{WorkloadError, WorkloadFile};
