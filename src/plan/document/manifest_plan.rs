//! What an app's manifests need beside its sizing and its intents.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PhaseAssignment;
use crate::units::{Bytes, KubernetesName, Resources};

/// What the manifests of an environment that moves need beside its sizing and its intents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ManifestPlan {
    /// The application's name: that of its repository of images, which all its environments run.
    pub application: KubernetesName,
    /// Namespace and folder, the same for all environments of an application, or of an application and a stage.
    pub namespace: KubernetesName,
    /// The role that its pods take over: that of today's instance profile. Absent where it has no profile, or where
    /// nobody asked AWS for the profile's role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// On each cluster that it runs on.
    pub clusters: BTreeMap<String, ClusterManifest>,
    /// The load balancer that it shares with others; absent where it has none, or one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ingress_group: Option<String>,
    /// What the app's own container asks for: all that the pod does, less the sidecar's share.
    pub container: Resources,
    /// The memory limit of the same container, less the sidecar's share.
    pub container_memory_limit: Bytes,
    /// The share of the queue's daemon, in a worker; it ran on the instances that were measured, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sidecar: Option<Resources>,
    /// How pods are spread over zones.
    pub zone_spread: ZoneSpread,
    /// So many pods stay through voluntary disruptions; absent: all but one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_available: Option<u32>,
    /// Which of the priority classes.
    pub priority: Priority,
    /// `amd64` or `arm64`.
    pub architecture: String,
    /// The node group that is kept for such apps, if it runs on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_nodes: Option<String>,
    /// Its phase of the move, and why no earlier one.
    pub turn: PhaseAssignment,
}

/// What differs from cluster to cluster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ClusterManifest {
    /// Fewest pods that the autoscaler keeps.
    pub min_replicas: u32,
    /// Most pods, when this cluster serves alone.
    pub max_replicas: u32,
    /// Pods that a schedule keeps, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheduled_replicas: Option<u32>,
    /// Where the app is reached on this cluster; absent where nothing is in front of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

/// Which pods are placed first when many wait: large ones, since small ones fit into what is left.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// A production pod of more than a quarter of a node.
    ProductionLarge,
    /// Any other production pod.
    Production,
    /// A staging pod: it waits for a new node rather than evict anybody.
    Staging,
}

impl Priority {
    /// The name of its PriorityClass.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::ProductionLarge => "production-large",
            Self::Production => "production",
            Self::Staging => "staging",
        }
    }
}

/// How pods are spread over zones.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct ZoneSpread {
    /// A pod waits rather than make the zones uneven, and at least so many zones count, also those that have no
    /// node yet. Absent: as even as the nodes that are there allow, which is what the nodes are planned for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_domains: Option<u32>,
}
