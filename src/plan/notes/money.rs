//! What the two bills leave open.

use std::collections::BTreeMap;

use crate::plan::{Note, Plan};
use crate::price::{Bound, override_source};
use crate::units::Money;

pub(super) fn about_money(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for bill in plan.bills.iter().take_while(|bill| bill.name == "today" || bill.name == "after") {
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
    let qualifier = match plan.saving.bound {
        Bound::Exact => Some(""),
        Bound::AtMost => Some("at least "),
        Bound::AtLeast => Some("at most "),
        Bound::Unknown => None,
    };
    if let Some(qualifier) = qualifier.filter(|_| plan.saving.per_month.is_negative()) {
        let message = format!("the plan costs {qualifier}{} a month more than today", -plan.saving.per_month);
        let hint = "see which nodes, control planes and load balancers are added; try one cluster or another node type";
        notes.push(Note::warning("no-saving", "the fleet", message, hint));
    }
    notes.extend(about_better(plan));
    notes.extend(about_commitments(plan));
    notes
}

/// The cheapest alternative, if it is not the plan: whoever decides must have heard of it.
fn about_better(plan: &Plan) -> Option<Note> {
    let after = plan.bill("after")?.total;
    let priced = plan.economics.alternatives.iter().filter(|alternative| alternative.unpriced_lines == 0);
    let cheapest = priced.min_by_key(|alternative| alternative.total).filter(|alternative| alternative.total < after)?;
    let message = format!("{} costs {} a month at list prices, the plan {after}", cheapest.title, cheapest.total);
    Some(Note::advice("cheaper-alternative", "the fleet", message, cheapest.remarks.join("; ")))
}

/// What is bound and would not be used.
fn about_commitments(plan: &Plan) -> Option<Note> {
    let bill = plan.bill("after, commitments")?;
    let unused: Money = bill.lines.iter().filter(|line| line.item.ends_with("bound and not used")).filter_map(|line| line.amount).sum();
    (unused > Money::ZERO).then(|| {
        let message = format!("{unused} a month is bound for instances that would not run after the move");
        let hint = "it is no saving before the commitment ends: the curve of the move counts with it; move that family last, or sell the reservation";
        Note::warning("commitment-unused", "the fleet", message, hint)
    })
}

/// Prices of the policy that no line uses: a typo there is a choice that silently does not happen.
pub(super) fn about_overrides(plan: &Plan) -> Vec<Note> {
    let is_used = |key: &str| {
        let source = override_source(key);
        plan.bills.iter().flat_map(|bill| &bill.lines).any(|line| line.source.contains(&source))
    };
    let note = |key: &String| {
        let message = "prices.overrides sets it, but no line of any bill uses it";
        Note::advice("price-unused", key, message, "check region and spelling, unless it is for other snapshots")
    };
    plan.inputs.policy.prices.overrides.keys().filter(|key| !is_used(key)).map(note).collect()
}

/// Instance prices that were read long before the book was put together.
pub(super) fn about_dates(plan: &Plan) -> Option<Note> {
    const OLD: &str = "2022-03";
    let main = plan.bills.iter().filter(|bill| bill.name == "today" || bill.name == "after");
    let priced = main.flat_map(|bill| &bill.lines).filter_map(|line| Some((line, line.amount?)));
    let (mut old, mut all) = (Money::ZERO, Money::ZERO);
    for (line, amount) in priced {
        all += amount;
        if line.source.contains(OLD) {
            old += amount;
        }
    }
    (old > Money::ZERO).then(|| {
        let share = 100.0 * old.as_f64() / all.as_f64();
        let message = format!("{share:.0} % of both bills rests on price lists of {OLD}");
        let hint = "AWS rarely changes the prices of a type; check those that matter and set them under prices.overrides";
        Note::advice("price-dates", "both bills", message, hint)
    })
}
