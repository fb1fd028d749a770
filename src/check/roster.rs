//! Who may be on a cluster's nodes, and on which nodes.
//!
//! Comes in: a plan and one of its clusters. Goes out: the cluster's workloads by name, each with the
//! operating system and the node group that its pods need. Refuses to guess: an app that belongs to no
//! environment has neither. Invariant: of two workloads with one name the first counts (`names` reports
//! the second).

use std::collections::BTreeMap;

use crate::plan::{ClusterPlan, OperatingSystem, Plan, Stage, Workload, WorkloadKind};

/// A workload and where it can run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) workload: &'a Workload,
    /// Absent for an app without an environment.
    pub(super) operating_system: Option<OperatingSystem>,
    /// Absent for an add-on: any Linux node will do.
    pub(super) node_group: Option<&'a str>,
}

impl Member<'_> {
    /// Whether it has to run again after a failure; staging may wait.
    pub(super) fn must_survive(&self) -> bool {
        self.workload.kind == WorkloadKind::Addon || self.workload.stage == Stage::Production
    }

    /// Whether it is an app that people depend on.
    pub(super) fn is_production_app(&self) -> bool {
        self.workload.kind == WorkloadKind::App && self.workload.stage == Stage::Production
    }
}

/// The workloads of `cluster` by name.
pub(super) fn roster<'a>(
    plan: &'a Plan,
    cluster: &'a ClusterPlan,
) -> BTreeMap<&'a str, Member<'a>> {
    let needs: BTreeMap<&str, (OperatingSystem, Option<&str>)> = plan
        .environments
        .iter()
        .filter_map(|env| {
            Some((
                env.planned()?.0.as_str(),
                (env.operating_system, env.node_group()),
            ))
        })
        .collect();
    let mut members = BTreeMap::new();
    for workload in &cluster.workloads {
        let (operating_system, node_group) = match workload.kind {
            WorkloadKind::App => needs
                .get(workload.name.as_str())
                .map_or((None, None), |&(system, group)| (Some(system), group)),
            // Add-ons are Linux images, whatever else the cluster runs.
            WorkloadKind::Addon => (Some(OperatingSystem::Linux), None),
        };
        members.entry(workload.name.as_str()).or_insert(Member {
            workload,
            operating_system,
            node_group,
        });
    }
    members
}
