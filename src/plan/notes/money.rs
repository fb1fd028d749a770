//! What the two bills leave open.

use std::collections::BTreeMap;

use crate::plan::{Note, Plan};
use crate::price::{Bound, override_source};

pub(super) fn about_money(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for bill in &plan.bills {
        let mut unpriced: BTreeMap<&str, u32> = BTreeMap::new();
        for line in bill.lines.iter().filter(|line| line.amount.is_none()) {
            *unpriced.entry(&line.source).or_default() += 1;
        }
        for (source, lines) in unpriced {
            let count = if lines == 1 { "1 line has".to_owned() } else { format!("{lines} lines have") };
            let message = format!("{count} no price; the total of {} is a lower bound", bill.total);
            notes.push(Note::warning("no-price", &format!("bill {}", bill.name), message, source));
        }
    }
    // Where today's bill has lines without a price, the plan may be the cheaper one all the same.
    let qualifier = match plan.saving.bound {
        Bound::Exact => Some(""),
        Bound::AtMost => Some("at least "),
        Bound::AtLeast | Bound::Unknown => None,
    };
    if let Some(qualifier) = qualifier.filter(|_| plan.saving.per_month.is_negative()) {
        let message = format!("the plan costs {qualifier}{} a month more than today", -plan.saving.per_month);
        notes.push(Note::warning(
            "no-saving",
            "the fleet",
            message,
            "see which nodes, control planes and load balancers are added; try one cluster or another node type",
        ));
    }
    notes
}

/// Prices of the policy that no line uses: a typo there is a choice that silently does not happen.
pub(super) fn about_overrides(plan: &Plan) -> Vec<Note> {
    let is_used = |key: &str| {
        let source = override_source(key);
        plan.bills.iter().flat_map(|bill| &bill.lines).any(|line| line.source.contains(&source))
    };
    let note = |key: &String| {
        let message = "prices.overrides sets it, but no line of either bill uses it";
        Note::advice("price-unused", key, message, "check region and spelling, unless it is for other snapshots")
    };
    plan.inputs.policy.prices.overrides.keys().filter(|key| !is_used(key)).map(note).collect()
}
