//! Does everything beside the two bills follow from them?
//!
//! Comes in: alternatives, the move, ranges, the reconciliation, the currency. Goes out: a note for each
//! number that its own parts do not bear out. Refuses to price anything: amounts of bills are taken from
//! the bills, which are checked elsewhere. Invariant: without a fatal note, every sum and difference of the
//! plan's money can be worked out again from its lines.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{counted, wrong};
use crate::plan::{Bill, BillLine, Move, Note, Plan};
use crate::units::Money;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    alternatives(plan, &mut notes);
    terms(plan, &mut notes);
    waves(plan, &mut notes);
    curve(plan, &mut notes);
    ranges(plan, &mut notes);
    reconciliation(plan, &mut notes);
    currency(plan, &mut notes);
    notes
}

fn nanos(amount: Money) -> i128 {
    i128::from(amount.nanos())
}

/// A note unless `stated` is what its parts come to.
fn expect(notes: &mut Vec<Note>, code: &str, subject: &str, what: &str, stated: Money, due: i128) {
    if nanos(stated) != due {
        let due = i64::try_from(due).map_or_else(|_| "too much to state".to_owned(), |due| Money::from_nanos(due).to_string());
        notes.push(wrong(code, subject, format!("{what} is {stated}, its parts come to {due}")));
    }
}

/// Every alternative is its bills, and every saving is against the first of them.
fn alternatives(plan: &Plan, notes: &mut Vec<Note>) {
    let Some(first) = plan.economics.alternatives.first() else {
        notes.push(wrong("alternatives-missing", "alternatives", "the plan compares itself with nothing"));
        return;
    };
    let total = |name: &str| plan.bill(name).map(|bill| nanos(bill.total));
    for one in &plan.economics.alternatives {
        let (Some(list), Some(terms)) = (total(&one.bill), total(&one.terms_bill)) else {
            notes.push(wrong("alternative-bill", &one.title, format!("no bill is called \"{}\" or \"{}\"", one.bill, one.terms_bill)));
            continue;
        };
        expect(notes, "alternative-total", &one.title, "the total", one.total, list);
        expect(notes, "alternative-total", &one.title, "the total with terms", one.total_with_terms, list + terms);
        expect(notes, "alternative-saving", &one.title, "the saving", one.saving, nanos(first.total) - list);
        let with_terms = nanos(first.total_with_terms) - list - terms;
        expect(notes, "alternative-saving", &one.title, "the saving with terms", one.saving_with_terms, with_terms);
    }
    for name in ["today", "after"] {
        if !plan.economics.alternatives.iter().any(|one| one.bill == name) {
            notes.push(wrong("alternatives-missing", "alternatives", format!("\"{name}\" is none of them")));
        }
    }
}

/// No more hours are made cheaper than a bill has.
fn terms(plan: &Plan, notes: &mut Vec<Note>) {
    for one in &plan.economics.alternatives {
        let (Some(bill), Some(terms)) = (plan.bill(&one.bill), plan.bill(&one.terms_bill)) else { continue };
        let (has, takes) = (hours(bill), hours(terms));
        for (instance_type, takes) in takes {
            let has = has.get(instance_type).copied().unwrap_or(0);
            if takes > has {
                let message = format!(
                    "\"{}\" takes something off {} hours of {instance_type}, the bill has {}",
                    terms.name,
                    takes / 1_000_000,
                    has / 1_000_000
                );
                notes.push(wrong("terms-over-hours", &one.title, message));
            }
        }
    }
}

/// Millionths of instance-hours by type; the type is the first word of an item.
fn hours(bill: &Bill) -> BTreeMap<&str, i128> {
    let mut hours = BTreeMap::new();
    let machines = bill.lines.iter().filter(|line| line.unit == "instance-hour");
    for line in machines.filter(|line| !line.item.ends_with("not used")) {
        let item = line.item.strip_prefix("stays on Beanstalk: ").unwrap_or(&line.item);
        let name = item.split([' ', ',']).next().unwrap_or_default();
        *hours.entry(name).or_insert(0) += i128::from(line.quantity.millionths());
    }
    hours
}

/// Each environment that moves is in one wave; waves follow each other; people's days are those of the bill.
fn waves(plan: &Plan, notes: &mut Vec<Note>) {
    let moved = &plan.economics.move_;
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for label in moved.waves.iter().flat_map(|wave| &wave.environments) {
        *times.entry(label).or_insert(0) += 1;
    }
    let planned: BTreeSet<&str> = plan.environments.iter().filter(|env| env.planned().is_some()).map(|env| env.label.as_str()).collect();
    for label in &planned {
        let count = times.remove(*label).unwrap_or(0);
        if count != 1 {
            notes.push(wrong("wave", label, format!("moves in {}", counted(count, "wave"))));
        }
    }
    for label in times.keys() {
        notes.push(wrong("wave", label, "moves in a wave, and is not planned to move"));
    }
    for (place, wave) in moved.waves.iter().enumerate() {
        let follows =
            place.checked_sub(1).and_then(|before| moved.waves.get(before)).is_none_or(|before| before.starts_on_day < wave.starts_on_day);
        if usize::try_from(wave.number) != Ok(place + 1) || !follows || wave.ends_on_day < wave.starts_on_day {
            notes.push(wrong(
                "wave-order",
                &format!("wave {}", wave.number),
                "does not follow the one before it, or ends before it starts",
            ));
        }
    }
    let of_waves: i128 = moved.waves.iter().map(|wave| i128::from(wave.people_days.millionths())).sum();
    let billed = moved.once.lines.iter().filter(|line| line.unit == "person-day" && line.subject.starts_with("wave "));
    let billed: i128 = billed.map(|line| i128::from(line.quantity.millionths())).sum();
    if of_waves != billed {
        notes.push(wrong("wave-people", "the move", format!("waves take {of_waves} millionths of a person's day, the bill has {billed}")));
    }
}

/// Each month adds up, months add up to the sum, and the break-even is where it says.
fn curve(plan: &Plan, notes: &mut Vec<Note>) {
    let moved: &Move = &plan.economics.move_;
    let mut sum = 0_i128;
    let mut paid = 0_i128;
    for (place, month) in moved.curve.iter().enumerate() {
        let subject = format!("month {}", month.month);
        if usize::try_from(month.month) != Ok(place + 1) {
            notes.push(wrong("curve", &subject, format!("stands at place {}", place + 1)));
        }
        let net = nanos(month.stay) - nanos(month.beanstalk) - nanos(month.clusters) - nanos(month.commitments) - nanos(month.once);
        expect(notes, "curve", &subject, "the net", month.net, net);
        sum += net;
        paid += nanos(month.once);
        expect(notes, "curve", &subject, "the sum", month.cumulative, sum);
        if plan.bill("today").is_some_and(|today| today.total != month.stay) {
            notes.push(wrong("curve", &subject, format!("staying costs {}, which is not today's bill", month.stay)));
        }
    }
    let last = moved.waves.last().map_or(0, |wave| wave.starts_on_day);
    let horizon = u32::try_from(moved.curve.len()).unwrap_or(u32::MAX).saturating_mul(365) / 12;
    if horizon >= last
        && paid != nanos(moved.once.total)
        && !moved.curve.is_empty()
        && horizon >= plan.inputs.policy.migration.preparation_weeks.saturating_mul(7)
    {
        expect(notes, "curve", "the move", "what comes once", moved.once.total, paid);
    }
    let mut break_even = None;
    for month in moved.curve.iter().rev().take_while(|month| !month.cumulative.is_negative()) {
        break_even = Some(month.month);
    }
    if break_even != moved.break_even_month {
        let said = |month: Option<u32>| month.map_or_else(|| "never".to_owned(), |month| format!("month {month}"));
        let message = format!("it pays for itself in {}, the curve says {}", said(moved.break_even_month), said(break_even));
        notes.push(wrong("break-even", "the move", message));
    }
}

/// Scenarios and the tornado against the bills that they vary.
fn ranges(plan: &Plan, notes: &mut Vec<Note>) {
    for scenario in &plan.economics.scenarios {
        let due = nanos(scenario.today) - nanos(scenario.after);
        expect(notes, "scenario", &scenario.name, "the saving", scenario.saving, due);
    }
    let expected = plan.economics.scenarios.iter().find(|scenario| scenario.name == "expected");
    match (expected, plan.bill("today"), plan.bill("after")) {
        (Some(expected), Some(today), Some(after)) => {
            expect(notes, "scenario", "expected", "today", expected.today, nanos(today.total));
            expect(notes, "scenario", "expected", "after", expected.after, nanos(after.total));
            expect(notes, "scenario", "expected", "what comes once", expected.once, nanos(plan.economics.move_.once.total));
        }
        _ => notes.push(wrong("scenario", "expected", "is missing")),
    }
    for row in &plan.economics.tornado {
        let swing = (nanos(row.net_at_low) - nanos(row.net_at_high)).abs();
        expect(notes, "tornado", &format!("{:?}", row.driver), "the swing", row.swing, swing);
    }
    if !plan.economics.tornado.is_sorted_by(|one, next| one.swing >= next.swing) {
        notes.push(wrong("tornado", "tornado", "its rows do not stand by what they move"));
    }
}

/// Differences are estimate less bill, and their three parts add up to them.
fn reconciliation(plan: &Plan, notes: &mut Vec<Note>) {
    let Some(whole) = &plan.economics.reconciliation else { return };
    let (mut estimate, mut bill, mut difference) = (0, 0, 0);
    for row in &whole.rows {
        expect(notes, "reconciliation", &row.subject, "the difference", row.difference, nanos(row.estimate) - nanos(row.bill));
        let parts = nanos(row.by_quantity) + nanos(row.by_price) + nanos(row.by_discount);
        expect(notes, "reconciliation", &row.subject, "the difference explained", row.difference, parts);
        estimate += nanos(row.estimate);
        bill += nanos(row.bill);
        difference += nanos(row.difference);
    }
    expect(notes, "reconciliation", "reconciliation", "the estimate", whole.estimate, estimate);
    expect(notes, "reconciliation", "reconciliation", "the bill", whole.bill, bill);
    expect(notes, "reconciliation", "reconciliation", "the difference", whole.difference, difference);
    if let Some(today) = plan.bill("today") {
        let of_aws = |line: &&BillLine| !matches!(line.category, crate::plan::Category::HostAgents | crate::plan::Category::Extra);
        let due: i128 = today.lines.iter().filter(of_aws).filter_map(|line| line.amount).map(nanos).sum();
        expect(notes, "reconciliation", "reconciliation", "what AWS sells of today's bill", whole.estimate, due);
    }
}

/// Totals of the other currency are sums of its rows, and each row is its dollars at the rate.
fn currency(plan: &Plan, notes: &mut Vec<Note>) {
    let Some(shown) = &plan.economics.in_currency else { return };
    let sum = |of: fn(&crate::plan::ShownRow) -> Money| shown.rows.iter().map(of).map(nanos).sum::<i128>();
    expect(notes, "currency", &shown.code, "today", shown.today, sum(|row| row.today));
    expect(notes, "currency", &shown.code, "after", shown.after, sum(|row| row.after));
    expect(notes, "currency", &shown.code, "the saving", shown.saving, nanos(shown.today) - nanos(shown.after));
    let smallest = if shown.decimals == 0 { 1_000_000_000 } else { 10_000_000_i128 };
    for (name, of) in [("today", 0_usize), ("after", 1)] {
        let Some(bill) = plan.bill(name) else { continue };
        for row in &shown.rows {
            let lines = bill.lines.iter().filter(|line| line.category == row.category);
            let dollars: i128 = lines.filter_map(|line| line.amount).map(nanos).sum();
            let exact = dollars * nanos(shown.per_usd);
            // Billionths x billionths against whole smallest units, half a unit either way.
            let stated = nanos(if of == 0 { row.today } else { row.after });
            let off = (stated * 1_000_000_000 - exact).abs();
            if off > smallest * 1_000_000_000 / 2 + 1_000_000_000 || stated % smallest != 0 {
                notes.push(wrong("currency", &format!("{:?}", row.category), format!("{name} is not its dollars at {}", shown.per_usd)));
            }
        }
    }
}
