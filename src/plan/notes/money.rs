//! What the two bills leave open.

use std::collections::BTreeMap;

use crate::plan::{Note, Plan};
use crate::price::{AlternativeKind, BillKey, Bound, Hours, override_source};
use crate::units::Money;
use crate::wording::{Text, text};

/// The two bills that a decision is made on.
const MAIN: [BillKey; 2] = [BillKey::TODAY, BillKey::AFTER];

pub(super) fn about_money(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for bill in plan.bills.iter().filter(|bill| MAIN.contains(&bill.key)) {
        let mut unpriced: BTreeMap<&Text, u32> = BTreeMap::new();
        for line in bill.lines.iter().filter(|line| line.amount.is_none()) {
            *unpriced.entry(&line.source).or_default() += 1;
        }
        for (source, lines) in unpriced {
            let message = text!("note-no-price", lines = lines, total = bill.total);
            notes.push(Note::warning(
                "no-price",
                text!("subject-bill", bill = bill.title()),
                message,
                source.clone(),
            ));
        }
    }
    let more = -plan.saving.per_month;
    let message = match plan.saving.bound {
        Bound::Exact => Some(text!("note-no-saving", more = more)),
        Bound::AtMost => Some(text!("note-no-saving-at-least", more = more)),
        Bound::AtLeast => Some(text!("note-no-saving-at-most", more = more)),
        Bound::Unknown => None,
    };
    if let Some(message) = message.filter(|_| plan.saving.per_month.is_negative()) {
        notes.push(Note::warning(
            "no-saving",
            text!("subject-fleet"),
            message,
            text!("note-no-saving-hint"),
        ));
    }
    notes.extend(about_better(plan));
    notes.extend(about_commitments(plan));
    notes
}

/// The cheapest alternative, if it is not the plan: whoever decides must have heard of it.
fn about_better(plan: &Plan) -> Option<Note> {
    let after = plan.bill(BillKey::AFTER)?.total;
    let priced = plan
        .economics
        .choosing
        .alternatives
        .iter()
        .filter(|alternative| alternative.unpriced_lines == 0);
    let cheapest = priced
        .min_by_key(|alternative| alternative.monthly)
        .filter(|alternative| alternative.monthly < after)?;
    let message = text!(
        "note-cheaper-alternative",
        title = cheapest.title.clone(),
        total = cheapest.monthly,
        after = after
    );
    let remarks = cheapest
        .remarks
        .iter()
        .cloned()
        .reduce(|one, other| text!("remark-and-remark", one = one, other = other));
    Some(Note::advice(
        "cheaper-alternative",
        text!("subject-fleet"),
        message,
        remarks.unwrap_or_default(),
    ))
}

/// What is bound and would not be used.
fn about_commitments(plan: &Plan) -> Option<Note> {
    let bill = plan.bill(BillKey::CommitmentsOf(AlternativeKind::AsAsked))?;
    let unused = bill.lines.iter().filter(|line| {
        line.machines
            .as_ref()
            .is_some_and(|machines| machines.hours == Hours::Unused)
    });
    let unused: Money = unused.filter_map(|line| line.amount).sum();
    (unused > Money::ZERO).then(|| {
        let message = text!("note-commitment-unused", unused = unused);
        Note::warning(
            "commitment-unused",
            text!("subject-fleet"),
            message,
            text!("note-commitment-unused-hint"),
        )
    })
}

/// Prices of the policy that no line uses: a typo there is a choice that silently does not happen.
pub(super) fn about_overrides(plan: &Plan) -> Vec<Note> {
    let is_used = |key: &str| {
        let source = override_source(key);
        plan.bills
            .iter()
            .flat_map(|bill| &bill.lines)
            .any(|line| line.source.parts().contains(&&source))
    };
    let note = |key: &String| {
        Note::advice(
            "price-unused",
            key,
            text!("note-price-unused"),
            text!("note-price-unused-hint"),
        )
    };
    plan.inputs
        .policy
        .prices
        .overrides
        .keys()
        .filter(|key| !is_used(key))
        .map(note)
        .collect()
}
