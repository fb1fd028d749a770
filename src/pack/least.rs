//! How few nodes a group can possibly have, without packing it: to tell which choices need no closer look.

use super::GroupRequest;
use super::failure::too_few_to_survive;
use super::vector::{ItemType, Problem, quick_bound};

/// No group of that request has fewer nodes than this in normal times, by arithmetic alone: room for everything, and
/// for everything again after a failure that is to be survived.
#[must_use]
pub fn least_nodes(request: &GroupRequest<'_>) -> u32 {
    let surviving = (0..=request.max_nodes)
        .find(|&nodes| !too_few_to_survive(nodes, request))
        .unwrap_or(request.max_nodes);
    let room = request.node.available;
    let capacity = vec![
        room.memory.0,
        room.cpu.0,
        u64::from(request.node.available_pods),
    ];
    let types: Vec<ItemType> = request
        .workloads
        .iter()
        .map(|workload| ItemType {
            sizes: vec![workload.requests.memory.0, workload.requests.cpu.0, 1],
            demand: workload.replicas,
        })
        .collect();
    // What fits no node is told by the packing.
    let holding = Problem::new(capacity, &types).map_or(0, |problem| quick_bound(&problem).bins);
    surviving.max(holding)
}
