//! What kube-scheduler and cluster-autoscaler make of a node group, and what would bring that closer to a packing.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::group::{GroupError, GroupRequest};
use super::scheduler::{App, Applied, Distribution, Event, Fleet, Group, NodeShape, Situation};
use super::{Survival, Workload};
use crate::size::Stage;

/// Numbers of nodes over many orders in which pods are created, each with the scheduler's ties drawn anew. Pods
/// declare a soft spread over zones and over nodes, as the manifests do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Realistic {
    /// Nodes on which every pod is scheduled in normal times.
    pub normal: Distribution,
    /// Nodes on which, beside that, every production pod is scheduled again after each failure that the policy
    /// wants survived within the cluster.
    pub surviving: Distribution,
    /// What happens on `desired_capacity` nodes.
    pub situations: Vec<Situation>,
    /// The pod that takes most of a node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_pod: Option<LargestPod>,
    /// What would take fewer nodes, the best first.
    pub remedies: Vec<Remedy>,
}

/// What is hardest to place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LargestPod {
    /// Whose it is.
    pub workload: String,
    /// Per cent of what an empty node has for apps, of CPU or memory, whichever is more; rounded up.
    pub percent_of_node: u32,
}

/// A change, with what it saves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What is changed.
    pub kind: RemedyKind,
    /// Nodes at the policy's percentile without it.
    pub nodes: u32,
    /// Nodes at the policy's percentile with it.
    pub nodes_with: u32,
    /// How many workloads it touches.
    pub workloads: u32,
}

/// What can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// Big Deployments are applied first, or have a higher priority.
    BiggestFirst,
    /// Pods of more than [`BIG_PERCENT`] of a node go to nodes of their own.
    OwnGroup,
    /// Pods of more than [`BIG_PERCENT`] of a node become more and smaller ones.
    SmallerPods,
    /// The emptiest nodes are drained while their pods fit elsewhere.
    Descheduler,
}

/// From this share of a node on a pod is hard to place among others that were spread before it: the nodes are all
/// as full as each other, and none has that much free.
pub const BIG_PERCENT: u32 = 25;

/// What to simulate, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simulated {
    /// In so many per cent of the orders the sizes must do: 50, 95 or 99.
    pub percentile: u32,
    /// Orders at each number of nodes, at most.
    pub orders: u32,
}

/// Fewer orders would make a percentile of one case.
const LEAST_ORDERS: u32 = 10;
/// Scores of one order, pods times nodes, up to which all orders are simulated. A large fleet scatters less (2 of
/// 200 nodes) and takes longer.
const SCORES: u64 = 60_000;
/// kube-scheduler looks at no more nodes than this for a pod, until there are more than 200.
const NODES_LOOKED_AT: u64 = 100;

/// Apps, and whether each must run again after a failure.
type Rows = (Vec<App>, Vec<bool>);

/// A group that is being sized: its workloads as the scheduler sees them.
#[derive(Debug)]
pub(super) struct Sized<'a> {
    request: &'a GroupRequest<'a>,
    shape: NodeShape,
    apps: Vec<App>,
    must_run: Vec<bool>,
    orders: u32,
}

impl<'a> Sized<'a> {
    pub(super) fn of(request: &'a GroupRequest<'a>) -> Self {
        let node = request.node;
        let shape = NodeShape { allocatable: node.allocatable, pods: node.max_pods, daemons: node.daemons, daemon_pods: node.daemon_pods };
        let app = |workload: &&Workload| App { requests: workload.requests, replicas: workload.replicas };
        let apps: Vec<App> = request.workloads.iter().map(app).collect();
        let fleet = Fleet { shape: &shape, apps: &apps, zones: request.zones.len().max(1) };
        let pods: u64 = apps.iter().map(|app| u64::from(app.replicas)).sum();
        let scores = pods * u64::from(fleet.volume()).clamp(1, NODES_LOOKED_AT);
        let affordable = u64::from(request.simulated.orders) * SCORES / scores.max(1);
        let orders =
            u32::try_from(affordable).unwrap_or(u32::MAX).clamp(LEAST_ORDERS.min(request.simulated.orders), request.simulated.orders);
        let must_run = request.workloads.iter().map(|workload| workload.stage == Stage::Production).collect();
        Self { request, shape, apps, must_run, orders }
    }

    fn group<'b>(&'b self, apps: &'b [App], must_run: &'b [bool], applied: Applied) -> Group<'b> {
        let Survival { node, zone } = self.request.survival;
        let fleet = Fleet { shape: &self.shape, apps, zones: self.request.zones.len().max(1) };
        Group { fleet, applied, must_run, survives_node: node, survives_zone: zone }
    }

    fn whole(&self) -> Group<'_> {
        self.group(&self.apps, &self.must_run, Applied::InAnyOrder)
    }

    /// How many nodes normal times take, and with what is to be survived.
    pub(super) fn counts(&self, at_least: u32) -> Result<(Distribution, Distribution), GroupError> {
        let most = self.request.max_nodes;
        let too_many = || GroupError::TooManyNodes { group: self.request.name.to_owned(), max_nodes: most, at_least };
        let normal = self.whole().normal(self.orders, most).ok_or_else(too_many)?;
        let surviving = self.whole().surviving(self.orders, most).ok_or_else(too_many)?;
        Ok((normal, surviving))
    }

    /// What happens on so many nodes.
    pub(super) fn situations(&self, nodes: u32) -> Vec<Situation> {
        let workloads = self.request.workloads;
        let rolling: Vec<u32> = workloads.iter().map(|workload| workload.surge).collect();
        let alone: Vec<u32> = workloads.iter().map(|workload| workload.replicas_at_most.saturating_sub(workload.replicas)).collect();
        self.whole().situations(nodes, self.orders, &rolling, &alone)
    }

    /// The nodes that the autoscaler may have to go up to: the most of what rollouts and the loss of the other
    /// cluster take.
    pub(super) fn at_most(&self, situations: &[Situation]) -> u32 {
        let grows = situations.iter().filter(|situation| matches!(situation.event, Event::Normal | Event::RollingOut | Event::ClusterLost));
        grows.map(|situation| situation.nodes.at(self.request.simulated.percentile)).max().unwrap_or(0)
    }

    pub(super) fn largest_pod(&self) -> Option<LargestPod> {
        let largest = self.apps.iter().zip(self.request.workloads).max_by_key(|(app, workload)| (self.share(app), Reverse(&workload.name)));
        largest.map(|(app, workload)| LargestPod {
            workload: workload.name.clone(),
            percent_of_node: u32::try_from(self.share(app).div_ceil(10_000)).unwrap_or(u32::MAX),
        })
    }

    /// Millionths of what an empty node has for apps.
    fn share(&self, app: &App) -> u64 {
        app.requests.dominant_millionths_of(self.request.node.available)
    }

    fn is_big(&self, app: &App) -> bool {
        self.share(app) > u64::from(BIG_PERCENT) * 10_000
    }

    /// What each change saves, of those that save something; the best first.
    pub(super) fn remedies(&self, surviving: &Distribution, desired: u32) -> Vec<Remedy> {
        let percent = self.request.simulated.percentile;
        let nodes = surviving.at(percent);
        let (big, rest): (Rows, Rows) = self.rows().partition(|(app, _)| self.is_big(app));
        let all = self.apps.len();
        let mut remedies = Vec::new();
        let mut add = |kind, nodes: u32, nodes_with: Option<u32>, workloads: usize| {
            if let Some(nodes_with) = nodes_with.filter(|with| *with < nodes) {
                remedies.push(Remedy { kind, nodes, nodes_with, workloads: u32::try_from(workloads).unwrap_or(u32::MAX) });
            }
        };
        // No change of order does better than as many nodes as the volume takes.
        if nodes > self.whole().fleet.volume() {
            add(RemedyKind::BiggestFirst, nodes, self.count(&self.rows().collect(), Applied::BiggestFirst), all);
            if !big.0.is_empty() {
                if !rest.0.is_empty() {
                    let apart = self.count(&big, Applied::InAnyOrder).zip(self.count(&rest, Applied::InAnyOrder));
                    add(RemedyKind::OwnGroup, nodes, apart.map(|(big, rest)| big + rest), big.0.len());
                }
                let smaller: Rows = self.rows().map(|(app, must_run)| (self.divided(app), must_run)).collect();
                add(RemedyKind::SmallerPods, nodes, self.count(&smaller, Applied::InAnyOrder), big.0.len());
            }
        }
        let drained = self.whole().drained(desired, self.orders).at(percent);
        add(RemedyKind::Descheduler, desired, Some(drained), all);
        remedies.sort_by_key(|remedy| (Reverse(remedy.nodes - remedy.nodes_with), remedy.kind));
        remedies
    }

    fn rows(&self) -> impl Iterator<Item = (App, bool)> {
        self.apps.iter().copied().zip(self.must_run.iter().copied())
    }

    /// Nodes for other workloads, or in another order, that do at the policy's percentile.
    fn count(&self, (apps, must_run): &Rows, applied: Applied) -> Option<u32> {
        self.group(apps, must_run, applied).surviving_at(self.request.simulated.percentile, self.orders, self.request.max_nodes)
    }

    /// As many more replicas as make each of them no longer big.
    fn divided(&self, app: App) -> App {
        let pieces = u32::try_from(self.share(&app).div_ceil(u64::from(BIG_PERCENT) * 10_000)).unwrap_or(u32::MAX).max(1);
        let mut requests = app.requests;
        requests.cpu.0 = requests.cpu.0.div_ceil(u64::from(pieces));
        requests.memory.0 = requests.memory.0.div_ceil(u64::from(pieces));
        App { requests, replicas: app.replicas.saturating_mul(pieces) }
    }
}
