//! Do the sizes of each node group follow from what was simulated of the scheduler, and can that be?
//!
//! Comes in: the node groups. Goes out: a note where numbers of nodes are out of order, below what
//! arithmetic allows, or above the sizes that should follow from them. Refuses to simulate: chance is
//! not repeated here. Invariant: without a fatal note, desired and max are at least what the policy's
//! percentile of the stated distributions says.

use std::collections::BTreeMap;

use super::finding::wrong;
use super::load::Load;
use super::roster::{Member, roster};
use crate::plan::{Distribution, Event, GroupPlan, Note, Packing, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        for group in &cluster.node_groups {
            let subject = format!("{}/{}", cluster.name, group.name);
            order(&subject, group, &mut notes);
            sizes(plan, &subject, group, &mut notes);
            largest_pod(&subject, group, &members, &mut notes);
            let (total, fewest) = (placed(&group.normal, &members), group.realistic.grown.p50);
            if let Some(excess) =
                total.excess_over(Load::room(&group.node).times(u128::from(fewest)))
            {
                let message = text!("note-realistic-bound", nodes = fewest, excess = excess);
                notes.push(wrong("realistic-bound", &subject, message));
            }
            // Each node that the autoscaler adds is for at least one pod.
            let pods = placed(&group.at_most, &members)
                .pods
                .saturating_add(u128::from(group.desired_capacity));
            let all = group
                .realistic
                .situations
                .iter()
                .map(|situation| &situation.nodes)
                .chain([&group.realistic.grown]);
            let guard = plan.inputs.policy.packing.max_nodes_per_group;
            let tried = [group.realistic.at_once, group.realistic.without_waiting]
                .into_iter()
                .flatten();
            if all
                .map(|nodes| u128::from(nodes.p99))
                .any(|nodes| nodes > pods)
                || tried.max() > Some(guard)
            {
                let message = text!("note-realistic-most", allowed = guard.to_string());
                notes.push(wrong("realistic-most", &subject, message));
            }
        }
    }
    notes
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

/// Of CPU or memory the larger share of what an empty node has for apps.
fn largest_pod(
    subject: &str,
    group: &GroupPlan,
    members: &BTreeMap<&str, Member<'_>>,
    notes: &mut Vec<Note>,
) {
    let Some(stated) = &group.realistic.largest_pod else {
        return;
    };
    let Some(member) = members.get(stated.workload.as_str()) else {
        return;
    };
    let (one, room) = (
        Load::of(member.workload.requests, 1),
        Load::room(&group.node),
    );
    let percent = |part: u128, whole: u128| (part * 100).div_ceil(whole.max(1));
    let due = percent(one.cpu, room.cpu).max(percent(one.memory, room.memory));
    // It was rounded up from millionths that were rounded down.
    if !(due.saturating_sub(1)..=due).contains(&u128::from(stated.percent_of_node)) {
        let message = text!(
            "note-realistic-largest",
            workload = &stated.workload,
            stated = stated.percent_of_node.to_string(),
            due = due.to_string()
        );
        notes.push(wrong("realistic-largest", subject, message));
    }
}

fn order(subject: &str, group: &GroupPlan, notes: &mut Vec<Note>) {
    let realistic = &group.realistic;
    let situations = realistic
        .situations
        .iter()
        .map(|situation| &situation.nodes);
    let rises = |nodes: &Distribution| {
        let quantiles = [nodes.p5.unwrap_or(0), nodes.p50, nodes.p95, nodes.p99];
        quantiles.is_sorted() && nodes.orders > 0
    };
    let is_less_for_more = realistic
        .at_once
        .zip(realistic.without_waiting)
        .is_some_and(|(at_once, surviving)| surviving < at_once);
    let orders_differ = realistic
        .situations
        .iter()
        .any(|situation| situation.nodes.orders != realistic.grown.orders);
    if is_less_for_more
        || orders_differ
        || !std::iter::once(&realistic.grown)
            .chain(situations)
            .all(rises)
    {
        notes.push(wrong(
            "realistic-order",
            subject,
            text!("note-realistic-order"),
        ));
    }
    for situation in realistic
        .situations
        .iter()
        .filter(|situation| situation.holds > situation.nodes.orders)
    {
        let message = text!(
            "note-realistic-holds",
            holds = situation.holds.to_string(),
            orders = situation.nodes.orders.to_string()
        );
        notes.push(wrong("realistic-holds", subject, message));
    }
}

fn sizes(plan: &Plan, subject: &str, group: &GroupPlan, notes: &mut Vec<Note>) {
    let percentile = plan.inputs.policy.packing.percentile;
    // The policy allows three percentiles; of any other the strictest is asked.
    let at = |nodes: &Distribution| match percentile {
        50 => nodes.p50,
        95 => nodes.p95,
        _ => nodes.p99,
    };
    let wanted = at(&group.realistic.grown);
    if group.desired_capacity < wanted {
        let message = text!(
            "note-realistic-desired",
            desired = group.desired_capacity.to_string(),
            wanted = wanted.to_string(),
            percentile = percentile.to_string()
        );
        notes.push(wrong("realistic-desired", subject, message));
    }
    let grows = |event: &Event| {
        matches!(
            event,
            Event::Normal | Event::RollingOut | Event::ClusterLost
        )
    };
    for situation in group
        .realistic
        .situations
        .iter()
        .filter(|situation| grows(&situation.event))
    {
        let nodes = at(&situation.nodes);
        if group.max_size < nodes {
            let message = text!(
                "note-realistic-max",
                max = group.max_size.to_string(),
                wanted = nodes.to_string(),
                percentile = percentile.to_string()
            );
            notes.push(wrong("realistic-max", subject, message));
        }
    }
}
