//! What the numbers do not know: what was not read, not planned, not priced and not billed.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Kind, Sheet, Value, titled};
use crate::plan::{BillKey, Outcome, Plan};
use crate::render::report::locale::Locale;
use crate::wording::text;

pub(super) fn write(sheet: &mut Worksheet, plan: &Plan, locale: Locale) -> Result<(), XlsxError> {
    let columns = [
        (text!("gap-kind-column"), Kind::Name),
        (text!("subject-column"), Kind::Name),
        (text!("gap-what-column"), Kind::Words),
        (text!("gap-why-column"), Kind::Words),
    ];
    let mut sheet = Sheet::new(
        sheet,
        &locale.say(&text!("sheet-gaps")),
        &titled(columns, locale),
    )?;
    let say = |text| locale.say(&text);
    for scope in &plan.inputs.scopes {
        for gap in &scope.gaps {
            let place = format!("{} {}", scope.account, scope.region);
            sheet.row(&[
                Value::text(say(text!("gap-not-read"))),
                Value::text(place),
                Value::text(&gap.what),
                Value::text(&gap.why),
            ])?;
        }
    }
    for environment in &plan.environments {
        let (kind, reason) = match &environment.outcome {
            Outcome::Planned { .. } => continue,
            Outcome::Excluded { reason } => (text!("gap-excluded"), reason),
            Outcome::Unknown { reason } => (text!("gap-unknown"), reason),
        };
        sheet.row(&[
            Value::text(say(kind)),
            Value::text(&environment.label),
            Value::Empty,
            Value::text(locale.say(reason)),
        ])?;
    }
    for bill in [BillKey::TODAY, BillKey::AFTER]
        .into_iter()
        .filter_map(|key| plan.bill(key))
    {
        for line in bill.lines.iter().filter(|line| line.amount.is_none()) {
            sheet.row(&[
                Value::text(say(text!("gap-no-price"))),
                Value::text(locale.say(&line.subject)),
                Value::text(locale.say(&line.item)),
                Value::text(locale.say(&line.source)),
            ])?;
        }
    }
    for missing in &plan.economics.not_billed {
        sheet.row(&[
            Value::text(say(text!("gap-not-billed"))),
            Value::text(locale.say(&missing.subject)),
            Value::text(locale.say(&missing.item)),
            Value::text(locale.say(&missing.why)),
        ])?;
    }
    sheet.filtered()
}
