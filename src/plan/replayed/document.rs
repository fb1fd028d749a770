//! What the replay of a plan says, as `plan.json` has it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The plan, run over the recorded history.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Replay {
    /// Over the days that the plan was made from.
    pub seen: ReplayRun,
    /// The plan as it would have been made `replay.holdout_days` before the end, over the days that it had not seen;
    /// absent where the history is too short for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unseen: Option<ReplayRun>,
    /// Over the hours of the 52 weeks before, CPU alone, of the apps that have them; absent where none has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<ReplayRun>,
}

impl Replay {
    /// All runs, the one over the days that the plan was made from first.
    pub fn runs(&self) -> impl Iterator<Item = &ReplayRun> {
        std::iter::once(&self.seen)
            .chain(&self.unseen)
            .chain(&self.year)
    }
}

/// One plan over one stretch of days.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReplayRun {
    /// Begin of the first minute.
    pub from: Timestamp,
    /// End of the last.
    pub to: Timestamp,
    /// From the one to the other.
    pub days: f64,
    /// Length of the slots of the history, in seconds.
    pub slot_seconds: u32,
    /// Apps that were replayed.
    pub app_count: u32,
    /// Minutes of apps whose load is known. What happens on two clusters at a time is one minute.
    pub app_minutes: u64,
    /// Of those, minutes in which the app got less than 95 % of the CPU that it was asked for.
    pub starved_app_minutes: u64,
    /// Minutes in which a pod was asked for more CPU than it requests.
    pub over_cpu_request_app_minutes: u64,
    /// Minutes that pods of apps waited for a node, all pods together.
    pub pending_pod_minutes: u64,
    /// Pods that kubelet evicted because a node's memory was short.
    pub evictions: u64,
    /// Containers that the kernel killed at their memory limit.
    pub kills: u64,
    /// Evictions and kills of what had been back for less than ten minutes since the last one: the same trouble, going
    /// on. Its length is in the starved minutes.
    pub repeats: u64,
    /// Weeks of pods of apps: what evictions and kills are counted against.
    pub pod_weeks: f64,
    /// Whether the fleet was hurt no more often than the policy allows (`replay.evictions_per_pod_week`,
    /// `replay.starved_share`).
    pub kept: bool,
    /// CPU of all apps: `asked = delivered + starved + lost`.
    pub work: ReplayWork,
    /// CPU in use, as a share of what is allocatable on a node, over all node-minutes.
    pub node_cpu: NodeUse,
    /// Memory in use, likewise.
    pub node_memory: NodeUse,
    /// Hours of nodes that were paid for, of all groups together.
    pub node_hours: f64,
    /// How few nodes would have done; only of the plan that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fewest_nodes: Option<FewestNodes>,
    /// By node group of each cluster.
    pub groups: Vec<ReplayedGroup>,
    /// What the loss of a node, a zone and a cluster would have done at the worst moments.
    pub losses: Losses,
    /// Where the history cannot tell how memory behaves when pods become more or fewer, both ends were run; the worse
    /// one is told here.
    pub memory: MemoryEnds,
    /// Apps to which something happened, by name on the clusters.
    pub apps: BTreeMap<String, ReplayedApp>,
}

/// The same replay with fewer nodes, taken from the groups of a cluster in proportion.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct FewestNodes {
    /// Desired nodes of all groups.
    pub planned: u32,
    /// With so many no app would have been hurt more, and every pod would have had a place.
    pub enough: u32,
    /// What stands in the way of one less; nothing where only what is in use does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binds: Option<LimitingFactor>,
    /// Nodes that what was in use in the busiest hour of each group would fill. What lies between is requested and not
    /// used.
    pub in_use: u32,
}

/// What stands in the way of fewer nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitingFactor {
    /// Pods would have no place for what they request of CPU.
    CpuRequests,
    /// Pods would have no place for what they request of memory.
    MemoryRequests,
    /// More pods would be evicted.
    Evictions,
    /// More containers would be killed.
    Kills,
    /// More CPU would be missing.
    Starved,
}

/// CPU in millicore-minutes: `asked = delivered + starved + lost`.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct ReplayWork {
    /// What the instances had used.
    pub asked: u64,
    /// What pods got of it.
    pub delivered: u64,
    /// What pods were asked for and did not get.
    pub starved: u64,
    /// What came while no pod was there to serve it.
    pub lost: u64,
}

/// How full nodes were: shares from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NodeUse {
    /// Mean of all node-minutes.
    pub mean: f64,
    /// Not exceeded in 99 % of the node-minutes.
    pub p99: f64,
    /// The highest node-minute.
    pub max: f64,
}

/// One node group of one cluster.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReplayedGroup {
    /// Name of the cluster.
    pub cluster: String,
    /// Name of the group: `workers`.
    pub group: String,
    /// Type of its nodes: `c5.2xlarge`.
    pub instance_type: String,
    /// Hours of nodes that were paid for.
    pub node_hours: f64,
    /// Fewest and most nodes that there were.
    pub fewest_nodes: u32,
    /// The most nodes that there were.
    pub most_nodes: u32,
    /// CPU in use, as a share of what is allocatable on a node.
    pub node_cpu: NodeUse,
    /// Memory in use, as a share of what is allocatable on a node.
    pub node_memory: NodeUse,
    /// Node-hours of each hour from the first, wherever they differ from those of the hour before: hour and nodes.
    pub node_hours_from: Vec<(u32, f64)>,
    /// For each day the mean and the highest hour of CPU in use, in per mille of what all its nodes have.
    pub cpu_per_mille_by_day: Vec<(u16, u16)>,
    /// For each day the mean and the highest hour of memory in use, in per mille of what all its nodes have.
    pub memory_per_mille_by_day: Vec<(u16, u16)>,
}

/// What losses would have done at the worst moments.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Losses {
    /// Any one node, with its pods.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<Loss>,
    /// Any one zone, with all of its nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Loss>,
    /// The other cluster, so that one carries everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Loss>,
}

/// All losses of one kind that were tried, each by itself, less what would have happened without them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Loss {
    /// Losses that were tried.
    pub cases: u32,
    /// Of those, the ones in which an app got too little CPU, or had no pod.
    pub cases_with_outage: u32,
    /// The ones in which a pod waited for a node.
    pub cases_with_waiting: u32,
    /// Starved minutes of all of them.
    pub starved_app_minutes: u64,
    /// Pending minutes of all of them.
    pub pending_pod_minutes: u64,
    /// Pods that kubelet evicted, in all of them.
    pub evictions: u64,
    /// Containers that the kernel killed at their limit, in all of them.
    pub kills: u64,
    /// The longest that a pod waited for a node, in minutes.
    pub longest_pending_minutes: u32,
    /// The case with the most starved minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<WorstLoss>,
}

/// The worst of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct WorstLoss {
    /// The cluster that lost something, or that was left.
    pub cluster: String,
    /// The node or zone that was lost; empty if the other cluster was.
    pub lost: String,
    /// The moment of the loss.
    pub at: Timestamp,
    /// Starved minutes that it alone brought.
    pub starved_app_minutes: u64,
}

/// Both ends of what is not known of memory.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MemoryEnds {
    /// The end that is told: the worse of both.
    pub told: MemoryEnd,
    /// Apps of which the history tells how much memory follows their load.
    pub known_apps: u32,
    /// Apps of which it does not.
    pub unknown_apps: u32,
    /// Apps whose memory was never reported: their pods take what they request.
    pub unreported_apps: u32,
    /// If as little follows the load as can be, and each pod carries its part of what an instance had.
    pub carried: MemoryOutcome,
    /// If as much follows it as can be, and what divided instances had is held by the pods that serve.
    pub follows_load: MemoryOutcome,
}

/// An end of what is not known of memory.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MemoryEnd {
    /// As little follows the load as can be.
    #[default]
    Carried,
    /// As much follows it as can be.
    FollowsLoad,
}

/// What one end brought.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct MemoryOutcome {
    /// Pods that kubelet evicted.
    pub evictions: u64,
    /// Containers that the kernel killed at their limit.
    pub kills: u64,
    /// Minutes in which an app got less than 95 % of its CPU, over all apps.
    pub starved_app_minutes: u64,
}

/// One app, on all of its clusters.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReplayedApp {
    /// Minutes in which its load is known. What happens on two clusters at a time is one minute.
    pub app_minutes: u64,
    /// Of those, minutes in which it got less than 95 % of the CPU that it was asked for.
    pub starved_app_minutes: u64,
    /// Minutes in which one of its pods was asked for more CPU than it requests.
    pub over_cpu_request_app_minutes: u64,
    /// Minutes that its pods waited for a node, all pods together.
    pub pending_pod_minutes: u64,
    /// Pods that kubelet evicted because a node's memory was short.
    pub evictions: u64,
    /// Containers that the kernel killed at their memory limit.
    pub kills: u64,
    /// Evictions and kills of what had been back for less than ten minutes.
    pub repeats: u64,
    /// Weeks of its pods: what evictions and kills are counted against.
    pub pod_weeks: f64,
    /// Fewest and most pods on a cluster.
    pub pods: (u32, u32),
    /// The most that one of its pods was asked for, in per cent of its request.
    pub highest_cpu_percent_of_request: u32,
    /// When that was, if it was over the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub highest_at: Option<Timestamp>,
    /// What happened first, of each kind, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub happenings: Vec<AppHappening>,
    /// The minute in which most CPU was missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<AppHappening>,
    /// Its worst day, hour by hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst_day: Option<WorstDay>,
}

/// The day on which most CPU was missing, else with most evictions and kills, else with the busiest pod.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct WorstDay {
    /// The cluster that it is of.
    pub cluster: String,
    /// When its first hour begins.
    pub from: Timestamp,
    /// Its hours; those that were not replayed are left out.
    pub hours: Vec<ReplayedHour>,
}

/// One hour of an app on one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReplayedHour {
    /// From 0, of the day.
    pub hour: u8,
    /// The most millicores that all of its pods were asked for.
    pub asked_millicores: u64,
    /// Millicore-minutes that were starved or lost.
    pub missing_millicore_minutes: u64,
    /// The most millicores that one pod was asked for.
    pub pod_millicores: u64,
    /// The most MiB that one pod took.
    pub pod_mebibytes: u32,
    /// The most pods that there were.
    pub pods: u32,
    /// The fewest that served.
    pub serving: u32,
    /// Pods that kubelet evicted.
    pub evictions: u32,
    /// Containers that the kernel killed at their limit.
    pub kills: u32,
}

/// Something that happened to an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AppHappening {
    /// The cluster that it happened on.
    pub cluster: String,
    /// Begin of the minute in which it happened.
    pub at: Timestamp,
    /// Decides what `amount` and `of` count.
    pub kind: AppHappeningKind,
    /// Of *starved* and *lost* the millicores that were missing, of *pending* pods, else MiB in use.
    pub amount: u64,
    /// Millicores that were asked for, pods that there were, or MiB of the request (*evicted*) or limit (*killed*).
    pub of: u64,
}

/// Which kind of trouble an app had.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as replay::HappeningKind")]
pub enum AppHappeningKind {
    Starved,
    Lost,
    Pending,
    Evicted,
    Killed,
}
