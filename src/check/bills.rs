//! Do the bills add up, to the cent?
//!
//! Comes in: the bills and the saving. Goes out: a note for each amount, total, count or difference
//! that does not follow, and for each environment that no line is about. Refuses to know prices: a
//! unit price is taken as stated. Invariant: without a fatal note, today - after = saving to the cent,
//! and every unknown price is counted as unknown.

use std::collections::BTreeSet;

use super::finding::wrong;
use crate::plan::{Bill, BillKey, BillLine, Bound, Note, Plan};
use crate::units::Money;
use crate::wording::{Text, text};

/// An amount of a line: the expected one, or an end of its range.
type AmountOf = fn(&BillLine) -> Option<Money>;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for bill in plan.bills.iter().chain([&plan.economics.move_.once]) {
        one_bill(bill, &mut notes);
    }
    let mut keys = BTreeSet::new();
    for bill in plan.bills.iter().filter(|bill| !keys.insert(bill.key)) {
        notes.push(wrong(
            "bill-twice",
            bill.title(),
            text!("note-bill-twice", bill = bill.title()),
        ));
    }
    for key in [BillKey::TODAY, BillKey::AFTER] {
        let count = plan.bills.iter().filter(|bill| bill.key == key).count();
        if count != 1 {
            notes.push(wrong(
                "bill-missing",
                key.title(),
                text!("note-bill-missing", bills = count, name = key.title()),
            ));
        }
    }
    if let (Some(today), Some(after)) = (plan.bill(BillKey::TODAY), plan.bill(BillKey::AFTER)) {
        saving(plan, today, after, &mut notes);
        subjects(plan, today, after, &mut notes);
    }
    notes
}

fn one_bill(bill: &Bill, notes: &mut Vec<Note>) {
    if bill.currency != "USD" {
        notes.push(wrong(
            "bill-currency",
            bill.title(),
            text!("note-bill-currency", currency = &bill.currency),
        ));
    }
    for line in &bill.lines {
        let due = line
            .unit_price
            .and_then(|price| rounded_to_cents(price, line));
        if line.amount != due {
            let message = text!(
                "note-line-amount",
                bill = bill.title(),
                quantity = line.quantity,
                item = line.item.clone(),
                due = shown(due),
                price = shown(line.unit_price),
                unit = line.unit.text(),
                stated = shown(line.amount)
            );
            notes.push(wrong("line-amount", line.subject.clone(), message));
        }
    }
    for line in &bill.lines {
        let ends = [line.low, line.amount, line.high];
        let known = ends.iter().flatten().count();
        let in_order = line.low <= line.amount && line.amount <= line.high;
        if (known != 0 && known != 3)
            || !in_order
            || !ends.iter().flatten().all(|end| end.is_whole_cents())
        {
            let message = text!(
                "note-line-range",
                bill = bill.title(),
                item = line.item.clone(),
                amount = shown(line.amount),
                low = shown(line.low),
                high = shown(line.high)
            );
            notes.push(wrong("line-range", line.subject.clone(), message));
        }
        let says_nothing = |text: &Text| text.to_string().trim().is_empty();
        if says_nothing(&line.basis) || says_nothing(&line.source) {
            let message = text!(
                "note-line-unexplained",
                bill = bill.title(),
                item = line.item.clone()
            );
            notes.push(wrong("line-unexplained", line.subject.clone(), message));
        }
    }
    let ends: [(Text, Money, AmountOf); 3] = [
        (text!("end-total"), bill.total, |line| line.amount),
        (text!("end-low"), bill.low, |line| line.low),
        (text!("end-high"), bill.high, |line| line.high),
    ];
    for (end, stated, of) in ends {
        let sum: i128 = bill
            .lines
            .iter()
            .filter_map(of)
            .map(|amount| i128::from(amount.nanos()))
            .sum();
        if sum != i128::from(stated.nanos()) {
            let message = text!(
                "note-bill-total",
                end = end,
                bill = bill.title(),
                stated = stated,
                sum = dollars(sum)
            );
            notes.push(wrong("bill-total", bill.title(), message));
        }
    }
    let unpriced = bill
        .lines
        .iter()
        .filter(|line| line.amount.is_none())
        .count();
    if usize::try_from(bill.unpriced_lines) != Ok(unpriced) {
        let message = text!(
            "note-bill-unpriced",
            lines = unpriced,
            bill = bill.title(),
            stated = bill.unpriced_lines.to_string()
        );
        notes.push(wrong("bill-unpriced", bill.title(), message));
    }
}

/// Price x quantity, half a cent away from zero; none where 64 bits of billionths cannot hold it.
fn rounded_to_cents(price: Money, line: &BillLine) -> Option<Money> {
    // Billionths x millionths are 10^-15 dollars; a cent is 10^13 of them.
    const CENT: u128 = 10_000_000_000_000;
    let exact = i128::from(price.nanos()) * i128::from(line.quantity.millionths());
    let cents =
        i128::try_from((exact.unsigned_abs() * 2 + CENT) / (CENT * 2)).ok()? * exact.signum();
    i64::try_from(cents * 10_000_000)
        .ok()
        .map(Money::from_nanos)
}

fn saving(plan: &Plan, today: &Bill, after: &Bill, notes: &mut Vec<Note>) {
    let saving = &plan.saving;
    for (stated, bill) in [(saving.today, today), (saving.after, after)] {
        if stated != bill.total {
            let message = text!(
                "note-saving-side",
                stated = stated,
                side = bill.title(),
                total = bill.total
            );
            notes.push(wrong("saving", text!("subject-saving"), message));
        }
    }
    let due = i128::from(today.total.nanos()) - i128::from(after.total.nanos());
    if i128::from(saving.per_month.nanos()) != due {
        let message = text!(
            "note-saving",
            today = today.total,
            after = after.total,
            due = dollars(due),
            stated = saving.per_month
        );
        notes.push(wrong("saving", text!("subject-saving"), message));
    }
    let is_open = |bill: &Bill| bill.lines.iter().any(|line| line.amount.is_none());
    let bound = match (is_open(today), is_open(after)) {
        (false, false) => Bound::Exact,
        (true, false) => Bound::AtLeast,
        (false, true) => Bound::AtMost,
        (true, true) => Bound::Unknown,
    };
    if saving.bound != bound {
        let message = text!(
            "note-saving-bound",
            stated = format!("{:?}", saving.bound),
            due = format!("{bound:?}")
        );
        notes.push(wrong("saving-bound", text!("subject-saving"), message));
    }
}

/// Whatever runs is billed today; whatever stays is billed after, too.
fn subjects(plan: &Plan, today: &Bill, after: &Bill, notes: &mut Vec<Note>) {
    let billed = |bill: &'_ Bill| {
        bill.lines
            .iter()
            .filter_map(|line| line.subject.as_plain().map(str::to_owned))
            .collect::<BTreeSet<_>>()
    };
    let (billed_today, billed_after) = (billed(today), billed(after));
    for env in &plan.environments {
        let instances: u64 = env
            .instances_today
            .values()
            .map(|count| u64::from(*count))
            .sum();
        if instances == 0 {
            continue;
        }
        if !billed_today.contains(&env.label) {
            let message = text!(
                "note-environment-unbilled",
                instances = instances,
                environment = &env.id
            );
            notes.push(wrong("environment-unbilled", &env.label, message));
        }
        if env.planned().is_none() && !billed_after.contains(&env.label) {
            let message = text!(
                "note-environment-stays-unbilled",
                instances = instances,
                environment = &env.id
            );
            notes.push(wrong("environment-unbilled", &env.label, message));
        }
    }
}

fn shown(amount: Option<Money>) -> Text {
    amount.map_or_else(|| text!("amount-unknown"), Text::from)
}

fn dollars(nanos: i128) -> Text {
    i64::try_from(nanos).map_or_else(
        |_| text!("amount-in-billionths", nanos = nanos.to_string()),
        |nanos| Money::from_nanos(nanos).into(),
    )
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
                item: Text::default(),
                subject: Text::default(),
                machines: None,
                balancers: None,
                stays: false,
                quantity: Quantity::from_millionths(quantity),
                unit: crate::plan::Unit::InstanceHour,
                unit_price: Some(price),
                amount: None,
                low: None,
                high: None,
                basis: Text::default(),
                source: Text::default(),
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
