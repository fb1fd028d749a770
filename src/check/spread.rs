//! Are the replicas of an app spread, so that one failure does not take them all?
//!
//! Comes in: both placements of each cluster. Goes out: a note for each app whose replicas share a
//! node or a zone without need. Refuses to demand perfection: one more than the even share passes.
//! Invariant: without a fatal note, no production app with two replicas hangs on one node or zone
//! where there is another.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::wrong;
use super::placement_kind::PlacementKind;
use super::roster::{Member, roster};
use crate::plan::{ClusterPlan, NodePlacement, Note, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        for kind in PlacementKind::BOTH {
            // Pods stay on the nodes of their group: only those are choices.
            for group in &cluster.node_groups {
                let placement = &kind.packing(group).placement;
                let choices = Choices {
                    nodes: placement.len(),
                    zones: placement.iter().map(|node| node.zone.as_str()).collect(),
                };
                for (name, homes) in homes(placement) {
                    if let Some(member) = members.get(name) {
                        one_workload((cluster, kind), member, &homes, &choices, &mut notes);
                    }
                }
            }
        }
    }
    notes
}

/// Where pods of a group could be.
struct Choices<'a> {
    nodes: usize,
    zones: BTreeSet<&'a str>,
}

type PodsByNode<'a> = Vec<(&'a NodePlacement, u64)>;

/// The nodes of each workload, with the replicas there.
fn homes(placement: &[NodePlacement]) -> BTreeMap<&str, PodsByNode<'_>> {
    let mut homes: BTreeMap<&str, PodsByNode<'_>> = BTreeMap::new();
    for node in placement {
        let mut here: BTreeMap<&str, u64> = BTreeMap::new();
        for pods in &node.pods {
            *here.entry(&pods.workload).or_default() += u64::from(pods.replicas);
        }
        for (workload, replicas) in here.into_iter().filter(|(_, replicas)| *replicas > 0) {
            homes.entry(workload).or_default().push((node, replicas));
        }
    }
    homes
}

fn one_workload(
    (cluster, kind): (&ClusterPlan, PlacementKind),
    member: &Member<'_>,
    homes: &PodsByNode<'_>,
    choices: &Choices<'_>,
    notes: &mut Vec<Note>,
) {
    let name = &member.workload.name;
    let subject = format!("{}/{name}", cluster.name);
    let replicas: u64 = homes.iter().map(|(_, replicas)| replicas).sum();
    let even = u64::try_from(choices.nodes).map_or(1, |nodes| replicas.div_ceil(nodes.max(1)));
    for (node, here) in homes {
        if *here > even + 1 {
            let place = text!(
                "place-of-node",
                node = &node.node,
                cluster = &cluster.name,
                placement = kind.name()
            );
            let (here, even) = (here.to_string(), even.to_string());
            let message = text!(
                "note-spread-uneven",
                place = place,
                here = here,
                replicas = replicas,
                workload = name,
                even = even
            );
            notes.push(Note::warning(
                "spread-uneven",
                &subject,
                message,
                text!("note-spread-uneven-hint"),
            ));
        }
    }
    if !member.is_production_app() || replicas < 2 {
        return;
    }
    let Some(((first, _), others)) = homes.split_first() else {
        return;
    };
    if others.is_empty() && choices.nodes > 1 {
        let place = text!(
            "place-of-node",
            node = &first.node,
            cluster = &cluster.name,
            placement = kind.name()
        );
        let message = text!(
            "note-spread-one-node",
            replicas = replicas.to_string(),
            workload = name,
            place = place
        );
        notes.push(wrong("spread-one-node", &subject, message));
    } else if others.iter().all(|(node, _)| node.zone == first.zone) && choices.zones.len() > 1 {
        let message = text!(
            "note-spread-one-zone",
            replicas = replicas.to_string(),
            workload = name,
            zone = &first.zone,
            cluster = &cluster.name,
            placement = kind.name()
        );
        notes.push(wrong("spread-one-zone", &subject, message));
    }
}
