//! A policy that nobody asked for, with the settings that make it of the one that was asked for.

use super::policies::{quoted, survive_setting};
use crate::plan::NodeTypeRow;
use crate::plan::node_types::MORE_MEMORY;
use crate::policy::{MinReplicasOn, NodeGroup, Policy, Survive};

/// The one is true of the other by construction: each change to the policy is made here, beside its setting.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) policy: Policy,
    /// As `--set` takes them.
    pub(super) settings: Vec<String>,
}

impl Candidate {
    pub(super) fn asked(policy: &Policy) -> Self {
        Self {
            policy: policy.clone(),
            settings: Vec::new(),
        }
    }

    fn set(&mut self, setting: String) {
        self.settings.push(setting);
    }

    /// On other workers, or on a mix; a mix only where the policy has no groups of its own, since a list of groups
    /// replaces the one that was there.
    pub(super) fn on_workers(&self, row: &NodeTypeRow) -> Option<Self> {
        let mut candidate = self.clone();
        let workers = row.instance_types.first()?;
        if *workers != self.policy.nodes.instance_type {
            candidate.policy.nodes.instance_type.clone_from(workers);
            candidate.set(format!("nodes.instance_type={workers}"));
        }
        if let Some((more, least)) = row.instance_types.get(1).zip(row.min_gib_per_core) {
            if !self.policy.nodes.groups.is_empty() {
                return None;
            }
            candidate.policy.nodes.groups.push(NodeGroup {
                name: MORE_MEMORY.to_owned(),
                instance_type: more.clone(),
                apps: Vec::new(),
                min_node_share: None,
                min_gib_per_core: Some(least),
            });
            candidate.set(format!(
                "nodes.groups=[{{ name = \"{MORE_MEMORY}\", instance_type = \"{more}\", min_gib_per_core = {least:?} }}]"
            ));
        }
        Some(candidate)
    }

    pub(super) fn with_windows(&self, name: &str) -> Self {
        let mut candidate = self.clone();
        if name != self.policy.windows_nodes.instance_type {
            name.clone_into(&mut candidate.policy.windows_nodes.instance_type);
            candidate.set(format!("windows_nodes.instance_type={name}"));
        }
        candidate
    }

    pub(super) fn with_least_on(&self, least: MinReplicasOn) -> Self {
        let mut candidate = self.clone();
        if least != self.policy.sizing.min_replicas_on {
            candidate.policy.sizing.min_replicas_on = least;
            candidate.set(format!("sizing.min_replicas_on=\"{least}\""));
        }
        candidate
    }

    pub(super) fn with_apps_per_balancer(&self, apps: u32) -> Self {
        let mut candidate = self.clone();
        if apps != self.policy.load_balancers.apps_per_load_balancer {
            candidate.policy.load_balancers.apps_per_load_balancer = apps;
            candidate.set(format!("load_balancers.apps_per_load_balancer={apps}"));
        }
        candidate
    }

    /// On one cluster, or on all that were asked for; nothing where there are no others to be lost.
    pub(super) fn on_clusters_for(&self, survive: &[Survive]) -> Option<Self> {
        let mut candidate = self.clone();
        let topology = &self.policy.topology;
        if survive.contains(&Survive::Cluster) {
            if topology.clusters.len() < 2 {
                return None;
            }
        } else if topology.clusters.len() > 1 {
            let name = topology.clusters.first()?;
            candidate.policy.topology.clusters.truncate(1);
            candidate.policy.topology.staging_cluster.clone_from(name);
            candidate.set(format!("topology.clusters=[{}]", quoted(name)));
            if topology.staging_cluster != *name {
                candidate.set(format!("topology.staging_cluster={}", quoted(name)));
            }
        }
        Some(candidate.surviving(survive))
    }

    /// On the same clusters.
    pub(super) fn surviving(&self, survive: &[Survive]) -> Self {
        let mut candidate = self.clone();
        let mut asked = self.policy.topology.survive.clone();
        asked.sort_unstable();
        if asked != survive {
            candidate.policy.topology.survive = survive.to_vec();
            candidate
                .settings
                .retain(|setting| !setting.starts_with("topology.survive="));
            candidate.set(survive_setting(survive));
        }
        candidate
    }
}
