//! What the clusters need for themselves, as far as it follows from their size and their apps.

use std::collections::BTreeMap;

use super::document::{
    ClusterPlan, CorednsReplicas, DnsEstimate, EnvironmentPlan, IngressGroup, NamespacePlan,
    PlatformPlan,
};
use crate::policy::{Monitoring, Policy};
use crate::snapshot::Subnet;
use crate::units::{Bytes, Millicores, Resources, div_ceil};

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
    groups: &[IngressGroup],
    subnets: &[Subnet],
    policy: &Policy,
) -> PlatformPlan {
    let least = policy
        .installed_addon("coredns")
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
        namespaces: clusters
            .iter()
            .map(|cluster| {
                let here = namespaces(&cluster.name, environments, groups, subnets, policy);
                (cluster.name.clone(), here)
            })
            .collect(),
        longest_grace_seconds: clusters
            .iter()
            .map(|cluster| {
                (
                    cluster.name.clone(),
                    longest_grace(&cluster.name, environments),
                )
            })
            .collect(),
        log_days: log_days(environments, policy),
        dns: DnsEstimate {
            apps: u32::try_from(counted.len()).unwrap_or(u32::MAX),
            requests_per_second: rounded(requests),
            queries_with_five_dots: rounded(requests * NAMES_TRIED * QUERIES_OF_A_NAME),
            queries_with_one_dot: rounded(requests * QUERIES_OF_A_NAME),
        },
    }
}

/// Beanstalk keeps streamed logs for so long where nothing is set.
/// Source: AWS Elastic Beanstalk Developer Guide, `RetentionInDays`.
const LOG_DAYS: u32 = 7;

/// Days for which CloudWatch keeps the logs of apps: each cluster's pods write into one group, and all groups have the
/// longest retention that any app that moves has today. Absent where CloudWatch is not where people search.
pub(super) fn log_days(environments: &[EnvironmentPlan], policy: &Policy) -> Option<u32> {
    let moving = environments.iter().filter(|one| one.planned().is_some());
    let longest = moving
        .filter_map(|one| one.translation.intents.log_days)
        .max();
    (policy.platform.monitoring == Monitoring::Cloudwatch)
        .then(|| retention(longest.unwrap_or(LOG_DAYS)))
}

/// The shortest retention that CloudWatch knows and that is no shorter.
/// Source: CloudWatch Logs API reference, PutRetentionPolicy.
fn retention(days: u32) -> u32 {
    const KNOWN: [u32; 18] = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 3_653,
    ];
    KNOWN
        .into_iter()
        .find(|known| *known >= days)
        .unwrap_or(3_653)
}

/// Those of a cluster: everything that its apps have at most there, rollouts included, times the policy's factor.
fn namespaces(
    cluster: &str,
    environments: &[EnvironmentPlan],
    groups: &[IngressGroup],
    subnets: &[Subnet],
    policy: &Policy,
) -> BTreeMap<String, NamespacePlan> {
    let mut namespaces: BTreeMap<String, NamespacePlan> = BTreeMap::new();
    for environment in environments {
        let (Some((_, sizing)), Some(manifests)) = (environment.planned(), environment.manifests())
        else {
            continue;
        };
        let Some(replicas) = sizing.replicas.clusters.get(cluster) else {
            continue;
        };
        let most = replicas.failover + replicas.surge;
        let namespace = namespaces
            .entry(manifests.namespace.to_string())
            .or_insert_with(|| NamespacePlan {
                pods: 0,
                requests: Resources::default(),
                balancers: Some(Vec::new()),
            });
        namespace.pods += most;
        namespace.requests += sizing.requests * most;
        let ranges = ranges(environment, groups, subnets);
        namespace.balancers = namespace
            .balancers
            .take()
            .zip(ranges)
            .map(|(known, more)| known.into_iter().chain(more).collect());
    }
    let factor = policy.platform.quota_factor.get();
    for namespace in namespaces.values_mut() {
        namespace.pods = times(u64::from(namespace.pods), factor)
            .try_into()
            .unwrap_or(u32::MAX);
        namespace.requests = Resources {
            cpu: Millicores(times(namespace.requests.cpu.0, factor)),
            // Whole mebibytes are what people read.
            memory: Bytes(times(namespace.requests.memory.0 >> 20, factor) << 20),
        };
        if let Some(ranges) = &mut namespace.balancers {
            ranges.sort();
            ranges.dedup();
        }
    }
    namespaces
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a quota is no more exact than its factor; rounded up"
)]
fn times(value: u64, factor: f64) -> u64 {
    (value as f64 * factor).ceil() as u64
}

/// Ranges of the subnets in front of an app; none for an app that nobody calls; `None` where one is not known.
fn ranges(
    environment: &EnvironmentPlan,
    groups: &[IngressGroup],
    subnets: &[Subnet],
) -> Option<Vec<String>> {
    let Some(entrance) = &environment.translation.intents.entrance else {
        return Some(Vec::new());
    };
    let group = environment
        .manifests()
        .and_then(|manifests| manifests.ingress_group.as_ref())
        .and_then(|name| groups.iter().find(|group| group.name == *name));
    let stands_in = group.map_or(&entrance.subnets, |group| &group.subnets);
    let range = |id: &String| {
        subnets
            .iter()
            .find(|subnet| subnet.id == *id)?
            .cidr
            .clone()
            .filter(|range| {
                range
                    .bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'/'))
            })
    };
    if stands_in.is_empty() {
        return None;
    }
    stands_in.iter().map(range).collect()
}

/// Of the apps of a cluster.
fn longest_grace(cluster: &str, environments: &[EnvironmentPlan]) -> u32 {
    environments
        .iter()
        .filter(|environment| {
            environment
                .manifests()
                .is_some_and(|manifests| manifests.clusters.contains_key(cluster))
        })
        .map(|environment| environment.translation.intents.stop.grace_seconds)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::retention;

    #[test]
    fn logs_are_kept_as_long_as_today_or_a_little_longer() {
        assert_eq!(
            [7, 8, 365, 366, 3_653, 3_654].map(retention),
            [7, 14, 365, 400, 3_653, 3_653]
        );
    }
}
