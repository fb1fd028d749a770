//! Can the number of nodes be as low as the plan says, and is the stated bound a bound?
//!
//! Comes in: each packing with its pods and its certificate. Goes out: a note where lower bound <= nodes
//! needed <= nodes shown is broken, where the pods do not fit that few nodes by volume alone, or where
//! the certificate is refused, is about other pods, or proves other numbers. Refuses to pack. Invariant:
//! without a fatal note, the nodes needed hold all pods, and no packing has fewer nodes than the bound.

use std::collections::BTreeMap;

use super::certificate;
use super::finding::wrong;
use super::load::Load;
use super::placement_kind::PlacementKind;
use super::roster::{Member, roster};
use crate::plan::{Certificate, GroupPlan, NodeCapacity, Note, Packing, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        for group in &cluster.node_groups {
            for kind in PlacementKind::BOTH {
                let subject = format!("{}/{}", cluster.name, group.name);
                one_packing(&subject, group, kind, &members, &mut notes);
            }
        }
    }
    notes
}

fn one_packing(
    subject: &str,
    group: &GroupPlan,
    kind: PlacementKind,
    members: &BTreeMap<&str, Member<'_>>,
    notes: &mut Vec<Note>,
) {
    let packing = kind.packing(group);
    let (bound, needed, shown) = (
        packing.lower_bound.nodes,
        packing.nodes_needed,
        packing.placement.len(),
    );
    let in_order = bound <= needed && usize::try_from(needed).is_ok_and(|needed| needed <= shown);
    if !in_order {
        let message = text!(
            "note-bound-order",
            packing = kind.name(),
            bound = bound.to_string(),
            needed = needed.to_string(),
            shown = shown
        );
        notes.push(wrong("bound-order", subject, message));
    }
    certified(subject, group, kind, members, notes);
    let total = placed(packing, members);
    let room = Load::room(&group.node).times(u128::from(needed));
    if let Some(excess) = total.excess_over(room) {
        let message = text!(
            "note-bound-broken",
            packing = kind.name(),
            nodes = needed,
            excess = excess
        );
        notes.push(wrong("bound-broken", subject, message));
    }
}

/// What the certificate proves of these pods on nodes of this size, against what the plan says.
fn certified(
    subject: &str,
    group: &GroupPlan,
    kind: PlacementKind,
    members: &BTreeMap<&str, Member<'_>>,
    notes: &mut Vec<Note>,
) {
    let packing = kind.packing(group);
    let name = kind.name();
    match certificate::verify(&packing.certificate) {
        Err(refused) => {
            notes.push(wrong(
                "certificate-refused",
                subject,
                text!(
                    "note-certificate-refused",
                    packing = name,
                    why = refused.text()
                ),
            ));
        }
        Ok(proven) => {
            let (needed, bound) = (packing.nodes_needed, packing.lower_bound.nodes);
            if (proven.bins, proven.bound) != (needed.into(), bound.into()) {
                let message = text!(
                    "note-certificate-numbers",
                    packing = name,
                    nodes = needed,
                    bound = bound.to_string(),
                    bins = proven.bins.to_string(),
                    proven = proven.bound.to_string()
                );
                notes.push(wrong("certificate-numbers", subject, message));
            }
        }
    }
    if !is_about(&packing.certificate, &group.node, packing, members) {
        notes.push(wrong(
            "certificate-other",
            subject,
            text!("note-certificate-other", packing = name),
        ));
    }
}

/// Whether nodes and pods of the certificate are those of the packing.
fn is_about(
    certificate: &Certificate,
    node: &NodeCapacity,
    packing: &Packing,
    members: &BTreeMap<&str, Member<'_>>,
) -> bool {
    let mut placed: BTreeMap<&str, u64> = BTreeMap::new();
    for pods in packing
        .placement
        .iter()
        .flat_map(|node| &node.pods)
        .filter(|pods| pods.replicas > 0)
    {
        *placed.entry(pods.workload.as_str()).or_default() += u64::from(pods.replicas);
    }
    let sizes = |name: &str| {
        members.get(name).map(|member| {
            (
                member.workload.requests.memory.0,
                member.workload.requests.cpu.0,
                1,
            )
        })
    };
    let placed = placed
        .into_iter()
        .map(|(name, replicas)| (name, sizes(name), replicas));
    let item = |item: &'_ crate::plan::PricedItem| match item.sizes[..] {
        [memory, cpu, pods] => Some((memory, cpu, pods)),
        _ => None,
    };
    let mut stated: Vec<_> = certificate
        .items
        .iter()
        .map(|row| (row.name.as_str(), item(row), u64::from(row.demand)))
        .collect();
    stated.sort_unstable();
    certificate.capacity
        == [
            node.available.memory.0,
            node.available.cpu.0,
            u64::from(node.available_pods),
        ]
        && placed.eq(stated)
}

fn placed(packing: &Packing, members: &BTreeMap<&str, Member<'_>>) -> Load {
    let pods = packing.placement.iter().flat_map(|node| &node.pods);
    Load::sum(pods.filter_map(|pods| {
        Some(Load::of(
            members.get(pods.workload.as_str())?.workload.requests,
            pods.replicas,
        ))
    }))
}
