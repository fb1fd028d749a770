//! Which apps are counted as rolling out at the same time.

use std::cmp::Reverse;

use super::document::{SizedEnvironment, SizedOutcome};
use super::nodes::Nodes;
use crate::policy::Policy;

/// On each cluster the largest surges, as many as the policy lets roll at once, are set; the rest stays
/// at zero. Largest by the share of a node that the extra pods take.
pub(super) fn choose_surges(environments: &mut [SizedEnvironment], nodes: &Nodes, policy: &Policy) {
    for cluster in &policy.topology.clusters {
        let mut surges: Vec<(usize, u32, u64)> = Vec::new();
        for (index, environment) in environments.iter().enumerate() {
            let Some((sizing, node_group)) = environment.sized() else {
                continue;
            };
            let Some(replicas) = sizing.replicas.clusters.get(cluster) else {
                continue;
            };
            let surge = surge_of(replicas.failover, policy.rollout.max_surge.get());
            let room = nodes.named(node_group).capacity.available;
            surges.push((
                index,
                surge,
                (sizing.requests * surge).dominant_millionths_of(room),
            ));
        }
        surges.sort_by_key(|&(index, _, share)| (Reverse(share), index));
        for &(index, surge, _) in surges.iter().take(policy.rollout.concurrent_apps as usize) {
            if let SizedOutcome::Moves { sizing, .. } = &mut environments[index].outcome
                && let Some(replicas) = sizing.replicas.clusters.get_mut(cluster)
            {
                replicas.surge = surge;
            }
        }
    }
}

/// `max_surge` of the replicas, rounded up, as Kubernetes rounds `maxSurge`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the number of replicas"
)]
fn surge_of(replicas: u32, max_surge: f64) -> u32 {
    // The tolerance keeps 7 % of 100 (7.000000000000001 in binary) from becoming 8.
    (f64::from(replicas) * max_surge - 1e-9).ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_rounded_up_as_whole_per_cents_are() {
        // ceil(replicas x percent / 100), in integers, as Kubernetes computes it.
        for percent in 0..=100_u32 {
            for replicas in 0..=200 {
                assert_eq!(
                    surge_of(replicas, f64::from(percent) / 100.0),
                    (replicas * percent).div_ceil(100),
                    "{percent} % of {replicas}"
                );
            }
        }
    }
}
