//! What happens to the pods of nodes that are lost.

use std::cmp::Reverse;

use super::Workload;
use super::board::{Board, millionths};
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
    let dominant = |workload: usize| {
        let (cpu, memory) = millionths(workloads[workload].requests, board.node.available);
        cpu.max(memory)
    };
    displaced.sort_by_key(|&(workload, _)| (Reverse(dominant(workload)), workload));

    let mut rest = board.clone();
    for (workload, replicas) in displaced {
        for _ in 0..replicas {
            let requests = workloads[workload].requests;
            let room = (0..rest.nodes()).filter(|&node| !is_lost(node) && rest.fits(node, requests));
            // Best fit keeps the large gaps for the large pods.
            let fullest = room.min_by_key(|&node| {
                let (cpu, memory) = rest.free_millionths(node);
                (cpu + memory, node)
            });
            let Some(node) = fullest else { return false };
            rest.put(node, workload, requests);
        }
    }
    true
}
