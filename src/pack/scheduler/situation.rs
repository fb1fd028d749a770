//! A node group in operation: what happens on a number of nodes when apps roll, nodes and zones fail, and the
//! other cluster is gone.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::autoscaler;
use super::chance::Chance;
use super::cycle::Scheduler;
use super::distribution::fewest;
use super::queue::by_priority;
use super::{ApplyOrder, Distribution, Fleet, PLANNED, Rules, Strategy};

/// A fleet with what is to be survived.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// Apps at their replicas of normal times.
    pub fleet: Fleet<'a>,
    /// How they are created.
    pub applied: ApplyOrder,
    /// By app: whether its pods must run again after a failure at once.
    pub must_run: &'a [bool],
    /// Any one node may fail.
    pub survives_node: bool,
    /// Any one zone may fail.
    pub survives_zone: bool,
}

/// What happens to the cluster while pods are placed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Nothing happens: normal times.
    Normal,
    /// The apps that are counted as rolling have their extra pods.
    RollingOut,
    /// Any one node is lost.
    NodeLost,
    /// Any one zone is lost.
    ZoneLost,
    /// The other cluster is lost, and apps roll.
    ClusterLost,
}

/// What an event takes, beginning on a number of nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Situation {
    /// What happens in this situation.
    pub event: Event,
    /// In so many of the orders no pod that must run had to wait for a new node.
    pub holds: u32,
    /// Nodes that there are when the autoscaler is done; of several possible losses the worst.
    pub nodes: Distribution,
}

/// What the plan's manifests declare, on the scheduler that EKS runs.
pub(super) const RULES: Rules<'static> = Rules {
    strategy: Strategy::LeastAllocated,
    constraints: &PLANNED,
    is_alone_on_node: false,
};

/// Streams of chance for situations begin where those for searches, numbered by nodes, have ended.
const SITUATIONS: u32 = 1 << 24;
const GROWING: u32 = SITUATIONS + 1;

fn count(nodes: usize) -> u32 {
    u32::try_from(nodes).unwrap_or(u32::MAX)
}

impl Group<'_> {
    fn deployed(&self, nodes: u32, stream: u32, order: u32) -> (Scheduler<'_>, Vec<usize>) {
        let fleet = self.fleet;
        let mut chance = Chance::new(order, stream);
        let queue = self.applied.queue(fleet.apps, fleet.shape, &mut chance);
        let mut scheduler = Scheduler::new(fleet.shape, fleet.apps, RULES, fleet.zones, chance);
        scheduler.add_nodes((0..nodes as usize).map(|node| node % fleet.zones));
        let pending = scheduler.schedule_all(&queue);
        (scheduler, pending)
    }

    /// The nodes that there are when the autoscaler is done, if there was none before: apps that move one after the
    /// other fill a cluster that grows with them.
    #[must_use]
    pub fn grown(&self, orders: u32) -> Distribution {
        Distribution::of(
            (0..orders)
                .into_par_iter()
                .map(|order| count(self.grown_once(order).living()))
                .collect(),
        )
    }

    fn grown_once(&self, order: u32) -> Scheduler<'_> {
        let (mut scheduler, pending) = self.deployed(0, GROWING, order);
        autoscaler::grow(&mut scheduler, pending, self.fleet.zones);
        scheduler
    }

    /// The fewest nodes on which every pod is scheduled in so many per cent of the orders, where all nodes are there
    /// before the pods and none is added. None if `most` are not enough.
    #[must_use]
    pub fn at_once(&self, percent: u32, orders: u32, most: u32) -> Option<u32> {
        fewest(
            self.fleet.volume()..=most,
            orders,
            percent,
            |nodes, order| self.deployed(nodes, nodes, order).1.is_empty(),
        )
    }

    /// The same, where after each failure that is to be survived within the cluster no pod that must run waits for
    /// a node.
    #[must_use]
    pub fn without_waiting(
        &self,
        at_least: u32,
        percent: u32,
        orders: u32,
        most: u32,
    ) -> Option<u32> {
        fewest(
            at_least.max(self.fleet.volume())..=most,
            orders,
            percent,
            |nodes, order| {
                let (mut scheduler, pending) = self.deployed(nodes, nodes, order);
                pending.is_empty() && self.survives(&mut scheduler)
            },
        )
    }

    fn survives(&self, scheduler: &mut Scheduler<'_>) -> bool {
        (!self.survives_node || self.survives_any_node(scheduler))
            && (!self.survives_zone || self.survives_any_zone(scheduler))
    }

    fn survives_any_node(&self, scheduler: &mut Scheduler<'_>) -> bool {
        let nodes = scheduler.nodes().to_vec();
        nodes
            .into_iter()
            .all(|lost| scheduler.survives(|node, _| node == lost, self.must_run))
    }

    fn survives_any_zone(&self, scheduler: &mut Scheduler<'_>) -> bool {
        (0..self.fleet.zones).all(|lost| scheduler.survives(|_, zone| zone == lost, self.must_run))
    }

    /// What each event takes, beginning on `nodes` nodes. `rolling` and `alone` are the extra replicas of each app
    /// during a rollout, and when this cluster carries everything.
    #[must_use]
    pub fn situations(
        &self,
        nodes: u32,
        orders: u32,
        rolling: &[u32],
        alone: &[u32],
    ) -> Vec<Situation> {
        let of_order = |order: u32| {
            let (mut scheduler, pending) = self.deployed(nodes, SITUATIONS, order);
            let is_complete = pending.is_empty();
            autoscaler::grow(&mut scheduler, pending, self.fleet.zones);
            let mut results = vec![(Event::Normal, is_complete, scheduler.living())];
            let mut extra = |event: Event, extra: &[u32]| {
                let mut scheduler = scheduler.clone();
                let more = extra
                    .iter()
                    .enumerate()
                    .flat_map(|(app, &more)| std::iter::repeat_n(app, more as usize))
                    .collect();
                let queue = by_priority(more, scheduler.apps, &mut scheduler.chance);
                let pending = scheduler.schedule_all(&queue);
                let holds = pending.is_empty();
                autoscaler::grow(&mut scheduler, pending, self.fleet.zones);
                results.push((event, holds, scheduler.living()));
            };
            if rolling.iter().any(|&more| more > 0) {
                extra(Event::RollingOut, rolling);
            }
            if alone != rolling && alone.iter().any(|&more| more > 0) {
                extra(Event::ClusterLost, alone);
            }
            // A lost node is replaced by one that is like it: what was on it fits there in any case.
            let nodes = scheduler.living();
            results.push((
                Event::NodeLost,
                self.survives_any_node(&mut scheduler),
                nodes,
            ));
            let losses = (0..self.fleet.zones)
                .filter(|_| self.fleet.zones > 1)
                .map(|lost| self.after(&mut scheduler, |_, zone| zone == lost));
            let losses: Vec<(bool, usize)> = losses.collect();
            if !losses.is_empty() {
                results.push(worst(Event::ZoneLost, losses));
            }
            results
        };
        let results: Vec<Vec<(Event, bool, usize)>> =
            (0..orders).into_par_iter().map(of_order).collect();
        let mut events: Vec<Event> = results.iter().flatten().map(|&(event, ..)| event).collect();
        events.sort();
        events.dedup();
        let situation = |event: Event| {
            let of_event = results.iter().flatten().filter(|result| result.0 == event);
            Situation {
                event,
                holds: count(of_event.clone().filter(|result| result.1).count()),
                nodes: Distribution::of(of_event.map(|result| count(result.2)).collect()),
            }
        };
        events.into_iter().map(situation).collect()
    }

    /// Whether the pods that must run were scheduled without a new node, and the nodes at the end. Lost nodes are
    /// not counted until they are replaced.
    fn after(
        &self,
        scheduler: &mut Scheduler<'_>,
        is_lost: impl Fn(usize, usize) -> bool + Copy,
    ) -> (bool, usize) {
        if scheduler.survives(is_lost, self.must_run) {
            let left = scheduler.nodes().len() - scheduler.count(is_lost);
            return (true, left);
        }
        let mut scheduler = scheduler.clone();
        let lost = scheduler
            .lose(is_lost)
            .into_iter()
            .map(|(app, _)| app)
            .filter(|&app| self.must_run[app])
            .collect();
        let queue = by_priority(lost, scheduler.apps, &mut scheduler.chance);
        let pending = scheduler.schedule_all(&queue);
        autoscaler::grow(&mut scheduler, pending, self.fleet.zones);
        (false, scheduler.living())
    }

    /// How few nodes are left of [`Self::grown`] if the emptiest is drained again and again while its pods fit on the
    /// others: what a descheduler can do.
    #[must_use]
    pub fn drained(&self, orders: u32) -> Distribution {
        let of_order = |order: u32| {
            let mut scheduler = self.grown_once(order);
            while let Some(drained) = scheduler.emptiest().filter(|_| scheduler.living() > 1) {
                let moved = scheduler
                    .lose(|node, _| node == drained)
                    .into_iter()
                    .map(|(app, _)| app)
                    .collect();
                let queue = by_priority(moved, scheduler.apps, &mut scheduler.chance);
                if !scheduler.schedule_all(&queue).is_empty() {
                    // What did not fit had to stay, and with it the node.
                    return count(scheduler.living() + 1);
                }
            }
            count(scheduler.living())
        };
        Distribution::of((0..orders).into_par_iter().map(of_order).collect())
    }
}

fn worst(event: Event, losses: Vec<(bool, usize)>) -> (Event, bool, usize) {
    let holds = losses.iter().all(|(holds, _)| *holds);
    (
        event,
        holds,
        losses.iter().map(|(_, nodes)| *nodes).max().unwrap_or(0),
    )
}
