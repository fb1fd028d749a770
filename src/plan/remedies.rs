//! The smallest changes that would make possible what is not.
//!
//! Each is tried, not guessed: the fleet is sized and packed again with that one change.

use super::fleet::Fleet;
use super::larger_types::larger_than;
use super::nodes::Nodes;
use super::scenario::Scenario;
use super::{PlanError, Survive};
use crate::catalog::InstanceType;
use crate::pack::{GroupError, SimulationSettings};
use crate::policy::Policy;

/// What each single change to the policy would take to make the fleet fit, each as a line for its user.
pub(super) fn of(error: &GroupError, fleet: &Fleet<'_>, policy: &Policy) -> Vec<String> {
    let mut remedies = Vec::new();
    match error {
        GroupError::FitsNoNode { .. } => remedies.extend(larger_nodes(fleet, policy)),
        GroupError::OneZone { .. } => remedies.extend(softer_failures(fleet, policy)),
        GroupError::TooManyNodes { .. } => {
            remedies.extend(more_nodes(fleet, policy));
            remedies.extend(softer_failures(fleet, policy));
            remedies.extend(larger_nodes(fleet, policy));
        }
    }
    remedies
}

/// Room for so many times the nodes is tried.
const MOST_TIMES: u32 = 16;

fn more_nodes(fleet: &Fleet<'_>, policy: &Policy) -> Option<String> {
    let wide = changed(policy, |policy| {
        policy.packing.max_nodes_per_group = policy
            .packing
            .max_nodes_per_group
            .saturating_mul(MOST_TIMES)
    });
    let scenario = packed_under(fleet, &wide)?;
    let groups = scenario
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups);
    let most = groups.map(|group| group.max_size).max()?;
    Some(format!("packing.max_nodes_per_group = {most}"))
}

fn softer_failures(fleet: &Fleet<'_>, policy: &Policy) -> Option<String> {
    let softer = |given_up: Survive| {
        let softer = changed(policy, |policy| {
            policy
                .topology
                .survive
                .retain(|&failure| failure != given_up)
        });
        let is_softer = softer.topology.survive.len() < policy.topology.survive.len();
        (is_softer && packed_under(fleet, &softer).is_some()).then(|| {
            let kept: Vec<String> = softer
                .topology
                .survive
                .iter()
                .map(|failure| format!("\"{failure}\""))
                .collect();
            format!("topology.survive = [{}]", kept.join(", "))
        })
    };
    // The rarest failure is given up first.
    [Survive::Zone, Survive::Cluster, Survive::Node]
        .into_iter()
        .find_map(softer)
}

/// The next larger type of the family, and the smallest of the types with more memory for each core.
fn larger_nodes(fleet: &Fleet<'_>, policy: &Policy) -> Vec<String> {
    let works = |shape: &&InstanceType| {
        let larger = changed(policy, |policy| {
            policy.nodes.instance_type.clone_from(&shape.name)
        });
        packed_under(fleet, &larger).is_some()
    };
    let families = std::iter::once(
        policy
            .nodes
            .instance_type
            .split('.')
            .next()
            .unwrap_or_default(),
    )
    .chain(["m5", "r5"]);
    let mut found: Vec<&str> = families
        .filter_map(|family| {
            larger_than(&policy.nodes.instance_type, family)
                .into_iter()
                .find(works)
        })
        .map(|shape| shape.name.as_str())
        .collect();
    found.dedup();
    found
        .into_iter()
        .map(|name| format!("nodes.instance_type = \"{name}\""))
        .collect()
}

fn changed(policy: &Policy, change: impl FnOnce(&mut Policy)) -> Policy {
    let mut policy = policy.clone();
    change(&mut policy);
    policy
}

/// What the plan would be: the short simulation rules most choices out, but its largest number of nodes is an estimate.
fn packed_under(fleet: &Fleet<'_>, policy: &Policy) -> Option<Scenario> {
    let nodes = Nodes::of(policy, fleet.has_windows)
        .map_err(PlanError::from)
        .ok()?;
    fleet
        .under(
            policy,
            &nodes,
            SimulationSettings::in_short(&policy.packing),
        )
        .ok()?;
    fleet
        .under(policy, &nodes, SimulationSettings::in_full(&policy.packing))
        .ok()
}
