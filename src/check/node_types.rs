//! Is the comparison of node types about this plan?
//!
//! Comes in: the rows and the plan. Goes out: a note where the plan's own row differs from the plan, a saving
//! is not the difference that it claims to be, or the order is not by price. Refuses to pack: what other types
//! take is not derived again. Invariant: without a fatal note, every saving is measured from this plan's bill.

use super::finding::wrong;
use crate::plan::{BillKey, NodeTypeOutcome, NodeTypeRow, Note, OperatingSystem, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let Some(after) = plan.bill(BillKey::AFTER) else {
        return notes;
    };
    let planned: Vec<&NodeTypeRow> = plan
        .node_types
        .iter()
        .filter(|row| row.is_planned)
        .collect();
    if !plan.node_types.is_empty() && planned.len() != 1 {
        notes.push(wrong(
            "node-types-plan",
            text!("subject-node-types"),
            text!("note-node-types-plans", rows = planned.len()),
        ));
    }
    let groups = plan
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups);
    let linux = groups.filter(|group| group.operating_system == OperatingSystem::Linux);
    let (desired, max) = linux.fold((0, 0), |(desired, max), group| {
        (
            desired + u64::from(group.desired_capacity),
            max + u64::from(group.max_size),
        )
    });
    for row in planned {
        if let NodeTypeOutcome::Feasible {
            nodes,
            max_nodes,
            per_month,
            ..
        } = row.outcome
        {
            let is_plans = u64::from(nodes) == desired
                && u64::from(max_nodes) == max
                && per_month.is_none_or(|total| total == after.total);
            if !is_plans {
                let message = text!(
                    "note-node-types-plan",
                    nodes = nodes.to_string(),
                    max_nodes = max_nodes.to_string(),
                    desired = desired.to_string(),
                    max = max.to_string()
                );
                notes.push(wrong("node-types-plan", row.name(), message));
            }
        } else {
            notes.push(wrong(
                "node-types-plan",
                row.name(),
                text!("note-node-types-plan-infeasible"),
            ));
        }
    }
    for row in &plan.node_types {
        if let NodeTypeOutcome::Feasible {
            per_month: Some(total),
            saving,
            ..
        } = row.outcome
        {
            let due = i128::from(after.total.nanos()) - i128::from(total.nanos());
            if saving.map(|saving| i128::from(saving.nanos())) != Some(due) {
                notes.push(wrong(
                    "node-types-saving",
                    row.name(),
                    text!("note-node-types-saving"),
                ));
            }
        }
    }
    let prices: Vec<_> = plan
        .node_types
        .iter()
        .filter_map(NodeTypeRow::per_month)
        .collect();
    if !prices.is_sorted() {
        notes.push(wrong(
            "node-types-order",
            text!("subject-node-types"),
            text!("note-node-types-order"),
        ));
    }
    notes
}
