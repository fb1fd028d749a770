//! Lines, totals and the difference between two of them.

use serde::{Deserialize, Serialize};

use super::UnitPrice;
use crate::units::{Money, Quantity};

/// What something costs in a month of 730 hours, on-demand, without taxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// `today` or `after`.
    pub name: String,
    /// Always `USD`: AWS lists its prices in dollars.
    pub currency: String,
    /// Sorted by subject, then item.
    pub lines: Vec<BillLine>,
    /// Sum of the lines that have an amount.
    pub total: Money,
    /// Lines without an amount; with any, the total is a lower bound.
    pub unpriced_lines: u32,
}

/// What a line pays for, so that today and after can stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Instances of environments, nodes of clusters, with their licences.
    Machines,
    /// Root volumes.
    Volumes,
    /// Their hours; traffic is not in the bill.
    LoadBalancers,
    /// Of the EKS clusters.
    ControlPlanes,
    /// Software billed by the host.
    HostAgents,
}

/// The smallest thing that is billed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    /// What for.
    pub category: Category,
    /// What: `c5.2xlarge linux`, `gp3 volume`, `application load balancer`.
    pub item: String,
    /// Whose: an environment's name, a cluster's name, a shared load balancer.
    pub subject: String,
    /// How much of it in a month.
    pub quantity: Quantity,
    /// Of what: `instance-hour`, `GB-month`.
    pub unit: String,
    /// In US dollars; absent if nobody knows.
    pub unit_price: Option<Money>,
    /// Quantity x unit price, to the cent; absent if the price is.
    pub amount: Option<Money>,
    /// Where the price is from, or which key would provide it.
    pub source: String,
}

impl BillLine {
    /// Prices `quantity` of `item`, counted in `unit`.
    #[must_use]
    pub fn new(category: Category, subject: &str, item: impl Into<String>, (quantity, unit): (Quantity, &str), price: &UnitPrice) -> Self {
        Self {
            category,
            item: item.into(),
            subject: subject.to_owned(),
            quantity,
            unit: unit.to_owned(),
            unit_price: price.usd,
            amount: price.usd.and_then(|usd| usd.for_quantity(quantity)),
            source: price.source.clone(),
        }
    }
}

impl Bill {
    /// Sorts and sums `lines`.
    #[must_use]
    pub fn new(name: &str, mut lines: Vec<BillLine>) -> Self {
        lines.sort_by(|a, b| (&a.subject, &a.item, &a.unit, a.quantity).cmp(&(&b.subject, &b.item, &b.unit, b.quantity)));
        let total = lines.iter().filter_map(|line| line.amount).sum();
        let unpriced = lines.iter().filter(|line| line.amount.is_none()).count();
        let unpriced_lines = u32::try_from(unpriced).unwrap_or(u32::MAX);
        Self { name: name.to_owned(), currency: "USD".to_owned(), lines, total, unpriced_lines }
    }
}

/// Today less after, in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saving {
    /// Total of the bill `today`.
    pub today: Money,
    /// Total of the bill `after`.
    pub after: Money,
    /// The difference; negative if the plan costs more.
    pub per_month: Money,
    /// What the difference is, given the lines without a price.
    pub bound: Bound,
}

/// How a difference between two totals is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Every line has a price.
    Exact,
    /// Today has lines without a price: the saving is at least this.
    AtLeast,
    /// The plan has lines without a price: the saving is at most this.
    AtMost,
    /// Both have: the difference says nothing.
    Unknown,
}

impl Saving {
    /// Compares two bills.
    #[must_use]
    pub fn between(today: &Bill, after: &Bill) -> Self {
        let bound = match (today.unpriced_lines, after.unpriced_lines) {
            (0, 0) => Bound::Exact,
            (_, 0) => Bound::AtLeast,
            (0, _) => Bound::AtMost,
            _ => Bound::Unknown,
        };
        Self { today: today.total, after: after.total, per_month: today.total - after.total, bound }
    }
}
