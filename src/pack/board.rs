//! A fixed number of nodes being filled.

use super::placement::{NodePlacement, PodsOnNode};
use super::{NodeCapacity, Workload};
use crate::units::{Resources, div_ceil};

/// Which replicas are where, and what is free.
#[derive(Debug, Clone)]
pub(super) struct Board {
    pub(super) node: NodeCapacity,
    pub(super) free: Vec<Resources>,
    pub(super) free_pods: Vec<u32>,
    /// Free CPU and memory in millionths of what an empty node offers, added up.
    pub(super) free_shares: Vec<u64>,
    /// Index of each node's zone.
    pub(super) zone: Vec<usize>,
    /// For each node the workloads on it: (index, replicas).
    pub(super) pods: Vec<Vec<(usize, u32)>>,
}

impl Board {
    /// `nodes` empty nodes, going round the zones.
    pub(super) fn empty(node: NodeCapacity, nodes: u32, zones: usize) -> Self {
        let nodes = nodes as usize;
        Self {
            node,
            free: vec![node.available; nodes],
            free_pods: vec![node.available_pods; nodes],
            free_shares: vec![shares(node.available, node); nodes],
            zone: (0..nodes).map(|index| index % zones.max(1)).collect(),
            pods: vec![Vec::new(); nodes],
        }
    }

    /// The number of nodes on the board, empty ones included.
    pub(super) fn nodes(&self) -> usize {
        self.free.len()
    }

    /// How many zones have a node.
    pub(super) fn zones(&self) -> usize {
        self.zone.iter().max().map_or(0, |last| last + 1)
    }

    /// Whether one more pod of this size fits.
    pub(super) fn fits(&self, node: usize, requests: Resources) -> bool {
        self.free_pods[node] > 0 && requests.fits(self.free[node])
    }

    /// Puts one replica of `workload` on `node`, which must have room.
    pub(super) fn put(&mut self, node: usize, workload: usize, requests: Resources) {
        self.free[node] = self.free[node].saturating_sub(requests);
        self.free_pods[node] -= 1;
        self.free_shares[node] = shares(self.free[node], self.node);
        match self.pods[node].last_mut() {
            Some((last, count)) if *last == workload => *count += 1,
            _ => self.pods[node].push((workload, 1)),
        }
    }

    /// Free CPU and memory of a node in millionths of what an empty one offers.
    pub(super) fn free_millionths(&self, node: usize) -> (u64, u64) {
        self.free[node].millionths_of(self.node.available)
    }

    /// For readers: nodes with names, zones with names, pods by workload name.
    pub(super) fn describe(
        &self,
        group: &str,
        zones: &[String],
        workloads: &[&Workload],
    ) -> Vec<NodePlacement> {
        let width = self.nodes().to_string().len().max(2);
        let describe = |(index, pods): (usize, &Vec<(usize, u32)>)| {
            let mut pods: Vec<PodsOnNode> = pods
                .iter()
                .map(|&(workload, replicas)| PodsOnNode {
                    workload: workloads[workload].name.clone(),
                    replicas,
                })
                .collect();
            pods.sort_by(|a, b| a.workload.cmp(&b.workload));
            NodePlacement {
                node: format!("{group}-{:0width$}", index + 1),
                zone: zones.get(self.zone[index]).cloned().unwrap_or_default(),
                pods,
            }
        };
        self.pods.iter().enumerate().map(describe).collect()
    }
}

fn shares(free: Resources, node: NodeCapacity) -> u64 {
    let (cpu, memory) = free.millionths_of(node.available);
    cpu + memory
}

/// As evenly as the numbers allow: the most replicas of one workload on a node and in a zone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spread {
    pub(super) per_node: u32,
    pub(super) per_zone: u32,
}

impl Spread {
    pub(super) fn of(replicas: u32, board: &Board) -> Self {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            per_node: div_ceil(replicas, count(board.nodes())),
            per_zone: div_ceil(replicas, count(board.zones())),
        }
    }
}
