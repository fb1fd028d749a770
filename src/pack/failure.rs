//! What happens to the pods of nodes that are lost.

use std::cmp::Reverse;

use super::Workload;
use super::board::Board;
use crate::size::Stage;

/// Whether after the loss of any one node every production pod of it fits into what the others have
/// free, without moving anything else. Staging pods may wait for a new node.
pub(super) fn survives_any_node(board: &Board, workloads: &[&Workload]) -> bool {
    (0..board.nodes()).all(|lost| survives(board, workloads, |node| node == lost))
}

/// The same for the loss of any one zone.
pub(super) fn survives_any_zone(board: &Board, workloads: &[&Workload]) -> bool {
    (0..board.zones()).all(|lost| survives(board, workloads, |node| board.zone[node] == lost))
}

fn survives(board: &Board, workloads: &[&Workload], is_lost: impl Fn(usize) -> bool) -> bool {
    let mut displaced: Vec<(usize, u32)> = (0..board.nodes())
        .filter(|&node| is_lost(node))
        .flat_map(|node| board.pods[node].iter().copied())
        .filter(|&(workload, _)| workloads[workload].stage == Stage::Production)
        .collect();
    let dominant = |workload: usize| workloads[workload].requests.dominant_millionths_of(board.node.available);
    displaced.sort_by_key(|&(workload, _)| (Reverse(dominant(workload)), workload));

    // Only what is free matters from here on; the lost nodes have nothing.
    let mut free = board.free.clone();
    let mut free_pods = board.free_pods.clone();
    for node in (0..board.nodes()).filter(|&node| is_lost(node)) {
        free_pods[node] = 0;
    }
    for (workload, replicas) in displaced {
        let requests = workloads[workload].requests;
        for _ in 0..replicas {
            let room = (0..board.nodes()).filter(|&node| free_pods[node] > 0 && requests.fits(free[node]));
            // Best fit keeps the large gaps for the large pods.
            let fullest = room.min_by_key(|&node| {
                let (cpu, memory) = free[node].millionths_of(board.node.available);
                (cpu + memory, node)
            });
            let Some(node) = fullest else { return false };
            free[node] = free[node].saturating_sub(requests);
            free_pods[node] -= 1;
        }
    }
    true
}
