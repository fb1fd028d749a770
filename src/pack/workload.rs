//! What is packed: rows are apps with replicas, not pods.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::size::Stage;
use crate::units::Resources;

/// An app or an add-on of one cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Workload {
    /// Unique in its cluster; for an app its Kubernetes name.
    pub name: String,
    /// An app, an add-on or a daemon.
    pub kind: WorkloadKind,
    /// Production workloads must fit again after a failure; staging may wait.
    pub stage: Stage,
    /// What each replica asks for.
    pub requests: Resources,
    /// Replicas in normal times.
    pub replicas: u32,
    /// Replicas when this cluster carries everything, and those that a rollout adds on top.
    pub replicas_at_most: u32,
    /// Of the latter those that a rollout adds.
    #[serde(default)]
    pub surge: u32,
}

impl Workload {
    /// All that packing sees of it: of two workloads that are alike in this, either may stand for the other.
    pub(super) fn demand(&self) -> impl Ord {
        let Resources { cpu, memory } = self.requests;
        (
            Reverse((
                memory,
                cpu,
                self.replicas,
                self.replicas_at_most,
                self.surge,
            )),
            self.stage,
            self.kind,
        )
    }
}

/// Whose workload it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum WorkloadKind {
    /// A former Beanstalk environment.
    App,
    /// Something that every cluster needs for itself.
    Addon,
}
