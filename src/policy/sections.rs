//! The shape of the policy, section by section. What each key means stands in `defaults.toml`.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::{
    AddressMode, BalancerWish, CpuLimit, Currency, Factor, Migration, MinReplicasOn, NamePattern,
    Percent, Platform, Prices, Rate, Risk, Share, Speed, Survive,
};
use crate::units::{Bytes, Millicores, Resources};

/// Everything that is a choice.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the sections are documented as types, the keys in defaults.toml"
)]
pub struct Policy {
    pub scope: Scope,
    pub stages: Stages,
    pub topology: Topology,
    pub kubernetes: Kubernetes,
    pub nodes: Nodes,
    pub windows_nodes: WindowsNodes,
    pub sizing: Sizing,
    pub calibrated: BTreeMap<String, Calibrated>,
    pub cpu_speed: BTreeMap<String, Speed>,
    pub collect: Collect,
    pub rollout: Rollout,
    pub packing: Packing,
    pub replay: Replay,
    pub daemons: Vec<Daemon>,
    pub addons: Vec<Addon>,
    pub load_balancers: LoadBalancers,
    pub platform: Platform,
    pub prices: Prices,
    pub migration: Migration,
    pub currency: Currency,
}

impl Policy {
    /// Work that a vCPU of that type does, beside one of c5's: `[cpu_speed]`, by family.
    #[must_use]
    pub fn cpu_speed_of(&self, instance_type: &str) -> f64 {
        let family = instance_type.split('.').next().unwrap_or_default();
        self.cpu_speed.get(family).map_or(1.0, |speed| speed.get())
    }

    /// The add-ons that run on each cluster: all of `[[addons]]` but those of tools that were not chosen.
    pub fn installed_addons(&self) -> impl Iterator<Item = &Addon> {
        self.addons
            .iter()
            .filter(|addon| self.platform.installs(&addon.name))
    }

    /// The add-on of that name, if it runs.
    #[must_use]
    pub fn installed_addon(&self, name: &str) -> Option<&Addon> {
        self.installed_addons().find(|addon| addon.name == name)
    }
}

/// What is left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ScopePolicy")]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Scope {
    pub exclude_environments: Vec<NamePattern>,
    pub exclude_applications: Vec<NamePattern>,
}

/// How staging is told from production.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Stages {
    pub tag: String,
    pub staging_tag_values: Vec<String>,
    pub staging_names: Vec<NamePattern>,
}

/// The clusters and what each must survive.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Topology {
    pub clusters: Vec<String>,
    pub staging_cluster: String,
    pub account: String,
    pub region: String,
    pub survive: Vec<Survive>,
}

impl Topology {
    /// Whether the policy asks to survive this.
    #[must_use]
    pub fn survives(&self, failure: Survive) -> bool {
        self.survive.contains(&failure)
    }
}

/// The control plane: version, endpoint, support, add-ons.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Kubernetes {
    pub version: String,
    pub support: SupportType,
    pub endpoint: Endpoint,
    pub public_access_cidrs: Vec<String>,
    pub addon_versions: BTreeMap<String, String>,
}

/// What becomes of a cluster whose version falls out of standard support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum SupportType {
    Standard,
    Extended,
}

impl SupportType {
    /// As EKS spells it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Extended => "EXTENDED",
        }
    }
}

/// Whence the control plane is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum Endpoint {
    Public,
    Private,
}

/// The Linux node group.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Nodes {
    pub instance_type: String,
    pub volume_gib: u32,
    pub volume_type: String,
    pub pod_storage: Bytes,
    pub unseen_memory_share: Share,
    pub max_pods: u32,
    pub subnets: Vec<String>,
    pub addresses: AddressMode,
    pub security_groups: Vec<String>,
    pub ssh_key_name: String,
    pub role_label: String,
    pub groups: Vec<NodeGroup>,
    pub compare_families: Vec<String>,
    pub compare_sizes: Vec<String>,
}

/// A further group of Linux nodes and the apps that belong on it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct NodeGroup {
    pub name: String,
    pub instance_type: String,
    #[serde(default)]
    pub apps: Vec<NamePattern>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_node_share: Option<Share>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_gib_per_core: Option<f64>,
}

impl NodeGroup {
    /// Whether the policy puts that environment on it by name.
    #[must_use]
    pub fn names(&self, environment: &str) -> bool {
        self.apps.iter().any(|pattern| pattern.matches(environment))
    }
}

/// The Windows node group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct WindowsNodes {
    pub instance_type: String,
    pub volume_gib: u32,
    pub ami_family: String,
    pub system_memory: Bytes,
}

/// What is asked of AWS, and how fast.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Collect {
    pub one_minute_days: u32,
    pub five_minute_days: u32,
    pub hourly_days: u32,
    pub beanstalk_per_second: Rate,
    pub metric_data_per_second: Rate,
    pub data_points_per_second: Rate,
    pub list_metrics_per_second: Rate,
    pub other_per_second: Rate,
    pub attempts: u32,
    pub pause_seconds: Rate,
}

/// How many levels of memory requests there are. Their numbers begin at 1, the fewest nodes.
pub const MEMORY_LEVELS: u32 = 8;

/// How history becomes requests.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[schemars(rename = "SizingPolicy")]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Sizing {
    pub cpu_risk: Risk,
    pub memory_limit_risk: Risk,
    pub short_of_memory: Share,
    pub memory_level: u32,
    pub memory_request_days: NonZeroU32,
    pub fit_days: NonZeroU32,
    pub judge_days: NonZeroU32,
    pub host_cpu: Millicores,
    pub host_memory: Bytes,
    pub jvm_overhead: Share,
    pub python_process_memory: Bytes,
    pub autoscaling_target_least: Share,
    pub autoscaling_target_most: Share,
    pub autoscaling_headroom: Factor,
    pub cpu_floor: Millicores,
    pub memory_floor: Bytes,
    pub cpu_step: Millicores,
    pub memory_step: Bytes,
    pub cpu_limit: CpuLimit,
    pub assumed_memory_share: Share,
    pub production_min_replicas: u32,
    pub staging_min_replicas: u32,
    pub min_replicas_on: MinReplicasOn,
    pub min_history_days: f64,
    pub min_coverage: Share,
    pub saturation_percent: Percent,
    pub saturation_share: Share,
    pub memory_ceiling_percent: Percent,
    pub over_request_share: Share,
    pub max_node_share: Share,
    pub split_node_share: Share,
    pub max_split: u32,
}

/// What a load test found of one app; absent is what history says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Calibrated {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_request: Option<Millicores>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_request: Option<Bytes>,
}

/// What a rollout needs beside the running pods.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Rollout {
    pub max_surge: Share,
    pub concurrent_apps: u32,
}

/// Guards of the packing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[schemars(rename = "PackingPolicy")]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Packing {
    pub max_nodes_per_group: u32,
    pub percentile: u32,
    pub simulated_orders: u32,
    pub search_steps: u64,
}

/// How the plan is run over the history.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ReplayPolicy")]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Replay {
    pub enabled: bool,
    pub holdout_days: u32,
    pub pod_start_minutes: u32,
    pub node_start_minutes: u32,
    pub rollout_days: u32,
    pub daemon_use: Share,
    /// Up to so much of an app's memory may follow its load where the history does not tell.
    pub memory_follows_load: Share,
    pub failure_slots: u32,
    pub failure_minutes: u32,
    pub failure_detection_minutes: u32,
    /// What the replay may show: evictions and kills in a week of a pod.
    pub evictions_per_pod_week: Share,
    /// Share of app-minutes that may be starved.
    pub starved_share: Share,
}

/// A pod that runs on every node.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Daemon {
    pub name: String,
    pub cpu: Millicores,
    pub memory: Bytes,
    #[serde(default)]
    pub windows: bool,
    #[serde(default)]
    pub host_network: bool,
}

impl Daemon {
    /// What it asks for.
    #[must_use]
    pub const fn requests(&self) -> Resources {
        Resources {
            cpu: self.cpu,
            memory: self.memory,
        }
    }
}

/// A Deployment that every cluster needs for itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Addon {
    pub name: String,
    pub replicas: u32,
    pub cpu: Millicores,
    pub memory: Bytes,
}

impl Addon {
    /// What each replica asks for.
    #[must_use]
    pub const fn requests(&self) -> Resources {
        Resources {
            cpu: self.cpu,
            memory: self.memory,
        }
    }
}

/// How apps share load balancers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct LoadBalancers {
    pub apps_per_load_balancer: u32,
    pub give_up: Vec<BalancerWish>,
}
