//! What is replayed: plain numbers, from whatever plan they come.

use std::ops::Range;

use crate::pack::scheduler::NodeShape;
use crate::size::RecordedLoad;
use crate::units::{Bytes, Millicores, Resources};

/// One cluster with its apps. Clusters do not see each other: what each carries is in the apps' [`WorkShare`].
#[derive(Debug, Clone)]
pub struct ClusterToReplay<'a> {
    /// Apps name them by their place in this list.
    pub groups: Vec<GroupToReplay>,
    /// Apps, and add-ons, which only take room.
    pub apps: Vec<AppToReplay<'a>>,
}

/// Nodes of one kind.
#[derive(Debug, Clone)]
pub struct GroupToReplay {
    /// What each offers, in whole nodes: allocatable CPU and memory, pods, and its daemons.
    pub shape: NodeShape,
    /// Zones that its nodes are spread over, at least one.
    pub zones: usize,
    /// Nodes at the start.
    pub nodes: u32,
    /// cluster-autoscaler never goes under.
    pub min: u32,
    /// cluster-autoscaler never goes over.
    pub max: u32,
    /// Where the pods are at the start.
    pub start: Start,
}

/// Where a group's pods are at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// Where kube-scheduler puts them, the largest first.
    Scheduled,
    /// For each node from the first on the apps, by their places, with their pods; what is not named is scheduled.
    Placed(Vec<Vec<(usize, u32)>>),
}

/// A Deployment with what it has to do.
#[derive(Debug, Clone)]
pub struct AppToReplay<'a> {
    /// Whether it is counted among the apps; add-ons only take room.
    pub is_counted: bool,
    /// The place of its node group.
    pub group: usize,
    /// Of each pod; where it is placed and what weight it has depends on them.
    pub requests: Resources,
    /// Of each pod; no limit if absent.
    pub cpu_limit: Option<Millicores>,
    /// Of each pod; over it the kernel kills.
    pub memory_limit: Bytes,
    /// Pods at the start.
    pub replicas: u32,
    /// How their number changes; never, if absent.
    pub scaling: Option<Scaling>,
    /// As the priority class has it: under memory pressure the lowest is evicted first.
    pub priority: i32,
    /// Pods that one of the recorded instances became.
    pub pods_per_instance: u32,
    /// The part of the recorded work that this cluster carries.
    pub share: WorkShare,
    /// What is asked of it.
    pub load: Load<'a>,
    /// `maxSurge` of a rollout, in pods.
    pub surge: u32,
    /// `maxUnavailable` of a rollout, in pods.
    pub unavailable: u32,
}

/// A part of a whole number, such that the parts of all clusters add up to it: from `before` on `own` of `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkShare {
    /// What the clusters before this one carry.
    pub before: u32,
    /// What this one carries.
    pub own: u32,
    /// What all carry, at least 1.
    pub all: u32,
}

impl WorkShare {
    /// One cluster carries everything.
    pub const WHOLE: Self = Self {
        before: 0,
        own: 1,
        all: 1,
    };

    /// This part of `work`.
    #[must_use]
    pub fn of(self, work: u64) -> u64 {
        let all = u64::from(self.all.max(1));
        let before = u64::from(self.before);
        work * (before + u64::from(self.own)) / all - work * before / all
    }
}

/// What is asked of an app.
#[derive(Debug, Clone, Copy)]
pub enum Load<'a> {
    /// The same at all times, in each pod.
    Constant(Resources),
    /// What its instances used.
    Recorded(&'a RecordedLoad),
}

/// HorizontalPodAutoscaler on CPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scaling {
    /// `minReplicas`.
    pub min: u32,
    /// `maxReplicas`.
    pub max: u32,
    /// `averageUtilization` of the CPU request.
    pub target_percent: u32,
    /// `scaleDown.stabilizationWindowSeconds`, in minutes.
    pub window_minutes: u32,
}

/// The ends of what a history cannot tell of memory: when an instance becomes several pods, or pods become fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoryModel {
    /// As little follows the load as can be, and each pod carries its part of what an instance had anyway.
    Carried,
    /// As much follows the load as can be, and pods that are fewer than one instance became hold all that it had anyway.
    FollowsLoad,
}

/// What the history does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumptions {
    /// The slots that are replayed, of `slot_seconds` each, from the start of the loads.
    pub slots: Range<usize>,
    /// Length of a slot: whole minutes, at least one.
    pub slot_seconds: u32,
    /// Where the history cannot tell.
    pub memory: MemoryModel,
    /// From a pod's place on a node until it serves.
    pub pod_start_minutes: u32,
    /// From the autoscaler's decision until a node takes pods.
    pub node_start_minutes: u32,
    /// Every app rolls out once in so many minutes; never, if 0.
    pub rollout_minutes: u32,
    /// What daemons use of what they request, in thousandths.
    pub daemon_use: u32,
    /// Every minute by itself, though nothing changes: only to prove that leaving such minutes out is right.
    pub every_minute: bool,
}
