//! The nodes of a cluster as the scheduler's cache has them.

use crate::units::{Bytes, Millicores, Resources};

/// What every node of the group is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeShape {
    /// `status.allocatable` of the node: before its daemons take theirs.
    pub allocatable: Resources,
    /// `status.allocatable.pods` of the node: daemons count.
    pub pods: u32,
    /// What the daemons of a node request.
    pub daemons: Resources,
    /// How many they are.
    pub daemon_pods: u32,
}

/// What a Deployment's pods have alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct App {
    /// What each replica asks for.
    pub requests: Resources,
    /// How many replicas it has.
    pub replicas: u32,
    /// Where its pods stand in the queue.
    pub priority: QueuePriority,
}

/// Which pods the queue puts first, as the manifests' priority classes have it. Pods of the platform are in classes of
/// Kubernetes' own, far above those of apps, so that no app takes their place; what production would take from staging
/// is not counted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum QueuePriority {
    /// Add-ons, which are `system-cluster-critical`.
    Platform,
    /// Production pods that are hard to place.
    ProductionLarge,
    /// Production pods that are easy to place.
    #[default]
    Production,
    /// Staging pods, which wait for a new node.
    Staging,
}

impl App {
    /// What the resource scores count where a container asks for nothing.
    /// Source: `pkg/scheduler/util/pod_resources.go`, `DefaultMilliCPURequest` and `DefaultMemoryRequest`.
    pub(super) fn scored(&self) -> Resources {
        let or = |asked: u64, default: u64| if asked == 0 { default } else { asked };
        Resources {
            cpu: Millicores(or(self.requests.cpu.0, 100)),
            memory: Bytes(or(self.requests.memory.0, 200 << 20)),
        }
    }

    /// The largest share of what an empty node has for apps, in millionths.
    pub(super) fn dominant(&self, shape: &NodeShape) -> u64 {
        self.requests
            .dominant_millionths_of(shape.allocatable.saturating_sub(shape.daemons))
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) zone: usize,
    /// Sum of the requests.
    pub(super) requested: Resources,
    /// Sum of what the resource scores count.
    pub(super) scored: Resources,
    pub(super) pods: u32,
    /// Balance of `requested`, kept because it changes only with a placement.
    pub(super) balance: i64,
}

impl Node {
    pub(super) fn empty(shape: &NodeShape, zone: usize) -> Self {
        Self {
            zone,
            requested: shape.daemons,
            scored: shape.daemons,
            pods: shape.daemon_pods,
            balance: super::score::balance(shape.daemons, shape.allocatable),
        }
    }

    /// `NodeResourcesFit` as a filter: a resource that is not asked for may be short.
    pub(super) fn fits(&self, app: &App, shape: &NodeShape) -> bool {
        let (asked, free) = (
            app.requests,
            shape.allocatable.saturating_sub(self.requested),
        );
        self.pods < shape.pods
            && (asked.cpu.0 == 0 || asked.cpu <= free.cpu)
            && (asked.memory.0 == 0 || asked.memory <= free.memory)
    }

    pub(super) fn add(&mut self, app: &App, shape: &NodeShape) {
        self.requested += app.requests;
        self.scored += app.scored();
        self.pods += 1;
        self.balance = super::score::balance(self.requested, shape.allocatable);
    }

    pub(super) fn remove(&mut self, app: &App, shape: &NodeShape) {
        self.requested = self.requested.saturating_sub(app.requests);
        self.scored = self.scored.saturating_sub(app.scored());
        self.pods -= 1;
        self.balance = super::score::balance(self.requested, shape.allocatable);
    }
}
