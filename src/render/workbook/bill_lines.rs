//! Every line of both bills and of the alternatives, which the summary sums.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Kind, Sheet, Value, column};
use super::titled;
use crate::plan::{Bill, BillLine, Category, Plan};
use crate::render::category;
use crate::render::report::voice::Voice;
use crate::wording::text;

/// Places of the columns that formulas name.
const BILL: usize = 0;
const CATEGORY: usize = 1;
const AMOUNT: usize = 7;

/// The lines in the order of the sheet.
pub(super) struct Lines<'a> {
    rows: Vec<(&'a Bill, &'a BillLine)>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        Self { rows: plan.bills.iter().flat_map(|bill| bill.lines.iter().map(move |line| (bill, line))).collect() }
    }

    /// The sum of a bill's lines of a category, as a formula over this sheet.
    pub(super) fn sum(&self, bill: &str, of: Category, voice: Voice) -> String {
        let last = self.rows.len() + 1;
        let sheet = format!("'{}'", voice.say(&text!("sheet-bill-lines")));
        let range = |place: usize| format!("{sheet}!${0}$2:${0}${last}", column(place));
        let of = quoted(&voice.say(&category::label(of)));
        format!("=SUMIFS({},{},{},{},{of})", range(AMOUNT), range(BILL), quoted(bill), range(CATEGORY))
    }

    /// The sum of all of a bill's lines.
    pub(super) fn total(&self, bill: &str, voice: Voice) -> String {
        let last = self.rows.len() + 1;
        let sheet = format!("'{}'", voice.say(&text!("sheet-bill-lines")));
        let range = |place: usize| format!("{sheet}!${0}$2:${0}${last}", column(place));
        format!("=SUMIFS({},{},{})", range(AMOUNT), range(BILL), quoted(bill))
    }

    pub(super) fn write(&self, sheet: &mut Worksheet, voice: Voice) -> Result<(), XlsxError> {
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
        let mut sheet = Sheet::new(sheet, &voice.say(&text!("sheet-bill-lines")), &titled(columns, voice))?;
        for (bill, line) in &self.rows {
            let money = |amount: Option<crate::units::Money>| Value::maybe(amount.map(crate::units::Money::as_f64));
            sheet.row(&[
                Value::text(&bill.name),
                Value::text(voice.say(&category::label(line.category))),
                Value::text(voice.say(&line.subject)),
                Value::text(voice.say(&line.item)),
                Value::Number(line.quantity.as_f64()),
                Value::text(voice.say(&line.unit.text())),
                money(line.unit_price),
                money(line.amount),
                money(line.low),
                money(line.high),
                Value::text(voice.say(&line.basis)),
                Value::text(voice.say(&line.source)),
            ])?;
        }
        sheet.filtered()
    }
}

/// A text in a formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
