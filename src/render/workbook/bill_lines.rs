//! Every line of both bills and of the alternatives, which the summary sums.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Kind, Sheet, Value, column, titled};
use crate::plan::{Bill, BillKey, BillLine, Category, Plan};
use crate::render::report::locale::Locale;
use crate::wording::text;

/// Places of the columns that formulas name.
const BILL: usize = 0;
const CATEGORY: usize = 1;
const QUANTITY: usize = 4;
const PRICE: usize = 6;
const AMOUNT: usize = 7;

/// The bills whose lines the sheet has, one after the other.
pub(super) struct Lines<'a>(&'a [Bill]);

impl<'a> Lines<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        Self(&plan.bills)
    }

    /// The sum of a bill's lines of a category, as a formula over this sheet.
    pub(super) fn sum(&self, bill: BillKey, of: Category, locale: Locale) -> String {
        let (category, of) = (
            self.range(CATEGORY, locale),
            quoted(&locale.say(&of.text())),
        );
        format!(
            "=SUMIFS({},{},{},{category},{of})",
            self.range(AMOUNT, locale),
            self.range(BILL, locale),
            Self::titled(bill, locale)
        )
    }

    /// The sum of all of a bill's lines.
    pub(super) fn total(&self, bill: BillKey, locale: Locale) -> String {
        format!(
            "=SUMIFS({},{},{})",
            self.range(AMOUNT, locale),
            self.range(BILL, locale),
            Self::titled(bill, locale)
        )
    }

    /// A column of this sheet, from the first line to the last.
    fn range(&self, place: usize, locale: Locale) -> String {
        let last = self.0.iter().map(|bill| bill.lines.len()).sum::<usize>() + 1;
        format!(
            "'{}'!${name}$2:${name}${last}",
            locale.say(&text!("sheet-bill-lines")),
            name = column(place)
        )
    }

    /// What the sheet calls the bill of that name, as a text in a formula.
    fn titled(bill: BillKey, locale: Locale) -> String {
        quoted(&locale.say(&bill.title()))
    }

    pub(super) fn write(&self, sheet: &mut Worksheet, locale: Locale) -> Result<(), XlsxError> {
        let columns = [
            (text!("bill-column"), Kind::Name),
            (text!("category-column"), Kind::Name),
            (text!("subject-column"), Kind::Name),
            (text!("item-column"), Kind::Name),
            (text!("quantity-column"), Kind::Number),
            (text!("unit-column"), Kind::Name),
            (text!("unit-price-column"), Kind::Price),
            (text!("a-month-usd-column"), Kind::Money),
            (text!("low-usd-column"), Kind::Money),
            (text!("high-usd-column"), Kind::Money),
            (text!("basis-column"), Kind::Words),
            (text!("source-column"), Kind::Words),
        ];
        let mut sheet = Sheet::new(
            sheet,
            &locale.say(&text!("sheet-bill-lines")),
            &titled(columns, locale),
        )?;
        let mut row_number = 1;
        for (bill, line) in self
            .0
            .iter()
            .flat_map(|bill| bill.lines.iter().map(move |line| (bill, line)))
        {
            let money = |amount: Option<crate::units::Money>| {
                Value::maybe(amount.map(crate::units::Money::as_f64))
            };
            row_number += 1;
            sheet.row(&[
                Value::text(locale.say(&bill.title())),
                Value::text(locale.say(&line.category.text())),
                Value::text(locale.say(&line.subject)),
                Value::text(locale.say(&line.item)),
                Value::Number(line.quantity.as_f64()),
                Value::text(locale.say(&line.unit.text())),
                money(line.unit_price),
                amount(line, row_number),
                money(line.low),
                money(line.high),
                Value::text(locale.say(&line.basis)),
                Value::text(locale.say(&line.source)),
            ])?;
        }
        sheet.filtered()
    }
}

/// Quantity times price, to the cent, as a formula, so that who changes either sees the sums change. Where the exact
/// amount is another than that of a spreadsheet's numbers, the amount.
fn amount(line: &BillLine, row: u32) -> Value {
    let (Some(price), Some(amount)) = (line.unit_price, line.amount) else {
        return Value::Empty;
    };
    let product = (line.quantity.as_f64() * price.as_f64() * 100.0).round() / 100.0;
    if (product - amount.as_f64()).abs() < 0.001 {
        let (quantity, price) = (column(QUANTITY), column(PRICE));
        Value::Formula(
            format!("=ROUND({quantity}{row}*{price}{row},2)"),
            amount.as_f64(),
        )
    } else {
        Value::Number(amount.as_f64())
    }
}

/// A text in a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
