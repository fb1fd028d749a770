//! How many replicas, where and when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Replicas of one app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replicas {
    /// Instances that run today.
    pub instances_today: u32,
    /// Pods that each of today's instances becomes; more than one where an instance is larger than a node.
    pub pods_per_instance: u32,
    /// Pods that carry all of the traffic.
    pub full_load: u32,
    /// On each cluster that the app runs on.
    pub clusters: BTreeMap<String, ClusterReplicas>,
}

/// Replicas of one app on one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClusterReplicas {
    /// While all clusters serve.
    pub normal: u32,
    /// When this cluster serves alone.
    pub failover: u32,
    /// More, for a while, during a rollout at full load.
    pub surge: u32,
}
