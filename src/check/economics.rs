//! Does everything beside the two bills follow from them?
//!
//! Comes in: alternatives, the move, ranges, the reconciliation, the currency. Goes out: a note for each
//! number that its own parts do not bear out. Refuses to price anything: amounts of bills are taken from
//! the bills, which are checked elsewhere. Invariant: without a fatal note, every sum and difference of the
//! plan's money can be worked out again from its lines.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::wrong;
use crate::plan::{Alternative, Bill, BillKey, BillLine, Hours, Move, Note, Plan, Unit};
use crate::units::Money;
use crate::wording::dollars::in_currency;
use crate::wording::{Text, text};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    alternatives(plan, &mut notes);
    terms(plan, &mut notes);
    by_app(plan, &mut notes);
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
fn expect(
    notes: &mut Vec<Note>,
    code: &str,
    subject: impl Into<Text>,
    what: Text,
    stated: Money,
    due: i128,
) {
    expect_shown(notes, code, subject, what, (stated, due), Text::from);
}

/// The same of amounts that are no dollars.
fn expect_shown(
    notes: &mut Vec<Note>,
    code: &str,
    subject: impl Into<Text>,
    what: Text,
    (stated, due): (Money, i128),
    shown: impl Fn(Money) -> Text,
) {
    if nanos(stated) != due {
        let due = i64::try_from(due).map_or_else(
            |_| text!("amount-too-much"),
            |due| shown(Money::from_nanos(due)),
        );
        notes.push(wrong(
            code,
            subject,
            text!("note-sum", what = what, stated = shown(stated), due = due),
        ));
    }
}

/// Each environment has one part of both bills, and the parts are all of them.
fn by_app(plan: &Plan, notes: &mut Vec<Note>) {
    let rows = &plan.economics.by_app;
    let mut counted: BTreeMap<&str, usize> = plan
        .environments
        .iter()
        .map(|environment| (environment.label.as_str(), 0))
        .collect();
    rows.iter()
        .for_each(|row| *counted.entry(&row.environment).or_default() += 1);
    let known: BTreeSet<&str> = plan
        .environments
        .iter()
        .map(|environment| environment.label.as_str())
        .collect();
    for (label, count) in counted
        .into_iter()
        .filter(|(label, count)| *count != 1 || !known.contains(label))
    {
        notes.push(wrong(
            "app-saving-rows",
            label,
            text!("note-app-saving-rows", count = count),
        ));
    }
    for row in rows {
        expect(
            notes,
            "app-saving",
            row.environment.as_str(),
            text!("sum-saving"),
            row.saving,
            nanos(row.today) - nanos(row.after),
        );
    }
    // Without an environment there is nobody to share the bills out among.
    for (key, sum) in [
        (
            BillKey::TODAY,
            rows.iter().map(|row| nanos(row.today)).sum(),
        ),
        (
            BillKey::AFTER,
            rows.iter().map(|row| nanos(row.after)).sum(),
        ),
    ] {
        if let Some(bill) = plan.bill(key).filter(|_| !rows.is_empty()) {
            expect(
                notes,
                "app-saving-sum",
                text!("subject-apps"),
                text!("sum-of-apps", bill = bill.title()),
                bill.total,
                sum,
            );
        }
    }
}

/// Every alternative is its bills, and every saving is against the first of them.
fn alternatives(plan: &Plan, notes: &mut Vec<Note>) {
    let Some(first) = plan.economics.choosing.alternatives.first() else {
        notes.push(wrong(
            "alternatives-missing",
            text!("subject-alternatives"),
            text!("note-alternatives-missing"),
        ));
        return;
    };
    let total = |key| plan.bill(key).map(|bill| nanos(bill.total));
    for one in &plan.economics.choosing.alternatives {
        let (Some(list), Some(terms)) = (total(one.bill), total(one.terms_bill)) else {
            notes.push(wrong(
                "alternative-bill",
                one.title.clone(),
                text!(
                    "note-alternative-bill",
                    bill = one.bill.title(),
                    terms = one.terms_bill.title()
                ),
            ));
            continue;
        };
        expect(
            notes,
            "alternative-total",
            one.title.clone(),
            text!("sum-total"),
            one.monthly,
            list,
        );
        expect(
            notes,
            "alternative-total",
            one.title.clone(),
            text!("sum-total-with-terms"),
            one.monthly_with_terms,
            list + terms,
        );
        expect(
            notes,
            "alternative-saving",
            one.title.clone(),
            text!("sum-saving"),
            one.saving,
            nanos(first.monthly) - list,
        );
        let with_terms = nanos(first.monthly_with_terms) - list - terms;
        expect(
            notes,
            "alternative-saving",
            one.title.clone(),
            text!("sum-saving-with-terms"),
            one.saving_with_terms,
            with_terms,
        );
    }
    likely(plan, notes);
    recommended(plan, notes);
    for key in [BillKey::TODAY, BillKey::AFTER] {
        if !plan
            .economics
            .choosing
            .alternatives
            .iter()
            .any(|one| one.bill == key)
        {
            notes.push(wrong(
                "alternatives-missing",
                text!("subject-alternatives"),
                text!("note-alternative-missing", bill = key.title()),
            ));
        }
    }
}

/// A range has its amount in it.
fn likely(plan: &Plan, notes: &mut Vec<Note>) {
    for one in &plan.economics.choosing.alternatives {
        if one.monthly < one.likely.low || one.likely.high < one.monthly {
            let message = text!(
                "note-alternative-likely",
                low = one.likely.low,
                high = one.likely.high,
                monthly = one.monthly
            );
            notes.push(wrong("alternative-likely", one.title.clone(), message));
        }
    }
}

/// One at most, and it survives what was asked for.
fn recommended(plan: &Plan, notes: &mut Vec<Note>) {
    let all = plan.economics.choosing.alternatives.iter();
    let recommended: Vec<&Alternative> = all.filter(|one| one.recommended).collect();
    if recommended.len() > 1 {
        notes.push(wrong(
            "alternative-recommended",
            text!("subject-alternatives"),
            text!("note-recommended-twice", count = recommended.len()),
        ));
    }
    for one in recommended {
        let mut asked = plan.inputs.policy.topology.survive.iter();
        if let Some(failure) = asked.find(|failure| !one.survives.contains(failure)) {
            let message = text!("note-recommended-fails", failure = failure.to_string());
            notes.push(wrong("alternative-recommended", one.title.clone(), message));
        }
    }
}

/// No more hours are made cheaper than a bill has.
fn terms(plan: &Plan, notes: &mut Vec<Note>) {
    for one in &plan.economics.choosing.alternatives {
        let (Some(bill), Some(terms)) = (plan.bill(one.bill), plan.bill(one.terms_bill)) else {
            continue;
        };
        let (has, takes) = (hours(bill), hours(terms));
        for (instance_type, takes) in takes {
            let has = has.get(instance_type).copied().unwrap_or(0);
            if takes > has {
                let hours = |millionths: i128| (millionths / 1_000_000).to_string();
                let message = text!("note-terms-over-hours", terms = terms.title(), takes = hours(takes), type = instance_type, has = hours(has));
                notes.push(wrong("terms-over-hours", one.title.clone(), message));
            }
        }
    }
}

/// Millionths of instance-hours by type, but for those that nobody uses.
fn hours(bill: &Bill) -> BTreeMap<&str, i128> {
    let mut hours = BTreeMap::new();
    for line in &bill.lines {
        if let Some(machines) = line
            .machines
            .as_ref()
            .filter(|machines| machines.hours != Hours::Unused)
        {
            *hours.entry(machines.instance_type.as_str()).or_insert(0) +=
                i128::from(line.quantity.millionths());
        }
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
    let planned: BTreeSet<&str> = plan
        .environments
        .iter()
        .filter(|env| env.planned().is_some())
        .map(|env| env.label.as_str())
        .collect();
    for label in &planned {
        let count = times.remove(*label).unwrap_or(0);
        if count != 1 {
            notes.push(wrong("wave", *label, text!("note-wave", waves = count)));
        }
    }
    for label in times.keys() {
        notes.push(wrong("wave", *label, text!("note-wave-of-nobody")));
    }
    for environment in &plan.environments {
        let Some(turn) = environment.manifests().map(|manifests| &manifests.turn) else {
            continue;
        };
        let Some(wave) = moved
            .waves
            .iter()
            .find(|wave| wave.environments.contains(&environment.label))
        else {
            continue;
        };
        let phase = plan
            .phases
            .iter()
            .find(|phase| phase.number == turn.phase)
            .and_then(|phase| phase.waves);
        if phase.is_none_or(|(first, last)| !(first..=last).contains(&wave.number)) {
            notes.push(wrong(
                "wave-turn",
                &environment.label,
                text!(
                    "note-wave-turn",
                    wave = wave.number.to_string(),
                    phase = turn.phase.to_string()
                ),
            ));
        }
    }
    for (place, wave) in moved.waves.iter().enumerate() {
        let follows = place
            .checked_sub(1)
            .and_then(|before| moved.waves.get(before))
            .is_none_or(|before| before.starts_on_day < wave.starts_on_day);
        if usize::try_from(wave.number) != Ok(place + 1)
            || !follows
            || wave.ends_on_day < wave.starts_on_day
        {
            notes.push(wrong(
                "wave-order",
                text!("subject-wave", number = wave.number.to_string()),
                text!("note-wave-order"),
            ));
        }
    }
    let of_waves: i128 = moved
        .waves
        .iter()
        .map(|wave| i128::from(wave.people_days.millionths()))
        .sum();
    let billed = moved.once.lines.iter().filter(|line| {
        line.unit == Unit::PersonDay && line.subject != text!("subject-preparation")
    });
    let billed: i128 = billed
        .map(|line| i128::from(line.quantity.millionths()))
        .sum();
    if of_waves != billed {
        let message = text!(
            "note-wave-people",
            waves = of_waves.to_string(),
            billed = billed.to_string()
        );
        notes.push(wrong("wave-people", text!("subject-move"), message));
    }
}

/// Each month adds up, months add up to the sum, and the break-even is where it says.
fn curve(plan: &Plan, notes: &mut Vec<Note>) {
    let moved: &Move = &plan.economics.move_;
    let mut sum = 0_i128;
    let mut paid = 0_i128;
    for (place, month) in moved.curve.iter().enumerate() {
        let subject = text!("subject-month", month = month.month.to_string());
        if usize::try_from(month.month) != Ok(place + 1) {
            notes.push(wrong(
                "curve",
                subject.clone(),
                text!("note-curve-place", place = (place + 1).to_string()),
            ));
        }
        let net = nanos(month.stay)
            - nanos(month.beanstalk)
            - nanos(month.clusters)
            - nanos(month.commitments)
            - nanos(month.once);
        expect(
            notes,
            "curve",
            subject.clone(),
            text!("sum-net"),
            month.net,
            net,
        );
        sum += net;
        paid += nanos(month.once);
        expect(
            notes,
            "curve",
            subject.clone(),
            text!("sum-of-months"),
            month.cumulative,
            sum,
        );
        if plan
            .bill(BillKey::TODAY)
            .is_some_and(|today| today.total != month.stay)
        {
            notes.push(wrong(
                "curve",
                subject,
                text!("note-curve-stay", stay = month.stay),
            ));
        }
    }
    let last = moved.waves.last().map_or(0, |wave| wave.starts_on_day);
    let horizon = u32::try_from(moved.curve.len())
        .unwrap_or(u32::MAX)
        .saturating_mul(365)
        / 12;
    if horizon >= last
        && paid != nanos(moved.once.total)
        && !moved.curve.is_empty()
        && horizon
            >= plan
                .inputs
                .policy
                .migration
                .preparation_weeks
                .saturating_mul(7)
    {
        expect(
            notes,
            "curve",
            text!("subject-move"),
            text!("sum-once"),
            moved.once.total,
            paid,
        );
    }
    let mut break_even = None;
    for month in moved
        .curve
        .iter()
        .rev()
        .take_while(|month| !month.cumulative.is_negative())
    {
        break_even = Some(month.month);
    }
    if break_even != moved.break_even_month {
        let said = |month: Option<u32>| match month {
            None => text!("month-never"),
            Some(month) => text!("subject-month", month = month.to_string()),
        };
        let message = text!(
            "note-break-even",
            stated = said(moved.break_even_month),
            due = said(break_even)
        );
        notes.push(wrong("break-even", text!("subject-move"), message));
    }
}

/// Scenarios and the tornado against the bills that they vary.
fn ranges(plan: &Plan, notes: &mut Vec<Note>) {
    for scenario in &plan.economics.scenarios {
        let due = nanos(scenario.today) - nanos(scenario.after);
        expect(
            notes,
            "scenario",
            scenario.title(),
            text!("sum-saving"),
            scenario.saving,
            due,
        );
    }
    let expected = plan
        .economics
        .scenarios
        .iter()
        .find(|scenario| scenario.name == "expected");
    match (
        expected,
        plan.bill(BillKey::TODAY),
        plan.bill(BillKey::AFTER),
    ) {
        (Some(expected), Some(today), Some(after)) => {
            expect(
                notes,
                "scenario",
                expected.title(),
                text!("bill-today"),
                expected.today,
                nanos(today.total),
            );
            expect(
                notes,
                "scenario",
                expected.title(),
                text!("bill-after"),
                expected.after,
                nanos(after.total),
            );
            expect(
                notes,
                "scenario",
                expected.title(),
                text!("sum-once"),
                expected.once,
                nanos(plan.economics.move_.once.total),
            );
        }
        _ => notes.push(wrong(
            "scenario",
            text!("outlook-expected"),
            text!("note-scenario-missing"),
        )),
    }
    for row in &plan.economics.tornado {
        let swing = (nanos(row.net_at_low) - nanos(row.net_at_high)).abs();
        expect(
            notes,
            "tornado",
            row.driver.text(),
            text!("sum-swing"),
            row.swing,
            swing,
        );
    }
    if !plan
        .economics
        .tornado
        .is_sorted_by(|one, next| one.swing >= next.swing)
    {
        notes.push(wrong(
            "tornado",
            text!("subject-tornado"),
            text!("note-tornado-order"),
        ));
    }
}

/// Differences are estimate less bill, and their three parts add up to them.
fn reconciliation(plan: &Plan, notes: &mut Vec<Note>) {
    let Some(whole) = &plan.economics.reconciliation else {
        return;
    };
    let (mut estimate, mut bill, mut difference) = (0, 0, 0);
    for row in &whole.rows {
        expect(
            notes,
            "reconciliation",
            row.subject.clone(),
            text!("sum-difference"),
            row.difference,
            nanos(row.estimate) - nanos(row.bill),
        );
        let parts = nanos(row.by_quantity) + nanos(row.by_price) + nanos(row.by_discount);
        expect(
            notes,
            "reconciliation",
            row.subject.clone(),
            text!("sum-difference-explained"),
            row.difference,
            parts,
        );
        estimate += nanos(row.estimate);
        bill += nanos(row.bill);
        difference += nanos(row.difference);
    }
    expect(
        notes,
        "reconciliation",
        text!("subject-reconciliation"),
        text!("sum-estimate"),
        whole.estimate,
        estimate,
    );
    expect(
        notes,
        "reconciliation",
        text!("subject-reconciliation"),
        text!("sum-bill"),
        whole.bill,
        bill,
    );
    expect(
        notes,
        "reconciliation",
        text!("subject-reconciliation"),
        text!("sum-difference"),
        whole.difference,
        difference,
    );
    if let Some(today) = plan.bill(BillKey::TODAY) {
        let of_aws = |line: &&BillLine| {
            !matches!(
                line.category,
                crate::plan::Category::HostAgents | crate::plan::Category::Extra
            )
        };
        let due: i128 = today
            .lines
            .iter()
            .filter(of_aws)
            .filter_map(|line| line.amount)
            .map(nanos)
            .sum();
        expect(
            notes,
            "reconciliation",
            text!("subject-reconciliation"),
            text!("sum-sold-by-aws"),
            whole.estimate,
            due,
        );
    }
}

/// Totals of the other currency are sums of its rows, and each row is its dollars at the rate.
fn currency(plan: &Plan, notes: &mut Vec<Note>) {
    let Some(shown) = &plan.economics.in_currency else {
        return;
    };
    let sum = |of: fn(&crate::plan::CurrencyRow) -> Money| {
        shown.rows.iter().map(of).map(nanos).sum::<i128>()
    };
    let sums = [
        (text!("bill-today"), shown.today, sum(|row| row.today)),
        (text!("bill-after"), shown.after, sum(|row| row.after)),
        (
            text!("sum-saving"),
            shown.saving,
            nanos(shown.today) - nanos(shown.after),
        ),
    ];
    for (what, stated, due) in sums {
        let amount = |amount| in_currency(amount, &shown.code, shown.decimals).into();
        expect_shown(notes, "currency", &shown.code, what, (stated, due), amount);
    }
    let smallest = if shown.decimals == 0 {
        1_000_000_000
    } else {
        10_000_000_i128
    };
    for (key, of) in [(BillKey::TODAY, 0_usize), (BillKey::AFTER, 1)] {
        let Some(bill) = plan.bill(key) else {
            continue;
        };
        for row in &shown.rows {
            let lines = bill
                .lines
                .iter()
                .filter(|line| line.category == row.category);
            let dollars: i128 = lines.filter_map(|line| line.amount).map(nanos).sum();
            let exact = dollars * nanos(shown.per_usd);
            // Billionths x billionths against whole smallest units, half a unit either way.
            let stated = nanos(if of == 0 { row.today } else { row.after });
            let off = (stated * 1_000_000_000 - exact).abs();
            if off > smallest * 1_000_000_000 / 2 + 1_000_000_000 || stated % smallest != 0 {
                let message = text!(
                    "note-currency-rate",
                    bill = bill.title(),
                    rate = in_currency(shown.per_usd, &shown.code, 2)
                );
                notes.push(wrong("currency", row.category.text(), message));
            }
        }
    }
}
