//! The arithmetic of kube-scheduler's score plugins, integer for integer.
//!
//! Source: kubernetes/kubernetes v1.36, `pkg/scheduler/framework/plugins`: `noderesources`
//! (`least_allocated.go`, `most_allocated.go`, `balanced_allocation.go`) and `podtopologyspread/scoring.go`;
//! the weights are those of `apis/config/v1/default_plugins.go`.

use crate::units::Resources;

/// `MaxNodeScore`: every plugin's score is between 0 and this.
pub(super) const MOST: i64 = 100;

/// `PodTopologySpread` counts twice in the sum of scores.
pub(super) const SPREAD_WEIGHT: i64 = 2;
/// `NodeResourcesFit` counts once in the sum of scores.
pub(super) const FIT_WEIGHT: i64 = 1;
/// `NodeResourcesBalancedAllocation` counts once in the sum of scores.
pub(super) const BALANCE_WEIGHT: i64 = 1;

/// The scoring strategy of `NodeResourcesFit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// The emptiest node first: the default, and all that EKS runs.
    LeastAllocated,
    /// The fullest node first: takes a scheduler of one's own.
    MostAllocated,
}

impl Strategy {
    /// The mean over CPU and memory, each an integer, of what is free (or taken) per cent. `requested` is
    /// the node's with the pod's, and counts a container without a request as 100m and 200Mi.
    pub(super) fn score(self, requested: Resources, allocatable: Resources) -> i64 {
        let cpu = self.of_one(requested.cpu.0, allocatable.cpu.0);
        let memory = self.of_one(requested.memory.0, allocatable.memory.0);
        // A resource that the node does not have is not counted.
        let (sum, resources) = [cpu, memory]
            .into_iter()
            .flatten()
            .fold((0, 0), |(sum, count), score| (sum + score, count + 1));
        if resources == 0 { 0 } else { sum / resources }
    }

    fn of_one(self, requested: u64, allocatable: u64) -> Option<i64> {
        let taken = match self {
            Self::LeastAllocated => allocatable.saturating_sub(requested),
            Self::MostAllocated => requested.min(allocatable),
        };
        // Division of integers below 2^53 as floats, cut off, is exact, and much faster.
        (allocatable > 0).then(|| truncated(as_f64(taken * 100) / as_f64(allocatable)))
    }
}

/// `balancedResourceScore`: 100 where CPU and memory are requested to the same share, 50 where one is full
/// and the other empty.
pub(super) fn balance(requested: Resources, allocatable: Resources) -> i64 {
    if allocatable.cpu.0 == 0 || allocatable.memory.0 == 0 {
        return MOST;
    }
    let share =
        |requested: u64, allocatable: u64| (as_f64(requested) / as_f64(allocatable)).min(1.0);
    let (cpu, memory) = (
        share(requested.cpu.0, allocatable.cpu.0),
        share(requested.memory.0, allocatable.memory.0),
    );
    let deviation = ((cpu - memory) / 2.0).abs();
    truncated((1.0 - deviation) * 100.0)
}

/// `NodeResourcesBalancedAllocation` since 1.35: what the pod changes in the node's balance.
pub(super) fn balanced_allocation(with_pod: i64, without_pod: i64) -> i64 {
    MOST / 2 + (MOST / 2 + with_pod - without_pod) / 2
}

/// The weight of a constraint of `PodTopologySpread`: small topologies are not watered down by large ones.
/// `size` is the number of zones, or of nodes, that passed the filters.
pub(super) fn topology_weight(size: usize) -> f64 {
    // The logarithm's last bit differs between platforms; it would take a sum within 1e-15 of a half to show.
    as_f64(size as u64 + 2).ln()
}

/// What one constraint adds to a node's raw score: the lower, the better.
pub(super) fn pods_by_domain(pods: u32, max_skew: u32, weight: f64) -> f64 {
    f64::from(pods) * weight + f64::from(max_skew.saturating_sub(1))
}

/// Raw scores are rounded half away from zero, as Go's `math.Round` does.
pub(super) fn rounded(raw: f64) -> i64 {
    truncated(raw.round())
}

/// `NormalizeScore` of `PodTopologySpread`: fewer matching pods score higher.
pub(super) fn spread(raw: i64, least: i64, most: i64) -> i64 {
    if most == 0 {
        MOST
    } else {
        MOST * (most + least - raw) / most
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Go converts so; 2^53 bytes are 8 PiB"
)]
fn as_f64(value: u64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "Go converts so; scores are small"
)]
fn truncated(value: f64) -> i64 {
    value as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Bytes, Millicores};

    fn resources(cpu: u64, memory_mib: u64) -> Resources {
        Resources {
            cpu: Millicores(cpu),
            memory: Bytes::from_mebibytes(memory_mib),
        }
    }

    const NODE: fn() -> Resources = || resources(7910, 14_162);

    #[test]
    fn least_allocated_is_the_integer_mean_of_what_is_free() {
        // CPU (7910 - 1030) * 100 / 7910 = 86.97 -> 86; memory (14162 - 2616) * 100 / 14162 = 81.52 -> 81;
        // (86 + 81) / 2 = 83.5 -> 83.
        assert_eq!(
            Strategy::LeastAllocated.score(resources(1030, 2616), NODE()),
            83
        );
        // An empty node is 100, a full one 0, and what is over counts as full: 0 and 50 make 25.
        assert_eq!(Strategy::LeastAllocated.score(resources(0, 0), NODE()), 100);
        assert_eq!(Strategy::LeastAllocated.score(NODE(), NODE()), 0);
        assert_eq!(
            Strategy::LeastAllocated.score(resources(9000, 7081), NODE()),
            25
        );
    }

    #[test]
    fn most_allocated_is_the_integer_mean_of_what_is_taken() {
        // CPU 1030 * 100 / 7910 = 13.02 -> 13; memory 2616 * 100 / 14162 = 18.47 -> 18; (13 + 18) / 2 = 15.5 -> 15.
        assert_eq!(
            Strategy::MostAllocated.score(resources(1030, 2616), NODE()),
            15
        );
        // Requests above the node, as defaults can make them, count as a full node.
        assert_eq!(
            Strategy::MostAllocated.score(resources(9000, 7081), NODE()),
            75
        );
    }

    #[test]
    fn a_resource_that_the_node_lacks_is_not_counted() {
        assert_eq!(
            Strategy::LeastAllocated.score(resources(100, 50), resources(0, 100)),
            50
        );
        assert_eq!(
            Strategy::LeastAllocated.score(resources(0, 0), resources(0, 0)),
            0
        );
    }

    #[test]
    fn balance_is_lost_by_half_of_the_difference_of_the_shares() {
        // 1030 / 7910 = 0.13022, 2616 / 14162 = 0.18472: 1 - 0.0545 / 2 = 0.97275 -> 97.
        assert_eq!(balance(resources(1030, 2616), NODE()), 97);
        assert_eq!(balance(resources(0, 0), NODE()), 100);
        assert_eq!(balance(resources(7910, 0), NODE()), 50);
        // A share is at most 1: 20000 of 7910 counts as all of it.
        assert_eq!(balance(resources(20_000, 14_162), NODE()), 100);
    }

    #[test]
    fn balanced_allocation_is_what_the_pod_changes() {
        // 50 + (50 + 97 - 99) / 2 = 74; a pod that mends: 50 + (50 + 98 - 90) / 2 = 79.
        assert_eq!(balanced_allocation(97, 99), 74);
        assert_eq!(balanced_allocation(98, 90), 79);
        // Go's division cuts: (50 + 97 - 98) / 2 = 24.5 -> 24.
        assert_eq!(balanced_allocation(97, 98), 74);
        // The ends: from balance to none, and back.
        assert_eq!(
            (balanced_allocation(50, 100), balanced_allocation(100, 50)),
            (50, 100)
        );
    }

    #[test]
    fn topology_spread_scores_by_count_and_logarithm() {
        // System defaults on 10 nodes in 3 zones: one sibling on the node and two in its zone.
        // 1 * ln 12 + (3 - 1) + 2 * ln 5 + (5 - 1) = 2.4849 + 2 + 3.2189 + 4 = 11.7038 -> 12.
        let raw =
            pods_by_domain(1, 3, topology_weight(10)) + pods_by_domain(2, 5, topology_weight(3));
        assert_eq!(rounded(raw), 12);
        // None at all: 2 + 4 = 6. In the same zone only: 2 + 2 * 1.6094 + 4 = 9.2189 -> 9.
        assert_eq!(
            rounded(
                pods_by_domain(0, 3, topology_weight(10))
                    + pods_by_domain(0, 5, topology_weight(3))
            ),
            6
        );
        assert_eq!(
            rounded(
                pods_by_domain(0, 3, topology_weight(10))
                    + pods_by_domain(2, 5, topology_weight(3))
            ),
            9
        );
    }

    #[test]
    fn topology_spread_is_normalised_to_its_extremes() {
        // Raw 6, 9 and 12: 100 * (12 + 6 - 6) / 12 = 100, 100 * 9 / 12 = 75, 100 * 6 / 12 = 50.
        assert_eq!([6, 9, 12].map(|raw| spread(raw, 6, 12)), [100, 75, 50]);
        // 100 * (7 + 6 - 7) / 7 = 85.7 -> 85.
        assert_eq!(spread(7, 6, 7), 85);
        // Where nothing counts, all are as good.
        assert_eq!(spread(0, 0, 0), 100);
    }
}
