//! Today against after, by what is paid for, and what no line of either bill covers.

use std::collections::BTreeMap;

use super::markdown::{Table, code, prose};
use crate::plan::{BillLine, NotBilled, Plan};
use crate::render::dollars::dollars;
use crate::render::{answer, category};

const ROOM: usize = 3_000;

/// The table by category; its last row is the plan's own totals.
pub(super) fn section(plan: &Plan) -> String {
    let mut table = Table::new(&["US dollars a month", "Today:", "After:", "Saving:"], ROOM);
    for row in category::rows(plan) {
        table.row(&[category::label(row.category).to_owned(), prose(&row.today.text()), prose(&row.after.text()), prose(&row.saving())]);
    }
    let saving = &plan.saving;
    let total = |amount| format!("**{}**", prose(&dollars(amount)));
    table.row(&[
        "**Total**".to_owned(),
        total(saving.today),
        total(saving.after),
        format!("**{}**", prose(&answer::bounded_saving(saving))),
    ]);
    format!(
        "## Money\n\nOn-demand list prices for a month of 730 hours, without taxes. Every line is in `bills.csv`, with its low and its high.\n\n{}\n\n{}",
        table.finish("bills.csv"),
        prose(&answer::range_and_move(plan))
    )
}

/// What a reader might take to be in the numbers, and is not.
pub(super) fn not_included(plan: &Plan) -> String {
    let mut text = "## What is not in these numbers\n\n\
        - Discounts are in the columns with terms only: the two bills are list prices, but for those that `prices.overrides` or `--prices` sets.\n\
        - Load that the history did not see. Load-test every app before it takes traffic.\n\
        - How often such requests would have been too small: `eb2eks backtest SNAPSHOT` tries them on weeks that they were not made from.\n\
        - Prices of today: each line of `bills.csv` names its source and date."
        .to_owned();
    if plan.coverage.unknown > 0 {
        text.push_str("\n- What the unknown environments would need on the clusters: they stay where they are.");
    }
    text.push_str(&not_billed(plan));
    let unpriced: Vec<_> = plan
        .bills
        .iter()
        .filter(|bill| bill.name == "today" || bill.name == "after")
        .flat_map(|bill| bill.lines.iter().filter(|line| line.amount.is_none()).map(|line| (bill.name.as_str(), line)))
        .collect();
    if !unpriced.is_empty() {
        let mut table = Table::new(&["Bill", "Subject", "Item without a price", "Quantity:", "How to price it"], ROOM);
        for (bill, line) in unpriced {
            table.row(&unpriced_row(bill, line));
        }
        text.push_str(&format!("\n\n{}", table.finish("bills.csv")));
    }
    text
}

/// What costs money and has no line, alike things together.
fn not_billed(plan: &Plan) -> String {
    let mut groups: BTreeMap<(String, String), Vec<&NotBilled>> = BTreeMap::new();
    for missing in &plan.economics.not_billed {
        groups.entry((missing.item.to_string(), missing.why.to_string())).or_default().push(missing);
    }
    let mut text = String::new();
    for ((item, why), alike) in groups {
        let who = match alike.as_slice() {
            [one] if one.is_of_fleet() => String::new(),
            [one] => format!(" of {}", code(&one.subject)),
            [first, rest @ ..] => format!(" of {} and {} more", code(&first.subject), rest.len()),
            [] => String::new(),
        };
        text.push_str(&format!("\n- {}{who}: {}.", prose(item), prose(why)));
    }
    text
}

fn unpriced_row(bill: &str, line: &BillLine) -> [String; 5] {
    [prose(bill), code(&line.subject), prose(&line.item), prose(&format!("{} {}", line.quantity, line.unit)), prose(&line.source)]
}
