//! Where every replica would run.

use serde::{Deserialize, Serialize};

/// One node and what is on it, daemons apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NodePlacement {
    /// `workers-01`; a name for readers, EC2 will give it another.
    pub node: String,
    /// The zone that it is counted in.
    pub zone: String,
    /// In order of workload name.
    pub pods: Vec<PodsOnNode>,
}

/// Replicas of one workload on one node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PodsOnNode {
    /// Name of a workload of the group.
    pub workload: String,
    /// How many of its replicas, at least one.
    pub replicas: u32,
}
