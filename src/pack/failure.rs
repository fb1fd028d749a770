//! What happens to the pods of nodes that are lost.

use std::cmp::Reverse;

use super::board::Board;
use super::{GroupRequest, Workload};
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

/// Whether so many nodes cannot survive what the request names, by adding up alone: of all failures one
/// takes no more staging pods with it than an equal share; all other pods must be on the nodes left.
pub(super) fn too_few_to_survive(nodes: u32, request: &GroupRequest<'_>) -> bool {
    let zones = u32::try_from(request.zones.len())
        .unwrap_or(u32::MAX)
        .clamp(1, nodes.max(1));
    // (failures to choose from, nodes left after any of them at most)
    let node = request
        .survival
        .node
        .then_some((nodes, nodes.saturating_sub(1)));
    let zone = request
        .survival
        .zone
        .then_some((zones, nodes - nodes / zones));
    let exceeds = |size: fn(&Workload) -> u64, room: u64| {
        let sum = |is_counted: fn(&Workload) -> bool| -> u128 {
            let counted = request
                .workloads
                .iter()
                .filter(|workload| is_counted(workload));
            counted
                .map(|workload| u128::from(size(workload)) * u128::from(workload.replicas))
                .sum()
        };
        let (all, staging) = (
            sum(|_| true),
            sum(|workload| workload.stage != Stage::Production),
        );
        move |(choices, left): (u32, u32)| {
            u128::from(choices) * u128::from(left) * u128::from(room)
                < (u128::from(choices) * all).saturating_sub(staging)
        }
    };
    let node_offers = request.node.available;
    let checks: [&dyn Fn((u32, u32)) -> bool; 3] = [
        &exceeds(|workload| workload.requests.memory.0, node_offers.memory.0),
        &exceeds(|workload| workload.requests.cpu.0, node_offers.cpu.0),
        &exceeds(|_| 1, u64::from(request.node.available_pods)),
    ];
    [node, zone]
        .into_iter()
        .flatten()
        .any(|failure| checks.iter().any(|exceeds| exceeds(failure)))
}

fn survives(board: &Board, workloads: &[&Workload], is_lost: impl Fn(usize) -> bool) -> bool {
    let mut displaced: Vec<(usize, u32)> = (0..board.nodes())
        .filter(|&node| is_lost(node))
        .flat_map(|node| board.pods[node].iter().copied())
        .filter(|&(workload, _)| workloads[workload].stage == Stage::Production)
        .collect();
    let dominant = |workload: usize| {
        workloads[workload]
            .requests
            .dominant_millionths_of(board.node.available)
    };
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
            let room =
                (0..board.nodes()).filter(|&node| free_pods[node] > 0 && requests.fits(free[node]));
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
