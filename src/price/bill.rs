//! Lines, totals and the difference between two of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Levels, UnitPrice};
use crate::policy::Level;
use crate::units::{Money, Quantity};

/// What something costs in a month of 730 hours, without taxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Bill {
    /// `today`, `after`, or what an alternative is called.
    pub name: String,
    /// Always `USD`: AWS lists its prices in dollars.
    pub currency: String,
    /// Sorted by subject, then item.
    pub lines: Vec<BillLine>,
    /// Sum of the lines that have an amount.
    pub total: Money,
    /// Sum of the lines' low amounts: everything at its cheap end at once.
    pub low: Money,
    /// Sum of the lines' high amounts: everything at its dear end at once.
    pub high: Money,
    /// Lines without an amount; with any, the total is a lower bound.
    pub unpriced_lines: u32,
}

/// What a line pays for, so that today and after can stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Instances of environments, nodes of clusters, with their licences.
    Machines,
    /// Disks of instances and nodes, and what is provisioned on top of their size.
    Volumes,
    /// Their hours, capacity units and data processed.
    LoadBalancers,
    /// Public IPv4 addresses.
    Addresses,
    /// Data that passes a NAT gateway.
    Nat,
    /// Of the EKS clusters.
    ControlPlanes,
    /// Software billed by the host.
    HostAgents,
    /// Metrics and logs.
    Monitoring,
    /// What the policy names.
    Extra,
    /// What terms, commitments and spot take off, and what is bound and not used.
    Terms,
}

/// The smallest thing that is billed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
    /// In US dollars; absent if nobody knows. Negative where terms take something off.
    pub unit_price: Option<Money>,
    /// Quantity x unit price, to the cent; absent if the price is.
    pub amount: Option<Money>,
    /// The amount if everything that is a range were at its cheap end.
    pub low: Option<Money>,
    /// The amount if everything that is a range were at its dear end.
    pub high: Option<Money>,
    /// Where the price is from, or which key would provide it.
    pub source: String,
    /// How the quantity was found; says `estimate` where it was not counted.
    pub basis: String,
}

impl BillLine {
    /// Prices `quantity` of `item`, counted in `unit`.
    #[must_use]
    pub fn new(category: Category, subject: &str, item: impl Into<String>, (quantity, unit): (Quantity, &str), price: &UnitPrice) -> Self {
        let amount = price.usd.and_then(|usd| usd.for_quantity(quantity));
        Self {
            category,
            item: item.into(),
            subject: subject.to_owned(),
            quantity,
            unit: unit.to_owned(),
            unit_price: price.usd,
            amount,
            low: amount,
            high: amount,
            source: price.source.clone(),
            basis: String::new(),
        }
    }

    /// The same line, with how its quantity was found.
    #[must_use]
    pub fn because(self, basis: impl Into<String>) -> Self {
        Self { basis: basis.into(), ..self }
    }
}

impl Bill {
    /// Sorts and sums `lines`.
    #[must_use]
    pub fn new(name: &str, mut lines: Vec<BillLine>) -> Self {
        lines.sort_by(|a, b| (&a.subject, &a.item, &a.unit, a.quantity).cmp(&(&b.subject, &b.item, &b.unit, b.quantity)));
        let unpriced = lines.iter().filter(|line| line.amount.is_none()).count();
        let unpriced_lines = u32::try_from(unpriced).unwrap_or(u32::MAX);
        Self {
            name: name.to_owned(),
            currency: "USD".to_owned(),
            total: lines.iter().filter_map(|line| line.amount).sum(),
            low: lines.iter().filter_map(|line| line.low).sum(),
            high: lines.iter().filter_map(|line| line.high).sum(),
            lines,
            unpriced_lines,
        }
    }

    /// The bill that `lines` makes of what is expected, with the amounts that it makes of both ends beside.
    #[must_use]
    pub fn ranged(name: &str, lines: impl Fn(&Levels) -> Vec<BillLine>) -> Self {
        let amounts = |level| {
            let mut amounts: BTreeMap<(String, String, String), Vec<Option<Money>>> = BTreeMap::new();
            for line in lines(&Levels::all(level)) {
                amounts.entry((line.subject, line.item, line.unit)).or_default().push(line.amount);
            }
            // Taken from the end, in the order in which they came.
            amounts.values_mut().for_each(|amounts| amounts.reverse());
            amounts
        };
        let (mut low, mut high) = (amounts(Level::Low), amounts(Level::High));
        let mut expected = lines(&Levels::EXPECTED);
        for line in &mut expected {
            let key = (line.subject.clone(), line.item.clone(), line.unit.clone());
            let at = |ends: &mut BTreeMap<_, Vec<Option<Money>>>| ends.get_mut(&key).and_then(Vec::pop).flatten();
            let (one, other) = (at(&mut low).or(line.amount), at(&mut high).or(line.amount));
            line.low = line.amount.min(one).min(other);
            line.high = line.amount.max(one).max(other);
        }
        Self::new(name, expected)
    }
}

/// Today less after, in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
