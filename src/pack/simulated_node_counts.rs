//! What kube-scheduler and cluster-autoscaler make of a node group, and what would bring that closer to a packing.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::group_request::{GroupRequest, SimulationSettings, Survival};
use super::scheduler::{
    App, ApplyOrder, Distribution, Event, Fleet, Group, NodeShape, QueuePriority, Situation,
};
use super::{NodeCapacity, Workload, WorkloadKind};
use crate::size::Stage;

/// Numbers of nodes over many orders in which pods are created, each with the scheduler's ties drawn anew. Pods
/// declare a soft spread over zones and over nodes, as the manifests do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SimulatedNodeCounts {
    /// Nodes that there are in normal times, when cluster-autoscaler has added what each pod needed: apps move one
    /// after the other, and the cluster grows with them.
    pub grown: Distribution,
    /// Nodes on which every pod is scheduled at the policy's percentile, if all nodes are there first and all apps
    /// are deployed at once; absent where the policy's limit on nodes is not enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_once: Option<u32>,
    /// Nodes on which, beside that, no production pod waits for a node after a failure that the policy wants
    /// survived within the cluster; likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_waiting: Option<u32>,
    /// What happens on `desired_capacity` nodes.
    pub situations: Vec<Situation>,
    /// The pod that takes most of a node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_pod: Option<LargestPod>,
    /// What would take fewer nodes, the best first.
    pub remedies: Vec<Remedy>,
}

/// What is hardest to place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LargestPod {
    /// The workload that the pod is of.
    pub workload: String,
    /// Per cent of what an empty node has for apps, of CPU or memory, whichever is more; rounded up.
    pub percent_of_node: u32,
}

/// A change, with the numbers of nodes at the policy's percentile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Remedy {
    /// Which single change was tried.
    pub kind: RemedyKind,
    /// How many workloads it touches.
    pub workloads: u32,
    /// As [`SimulatedNodeCounts::grown`] has it.
    pub grown: Change,
    /// As [`SimulatedNodeCounts::at_once`] has it; absent where that is, or where the change is none of deploying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_once: Option<Change>,
}

/// Nodes without and with a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Change {
    /// Nodes without that change.
    pub nodes: u32,
    /// Nodes with that change.
    pub nodes_with: u32,
}

impl Change {
    /// How many nodes the change saves.
    #[must_use]
    pub const fn saved(&self) -> u32 {
        self.nodes.saturating_sub(self.nodes_with)
    }
}

impl Remedy {
    /// Nodes fewer: of those that are planned, and of those that deploying all at once would take.
    #[must_use]
    pub fn saved(&self) -> (u32, u32) {
        (
            self.grown.saved(),
            self.at_once.map_or(0, |change| change.saved()),
        )
    }
}

/// What can be changed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
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

/// Fewer orders would make a percentile of one case.
const LEAST_ORDERS: u32 = 10;
/// Orders at each number of nodes of a search.
const SEARCHED_ORDERS: u32 = 10;
/// Scores of one order, pods times nodes, up to which all orders are simulated. A large fleet scatters less (2 of
/// 200 nodes) and takes longer.
const SCORES: u64 = 60_000;
/// kube-scheduler looks at no more nodes than this for a pod, until there are more than 200.
const NODES_LOOKED_AT: u64 = 100;

/// A group that is being sized: its workloads as the scheduler sees them.
#[derive(Debug)]
pub(super) struct GroupToSize<'a> {
    request: &'a GroupRequest<'a>,
    shape: NodeShape,
    apps: Vec<App>,
    must_run: Vec<bool>,
    orders: u32,
}

/// As the manifests declare it.
fn priority(workload: &Workload, node: NodeCapacity) -> QueuePriority {
    let share = workload.requests.dominant_millionths_of(node.available);
    match (workload.kind, workload.stage) {
        (WorkloadKind::Addon, _) => QueuePriority::Platform,
        (WorkloadKind::App, Stage::Staging) => QueuePriority::Staging,
        (WorkloadKind::App, Stage::Production) if share > u64::from(BIG_PERCENT) * 10_000 => {
            QueuePriority::ProductionLarge
        }
        (WorkloadKind::App, Stage::Production) => QueuePriority::Production,
    }
}

impl<'a> GroupToSize<'a> {
    pub(super) fn of(request: &'a GroupRequest<'a>) -> Self {
        let node = request.node;
        let shape = node.shape();
        let app = |workload: &&Workload| App {
            requests: workload.requests,
            replicas: workload.replicas,
            priority: priority(workload, node),
        };
        let apps: Vec<App> = request.workloads.iter().map(app).collect();
        let fleet = Fleet {
            shape: &shape,
            apps: &apps,
            zones: request.zones.len().max(1),
        };
        let pods: u64 = apps.iter().map(|app| u64::from(app.replicas)).sum();
        let scores = pods * u64::from(fleet.volume()).clamp(1, NODES_LOOKED_AT);
        let affordable = u64::from(request.simulated.orders) * SCORES / scores.max(1);
        let orders = u32::try_from(affordable).unwrap_or(u32::MAX).clamp(
            LEAST_ORDERS.min(request.simulated.orders),
            request.simulated.orders,
        );
        let must_run = request
            .workloads
            .iter()
            .map(|workload| workload.stage == Stage::Production)
            .collect();
        Self {
            request,
            shape,
            apps,
            must_run,
            orders,
        }
    }

    fn group<'b>(
        &'b self,
        apps: &'b [App],
        must_run: &'b [bool],
        applied: ApplyOrder,
    ) -> Group<'b> {
        let Survival { node, zone } = self.request.survival;
        let fleet = Fleet {
            shape: &self.shape,
            apps,
            zones: self.request.zones.len().max(1),
        };
        Group {
            fleet,
            applied,
            must_run,
            survives_node: node,
            survives_zone: zone,
        }
    }

    fn whole(&self) -> Group<'_> {
        self.group(&self.apps, &self.must_run, ApplyOrder::InAnyOrder)
    }

    /// How many nodes normal times take.
    pub(super) fn grown(&self) -> Distribution {
        self.whole().grown(self.orders)
    }

    pub(super) fn in_short(&self, grown: Distribution) -> SimulatedNodeCounts {
        let (situations, remedies) = (Vec::new(), Vec::new());
        SimulatedNodeCounts {
            grown,
            at_once: None,
            without_waiting: None,
            situations,
            largest_pod: self.largest_pod(),
            remedies,
        }
    }

    pub(super) fn in_full(&self, grown: Distribution, desired: u32) -> SimulatedNodeCounts {
        let (at_once, without_waiting) = self.at_once();
        SimulatedNodeCounts {
            remedies: self.remedies(&grown, at_once),
            grown,
            at_once,
            without_waiting,
            situations: self.situations(desired),
            largest_pod: self.largest_pod(),
        }
    }

    /// How many if all are there first; and if no pod may wait after a failure.
    fn at_once(&self) -> (Option<u32>, Option<u32>) {
        let SimulationSettings { percentile, .. } = self.request.simulated;
        let (orders, most, Survival { node, zone }) = (
            self.searched(),
            self.request.max_nodes,
            self.request.survival,
        );
        let at_once = self.whole().at_once(percentile, orders, most);
        let is_asked = node || zone;
        (
            at_once,
            at_once.filter(|_| is_asked).and_then(|at_least| {
                self.whole()
                    .without_waiting(at_least, percentile, orders, most)
            }),
        )
    }

    /// A search tries many numbers of nodes: at each so many orders.
    fn searched(&self) -> u32 {
        self.orders.min(SEARCHED_ORDERS)
    }

    /// What happens on so many nodes.
    pub(super) fn situations(&self, nodes: u32) -> Vec<Situation> {
        let workloads = self.request.workloads;
        let rolling: Vec<u32> = workloads.iter().map(|workload| workload.surge).collect();
        let alone: Vec<u32> = workloads
            .iter()
            .map(|workload| workload.replicas_at_most.saturating_sub(workload.replicas))
            .collect();
        self.whole()
            .situations(nodes, self.orders, &rolling, &alone)
    }

    /// Nodes that there are if the cluster grew with all of its workloads at their most.
    pub(super) fn grown_at_most(&self) -> u32 {
        let more = |(app, workload): (&App, &&Workload)| App {
            replicas: workload.replicas_at_most,
            ..*app
        };
        let apps: Vec<App> = self
            .apps
            .iter()
            .zip(self.request.workloads)
            .map(more)
            .collect();
        self.group(&apps, &[], ApplyOrder::InAnyOrder)
            .grown(self.orders)
            .at(self.request.simulated.percentile)
    }

    /// The nodes that the autoscaler may have to go up to: the most of what rollouts and the loss of the other
    /// cluster take.
    pub(super) fn at_most(&self, situations: &[Situation]) -> u32 {
        let grows = situations.iter().filter(|situation| {
            matches!(
                situation.event,
                Event::Normal | Event::RollingOut | Event::ClusterLost
            )
        });
        grows
            .map(|situation| situation.nodes.at(self.request.simulated.percentile))
            .max()
            .unwrap_or(0)
    }

    fn largest_pod(&self) -> Option<LargestPod> {
        let largest = self
            .apps
            .iter()
            .zip(self.request.workloads)
            .max_by_key(|(app, workload)| (self.share(app), Reverse(&workload.name)));
        largest.map(|(app, workload)| LargestPod {
            workload: workload.name.clone(),
            percent_of_node: u32::try_from(self.share(app).div_ceil(10_000)).unwrap_or(u32::MAX),
        })
    }

    /// Millionths of what an empty node has for apps.
    fn share(&self, app: &App) -> u64 {
        app.requests
            .dominant_millionths_of(self.request.node.available)
    }

    fn is_big(&self, app: &App) -> bool {
        self.share(app) > u64::from(BIG_PERCENT) * 10_000
    }

    /// What each change saves, of those that save something; the best first.
    fn remedies(&self, grown: &Distribution, at_once: Option<u32>) -> Vec<Remedy> {
        let percentile = self.request.simulated.percentile;
        let grown = grown.at(percentile);
        let (big, rest): (Vec<App>, Vec<App>) = self.apps.iter().partition(|app| self.is_big(app));
        let (all, bigs) = (self.apps.len(), big.len());
        let mut remedies = vec![(
            RemedyKind::BiggestFirst,
            all,
            self.counts(&self.apps, ApplyOrder::BiggestFirst),
        )];
        if bigs > 0 {
            if !rest.is_empty() {
                let ((big, big_at_once), (rest, rest_at_once)) = (
                    self.counts(&big, ApplyOrder::InAnyOrder),
                    self.counts(&rest, ApplyOrder::InAnyOrder),
                );
                let at_once = big_at_once.zip(rest_at_once).map(|(big, rest)| big + rest);
                remedies.push((RemedyKind::OwnGroup, bigs, (big + rest, at_once)));
            }
            let smaller: Vec<App> = self.apps.iter().map(|app| self.divided(*app)).collect();
            remedies.push((
                RemedyKind::SmallerPods,
                bigs,
                self.counts(&smaller, ApplyOrder::InAnyOrder),
            ));
        }
        remedies.push((
            RemedyKind::Descheduler,
            all,
            (self.whole().drained(self.orders).at(percentile), None),
        ));
        let remedy = |(kind, workloads, (grown_with, at_once_with)): (
            RemedyKind,
            usize,
            (u32, Option<u32>),
        )| Remedy {
            kind,
            workloads: u32::try_from(workloads).unwrap_or(u32::MAX),
            grown: Change {
                nodes: grown,
                nodes_with: grown_with,
            },
            at_once: at_once
                .zip(at_once_with)
                .map(|(nodes, nodes_with)| Change { nodes, nodes_with }),
        };
        let mut remedies: Vec<Remedy> = remedies
            .into_iter()
            .map(remedy)
            .filter(|remedy| remedy.saved() > (0, 0))
            .collect();
        remedies.sort_by_key(|remedy| (Reverse(remedy.saved()), remedy.kind));
        remedies
    }

    /// Nodes for other workloads, or in another order: grown, and at once.
    fn counts(&self, apps: &[App], applied: ApplyOrder) -> (u32, Option<u32>) {
        let (percentile, most) = (self.request.simulated.percentile, self.request.max_nodes);
        let group = self.group(apps, &[], applied);
        (
            group.grown(self.orders).at(percentile),
            group.at_once(percentile, self.searched(), most),
        )
    }

    /// As many more replicas as make each of them no longer big.
    fn divided(&self, app: App) -> App {
        let pieces = u32::try_from(self.share(&app).div_ceil(u64::from(BIG_PERCENT) * 10_000))
            .unwrap_or(u32::MAX)
            .max(1);
        let mut requests = app.requests;
        requests.cpu.0 = requests.cpu.0.div_ceil(u64::from(pieces));
        requests.memory.0 = requests.memory.0.div_ceil(u64::from(pieces));
        App {
            requests,
            replicas: app.replicas.saturating_mul(pieces),
            ..app
        }
    }
}
