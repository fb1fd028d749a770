//! Plans side by side, for a terminal.

use super::inert;
use super::page::Page;
use super::terminal::table;
use crate::plan::{ComparedBill, ComparedPart, Comparison, Difference};
use crate::units::Money;
use crate::wording::dollars::dollars;
use crate::wording::{Language, Text, text};

/// Digits of a fingerprint that tell two files apart, as git shows them.
const FINGERPRINT: usize = 12;

/// Everything that differs; `names` are what the plans are called.
#[must_use]
pub fn comparison(
    comparison: &Comparison,
    names: &[String],
    language: Language,
    width: usize,
) -> String {
    let page = &Page::new(language, width);
    let titles = names
        .iter()
        .enumerate()
        .map(|(place, name)| format!("{}: {}", letter(place), inert::name(name)));
    let mut parts = vec![page.paragraph(&page.locale.clauses(titles))];
    if !comparison.same_snapshot {
        parts.push(page.say(&other_snapshots()));
    }
    let saved: Vec<Text> = comparison
        .savings
        .iter()
        .enumerate()
        .map(|(place, saving)| Text::plain(format!("{} {}", letter(place), dollars(*saving))))
        .collect();
    parts.push(page.say(&text!("compare-savings", savings = saved)));
    parts.extend(differing(
        page,
        text!("compare-choice"),
        &comparison.choices,
    ));
    parts.extend(differing(
        page,
        text!("compare-number"),
        &comparison.numbers,
    ));
    let bills = comparison.bills.iter();
    parts.extend(bills.map(|compared| bill(page, compared, names.len())));
    parts.join("\n")
}

/// What a comparison of plans of different snapshots has to say first.
#[must_use]
pub fn other_snapshots() -> Text {
    text!("compare-other-snapshots")
}

fn bill(page: &Page, bill: &ComparedBill, plans: usize) -> String {
    let title = text!("compare-bill", bill = &bill.name);
    let header: Vec<String> = std::iter::once(page.locale.say(&title))
        .chain((0..plans).map(letter))
        .chain((1..plans).map(|place| format!("{} - A", letter(place))))
        .collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |name: String, amounts: &[Money], shown: Vec<String>| {
        let differences = amounts
            .iter()
            .skip(1)
            .map(|amount| dollars(*amount - amounts.first().copied().unwrap_or_default()));
        rows.push([name].into_iter().chain(shown).chain(differences).collect());
    };
    for line in &bill.lines {
        let amounts: Vec<Money> = line
            .parts
            .iter()
            .map(|part| {
                part.as_ref()
                    .and_then(|part| part.amount)
                    .unwrap_or_default()
            })
            .collect();
        row(
            format!("{}: {}", inert::name(&line.subject), line.item),
            &amounts,
            line.parts.iter().map(|it| part(page, it)).collect(),
        );
    }
    let same = vec![bill.same; plans];
    row(
        page.locale
            .say(&text!("compare-same-lines", count = bill.same_lines)),
        &same,
        same.iter().map(|amount| dollars(*amount)).collect(),
    );
    row(
        page.locale.say(&text!("terminal-total")),
        &bill.totals,
        bill.totals.iter().map(|amount| dollars(*amount)).collect(),
    );
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let numbers: Vec<usize> = (1..header.len()).collect();
    table(&header, rows, &numbers, page.width)
}

/// `A` to `Z`, then numbers.
fn letter(place: usize) -> String {
    u8::try_from(place)
        .ok()
        .filter(|place| *place < 26)
        .map_or_else(
            || (place + 1).to_string(),
            |place| char::from(b'A' + place).to_string(),
        )
}

fn part(page: &Page, part: &Option<ComparedPart>) -> String {
    match part {
        None => "-".to_owned(),
        Some(ComparedPart {
            amount: None,
            quantity,
        }) => page
            .locale
            .say(&text!("compare-unknown", quantity = quantity)),
        Some(ComparedPart {
            amount: Some(amount),
            quantity,
        }) => format!("{} ({quantity})", dollars(*amount)),
    }
}

fn differing(page: &Page, title: Text, values: &[Difference]) -> Option<String> {
    let plans = values.first()?.values.len();
    let header: Vec<String> = std::iter::once(page.locale.say(&title))
        .chain((0..plans).map(letter))
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = values
        .iter()
        .map(|one| {
            let values = one.values.iter().map(|value| short(value));
            std::iter::once(one.name.clone()).chain(values).collect()
        })
        .collect();
    Some(table(&header, rows, &[], page.width))
}

/// The beginning of a fingerprint (SHA-256 in hexadecimal digits); anything else as it is.
fn short(value: &str) -> String {
    let is_fingerprint = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let most = if is_fingerprint {
        FINGERPRINT
    } else {
        value.len()
    };
    value.get(..most).unwrap_or(value).to_owned()
}
