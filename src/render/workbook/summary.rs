//! The bills by category, and the alternatives; sums are formulas over the lines.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::bill_lines::Lines;
use super::sheet::{Kind, Sheet, Value, titled};
use crate::plan::{BillKey, Bound, Plan};
use crate::render::report::locale::Locale;
use crate::render::{answer, category};
use crate::units::Money;
use crate::wording::text;

pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &Plan,
    lines: &Lines<'_>,
    locale: Locale,
) -> Result<(), XlsxError> {
    let columns = [
        (text!("money-column"), Kind::Words),
        (text!("today-column"), Kind::Money),
        (text!("after-column"), Kind::Money),
        (text!("saving-column"), Kind::Money),
    ];
    let mut sheet = Sheet::new(
        sheet,
        &locale.say(&text!("sheet-summary")),
        &titled(columns, locale),
    )?;
    let mut row_number = 1;
    for row in category::rows(plan) {
        row_number += 1;
        let (today, after) = (row.today.amount, row.after.amount);
        row_number = sheet.row(&[
            Value::text(locale.say(&row.title())),
            Value::Formula(
                lines.sum(BillKey::TODAY, row.category, locale),
                today.as_f64(),
            ),
            Value::Formula(
                lines.sum(BillKey::AFTER, row.category, locale),
                after.as_f64(),
            ),
            difference(row_number, today - after),
        ])?;
    }
    let sum = |letter: char, amount: Money| {
        Value::Formula(
            format!("=SUM({letter}2:{letter}{row_number})"),
            amount.as_f64(),
        )
    };
    let saving = &plan.saving;
    let total = [
        sum('B', saving.today),
        sum('C', saving.after),
        difference(row_number + 1, saving.per_month),
    ];
    let [today, after, saved] = total;
    // What misses a line without a price is marked, as the first sheet explains.
    let is_whole = saving.bound == Bound::Exact;
    let title = answer::marked(locale.say(&text!("total")), !is_whole);
    sheet.total(&[Value::text(title), today, after, saved])?;
    sheet.row(&[])?;
    alternatives(&mut sheet, plan, lines, locale)?;
    Ok(())
}

fn difference(row: u32, amount: Money) -> Value {
    Value::Formula(format!("=B{row}-C{row}"), amount.as_f64())
}

/// Each against today, at list prices.
fn alternatives(
    sheet: &mut Sheet<'_>,
    plan: &Plan,
    lines: &Lines<'_>,
    locale: Locale,
) -> Result<(), XlsxError> {
    let header = sheet.total(&[Value::text(locale.say(&text!("alternatives-caption")))])?;
    for (row, one) in (header + 1..).zip(&plan.economics.choosing.alternatives) {
        sheet.row(&[
            Value::text(locale.say(&one.title)),
            Value::Formula(
                lines.total(BillKey::TODAY, locale),
                plan.saving.today.as_f64(),
            ),
            Value::Formula(lines.total(one.bill, locale), one.monthly.as_f64()),
            difference(row, one.saving),
        ])?;
    }
    Ok(())
}
