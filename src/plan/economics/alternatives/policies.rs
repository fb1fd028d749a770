//! The policy as a way changes it, and what makes it that.

use super::super::Layout;
use super::offer::Baseline;
use crate::catalog::OperatingSystem;
use crate::plan::{EnvironmentPlan, Stage};
use crate::policy::{NamePattern, Policy, Survive};

/// What Beanstalk and ECS ride out: the loss of an instance, where every production environment has two.
pub(super) fn survives_by_instances(baseline: &Baseline<'_>) -> Vec<Survive> {
    let production = baseline
        .estate
        .pairs(baseline.layout)
        .filter(|(plan, ..)| plan.stage == Stage::Production);
    let mut counts = production.map(|(_, one, _)| one.environment.running_instances().count());
    if counts.all(|count| count >= 2) {
        vec![Survive::Node]
    } else {
        Vec::new()
    }
}

/// The first cluster alone, which cannot survive its own loss.
pub(super) fn on_one_cluster(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    policy.topology.clusters.truncate(1);
    if let Some(only) = policy.topology.clusters.first() {
        policy.topology.staging_cluster.clone_from(only);
    }
    policy
        .topology
        .survive
        .retain(|failure| *failure != Survive::Cluster);
    policy
}

/// As TOML has a text: what JSON escapes, TOML reads as well.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What makes a policy that of [`on_one_cluster`].
pub(super) fn one_cluster_settings(policy: &Policy) -> Vec<String> {
    let name = policy.topology.clusters.first().map_or("", String::as_str);
    vec![
        format!("topology.clusters=[{}]", quoted(name)),
        format!("topology.staging_cluster={}", quoted(name)),
        survive_setting(&on_one_cluster(policy).topology.survive),
    ]
}

/// `topology.survive=["node"]`
pub(super) fn survive_setting(survive: &[Survive]) -> String {
    let names: Vec<String> = survive.iter().map(|one| format!("\"{one}\"")).collect();
    format!("topology.survive=[{}]", names.join(", "))
}

/// On the types of the cheapest plan found on as many clusters: what picks its nodes by itself picks well.
pub(super) fn on_own_nodes(baseline: &Baseline<'_>, policy: &mut Policy) {
    let found = if policy.topology.clusters.len() > 1 {
        &baseline.own_nodes.on_clusters
    } else {
        &baseline.own_nodes.on_one_cluster
    };
    if let Some(found) = found {
        policy
            .nodes
            .instance_type
            .clone_from(&found.nodes.instance_type);
        policy.nodes.groups.clone_from(&found.nodes.groups);
        policy
            .windows_nodes
            .instance_type
            .clone_from(&found.windows_nodes.instance_type);
    }
}

/// Machines that hold whatever ran on an instance of Beanstalk, so that nothing is divided or left out; their vCPU is
/// the one that the policy's speeds are counted in.
pub(super) fn on_whole_machines(policy: &Policy) -> Policy {
    const MACHINE: &str = "c5.24xlarge";
    let mut policy = policy.clone();
    MACHINE.clone_into(&mut policy.nodes.instance_type);
    policy.nodes.groups.clear();
    MACHINE.clone_into(&mut policy.windows_nodes.instance_type);
    policy
}

/// The names of the environments that `is_out` and that the plan moves.
pub(super) fn moving<'a>(
    layout: &'a Layout,
    is_out: impl Fn(&EnvironmentPlan) -> bool + 'a,
) -> impl Iterator<Item = &'a str> {
    layout
        .environments
        .iter()
        .filter(move |plan| plan.planned().is_some() && is_out(plan))
        .map(|plan| plan.name.as_str())
}

/// The same policy, with those left where they are.
pub(super) fn without<'a>(policy: &Policy, names: impl Iterator<Item = &'a str>) -> Policy {
    let mut policy = policy.clone();
    let patterns = names.map(NamePattern::from);
    policy.scope.exclude_environments.extend(patterns);
    policy
}

pub(super) const fn is_windows(plan: &EnvironmentPlan) -> bool {
    matches!(plan.operating_system, OperatingSystem::Windows)
}
