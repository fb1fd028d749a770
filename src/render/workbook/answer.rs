//! The first sheet: the verdict, three plans side by side, every alternative, and what each has brought in by month.

use rust_xlsxwriter::{
    Chart, ChartType, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError,
};

use super::bill_lines::Lines;
use super::sheet::{Kind, cell_format, column};
use crate::plan::{Alternative, Plan};
use crate::render::inert;
use crate::render::report::head;
use crate::render::report::locale::Locale;
use crate::units::Money;
use crate::wording::{Text, text};

/// Columns of amounts beside the names; sentences run over all of them.
const WIDE: u16 = 8;
const SENTENCE: u16 = 7;
/// Letters that fit in a line of a sentence, and the height of a line in points.
const LETTERS: usize = 110;
const LINE: f64 = 16.0;

/// Everything from above to below; rows are counted from 0 as the library does.
pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &Plan,
    lines: &Lines<'_>,
    locale: Locale,
) -> Result<(), XlsxError> {
    sheet
        .set_name(locale.say(&text!("sheet-answer")))?
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_paper_size(9);
    sheet.set_column_width(0, 46.0)?;
    for place in 1..=WIDE {
        sheet.set_column_width(place, 17.0)?;
    }
    let mut row = sentences(sheet, plan, locale)?;
    row = alternatives(sheet, (row + 1, plan, lines), locale)?;
    by_month(sheet, row + 1, plan, locale)
}

/// The verdict and what carries it; returns the row below.
fn sentences(sheet: &mut Worksheet, plan: &Plan, locale: Locale) -> Result<u32, XlsxError> {
    let head = head(plan, locale);
    let verdict = Format::new().set_bold().set_font_size(16);
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, inert::one_line(&head.verdict), &verdict)?;
    let all = head.answer.iter().chain(&head.why).chain(&head.decisions);
    let mut row = 1;
    for line in all.chain([&head.coverage]) {
        let said = inert::one_line(&line.plain());
        let wide = said.chars().filter(|letter| !letter.is_ascii()).count();
        let height = (said.chars().count() + wide).div_ceil(LETTERS).max(1);
        sheet.merge_range(row, 0, row, SENTENCE, &said, &words)?;
        #[expect(clippy::cast_precision_loss, reason = "a few lines")]
        sheet.set_row_height(row, LINE * height as f64)?;
        row += 1;
    }
    Ok(row)
}

fn header(sheet: &mut Worksheet, row: u32, titles: &[String]) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::Top);
    for (place, title) in (0_u16..).zip(titles) {
        sheet.write_string_with_format(row, place, title.trim_end_matches(':'), &format)?;
    }
    Ok(())
}

/// A row for each; its total is a formula over the lines. Returns the row below.
fn alternatives(
    sheet: &mut Worksheet,
    (first, plan, lines): (u32, &Plan, &Lines<'_>),
    locale: Locale,
) -> Result<u32, XlsxError> {
    let titles = locale.titles([
        text!("alternative-column"),
        text!("a-month-usd-column"),
        text!("likely-low-usd-column"),
        text!("likely-high-usd-column"),
        text!("saving-usd-column"),
        text!("once-usd-column"),
        text!("payback-column"),
        text!("cumulative-usd-column"),
        text!("unpriced-lines-column"),
    ]);
    header(sheet, first, &titles)?;
    let (money, count, words) = (
        cell_format(Kind::Money),
        cell_format(Kind::Count),
        cell_format(Kind::Words),
    );
    let all = &plan.economics.choosing.alternatives;
    let as_is = first + 2;
    for (row, one) in (first + 1..).zip(all) {
        sheet.write_string_with_format(row, 0, titled(one, locale), &words)?;
        let formula = |formula: String, result: Money| {
            Formula::new(formula).set_result(result.as_f64().to_string())
        };
        let total = formula(lines.total(one.bill, locale), one.monthly);
        sheet.write_formula_with_format(row, 1, total, &money)?;
        sheet.write_number_with_format(row, 2, one.likely.low.as_f64(), &money)?;
        sheet.write_number_with_format(row, 3, one.likely.high.as_f64(), &money)?;
        let saving = formula(format!("=B{as_is}-B{}", row + 1), one.saving);
        sheet.write_formula_with_format(row, 4, saving, &money)?;
        sheet.write_number_with_format(row, 5, one.once.as_f64(), &money)?;
        if let Some(month) = one.payback_month {
            sheet.write_number_with_format(row, 6, month, &count)?;
        }
        sheet.write_number_with_format(row, 7, one.cumulative.as_f64(), &money)?;
        if one.unpriced_lines > 0 {
            sheet.write_number_with_format(row, 8, one.unpriced_lines, &count)?;
        }
    }
    Ok(first + 1 + u32::try_from(all.len()).unwrap_or(u32::MAX))
}

/// The title; what is recommended says so, and what misses a line without a price carries its mark.
fn titled(one: &Alternative, locale: Locale) -> String {
    let title = if one.recommended {
        text!("named-recommended", name = locale.say(&one.title))
    } else {
        Text::plain(locale.say(&one.title))
    };
    let mark = if one.unpriced_lines > 0 { "*" } else { "" };
    format!("{}{mark}", inert::one_line(&locale.say(&title)))
}

/// Sums by month, a column for each alternative that takes something to get to, and their curves.
fn by_month(
    sheet: &mut Worksheet,
    first: u32,
    plan: &Plan,
    locale: Locale,
) -> Result<(), XlsxError> {
    let all = &plan.economics.choosing.alternatives;
    let drawn: Vec<&Alternative> = all
        .iter()
        .filter(|one| !one.cumulative_by_month.is_empty())
        .collect();
    if drawn.is_empty() {
        return Ok(());
    }
    let caption = locale.say(&text!("cumulative-caption"));
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(first, 0, &caption, &bold)?;
    let (chart_row, table_row) = (first + 1, first + 24);
    let titles: Vec<String> = std::iter::once(locale.say(&text!("month-column")))
        .chain(drawn.iter().map(|one| titled(one, locale)))
        .collect();
    header(sheet, table_row, &titles)?;
    let (money, count) = (cell_format(Kind::Money), cell_format(Kind::Count));
    let months = drawn
        .iter()
        .map(|one| one.cumulative_by_month.len())
        .max()
        .unwrap_or(0);
    for (row, place) in (table_row + 1..).zip(0..months) {
        sheet.write_number_with_format(row, 0, u32::try_from(place + 1).unwrap_or(0), &count)?;
        for (at, one) in (1_u16..).zip(&drawn) {
            if let Some(sum) = one.cumulative_by_month.get(place) {
                sheet.write_number_with_format(row, at, sum.as_f64(), &money)?;
            }
        }
    }
    for at in WIDE + 1..=u16::try_from(drawn.len()).unwrap_or(WIDE) {
        sheet.set_column_width(at, 17.0)?;
    }
    let name = locale.say(&text!("sheet-answer"));
    let (from, to) = (
        table_row + 2,
        table_row + 1 + u32::try_from(months).unwrap_or(0),
    );
    let range = |letter: &str| format!("='{name}'!${letter}${from}:${letter}${to}");
    let mut chart = Chart::new(ChartType::Line);
    for place in 1..=drawn.len() {
        let letter = column(place);
        chart
            .add_series()
            .set_categories(range("A").as_str())
            .set_values(range(&letter).as_str())
            .set_name(format!("='{name}'!${letter}${}", table_row + 1).as_str());
    }
    chart.title().set_name(&caption);
    chart.set_width(1_180).set_height(430);
    sheet.insert_chart(chart_row, 0, &chart)?;
    Ok(())
}
