//! Today against after, by what is paid for, and what no line of either bill covers.

use super::markdown::{Table, code, prose};
use crate::plan::{BillLine, Plan};
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
        "## Money\n\nOn-demand list prices for a month of 730 hours, without taxes. Every line is in `bills.csv`.\n\n{}",
        table.finish("bills.csv")
    )
}

/// What a reader might take to be in the numbers, and is not.
pub(super) fn not_included(plan: &Plan) -> String {
    let mut text = "## What is not in these numbers\n\n\
        - Discounts and commitments (Savings Plans, reserved instances, private prices): both sides are list prices, but for those that `prices.overrides` sets.\n\
        - Taxes, data transfer, NAT gateways, log and metric ingestion, and anything else that has no line in `bills.csv`.\n\
        - The weeks in which both systems run, and the work of moving.\n\
        - Load that the history did not see. Load-test every app before it takes traffic.\n\
        - How often such requests would have been too small: `eb2eks backtest SNAPSHOT` tries them on weeks that they were not made from.\n\
        - Prices of today: each line of `bills.csv` names its source and date."
        .to_owned();
    if plan.coverage.unknown > 0 {
        text.push_str("\n- What the unknown environments would need on the clusters: they stay where they are.");
    }
    let unpriced: Vec<_> = plan
        .bills
        .iter()
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

fn unpriced_row(bill: &str, line: &BillLine) -> [String; 5] {
    [prose(bill), code(&line.subject), prose(&line.item), prose(&format!("{} {}", line.quantity, line.unit)), prose(&line.source)]
}
