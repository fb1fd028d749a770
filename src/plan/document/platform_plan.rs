//! What the clusters need for themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::units::Resources;

/// Numbers of the platform.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PlatformPlan {
    /// CoreDNS on each cluster: replicas that are planned for, and the most that a grown cluster needs.
    pub cluster_dns: BTreeMap<String, CorednsReplicas>,
    /// What `ndots: 5` would have cost.
    pub dns: DnsEstimate,
    /// The namespaces of each cluster.
    #[serde(default)]
    pub namespaces: BTreeMap<String, BTreeMap<String, NamespacePlan>>,
    /// The longest that a pod of each cluster may take to end, in seconds.
    #[serde(default)]
    pub longest_grace_seconds: BTreeMap<String, u32>,
    /// Days for which CloudWatch keeps what the pods of apps write, where `platform.monitoring` sends it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log_days: Option<u32>,
}

/// What may run in a namespace, and whom it admits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NamespacePlan {
    /// Its pods at most, with `platform.quota_factor`.
    pub pods: u32,
    /// What they request, likewise.
    pub requests: Resources,
    /// Address ranges of the subnets that its load balancers stand in; absent where a range is not known, so that
    /// nothing can be shut out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balancers: Option<Vec<String>>,
}

/// How many replicas of CoreDNS a cluster has.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct CorednsReplicas {
    /// As the policy says and as the nodes are planned for.
    pub least: u32,
    /// One for each 16 nodes at the group's maximum, if that is more.
    pub most: u32,
}

/// Queries for names outside the cluster, at the busiest moment of the apps whose requests were counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct DnsEstimate {
    /// Apps whose requests were counted.
    pub apps: u32,
    /// Their requests in a second, each at its own busiest.
    pub requests_per_second: f64,
    /// Queries in a second that one name outside for each request makes with `ndots: 5`.
    pub queries_with_five_dots: f64,
    /// And with `ndots: 1`.
    pub queries_with_one_dot: f64,
}
