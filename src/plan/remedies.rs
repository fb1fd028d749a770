//! The smallest changes that would make possible what is not.
//!
//! Each is tried, not guessed: the fleet is sized and packed again with that one change.

use super::nodes::Nodes;
use super::scenario::{Fleet, Scenario};
use super::{PlanError, Survive};
use crate::catalog::{InstanceType, InstanceTypes};
use crate::pack::{GroupError, Simulated, linux_node};
use crate::policy::Policy;
use crate::units::Resources;
use crate::wording::{Text, text};

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
    let scenario = tried(fleet, &wide)?;
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
        (is_softer && tried(fleet, &softer).is_some()).then(|| {
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
        tried(fleet, &larger).is_some()
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

/// Types of `family` with at least the CPU and more CPU or memory than `name`, smallest first.
fn larger_than(name: &str, family: &str) -> Vec<&'static InstanceType> {
    let types = InstanceTypes::embedded();
    let Some(own) = types.get(name) else {
        return Vec::new();
    };
    let is_larger = |shape: &&InstanceType| {
        shape.vcpu >= own.vcpu && (shape.vcpu, shape.memory) > (own.vcpu, own.memory)
    };
    types
        .of_family(family)
        .into_iter()
        .filter(is_larger)
        .collect()
}

fn changed(policy: &Policy, change: impl FnOnce(&mut Policy)) -> Policy {
    let mut policy = policy.clone();
    change(&mut policy);
    policy
}

/// What the plan would be: the short simulation rules most choices out, but its largest number of nodes is an estimate.
fn tried(fleet: &Fleet<'_>, policy: &Policy) -> Option<Scenario> {
    let nodes = Nodes::of(policy, fleet.has_windows)
        .map_err(PlanError::from)
        .ok()?;
    fleet
        .under(policy, &nodes, Simulated::in_short(&policy.packing))
        .ok()?;
    fleet
        .under(policy, &nodes, Simulated::in_full(&policy.packing))
        .ok()
}

/// What would make room for a replica that needs `needs` and is split into pods of at most `room`.
pub(super) fn for_large(needs: Resources, room: Resources, policy: &Policy) -> Text {
    let pieces = |room: Resources| {
        let by =
            |needs: u64, room: u64| u32::try_from(needs.div_ceil(room.max(1))).unwrap_or(u32::MAX);
        by(needs.cpu.0, room.cpu.0).max(by(needs.memory.0, room.memory.0))
    };
    let share = policy.sizing.split_node_share.get();
    let piece_room = |shape: &InstanceType| {
        let (node, _) = linux_node(policy, &shape.name, "nodes.instance_type").ok()?;
        Some(node.available.share(share))
    };
    let family = policy
        .nodes
        .instance_type
        .split('.')
        .next()
        .unwrap_or_default();
    let fits = |shape: &&InstanceType| {
        piece_room(shape).is_some_and(|room| pieces(room) <= policy.sizing.max_split)
    };
    let larger = larger_than(&policy.nodes.instance_type, family)
        .into_iter()
        .find(fits);
    let setting = format!("sizing.max_split = {}", pieces(room));
    match larger {
        Some(shape) => {
            text!("outcome-remedy-split-or-larger", setting = setting, type = &shape.name)
        }
        None => Text::plain(setting),
    }
}
