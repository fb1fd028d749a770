//! `report.xlsx`: the plan for an auditor with a calculator.
//!
//! Comes in: a finished plan and a language. Goes out: a workbook whose sums are formulas over its own cells, so that
//! who changes an amount sees the total change; beside each formula stands the plan's own result, for readers that do
//! not calculate. Numbers are numbers with units in their headers. This room refuses to let a name act: text is
//! written as text, whatever it begins with. Invariant: the same plan gives the same bytes; the file carries the
//! plan's date, not that of its making.

mod answer;
mod apps;
mod bill_lines;
mod gaps;
mod nodes;
mod sheet;
mod summary;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::plan::Plan;
use crate::render::report::locale::Locale;
use crate::wording::{Language, text};

/// The whole workbook.
///
/// # Errors
/// What Excel has no room for: more than a million rows.
pub(super) fn workbook(plan: &Plan, language: Language) -> Result<Vec<u8>, XlsxError> {
    let locale = Locale::new(language);
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_timestamp(plan.inputs.collected_at.as_second())?;
    let title = locale.say(&text!("workbook-title"));
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&made),
    );
    let lines = bill_lines::Lines::of(plan);
    answer::write(book.add_worksheet(), plan, &lines, locale)?;
    summary::write(book.add_worksheet(), plan, &lines, locale)?;
    apps::write(book.add_worksheet(), plan, locale)?;
    nodes::write(book.add_worksheet(), plan, locale)?;
    lines.write(book.add_worksheet(), locale)?;
    assumptions(book.add_worksheet(), plan, locale)?;
    gaps::write(book.add_worksheet(), plan, locale)?;
    book.save_to_buffer()
}

/// Every choice that was in force.
fn assumptions(
    sheet: &mut rust_xlsxwriter::Worksheet,
    plan: &Plan,
    locale: Locale,
) -> Result<(), XlsxError> {
    let columns = [
        (text!("key-column"), sheet::Kind::Name),
        (text!("choice-column"), sheet::Kind::Words),
        (text!("origin-column"), sheet::Kind::Name),
        (text!("meaning-column"), sheet::Kind::Words),
    ];
    let mut sheet = sheet::Sheet::new(
        sheet,
        &locale.say(&text!("sheet-assumptions")),
        &sheet::titled(columns, locale),
    )?;
    for choice in crate::render::report::assumptions::choices(plan, locale) {
        sheet.row(&[
            sheet::Value::text(&choice.key),
            sheet::Value::text(&choice.value),
            sheet::Value::text(&choice.origin),
            sheet::Value::text(&choice.meaning),
        ])?;
    }
    sheet.filtered()
}
