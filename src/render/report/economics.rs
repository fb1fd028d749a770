//! What else one could do, what the move takes, and what would change the answer.

use super::markdown::{Table, code, prose};
use crate::plan::{Economics, InCurrency, Plan, Reconciliation};
use crate::render::category::label;
use crate::render::dollars::{dollars, in_currency};
use crate::render::drivers::driver;

const ROOM: usize = 4_000;
/// Rows of the reconciliation that are shown, the largest differences first.
const ROWS: usize = 15;

/// Alternatives, the move, ranges, the other currency, the reconciliation.
pub(super) fn sections(plan: &Plan) -> Vec<String> {
    let economics = &plan.economics;
    let mut sections = vec![alternatives(economics), moved(plan), answers(economics)];
    sections.extend(economics.in_currency.as_ref().map(currency));
    sections.extend(economics.reconciliation.as_ref().map(reconciliation));
    sections
}

fn amount(amount: crate::units::Money) -> String {
    prose(&dollars(amount))
}

fn alternatives(economics: &Economics) -> String {
    let titles = ["Alternative", "A month:", "Saves:", "With terms:", "Saves with terms:", "Runs on average"];
    let mut table = Table::new(&titles, ROOM);
    let mut remarks = String::new();
    for one in &economics.alternatives {
        let bound = if one.unpriced_lines > 0 { "at least " } else { "" };
        table.row(&[
            prose(&one.title),
            format!("{bound}{}", amount(one.total)),
            amount(one.saving),
            format!("{bound}{}", amount(one.total_with_terms)),
            amount(one.saving_with_terms),
            prose(&one.machines),
        ]);
        let told: Vec<String> = one.remarks.iter().map(ToString::to_string).collect();
        remarks.push_str(&format!("\n- **{}**: {}.", prose(&one.title), prose(&told.join("; "))));
    }
    format!(
        "## What else one could do\n\nOn the same sizing and the same risk, in US dollars a month; each is a bill in `bills.csv`, and its terms another. \
         A saving is against today as it is, with terms against today with the same terms.\n\n{}\n{remarks}",
        table.finish("bills.csv")
    )
}

/// Months of the curve that are shown: all of the move, then each quarter.
fn is_shown(month: u32, last_of_move: u32) -> bool {
    month <= last_of_move + 1 || month.is_multiple_of(6)
}

fn moved(plan: &Plan) -> String {
    let moved = &plan.economics.move_;
    let environments: usize = moved.waves.iter().map(|wave| wave.environments.len()).sum();
    let last_day = moved.waves.iter().map(|wave| wave.ends_on_day).max().unwrap_or(0);
    let break_even = match moved.break_even_month {
        Some(month) => format!("It has paid for itself in month {month}."),
        None => format!("It **never** pays for itself within the {} months that the policy looks ahead.", moved.curve.len()),
    };
    let mut table = Table::new(&["Month:", "Staying:", "Beanstalk:", "Clusters:", "Commitments:", "Once:", "Net:", "Sum:"], ROOM);
    for month in moved.curve.iter().filter(|month| is_shown(month.month, last_day * 12 / 365 + 1)) {
        table.row(&[
            month.month.to_string(),
            amount(month.stay),
            amount(month.beanstalk),
            amount(month.clusters),
            amount(month.commitments),
            amount(month.once),
            amount(month.net),
            amount(month.cumulative),
        ]);
    }
    format!(
        "## The move\n\n{environments} environments in {} waves, staging first, large and flagged ones last; the last has left Beanstalk on day {last_day}. \
         People and one-off costs come to {}; running both systems costs {} beside what staying would. {break_even}\n\n{}\n\n\
         Net is staying less all the others. Days of people and the pace are choices: `[migration]` in the policy.",
        moved.waves.len(),
        amount(moved.once.total),
        amount(moved.double_running),
        table.finish("plan.json")
    )
}

fn answers(economics: &Economics) -> String {
    let mut scenarios =
        Table::new(&["If everything is", "Today:", "After:", "Saving:", "Once:", "In all to the horizon:", "Pays for itself"], ROOM);
    for one in &economics.scenarios {
        let month = one.break_even_month.map_or_else(|| "never".to_owned(), |month| format!("in month {month}"));
        scenarios.row(&[
            prose(&one.name),
            amount(one.today),
            amount(one.after),
            amount(one.saving),
            amount(one.once),
            amount(one.net),
            month,
        ]);
    }
    let mut tornado =
        Table::new(&["Alone, at both ends", "Saving, cheap end:", "Saving, dear end:", "In all, cheap end:", "In all, dear end:"], ROOM);
    for row in &economics.tornado {
        tornado.row(&[
            driver(row.driver).to_owned(),
            amount(row.saving_at_low),
            amount(row.saving_at_high),
            amount(row.net_at_low),
            amount(row.net_at_high),
        ]);
    }
    format!(
        "## What would change the answer\n\nEach row was priced again, and where pods change, packed again. Savings are of a month, \"in all\" is what the move has brought in at the horizon.\n\n{}\n\n{}",
        scenarios.finish("plan.json"),
        tornado.finish("plan.json")
    )
}

fn currency(shown: &InCurrency) -> String {
    let money = |amount| prose(&in_currency(amount, &shown.code, shown.decimals));
    let mut table = Table::new(&[&format!("{} a month", shown.code), "Today:", "After:", "Saving:"], ROOM);
    for row in &shown.rows {
        table.row(&[label(row.category).to_owned(), money(row.today), money(row.after), money(row.today - row.after)]);
    }
    table.row(&["**Sum**".to_owned(), money(shown.today), money(shown.after), money(shown.saving)]);
    if shown.tax_today != crate::units::Money::ZERO || shown.tax_after != crate::units::Money::ZERO {
        table.row(&[
            "Consumption tax".to_owned(),
            money(shown.tax_today),
            money(shown.tax_after),
            money(shown.tax_today - shown.tax_after),
        ]);
    }
    format!(
        "## In {}\n\nAt {} for a dollar, the rate of {} that the policy states. Each row is rounded once, the sum is a sum of rows.\n\n{}",
        prose(&shown.code),
        shown.per_usd,
        prose(&shown.rate_date),
        table.finish("plan.json")
    )
}

fn reconciliation(whole: &Reconciliation) -> String {
    let mut rows: Vec<_> = whole.rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.difference.nanos().unsigned_abs()));
    let titles = ["Subject", "For", "Estimate:", "Bill:", "Difference:", "By hours:", "By price:", "By discount:", "Why"];
    let mut table = Table::new(&titles, ROOM);
    for row in rows.iter().take(ROWS) {
        table.row(&[
            code(&row.subject),
            label(row.category).to_owned(),
            amount(row.estimate),
            amount(row.bill),
            amount(row.difference),
            amount(row.by_quantity),
            amount(row.by_price),
            amount(row.by_discount),
            prose(&row.why),
        ]);
    }
    let mut rest = String::new();
    for (what, charged) in whole.not_attributed.iter().chain(&whole.other) {
        rest.push_str(&format!("\n- {}: {}", prose(what), amount(*charged)));
    }
    format!(
        "## Beside the real bill\n\n{} rows from {} to {}, scaled to a month of 730 hours: the estimate is {}, the bill {}, the difference {}. \
         The {} largest of {} differences; all are in `plan.json`.\n\n{}\n\nIn the bill and in no row:{rest}",
        whole.rows_read,
        whole.start,
        whole.end,
        amount(whole.estimate),
        amount(whole.bill),
        amount(whole.difference),
        rows.len().min(ROWS),
        rows.len(),
        table.finish("plan.json")
    )
}
