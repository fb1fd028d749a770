//! Do the sizes of each node group follow from what was simulated of the scheduler, and can that be?
//!
//! Comes in: the node groups. Goes out: a note where numbers of nodes are out of order, below what
//! arithmetic allows, or above the sizes that should follow from them. Refuses to simulate: chance is
//! not repeated here. Invariant: without a fatal note, desired and max are at least what the policy's
//! percentile of the stated distributions says.

use super::finding::wrong;
use super::load::Load;
use super::roster::roster;
use crate::plan::{Distribution, Event, GroupPlan, Note, Plan};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        for group in &cluster.node_groups {
            let subject = format!("{}/{}", cluster.name, group.name);
            order(&subject, group, &mut notes);
            sizes(plan, &subject, group, &mut notes);
            let pods = group.normal.placement.iter().flat_map(|node| &node.pods);
            let known = pods.filter_map(|pods| Some(Load::of(members.get(pods.workload.as_str())?.workload.requests, pods.replicas)));
            let (total, fewest) = (Load::sum(known), group.realistic.grown.p50);
            if let Some(excess) = total.excess_over(Load::room(&group.node).times(u128::from(fewest))) {
                let message =
                    format!("the scheduler is said to place everything on {fewest} nodes; its pods take {excess} that so many offer");
                notes.push(wrong("realistic-bound", &subject, message));
            }
        }
    }
    notes
}

fn order(subject: &str, group: &GroupPlan, notes: &mut Vec<Note>) {
    let realistic = &group.realistic;
    let situations = realistic.situations.iter().map(|situation| &situation.nodes);
    let rises = |nodes: &Distribution| {
        let quantiles = [nodes.p5.unwrap_or(0), nodes.p50, nodes.p95, nodes.p99];
        quantiles.is_sorted() && nodes.orders > 0
    };
    let is_less_for_more = realistic.at_once.zip(realistic.without_waiting).is_some_and(|(at_once, surviving)| surviving < at_once);
    if is_less_for_more || !std::iter::once(&realistic.grown).chain(situations).all(rises) {
        let message = "numbers of nodes fall where the share of orders, or what is survived, rises".to_owned();
        notes.push(wrong("realistic-order", subject, message));
    }
    for situation in realistic.situations.iter().filter(|situation| situation.holds > situation.nodes.orders) {
        let message = format!("{} of {} orders are said to hold", situation.holds, situation.nodes.orders);
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
        let message = format!("desired {}, the autoscaler goes up to {wanted} at {percentile} %", group.desired_capacity);
        notes.push(wrong("realistic-desired", subject, message));
    }
    let grows = |event: &Event| matches!(event, Event::Normal | Event::RollingOut | Event::ClusterLost);
    for situation in group.realistic.situations.iter().filter(|situation| grows(&situation.event)) {
        let nodes = at(&situation.nodes);
        if group.max_size < nodes {
            let message = format!("max {}, the autoscaler goes up to {nodes} at {percentile} %", group.max_size);
            notes.push(wrong("realistic-max", subject, message));
        }
    }
}
