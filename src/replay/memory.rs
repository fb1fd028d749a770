//! Whom kubelet evicts when a node's memory runs short.

use std::cmp::Reverse;

/// A pod on a node under pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Evictable {
    /// Where it is: the app, and the pod among the app's.
    pub(super) pod: (usize, usize),
    pub(super) priority: i32,
    pub(super) used_mebibytes: u32,
    pub(super) requested_mebibytes: u32,
}

/// The order in which kubelet evicts: pods over their request first, then by priority, the lowest first, then by how
/// much they are over their request, the most first. Of equals the first by place.
///
/// Source: kubernetes `pkg/kubelet/eviction/helpers.go`, `rankMemoryPressure`.
pub(super) fn in_order_of_eviction(pods: &mut [Evictable]) {
    pods.sort_by_key(|pod| {
        let over = i64::from(pod.used_mebibytes) - i64::from(pod.requested_mebibytes);
        (over <= 0, pod.priority, Reverse(over), pod.pod)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_the_request_then_priority_then_by_how_much() {
        let pod = |app, priority, used_mebibytes, requested_mebibytes| Evictable {
            pod: (app, 0),
            priority,
            used_mebibytes,
            requested_mebibytes,
        };
        let mut pods = [
            pod(0, 0, 900, 1_000),
            pod(1, 10, 1_100, 1_000),
            pod(2, 10, 1_500, 1_000),
            pod(3, 0, 1_001, 1_000),
            pod(4, 10, 700, 1_000),
        ];
        in_order_of_eviction(&mut pods);
        assert_eq!(pods.map(|pod| pod.pod.0), [3, 2, 1, 0, 4]);
    }
}
