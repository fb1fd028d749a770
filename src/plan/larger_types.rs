//! Instance types with more room than those of the policy's nodes.

use crate::catalog::{InstanceType, InstanceTypes};
use crate::pack::linux_node;
use crate::policy::Policy;
use crate::units::Resources;
use crate::wording::{Text, text};

/// Types of `family` with at least the CPU and more CPU or memory than `name`, smallest first.
pub(super) fn larger_than(name: &str, family: &str) -> Vec<&'static InstanceType> {
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

/// What would make room for a replica that needs `needs` and is split into pods of at most `room`.
pub(super) fn remedy_for_large(needs: Resources, room: Resources, policy: &Policy) -> Text {
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
