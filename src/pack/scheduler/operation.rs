//! A node group whose pods come and go: the scheduler of a replay.

use super::autoscaler;
use super::chance::Chance;
use super::cycle::Scheduler;
use super::situation::RULES;
use super::{App, NodeShape};
use crate::units::Resources;

/// Nodes with what is requested of them, over time. Nodes and apps are called by their places, which never change.
#[derive(Debug, Clone)]
pub struct Operation<'a> {
    scheduler: Scheduler<'a>,
    /// By zone, whether nodes can come up there.
    is_open: Vec<bool>,
    /// By node, the app of each of its pods.
    on_node: Vec<Vec<usize>>,
    changes: u64,
}

/// Streams of chance of a replay begin where those of the sizes' simulation cannot be.
const REPLAY: u32 = 1 << 25;

impl<'a> Operation<'a> {
    /// Without a node. `number` tells groups apart: each has ties of its own.
    #[must_use]
    pub fn new(shape: &'a NodeShape, apps: &'a [App], zones: usize, number: u32) -> Self {
        let chance = Chance::new(number, REPLAY);
        Self {
            scheduler: Scheduler::new(shape, apps, RULES, zones.max(1), chance),
            is_open: vec![true; zones.max(1)],
            on_node: Vec::new(),
            changes: 0,
        }
    }

    /// Adds an empty node in the open zone that has fewest, of equals the first; gives its place and zone.
    pub fn add_node(&mut self) -> (usize, usize) {
        let mut sizes = vec![0_usize; self.is_open.len()];
        for zone in self.scheduler.zones() {
            sizes[zone] += 1;
        }
        let zone = (0..sizes.len())
            .filter(|&zone| self.is_open[zone])
            .min_by_key(|&zone| sizes[zone])
            .unwrap_or(0);
        self.changes += 1;
        self.scheduler.add_nodes([zone]);
        self.on_node.push(Vec::new());
        (self.scheduler.last_node(), zone)
    }

    /// No node comes up in that zone any more.
    pub fn close(&mut self, zone: usize) {
        if let Some(is_open) = self.is_open.get_mut(zone) {
            *is_open = false;
        }
    }

    /// The places of the living nodes, each zone's in turn.
    #[must_use]
    pub fn nodes(&self) -> &[usize] {
        self.scheduler.nodes()
    }

    /// One scheduling cycle for a pod of the app: the node that it goes to, if there is room.
    pub fn schedule(&mut self, app: usize) -> Option<usize> {
        let node = self.scheduler.schedule(app)?;
        self.changes += 1;
        self.on_node[node].push(app);
        Some(node)
    }

    /// How often a pod or a node came or went so far: as long as it stays, whatever was found of them holds.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Puts a pod of the app where it is said to be, whatever the scheduler would do.
    pub fn put(&mut self, app: usize, node: usize) {
        self.changes += 1;
        self.scheduler.put(app, node);
        self.on_node[node].push(app);
    }

    /// A pod of the app that is on the node is gone.
    pub fn remove(&mut self, app: usize, node: usize) {
        self.changes += 1;
        self.scheduler.remove(app, node);
        let pods = &mut self.on_node[node];
        if let Some(place) = pods.iter().rposition(|&other| other == app) {
            pods.remove(place);
        }
    }

    /// The nodes are gone, with what was on them.
    pub fn lose(&mut self, is_lost: impl Fn(usize) -> bool) {
        self.changes += 1;
        for (_, node) in self.scheduler.lose(|node, _| is_lost(node)) {
            self.on_node[node].clear();
        }
    }

    /// Whether cluster-autoscaler finds other nodes for everything that is on the node: one pod after the other goes to
    /// any node that has room, the search going on where the last one found it.
    ///
    /// Source: kubernetes/autoscaler, `cluster-autoscaler/simulator/cluster.go`, `findPlaceFor`, and
    /// `simulator/scheduling/hinting_simulator.go`. Left out: the hints, which only make it faster.
    #[must_use]
    pub fn can_do_without(&self, node: usize) -> bool {
        let pods = self.on_node.get(node).map_or(&[][..], Vec::as_slice);
        self.scheduler.fit_elsewhere(node, pods)
    }

    /// How many new nodes cluster-autoscaler reckons that pending pods of these apps take.
    #[must_use]
    pub fn nodes_for(&self, pending: &[usize]) -> usize {
        autoscaler::estimate(self.scheduler.apps, self.scheduler.shape, pending)
    }

    /// What is requested of the node, its daemons included.
    #[must_use]
    pub fn requested(&self, node: usize) -> Resources {
        self.scheduler.requested(node)
    }
}
