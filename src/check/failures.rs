//! After a failure that the policy wants survived, do the lost pods fit on what is left?
//!
//! Comes in: the placement of normal times. Goes out: a fatal note where the survivors are too few by
//! arithmetic alone, even with staging evicted; a warning where a quick attempt found no room beside
//! the pods that still run. Refuses to call an attempt that failed a proof. Invariant: without a
//! note, a placement after each such failure was found. (The loss of a cluster is `replicas` and the
//! placement "at_most".)

use std::collections::{BTreeMap, BTreeSet};

use super::finding::wrong;
use super::first_fit::finds_room;
use super::load::Load;
use super::roster::{Member, roster};
use crate::plan::{ClusterPlan, GroupPlan, Note, Plan, Survive};
use crate::wording::{Text, text};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let survive = &plan.inputs.policy.topology.survive;
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        // Pods stay on the nodes of their group.
        for group in &cluster.node_groups {
            let nodes = standing(group, &members);
            if survive.contains(&Survive::Node) {
                for (lost, node) in nodes.iter().enumerate() {
                    notes.extend(after(
                        cluster,
                        (node.name, text!("loss-of-node", node = node.name)),
                        &nodes,
                        |index, _| index == lost,
                    ));
                }
            }
            if survive.contains(&Survive::Zone) {
                let zones: BTreeSet<&str> = nodes.iter().map(|node| node.zone).collect();
                for zone in zones {
                    notes.extend(after(
                        cluster,
                        (zone, text!("loss-of-zone", zone = zone)),
                        &nodes,
                        |_, node| node.zone == zone,
                    ));
                }
            }
        }
    }
    notes
}

/// A node in normal times.
struct NormalNode<'a> {
    name: &'a str,
    zone: &'a str,
    /// What the node offers while it is empty.
    room: Load,
    /// What its pods request together.
    used: Load,
    /// Pods that have to run again elsewhere: size of one, count.
    needed: Vec<(Load, u128)>,
}

fn standing<'a>(group: &'a GroupPlan, members: &BTreeMap<&str, Member<'_>>) -> Vec<NormalNode<'a>> {
    let mut nodes = Vec::new();
    for node in &group.normal.placement {
        let known = node
            .pods
            .iter()
            .filter_map(|pods| Some((members.get(pods.workload.as_str())?, pods.replicas)));
        let (mut used, mut needed) = (Load::default(), Vec::new());
        for (member, replicas) in known {
            used = used.plus(Load::of(member.workload.requests, replicas));
            if member.must_survive() {
                needed.push((Load::of(member.workload.requests, 1), u128::from(replicas)));
            }
        }
        nodes.push(NormalNode {
            name: &node.node,
            zone: &node.zone,
            room: Load::room(&group.node),
            used,
            needed,
        });
    }
    nodes
}

fn after(
    cluster: &ClusterPlan,
    (name, loss): (&str, Text),
    nodes: &[NormalNode<'_>],
    is_lost: impl Fn(usize, &NormalNode<'_>) -> bool,
) -> Option<Note> {
    let (lost, left): (Vec<_>, Vec<_>) = nodes
        .iter()
        .enumerate()
        .partition(|(index, node)| is_lost(*index, node));
    let subject = format!("{}/{name}", cluster.name);

    let all_needed = Load::sum(
        nodes
            .iter()
            .flat_map(|node| &node.needed)
            .map(|(one, count)| one.times(*count)),
    );
    let all_room = Load::sum(left.iter().map(|(_, node)| node.room));
    if let Some(excess) = all_needed.excess_over(all_room) {
        let message = text!(
            "note-failure-not-survived",
            loss = loss,
            cluster = &cluster.name,
            excess = excess
        );
        return Some(wrong("failure-not-survived", subject, message));
    }

    let pods: Vec<(Load, u128)> = lost
        .iter()
        .flat_map(|(_, node)| node.needed.iter().copied())
        .collect();
    let rooms: Vec<Load> = left
        .iter()
        .map(|(_, node)| node.room.less(node.used))
        .collect();
    if finds_room(&pods, &rooms) {
        return None;
    }
    let message = text!(
        "note-failure-unconfirmed",
        loss = loss,
        cluster = &cluster.name
    );
    Some(Note::warning(
        "failure-unconfirmed",
        subject,
        message,
        text!("note-failure-unconfirmed-hint"),
    ))
}
