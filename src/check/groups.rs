//! Do the sizes of each node group agree with the placements that prove them?
//!
//! Comes in: the node groups. Goes out: a note for each size out of order, each placement of another
//! number of nodes, each zone that the network does not have. Refuses nothing. Invariant: without a
//! fatal note, min <= desired <= max, and desired and max are numbers of nodes with a placement.

use std::collections::BTreeMap;

use super::finding::wrong;
use super::placement_kind::PlacementKind;
use crate::plan::{ClusterPlan, GroupPlan, Note, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        for group in &cluster.node_groups {
            let subject = format!("{}/{}", cluster.name, group.name);
            sizes(plan, &subject, group, &mut notes);
            for kind in PlacementKind::BOTH {
                zones(cluster, &subject, group, kind, &mut notes);
            }
        }
    }
    notes
}

fn sizes(plan: &Plan, subject: &str, group: &GroupPlan, notes: &mut Vec<Note>) {
    let (min, desired, max) = (group.min_size, group.desired_capacity, group.max_size);
    if !(min <= desired && desired <= max) {
        let message = text!(
            "note-group-order",
            min = min.to_string(),
            desired = desired.to_string(),
            max = max.to_string()
        );
        notes.push(wrong("group-order", subject, message));
    }
    let guard = plan.inputs.policy.packing.max_nodes_per_group;
    if max > guard {
        let message = text!(
            "note-group-over-guard",
            max = max.to_string(),
            allowed = guard.to_string()
        );
        notes.push(wrong("group-over-guard", subject, message));
    }
    for (kind, size, key) in [
        (PlacementKind::Normal, desired, "desired_capacity"),
        (PlacementKind::AtMost, max, "max_size"),
    ] {
        let nodes = kind.packing(group).placement.len();
        if usize::try_from(size) != Ok(nodes) {
            let message = text!(
                "note-group-nodes",
                key = key,
                size = size.to_string(),
                placement = kind.name(),
                nodes = nodes
            );
            notes.push(wrong("group-nodes", subject, message));
        }
    }
}

fn zones(
    cluster: &ClusterPlan,
    subject: &str,
    group: &GroupPlan,
    kind: PlacementKind,
    notes: &mut Vec<Note>,
) {
    let Some(network) = &cluster.network else {
        return;
    };
    let mut nodes: BTreeMap<&str, u32> = network
        .private_subnets
        .keys()
        .map(|zone| (zone.as_str(), 0))
        .collect();
    for node in &kind.packing(group).placement {
        match nodes.get_mut(node.zone.as_str()) {
            Some(count) => *count += 1,
            None => {
                let message = text!(
                    "note-zone-unknown",
                    node = &node.node,
                    zone = &node.zone,
                    cluster = &cluster.name
                );
                notes.push(wrong(
                    "zone-unknown",
                    format!("{}/{}", cluster.name, node.node),
                    message,
                ));
            }
        }
    }
    let (fewest, most) = (
        nodes.values().min().copied().unwrap_or(0),
        nodes.values().max().copied().unwrap_or(0),
    );
    if most - fewest > 1 {
        let message = text!(
            "note-zones-uneven",
            placement = kind.name(),
            fewest = fewest,
            most = most.to_string()
        );
        notes.push(Note::warning(
            "zones-uneven",
            subject,
            message,
            text!("note-zones-uneven-hint"),
        ));
    }
}
