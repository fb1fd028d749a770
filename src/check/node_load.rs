//! Is every replica on a node that has room for it?
//!
//! Comes in: both placements of each cluster. Goes out: a note for each node that holds more than it
//! offers, each pod that nobody asked for, each replica that is nowhere. Refuses to trust a packing's
//! own sums: it adds up the pods. Invariant: without a fatal note, both placements are feasible and
//! complete.

use std::collections::BTreeMap;

use super::finding::wrong;
use super::load::Load;
use super::placement_kind::PlacementKind;
use super::roster::{Member, roster};
use crate::plan::{ClusterPlan, GroupPlan, NodePlacement, Note, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        for kind in PlacementKind::BOTH {
            for group in &cluster.node_groups {
                for node in &kind.packing(group).placement {
                    one_node(
                        Place {
                            cluster,
                            group,
                            node,
                            kind,
                        },
                        &members,
                        &mut notes,
                    );
                }
            }
            everyone_is_placed(cluster, kind, &members, &mut notes);
        }
    }
    notes
}

#[derive(Clone, Copy)]
struct Place<'a> {
    cluster: &'a ClusterPlan,
    group: &'a GroupPlan,
    node: &'a NodePlacement,
    kind: PlacementKind,
}

fn one_node(place: Place<'_>, members: &BTreeMap<&str, Member<'_>>, notes: &mut Vec<Note>) {
    let subject = format!("{}/{}", place.cluster.name, place.node.node);
    let wrong = |code: &str, message| wrong(code, subject.as_str(), message);
    let on = || {
        text!(
            "place-of-node",
            node = &place.node.node,
            cluster = &place.cluster.name,
            placement = place.kind.name()
        )
    };
    let mut load = Load::default();
    for pods in &place.node.pods {
        let Some(member) = members.get(pods.workload.as_str()) else {
            notes.push(wrong(
                "pods-unknown",
                text!("note-pods-unknown", place = on(), workload = &pods.workload),
            ));
            continue;
        };
        load = load.plus(Load::of(member.workload.requests, pods.replicas));
        if pods.replicas == 0 {
            notes.push(wrong(
                "pods-none",
                text!("note-pods-none", place = on(), workload = &pods.workload),
            ));
        }
        // An app without an environment is reported as such; which nodes it needs, nobody knows.
        if let Some(needed) = member
            .operating_system
            .filter(|needed| *needed != place.group.operating_system)
        {
            let (runs, needed) = (place.group.operating_system.to_string(), needed.to_string());
            let message = text!(
                "note-pods-wrong-system",
                place = on(),
                runs = runs,
                workload = &pods.workload,
                needed = needed
            );
            notes.push(wrong("pods-wrong-system", message));
        } else if let Some(needed) = member
            .node_group
            .filter(|needed| *needed != place.group.name)
        {
            let group = &place.group.name;
            let message = text!(
                "note-pods-wrong-group",
                place = on(),
                group = group,
                workload = &pods.workload,
                needed = needed
            );
            notes.push(wrong("pods-wrong-group", message));
        }
    }
    if let Some(excess) = load.excess_over(Load::room(&place.group.node)) {
        notes.push(wrong(
            "node-overfull",
            text!("note-node-overfull", place = on(), excess = excess),
        ));
    }
}

fn everyone_is_placed(
    cluster: &ClusterPlan,
    kind: PlacementKind,
    members: &BTreeMap<&str, Member<'_>>,
    notes: &mut Vec<Note>,
) {
    let mut placed: BTreeMap<&str, u64> = BTreeMap::new();
    for pods in cluster
        .node_groups
        .iter()
        .flat_map(|group| &kind.packing(group).placement)
        .flat_map(|node| &node.pods)
    {
        *placed.entry(&pods.workload).or_default() += u64::from(pods.replicas);
    }
    for (name, member) in members {
        let (found, due) = (
            placed.get(name).copied().unwrap_or(0),
            kind.replicas(member.workload),
        );
        if found != u64::from(due) {
            let message = text!(
                "note-replicas-unplaced",
                placement = kind.name(),
                cluster = &cluster.name,
                found = found,
                workload = *name,
                due = due.to_string()
            );
            notes.push(wrong(
                "replicas-unplaced",
                format!("{}/{name}", cluster.name),
                message,
            ));
        }
    }
}
