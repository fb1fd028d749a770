//! How many replicas, where and when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Stage;
use crate::policy::{MinReplicasOn, Sizing as SizingPolicy, Survive, Topology};
use crate::units::div_ceil;

/// Replicas of one app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ClusterReplicas {
    /// While all clusters serve.
    pub normal: u32,
    /// The most that its autoscaler goes to, which is what it takes when this cluster serves alone.
    pub failover: u32,
    /// More, for a while, during a rollout; counted for the largest apps only, since not all roll at once.
    pub surge: u32,
}

/// Least replicas of a stage.
pub(super) const fn least(stage: Stage, policy: &SizingPolicy) -> u32 {
    match stage {
        Stage::Production => policy.production_min_replicas,
        Stage::Staging => policy.staging_min_replicas,
    }
}

/// Spreads `full_load` over the clusters that the stage runs on. The surge is left at zero: which apps
/// roll at the same time is known only when all are sized.
pub(super) fn spread(
    full_load: u32,
    stage: Stage,
    topology: &Topology,
    policy: &SizingPolicy,
) -> BTreeMap<String, ClusterReplicas> {
    let of = |normal| ClusterReplicas {
        normal,
        failover: normal,
        surge: 0,
    };
    if stage == Stage::Staging {
        return BTreeMap::from([(topology.staging_cluster.clone(), of(full_load))]);
    }
    let clusters = u32::try_from(topology.clusters.len()).unwrap_or(u32::MAX);
    let least = match policy.min_replicas_on {
        MinReplicasOn::EachCluster => least(stage, policy),
        // `full_load` has them already.
        MinReplicasOn::AllClusters => 1,
    };
    let normal = div_ceil(full_load, clusters).max(least);
    let on = |name: &String| (name.clone(), of(normal));
    topology.clusters.iter().map(on).collect()
}

/// Lets each cluster grow: to `most` where it may have to serve alone, else to its part of them.
pub(super) fn failing_over(
    clusters: &mut BTreeMap<String, ClusterReplicas>,
    most: u32,
    stage: Stage,
    topology: &Topology,
) {
    let count = u32::try_from(clusters.len().max(1)).unwrap_or(u32::MAX);
    let alone = if stage == Stage::Staging || topology.survives(Survive::Cluster) {
        most
    } else {
        div_ceil(most, count)
    };
    for on in clusters.values_mut() {
        on.failover = alone.max(on.normal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    fn spread_under(text: &str, full_load: u32, stage: Stage) -> Vec<(String, u32, u32)> {
        let policy = policy::read("p.toml", text).expect("valid");
        let mut clusters = spread(full_load, stage, &policy.topology, &policy.sizing);
        failing_over(&mut clusters, full_load + 1, stage, &policy.topology);
        clusters
            .into_iter()
            .map(|(name, replicas)| (name, replicas.normal, replicas.failover))
            .collect()
    }

    fn on_both(normal: u32, failover: u32) -> Vec<(String, u32, u32)> {
        vec![
            ("eks-1".to_owned(), normal, failover),
            ("eks-2".to_owned(), normal, failover),
        ]
    }

    #[test]
    fn production_runs_half_on_each_cluster_and_all_of_it_when_one_is_gone() {
        let spread = |full_load| spread_under("", full_load, Stage::Production);
        assert_eq!(spread(6), on_both(3, 7));
        assert_eq!(spread(5), on_both(3, 6));
        // Never under two on a cluster, even if two in all would do.
        assert_eq!(spread(2), on_both(2, 3));
    }

    #[test]
    fn the_least_of_all_clusters_together_is_shared_by_them() {
        let text = "[sizing]\nmin_replicas_on = \"all clusters\"\n";
        let spread = |full_load| spread_under(text, full_load, Stage::Production);
        assert_eq!(spread(2), on_both(1, 3));
        assert_eq!(spread(5), on_both(3, 6));
    }

    #[test]
    fn staging_runs_on_one_cluster_only() {
        assert_eq!(
            spread_under("", 2, Stage::Staging),
            [("eks-1".to_owned(), 2, 3)]
        );
    }
}
