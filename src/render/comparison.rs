//! Plans side by side, for a terminal.

use super::inert;
use super::terminal::{paragraph, readable, table};
use crate::plan::{ComparedPart, Comparison, Differing};
use crate::units::Money;
use crate::wording::dollars::dollars;

/// Everything that differs; `names` are what the plans are called.
#[must_use]
pub fn comparison(comparison: &Comparison, names: &[String], width: usize) -> String {
    let width = readable(width);
    let titles: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(place, name)| format!("{}: {}", letter(place), inert::name(name)))
        .collect();
    let mut parts = vec![paragraph(&titles.join("; "), 0, width)];
    if !comparison.same_snapshot {
        parts.push(paragraph(
            "Warning: these plans are of different snapshots; their bills differ by what was seen, too.",
            0,
            width,
        ));
    }
    let saved: Vec<String> = comparison
        .savings
        .iter()
        .enumerate()
        .map(|(place, saving)| format!("{} {}", letter(place), dollars(*saving)))
        .collect();
    parts.push(paragraph(
        &format!("Saving a month: {}.", saved.join(", ")),
        0,
        width,
    ));
    parts.extend(differing("Choice", &comparison.choices, width));
    parts.extend(differing("Number", &comparison.numbers, width));
    for bill in &comparison.bills {
        let header: Vec<String> = [format!("Bill \"{}\", US dollars a month", bill.name)]
            .into_iter()
            .chain((0..names.len()).map(letter))
            .chain((1..names.len()).map(|place| format!("{} - A", letter(place))))
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
                line.parts.iter().map(part).collect(),
            );
        }
        let same = vec![bill.same; names.len()];
        row(
            format!("{} lines that are the same", bill.same_lines),
            &same,
            same.iter().map(|amount| dollars(*amount)).collect(),
        );
        row(
            "Total".to_owned(),
            &bill.totals,
            bill.totals.iter().map(|amount| dollars(*amount)).collect(),
        );
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let numbers: Vec<usize> = (1..header.len()).collect();
        parts.push(table(&header, rows, &numbers, width));
    }
    parts.join("\n")
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

fn part(part: &Option<ComparedPart>) -> String {
    match part {
        None => "-".to_owned(),
        Some(ComparedPart {
            amount: None,
            quantity,
        }) => format!("unknown ({quantity})"),
        Some(ComparedPart {
            amount: Some(amount),
            quantity,
        }) => format!("{} ({quantity})", dollars(*amount)),
    }
}

fn differing(title: &str, values: &[Differing], width: usize) -> Option<String> {
    if values.is_empty() {
        return None;
    }
    let plans = values.first().map_or(0, |one| one.values.len());
    let header: Vec<String> = [title.to_owned()]
        .into_iter()
        .chain((0..plans).map(letter))
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = values
        .iter()
        .map(|one| {
            [one.name.clone()]
                .into_iter()
                .chain(one.values.iter().cloned())
                .collect()
        })
        .collect();
    Some(table(&header, rows, &[], width))
}
