//! How few nodes could possibly do.

use serde::{Deserialize, Serialize};

use super::NodeCapacity;
use super::portfolio::Demand;

/// No packing of the same workloads needs fewer nodes than this, ignoring spread and failures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowerBound {
    /// The number of nodes.
    pub nodes: u32,
    /// Which argument gave it: `memory volume`, `cpu volume`, `pods`, `large pods by memory`, …
    pub rule: String,
}

/// Thresholds that [`large_pods`] tries at most; any set of them gives a valid bound.
const MOST_THRESHOLDS: usize = 128;

/// The largest of: volume of CPU, of memory, number of pods, and the Martello-Toth bound L2 for each
/// resource, which knows that two pods of more than half a node never share one.
pub(super) fn lower_bound(demands: &[Demand], node: &NodeCapacity) -> LowerBound {
    let cpu: Vec<(u64, u64)> = demands.iter().map(|demand| (demand.requests.cpu.0, u64::from(demand.replicas))).collect();
    let memory: Vec<(u64, u64)> = demands.iter().map(|demand| (demand.requests.memory.0, u64::from(demand.replicas))).collect();
    let pods: Vec<(u64, u64)> = demands.iter().map(|demand| (1, u64::from(demand.replicas))).collect();
    let bounds = [
        (volume(&memory, node.available.memory.0), "memory volume"),
        (volume(&cpu, node.available.cpu.0), "CPU volume"),
        (volume(&pods, u64::from(node.available_pods)), "pods"),
        (large_pods(memory, node.available.memory.0), "large pods by memory"),
        (large_pods(cpu, node.available.cpu.0), "large pods by CPU"),
    ];
    // Of equal bounds the simplest argument is named: the first.
    let (nodes, rule) = bounds.into_iter().fold((0, "nothing to place"), |best, bound| if bound.0 > best.0 { bound } else { best });
    LowerBound { nodes: u32::try_from(nodes).unwrap_or(u32::MAX), rule: rule.to_owned() }
}

/// Sum of sizes over what a node offers, rounded up. Rows are (size, count).
fn volume(rows: &[(u64, u64)], capacity: u64) -> u64 {
    let sum: u128 = rows.iter().map(|&(size, count)| u128::from(size) * u128::from(count)).sum();
    u64::try_from(sum.div_ceil(u128::from(capacity.max(1)))).unwrap_or(u64::MAX)
}

/// L2 of Martello & Toth (Discrete Applied Mathematics 28, 1990): for a threshold `k` up to half a
/// node, every pod over half needs a node of its own; those over `capacity - k` leave no room for any
/// pod of at least `k`; what the middle ones leave is all that the small ones of at least `k` can use.
fn large_pods(mut rows: Vec<(u64, u64)>, capacity: u64) -> u64 {
    rows.sort_unstable();
    let half = capacity / 2;
    let mut thresholds: Vec<u64> = rows.iter().map(|&(size, _)| size).filter(|&size| size <= half).collect();
    thresholds.dedup();
    let step = thresholds.len().div_ceil(MOST_THRESHOLDS).max(1);
    thresholds.into_iter().step_by(step).chain([0]).map(|k| large_pods_from(&rows, capacity, k)).max().unwrap_or(0)
}

fn large_pods_from(rows: &[(u64, u64)], capacity: u64, threshold: u64) -> u64 {
    let (mut alone, mut middle, mut left_by_middle, mut small) = (0_u64, 0_u64, 0_u128, 0_u128);
    for &(size, count) in rows.iter().filter(|&&(size, _)| size >= threshold) {
        if size > capacity - threshold {
            alone += count;
        } else if size > capacity / 2 {
            middle += count;
            left_by_middle += u128::from(capacity - size) * u128::from(count);
        } else {
            small += u128::from(size) * u128::from(count);
        }
    }
    let more = small.saturating_sub(left_by_middle).div_ceil(u128::from(capacity.max(1)));
    alone + middle + u64::try_from(more).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pods_over_half_a_node_need_one_each() {
        // Three of 51 and three of 49 on nodes of 100: volume 3, and no two of 51 share a node.
        let rows = vec![(51, 3), (49, 3)];
        assert_eq!(volume(&rows, 100), 3);
        assert_eq!(large_pods(rows, 100), 3);
        // Of 60 and 45 no two share a node but the small ones: 3 + 2.
        assert_eq!(large_pods(vec![(60, 3), (45, 3)], 100), 5);
    }

    #[test]
    fn a_pod_of_exactly_half_shares() {
        assert_eq!(large_pods(vec![(50, 4)], 100), 2);
    }

    #[test]
    fn nothing_needs_no_node() {
        assert_eq!(large_pods(Vec::new(), 100), 0);
        assert_eq!(volume(&[], 100), 0);
    }
}
