//! The totals in the currency that management reads, at the policy's rate.

use std::collections::BTreeMap;

use super::{CurrencyRow, CurrencyTotals};
use crate::policy::Currency;
use crate::price::{Bill, Category};
use crate::units::Money;

/// Currencies without a smaller unit in use. Source: ISO 4217, minor unit 0.
const WHOLE: [&str; 4] = ["JPY", "KRW", "VND", "CLP"];

/// Nothing for dollars. Each category is rounded to the currency's smallest unit once, and totals are sums.
pub(super) fn of(today: &Bill, after: &Bill, currency: &Currency) -> Option<CurrencyTotals> {
    if currency.code == "USD" {
        return None;
    }
    let decimals = if WHOLE.contains(&currency.code.as_str()) {
        0
    } else {
        2
    };
    let mut sums: BTreeMap<Category, (Money, Money)> = BTreeMap::new();
    for line in &today.lines {
        sums.entry(line.category).or_default().0 += line.amount.unwrap_or_default();
    }
    for line in &after.lines {
        sums.entry(line.category).or_default().1 += line.amount.unwrap_or_default();
    }
    let shown = |usd: Money| {
        rounded(
            usd.scaled(currency.per_usd.nanos(), Money::from_cents(100).nanos()),
            decimals,
        )
    };
    let row = |(category, (today, after))| CurrencyRow {
        category,
        today: shown(today),
        after: shown(after),
    };
    let rows: Vec<CurrencyRow> = sums.into_iter().map(row).collect();
    let today: Money = rows.iter().map(|row| row.today).sum();
    let after: Money = rows.iter().map(|row| row.after).sum();
    #[expect(clippy::cast_possible_truncation, reason = "a share of thousandths")]
    let tax = |amount: Money| {
        rounded(
            amount.scaled(
                (currency.consumption_tax.get() * 1e6).round() as i64,
                1_000_000,
            ),
            decimals,
        )
    };
    Some(CurrencyTotals {
        code: currency.code.clone(),
        per_usd: currency.per_usd,
        rate_date: currency.rate_date.clone(),
        decimals,
        today,
        after,
        saving: today - after,
        tax_today: tax(today),
        tax_after: tax(after),
        rows,
    })
}

fn rounded(amount: Money, decimals: u32) -> Money {
    if decimals == 0 {
        amount
            .scaled(1, Money::from_cents(100).nanos())
            .times(Money::from_cents(100).nanos())
    } else {
        amount.whole_cents()
    }
}
