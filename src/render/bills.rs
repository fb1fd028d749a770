//! `bills.csv`: every line of every bill, one row each, for spreadsheets and notebooks.

use super::csv_table::{text, write};
use crate::plan::Plan;
use crate::units::Money;

const HEADER: [&str; 13] = [
    "bill",
    "currency",
    "category",
    "subject",
    "item",
    "quantity",
    "unit",
    "unit_price",
    "amount_per_month",
    "low_per_month",
    "high_per_month",
    "basis",
    "source",
];

/// All lines in the order of the plan. A line without a price has empty cells, and its source says what is missing.
///
/// # Errors
/// Never, as long as every row has the columns of the header.
pub(super) fn csv(plan: &Plan) -> Result<Vec<u8>, csv::Error> {
    let rows: Vec<_> = plan
        .bills
        .iter()
        .flat_map(|bill| bill.lines.iter().map(move |line| (bill, line)))
        .map(|(bill, line)| {
            vec![
                text(&bill.key.to_string()),
                text(&bill.currency),
                line.category.text().to_string(),
                text(&line.subject.to_string()),
                text(&line.item.to_string()),
                line.quantity.to_string(),
                line.unit.to_string(),
                decimal(line.unit_price),
                decimal(line.amount),
                decimal(line.low),
                decimal(line.high),
                text(&line.basis.to_string()),
                text(&line.source.to_string()),
            ]
        })
        .collect();
    write(&HEADER.map(str::to_owned), &rows)
}

fn decimal(amount: Option<Money>) -> String {
    amount.map_or_else(String::new, |amount| amount.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::{columns, hand_made};

    #[test]
    fn the_amounts_add_up_to_the_totals() {
        let plan = hand_made();
        let rows = columns(&csv(&plan).expect("a table"));
        for bill in &plan.bills {
            let amounts = rows.iter().filter(|row| {
                row["bill"] == bill.key.to_string() && !row["amount_per_month"].is_empty()
            });
            let total: Money = amounts
                .map(|row| row["amount_per_month"].parse::<Money>().expect("an amount"))
                .sum();
            assert_eq!(total, bill.total, "{}", bill.key);
        }
        assert_eq!(
            rows.len(),
            plan.bills
                .iter()
                .map(|bill| bill.lines.len())
                .sum::<usize>()
        );
    }

    #[test]
    fn an_unknown_price_is_empty_and_never_zero() {
        let rows = columns(&csv(&hand_made()).expect("a table"));
        let unknown: Vec<_> = rows
            .iter()
            .filter(|row| row["amount_per_month"].is_empty())
            .collect();
        assert_eq!(unknown.len(), 1);
        assert_eq!(unknown[0]["unit_price"], "");
        assert!(unknown[0]["source"].contains("prices.overrides"));
    }
}
