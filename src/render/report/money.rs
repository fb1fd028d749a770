//! Today against after, by what is paid for, and what no line of either bill covers.

use std::collections::BTreeMap;

use super::block::{Block, Cell, Line, Section, Table};
use super::locale::Locale;
use crate::plan::{Bill, BillKey, BillLine, Plan, UnpricedItem};
use crate::render::{answer, category};
use crate::units::Money;
use crate::wording::{Language, text};

const ROOM: usize = 3_000;

/// The table by category; its last row is the plan's own totals.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let say = |text| locale.say(&text);
    let titles = [
        text!("money-column"),
        text!("today-column"),
        text!("after-column"),
        text!("saving-column"),
    ]
    .map(say);
    let mut table = Table::new(
        "money-by-category",
        say(text!("money-caption")),
        &titles,
        ROOM,
        "bills.csv",
    );
    for row in category::rows(plan) {
        table.row([
            Cell::words(say(row.category.text())),
            Cell::number(locale.say(&row.today.text()), row.today.amount.as_f64()),
            Cell::number(locale.say(&row.after.text()), row.after.amount.as_f64()),
            Cell {
                order: row.known_saving().map(Money::as_f64),
                ..Cell::words(locale.say(&row.saving()))
            },
        ]);
    }
    let saving = &plan.saving;
    table.total([
        Cell::words(say(text!("total"))),
        locale.amount(saving.today),
        locale.amount(saving.after),
        Cell::number(
            say(answer::bounded_saving(saving)),
            saving.per_month.as_f64(),
        ),
    ]);
    let difference = if saving.per_month.is_negative() {
        text!(
            "finding-money-more",
            amount = locale.whole_money(-saving.per_month)
        )
    } else {
        text!(
            "finding-money-less",
            amount = locale.whole_money(saving.per_month)
        )
    };
    let finding = text!(
        "finding-money",
        today = locale.whole_money(saving.today),
        after = locale.whole_money(saving.after),
        difference = difference
    );
    Section::new("money", say(text!("money-title")), locale.line(&finding))
        .with(Block::Paragraph(locale.line(&text!("money-basis"))))
        .with(Block::Table(table))
        .with(Block::Paragraph(Line::words(answer::range_and_move(
            plan, locale,
        ))))
}

/// What a reader might take to be in the numbers, and is not.
pub(super) fn not_included(plan: &Plan, locale: Locale) -> Section {
    let mut items = vec![
        locale.line(&text!("not-included-discounts")),
        locale.line(&text!("not-included-load")),
        locale.line(&text!("not-included-backtest")),
        locale.line(&text!("not-included-prices")),
    ];
    if plan.coverage.unknown > 0 {
        items.push(locale.line(&text!("not-included-unknown")));
    }
    items.extend(not_billed(plan, locale));
    let finding = text!("finding-not-included", count = items.len());
    let title = locale.say(&text!("not-included-title"));
    let section =
        Section::new("not-included", title, locale.line(&finding)).with(Block::List(items));
    match unpriced(plan, locale) {
        Some(table) => section.with(Block::Table(table)),
        None => section,
    }
}

/// What everything is called together, in English: what is of all has nobody named beside it.
const FLEET: &str = "the fleet";

/// What costs money and has no line, alike things together.
fn not_billed(plan: &Plan, locale: Locale) -> Vec<Line> {
    let mut groups: BTreeMap<(String, String), Vec<&UnpricedItem>> = BTreeMap::new();
    for missing in &plan.economics.not_billed {
        groups
            .entry((locale.say(&missing.item), locale.say(&missing.why)))
            .or_default()
            .push(missing);
    }
    let is_of_all =
        |missing: &UnpricedItem| Locale::new(Language::English).say(&missing.subject) == FLEET;
    let line = |((item, why), group): ((String, String), Vec<&UnpricedItem>)| match group.as_slice()
    {
        [one] if !is_of_all(one) => locale.line(&text!(
            "not-billed-of-one",
            item = item,
            subject = locale.say(&one.subject),
            why = why
        )),
        [first, rest @ ..] if !rest.is_empty() => locale.line(&text!(
            "not-billed-of-many",
            item = item,
            subject = locale.say(&first.subject),
            more = rest.len(),
            why = why
        )),
        _ => locale.line(&text!("not-billed", item = item, why = why)),
    };
    groups.into_iter().map(line).collect()
}

/// Lines of both bills that have no price; nothing if all have one.
fn unpriced(plan: &Plan, locale: Locale) -> Option<Table> {
    let titles = [
        text!("bill-column"),
        text!("subject-column"),
        text!("unpriced-item-column"),
        text!("quantity-column"),
        text!("unpriced-source-column"),
    ];
    let mut table = Table::new(
        "unpriced",
        locale.say(&text!("unpriced-caption")),
        &titles.map(|title| locale.say(&title)),
        ROOM,
        "bills.csv",
    );
    for bill in [BillKey::TODAY, BillKey::AFTER]
        .into_iter()
        .filter_map(|key| plan.bill(key))
    {
        for line in bill.lines.iter().filter(|line| line.amount.is_none()) {
            table.row(unpriced_row(bill, line, locale));
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

fn unpriced_row(bill: &Bill, line: &BillLine, locale: Locale) -> [Cell; 5] {
    let quantity = text!(
        "quantity-of",
        quantity = line.quantity,
        unit = line.unit.text()
    );
    [
        Cell::words(locale.say(&bill.title())),
        Cell::name(locale.say(&line.subject)),
        Cell::words(locale.say(&line.item)),
        Cell::number(locale.say(&quantity), line.quantity.as_f64()),
        Cell::words(locale.say(&line.source)),
    ]
}
