//! Do the bills add up, to the cent?
//!
//! Comes in: the bills and the saving. Goes out: a note for each amount, total, count or difference
//! that does not follow, and for each environment that no line is about. Refuses to know prices: a
//! unit price is taken as stated. Invariant: without a fatal note, today - after = saving to the cent,
//! and every unknown price is counted as unknown.

use std::collections::BTreeSet;

use super::finding::{counted, wrong};
use crate::plan::{Bill, BillLine, Bound, Note, Plan};
use crate::units::Money;

/// An amount of a line: the expected one, or an end of its range.
type AmountOf = fn(&BillLine) -> Option<Money>;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for bill in plan.bills.iter().chain([&plan.economics.move_.once]) {
        one_bill(bill, &mut notes);
    }
    let mut names = BTreeSet::new();
    for bill in plan.bills.iter().filter(|bill| !names.insert(&bill.name)) {
        notes.push(wrong("bill-twice", &bill.name, format!("two bills are called \"{}\"", bill.name)));
    }
    for name in ["today", "after"] {
        let count = plan.bills.iter().filter(|bill| bill.name == name).count();
        if count != 1 {
            notes.push(wrong("bill-missing", name, format!("{} called \"{name}\"", counted(count as u128, "bill"))));
        }
    }
    if let (Some(today), Some(after)) = (plan.bill("today"), plan.bill("after")) {
        saving(plan, today, after, &mut notes);
        subjects(plan, today, after, &mut notes);
    }
    notes
}

fn one_bill(bill: &Bill, notes: &mut Vec<Note>) {
    if bill.currency != "USD" {
        notes.push(wrong("bill-currency", &bill.name, format!("currency is \"{}\", AWS lists its prices in USD", bill.currency)));
    }
    for line in &bill.lines {
        let due = line.unit_price.and_then(|price| rounded_to_cents(price, line));
        if line.amount != due {
            let message = format!(
                "bill \"{}\": {} of {} is {} at {} a {}, not {}",
                bill.name,
                line.quantity,
                line.item,
                shown(due),
                shown(line.unit_price),
                line.unit,
                shown(line.amount)
            );
            notes.push(wrong("line-amount", &line.subject, message));
        }
    }
    for line in &bill.lines {
        let ends = [line.low, line.amount, line.high];
        let known = ends.iter().flatten().count();
        let in_order = line.low <= line.amount && line.amount <= line.high;
        if (known != 0 && known != 3) || !in_order || !ends.iter().flatten().all(|end| end.is_whole_cents()) {
            let message = format!(
                "bill \"{}\": {} lies at {}, not between {} and {}",
                bill.name,
                line.item,
                shown(line.amount),
                shown(line.low),
                shown(line.high)
            );
            notes.push(wrong("line-range", &line.subject, message));
        }
        if line.basis.trim().is_empty() || line.source.trim().is_empty() {
            let message =
                format!("bill \"{}\": {} does not say how its quantity was found, or where its price is from", bill.name, line.item);
            notes.push(wrong("line-unexplained", &line.subject, message));
        }
    }
    let ends: [(&str, Money, AmountOf); 3] =
        [("total", bill.total, |line| line.amount), ("low", bill.low, |line| line.low), ("high", bill.high, |line| line.high)];
    for (end, stated, of) in ends {
        let sum: i128 = bill.lines.iter().filter_map(of).map(|amount| i128::from(amount.nanos())).sum();
        if sum != i128::from(stated.nanos()) {
            let message = format!("{end} of \"{}\" is {stated}, its lines sum to {}", bill.name, dollars(sum));
            notes.push(wrong("bill-total", &bill.name, message));
        }
    }
    let unpriced = bill.lines.iter().filter(|line| line.amount.is_none()).count();
    if usize::try_from(bill.unpriced_lines) != Ok(unpriced) {
        let message = format!("{} without a price in \"{}\", {} stated", counted(unpriced as u128, "line"), bill.name, bill.unpriced_lines);
        notes.push(wrong("bill-unpriced", &bill.name, message));
    }
}

/// Price x quantity, half a cent away from zero; none where 64 bits of billionths cannot hold it.
fn rounded_to_cents(price: Money, line: &BillLine) -> Option<Money> {
    // Billionths x millionths are 10^-15 dollars; a cent is 10^13 of them.
    const CENT: u128 = 10_000_000_000_000;
    let exact = i128::from(price.nanos()) * i128::from(line.quantity.millionths());
    let cents = i128::try_from((exact.unsigned_abs() * 2 + CENT) / (CENT * 2)).ok()? * exact.signum();
    i64::try_from(cents * 10_000_000).ok().map(Money::from_nanos)
}

fn saving(plan: &Plan, today: &Bill, after: &Bill, notes: &mut Vec<Note>) {
    let saving = &plan.saving;
    for (side, stated, bill) in [("today", saving.today, today), ("after", saving.after, after)] {
        if stated != bill.total {
            let message = format!("the saving compares {stated} {side}, the bill's total is {}", bill.total);
            notes.push(wrong("saving", "saving", message));
        }
    }
    let due = i128::from(today.total.nanos()) - i128::from(after.total.nanos());
    if i128::from(saving.per_month.nanos()) != due {
        let message = format!("{} less {} is {}, not {}", today.total, after.total, dollars(due), saving.per_month);
        notes.push(wrong("saving", "saving", message));
    }
    let is_open = |bill: &Bill| bill.lines.iter().any(|line| line.amount.is_none());
    let bound = match (is_open(today), is_open(after)) {
        (false, false) => Bound::Exact,
        (true, false) => Bound::AtLeast,
        (false, true) => Bound::AtMost,
        (true, true) => Bound::Unknown,
    };
    if saving.bound != bound {
        let message = format!("the saving is called {:?}, the lines without a price make it {bound:?}", saving.bound);
        notes.push(wrong("saving-bound", "saving", message));
    }
}

/// Whatever runs is billed today; whatever stays is billed after, too.
fn subjects(plan: &Plan, today: &Bill, after: &Bill, notes: &mut Vec<Note>) {
    let billed = |bill: &'_ Bill| bill.lines.iter().map(|line| line.subject.clone()).collect::<BTreeSet<_>>();
    let (billed_today, billed_after) = (billed(today), billed(after));
    for env in &plan.environments {
        let instances: u64 = env.instances_today.values().map(|count| u64::from(*count)).sum();
        if instances == 0 {
            continue;
        }
        let running = counted(instances, "instance");
        if !billed_today.contains(&env.label) {
            let message = format!("{running} of environment {} in no line of the bill \"today\"", env.id);
            notes.push(wrong("environment-unbilled", &env.label, message));
        }
        if env.planned().is_none() && !billed_after.contains(&env.label) {
            let message = format!("{running} of environment {} stay, in no line of the bill \"after\"", env.id);
            notes.push(wrong("environment-unbilled", &env.label, message));
        }
    }
}

fn shown(amount: Option<Money>) -> String {
    amount.map_or_else(|| "unknown".to_owned(), |amount| amount.to_string())
}

fn dollars(nanos: i128) -> String {
    i64::try_from(nanos).map_or_else(|_| format!("{nanos} billionths"), |nanos| Money::from_nanos(nanos).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Quantity;

    #[test]
    fn half_a_cent_goes_away_from_zero() {
        let amount = |price: &str, quantity| {
            let price = price.parse().expect("a price");
            let line = BillLine {
                category: crate::plan::Category::Machines,
                item: String::new(),
                subject: String::new(),
                quantity: Quantity::from_millionths(quantity),
                unit: String::new(),
                unit_price: Some(price),
                amount: None,
                low: None,
                high: None,
                basis: String::new(),
                source: String::new(),
            };
            rounded_to_cents(price, &line).map(|amount| amount.to_string())
        };
        assert_eq!(amount("0.005", 1_000_000).as_deref(), Some("0.01"));
        assert_eq!(amount("-0.005", 1_000_000).as_deref(), Some("-0.01"));
        assert_eq!(amount("0.0049", 1_000_000).as_deref(), Some("0.00"));
        assert_eq!(amount("0.428", 730_000_000).as_deref(), Some("312.44"));
        assert_eq!(amount("9000000000", 2_000_000), None);
    }
}
