//! Can the number of nodes be as low as the plan says, and is the stated bound a bound?
//!
//! Comes in: each packing with its pods. Goes out: a note where lower bound <= nodes needed <= nodes
//! shown is broken, or where the pods do not fit that few nodes by volume alone. Refuses to pack: it
//! only divides. Invariant: without a fatal note, no count of nodes is below what arithmetic allows.

use std::collections::BTreeMap;

use super::finding::{counted, wrong};
use super::load::Load;
use super::moment::Moment;
use super::roster::{Member, roster};
use crate::plan::{GroupPlan, Note, Packing, Plan};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        for group in &cluster.node_groups {
            for moment in Moment::BOTH {
                let subject = format!("{}/{}", cluster.name, group.name);
                one_packing(&subject, group, moment, &members, &mut notes);
            }
        }
    }
    notes
}

fn one_packing(subject: &str, group: &GroupPlan, moment: Moment, members: &BTreeMap<&str, Member<'_>>, notes: &mut Vec<Note>) {
    let packing = moment.packing(group);
    let (bound, needed, shown) = (packing.lower_bound.nodes, packing.nodes_needed, packing.placement.len());
    let in_order = bound <= needed && usize::try_from(needed).is_ok_and(|needed| needed <= shown);
    if !in_order {
        let message = format!(
            "packing \"{}\" is bounded by {bound} from below, needs {needed} and shows {}",
            moment.name(),
            counted(shown as u128, "node")
        );
        notes.push(wrong("bound-order", subject, message));
    }
    let total = placed(packing, members);
    let room = Load::room(&group.node).times(u128::from(needed));
    if let Some(excess) = total.excess_over(room) {
        let message = format!("packing \"{}\" claims to need {needed} nodes; its pods take {excess} that so many offer", moment.name());
        notes.push(wrong("bound-broken", subject, message));
    }
}

fn placed(packing: &Packing, members: &BTreeMap<&str, Member<'_>>) -> Load {
    let pods = packing.placement.iter().flat_map(|node| &node.pods);
    Load::sum(pods.filter_map(|pods| Some(Load::of(members.get(pods.workload.as_str())?.workload.requests, pods.replicas))))
}
