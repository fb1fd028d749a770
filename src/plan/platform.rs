//! What the clusters need for themselves, as far as it follows from their size and their apps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ClusterPlan, EnvironmentPlan};
use crate::policy::Policy;
use crate::units::div_ceil;

/// Numbers of the platform.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PlatformPlan {
    /// CoreDNS on each cluster: replicas that are planned for, and the most that a grown cluster needs.
    pub cluster_dns: BTreeMap<String, CorednsReplicas>,
    /// What `ndots: 5` would have cost.
    pub dns: DnsEstimate,
}

/// Bounds of CoreDNS.
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

/// Nodes for each replica: Kubernetes' dns-horizontal-autoscaler, `nodesPerReplica` of its default.
const NODES_PER_REPLICA: u32 = 16;
/// The four search domains of a pod on EKS (namespace.svc.cluster.local, svc.cluster.local, cluster.local,
/// REGION.compute.internal) and the name itself.
const NAMES_TRIED: f64 = 5.0;
/// Of each name, one for IPv4 and one for IPv6.
const QUERIES_OF_A_NAME: f64 = 2.0;

pub(super) fn of(
    clusters: &[ClusterPlan],
    environments: &[EnvironmentPlan],
    policy: &Policy,
) -> PlatformPlan {
    let least = policy
        .addons
        .iter()
        .find(|addon| addon.name == "coredns")
        .map_or(2, |addon| addon.replicas);
    let coredns = |cluster: &ClusterPlan| {
        let nodes: u32 = cluster.node_groups.iter().map(|group| group.max_size).sum();
        (
            cluster.name.clone(),
            CorednsReplicas {
                least,
                most: least.max(div_ceil(nodes, NODES_PER_REPLICA)),
            },
        )
    };
    let counted: Vec<f64> = environments
        .iter()
        .filter_map(|environment| {
            environment
                .planned()?
                .1
                .evidence
                .cpu
                .rhythm
                .requests_per_second
        })
        .collect();
    let requests: f64 = counted.iter().sum();
    let rounded = |value: f64| (value * 10.0).round() / 10.0;
    PlatformPlan {
        cluster_dns: clusters.iter().map(coredns).collect(),
        dns: DnsEstimate {
            apps: u32::try_from(counted.len()).unwrap_or(u32::MAX),
            requests_per_second: rounded(requests),
            queries_with_five_dots: rounded(requests * NAMES_TRIED * QUERIES_OF_A_NAME),
            queries_with_one_dot: rounded(requests * QUERIES_OF_A_NAME),
        },
    }
}
