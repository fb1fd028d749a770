//! How many replicas, where and when.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Stage;
use crate::policy::{Sizing as SizingPolicy, Survive, Topology};
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
    /// When this cluster serves alone, at the year's peak if that is known.
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

/// Spreads `full_load` over the clusters that the stage runs on. A cluster that serves alone does so at the
/// year's peak too, which takes `most` replicas in all. The surge is left at zero: which apps
/// roll at the same time is known only when all are sized.
pub(super) fn spread(
    full_load: u32,
    most: u32,
    stage: Stage,
    topology: &Topology,
    policy: &SizingPolicy,
) -> BTreeMap<String, ClusterReplicas> {
    if stage == Stage::Staging {
        let alone = ClusterReplicas {
            normal: full_load,
            failover: most.max(full_load),
            surge: 0,
        };
        return BTreeMap::from([(topology.staging_cluster.clone(), alone)]);
    }
    let clusters = u32::try_from(topology.clusters.len()).unwrap_or(u32::MAX);
    let normal = div_ceil(full_load, clusters).max(least(stage, policy));
    let alone = if topology.survives(Survive::Cluster) {
        most
    } else {
        div_ceil(most, clusters)
    };
    let failover = alone.max(normal);
    topology
        .clusters
        .iter()
        .map(|name| {
            (
                name.clone(),
                ClusterReplicas {
                    normal,
                    failover,
                    surge: 0,
                },
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;

    fn spread_by_default(full_load: u32, stage: Stage) -> Vec<(String, u32, u32)> {
        let policy = policy::defaults().expect("the shipped policy");
        let clusters = spread(
            full_load,
            full_load,
            stage,
            &policy.topology,
            &policy.sizing,
        );
        clusters
            .into_iter()
            .map(|(name, replicas)| (name, replicas.normal, replicas.failover))
            .collect()
    }

    #[test]
    fn production_runs_half_on_each_cluster_and_all_of_it_when_one_is_gone() {
        let expected = |normal, failover| {
            vec![
                ("eks-1".to_owned(), normal, failover),
                ("eks-2".to_owned(), normal, failover),
            ]
        };
        assert_eq!(spread_by_default(6, Stage::Production), expected(3, 6));
        assert_eq!(spread_by_default(5, Stage::Production), expected(3, 5));
        // Never under two on a cluster, even if two in all would do.
        assert_eq!(spread_by_default(2, Stage::Production), expected(2, 2));
    }

    #[test]
    fn staging_runs_on_one_cluster_only() {
        assert_eq!(
            spread_by_default(2, Stage::Staging),
            [("eks-1".to_owned(), 2, 2)]
        );
    }
}
