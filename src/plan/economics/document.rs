//! What the plan says about money, beside the bills.

use serde::{Deserialize, Serialize};

use super::AppSaving;
use crate::price::{
    AlternativeKind, Bill, BillKey, Bound, Category, Driver, Move, NotBilled, Reconciliation,
};
use crate::units::Money;
use crate::wording::{Text, text};

/// Terms, the move, alternatives, ranges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Economics {
    /// What costs money and has no line.
    pub not_billed: Vec<NotBilled>,
    /// What else one could do, on the same sizing and the same risk.
    pub alternatives: Vec<Alternative>,
    /// Waves, double running, people, and when it has paid for itself; at what is expected.
    #[serde(rename = "move")]
    pub move_: Move,
    /// Which environments the saving comes from, largest first; how it is shared out is `by_app`'s rule.
    #[serde(default)]
    pub by_app: Vec<AppSaving>,
    /// What moves the answer, most first: each driver alone, everything priced again.
    pub tornado: Vec<TornadoRow>,
    /// Everything at once: cautious, expected, optimistic.
    pub scenarios: Vec<Outlook>,
    /// Estimate and bill side by side, where a bill was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconciliation: Option<Reconciliation>,
    /// The totals in the currency of the policy, if that is another than dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_currency: Option<InCurrency>,
}

/// Something else that one could do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Alternative {
    /// Which one.
    pub kind: AlternativeKind,
    /// In a few words.
    pub title: Text,
    /// The bill at list prices, by its name in `bills`.
    pub bill: BillKey,
    /// What terms take off it, by its name in `bills`.
    pub terms_bill: BillKey,
    /// Total of the bill.
    pub total: Money,
    /// Total of both bills.
    pub total_with_terms: Money,
    /// Today less this, at list prices.
    pub saving: Money,
    /// Today with terms less this with terms.
    pub saving_with_terms: Money,
    /// Lines without a price in the bill: its total is a lower bound.
    pub unpriced_lines: u32,
    /// Instances or nodes that run on average.
    pub machines: Text,
    /// What is different, what it does not offer, what it takes.
    pub remarks: Vec<Text>,
}

impl Alternative {
    /// What its saving is, given the lines without a price in its bill and in today's; today saves nothing of itself.
    #[must_use]
    pub fn saving_bound(&self, today: Option<&Bill>) -> Bound {
        match today {
            Some(today) if today.key != self.bill => {
                Bound::of_saving(today.unpriced_lines, self.unpriced_lines)
            }
            _ => Bound::Exact,
        }
    }
}

/// One driver at both ends, all others as expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TornadoRow {
    /// What moves.
    pub driver: Driver,
    /// Today less after in a month, with the driver at its cheap end.
    pub saving_at_low: Money,
    /// The same at its dear end.
    pub saving_at_high: Money,
    /// What the move has brought in at the horizon, with the driver at its cheap end.
    pub net_at_low: Money,
    /// The same at its dear end.
    pub net_at_high: Money,
    /// The difference of the two nets, without sign.
    pub swing: Money,
}

/// Every driver at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Outlook {
    /// `cautious`, `expected`, `optimistic`: stable, to look it up by. [`Outlook::title`] is for readers.
    pub name: String,
    /// A month today.
    pub today: Money,
    /// A month after.
    pub after: Money,
    /// Today less after.
    pub saving: Money,
    /// What comes once.
    pub once: Money,
    /// What the move has brought in at the horizon.
    pub net: Money,
    /// Months until it has paid for itself; absent: never within the horizon.
    pub break_even_month: Option<u32>,
}

impl Outlook {
    /// What readers call it; in English its name.
    #[must_use]
    pub fn title(&self) -> Text {
        match self.name.as_str() {
            "cautious" => text!("outlook-cautious"),
            "expected" => text!("outlook-expected"),
            "optimistic" => text!("outlook-optimistic"),
            other => Text::plain(other),
        }
    }
}

/// The totals in another currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct InCurrency {
    /// ISO 4217.
    pub code: String,
    /// Units of it for a dollar.
    pub per_usd: Money,
    /// Of the rate, as the policy states it.
    pub rate_date: String,
    /// Digits after the point.
    pub decimals: u32,
    /// By category; each is rounded, and the totals are sums of these.
    pub rows: Vec<ShownRow>,
    /// Sum of the rows.
    pub today: Money,
    /// Sum of the rows.
    pub after: Money,
    /// today - after
    pub saving: Money,
    /// Consumption tax on `today`; nothing if the policy asks for none.
    pub tax_today: Money,
    /// Consumption tax on `after`.
    pub tax_after: Money,
}

/// A category in another currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ShownRow {
    /// What for.
    pub category: Category,
    /// Today.
    pub today: Money,
    /// After.
    pub after: Money,
}
