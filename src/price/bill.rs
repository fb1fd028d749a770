//! Lines, totals and the difference between two of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{BillKey, RangedPrice, ThreePoint, Unit};
use crate::beanstalk::Scheme;
use crate::catalog::OperatingSystem;
use crate::units::{Money, Quantity};
use crate::wording::{Text, text};

/// What something costs in a month of 730 hours, without taxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Bill {
    /// Which one; in plan.json its name.
    #[serde(rename = "name")]
    pub key: BillKey,
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
    /// What those lines come to if each costs as much as the dearest priced line of its category and unit in any of the
    /// plan's bills; absent where every line has an amount, or where one is of a kind that none has a price of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpriced_at_most: Option<Money>,
}

/// What a line pays for, so that today and after can stand side by side.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Instances of environments, nodes of clusters, with their licences.
    Machines,
    /// Disks of instances and nodes, and what is provisioned on top of their size.
    Volumes,
    /// Their hours, capacity units and data processed.
    LoadBalancers,
    /// Public IPv4 addresses, each by the hour since February 2024.
    Addresses,
    /// Data that passes a NAT gateway.
    Nat,
    /// Of the EKS clusters.
    ControlPlanes,
    /// Software billed by the host.
    HostAgents,
    /// Metrics and logs, of CloudWatch or of who takes its place.
    Monitoring,
    /// What the policy names.
    Extra,
    /// What terms, commitments and spot take off, and what is bound and not used.
    Terms,
}

impl Category {
    /// A few words for a table.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Machines => text!("category-machines"),
            Self::Volumes => text!("category-volumes"),
            Self::LoadBalancers => text!("category-load-balancers"),
            Self::Addresses => text!("category-addresses"),
            Self::Nat => text!("category-nat"),
            Self::ControlPlanes => text!("category-control-planes"),
            Self::HostAgents => text!("category-host-agents"),
            Self::Monitoring => text!("category-monitoring"),
            Self::Extra => text!("category-extra"),
            Self::Terms => text!("category-terms"),
        }
    }
}

/// The machines whose hours a line counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Machines {
    /// `c5.2xlarge`
    pub instance_type: String,
    /// Windows costs its licence by the hour.
    pub operating_system: OperatingSystem,
    /// What kind of hours.
    pub hours: Hours,
}

/// Kinds of hours of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// Of an instance on Beanstalk, on demand.
    Instance,
    /// Of a node of a cluster, on demand.
    Node,
    /// Of an instance on the spot market.
    Spot,
    /// Hours of another line, which something is taken off.
    Reduced,
    /// Bound and used by nobody.
    Unused,
}

/// Load balancers whose hours a line counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BilledBalancers {
    /// `application`, `network` or `classic`.
    pub kind: String,
    /// Who reaches them: those on the internet pay for public addresses.
    pub scheme: Scheme,
    /// Balancers of that kind and reach.
    pub count: u32,
}

/// The smallest thing that is billed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BillLine {
    /// What it pays for, so that today and after can stand side by side.
    pub category: Category,
    /// What: `c5.2xlarge linux`, `gp3 volume`, `application load balancer`.
    pub item: Text,
    /// Whose: an environment's name, a cluster's name, a shared load balancer. Names are plain.
    pub subject: Text,
    /// Of which machines, where it counts their hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines: Option<Machines>,
    /// Of which load balancers, where it counts their hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balancers: Option<BilledBalancers>,
    /// Whether it is of an environment that stays on Beanstalk when others have moved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stays: bool,
    /// How much of it in a month.
    pub quantity: Quantity,
    /// What the quantity counts: `instance-hour`.
    pub unit: Unit,
    /// In US dollars; absent if nobody knows. Negative where terms take something off.
    pub unit_price: Option<Money>,
    /// Quantity x unit price, to the cent; absent if the price is.
    pub amount: Option<Money>,
    /// The amount if everything that is a range were at its cheap end.
    pub low: Option<Money>,
    /// The amount if everything that is a range were at its dear end.
    pub high: Option<Money>,
    /// Where the price is from, or which key would provide it.
    pub source: Text,
    /// How the quantity was found; says `estimate` where it was not counted.
    pub basis: Text,
}

impl BillLine {
    /// Prices `quantity` of `item`, counted in `unit`, at all three ends at once.
    #[must_use]
    pub fn new(
        category: Category,
        subject: impl Into<Text>,
        item: impl Into<Text>,
        (quantity, unit): (impl Into<ThreePoint<Quantity>>, Unit),
        price: impl Into<RangedPrice>,
    ) -> Self {
        let (quantity, price): (ThreePoint<Quantity>, RangedPrice) =
            (quantity.into(), price.into());
        let amounts = price.usd.and_then(|usd| {
            let amounts = usd.with(quantity, Money::for_quantity);
            Some(ThreePoint {
                low: amounts.low?,
                expected: amounts.expected?,
                high: amounts.high?,
            })
        });
        Self {
            category,
            item: item.into(),
            subject: subject.into(),
            machines: None,
            balancers: None,
            stays: false,
            quantity: quantity.expected,
            unit,
            unit_price: price.usd.map(|usd| usd.expected),
            amount: amounts.map(|amounts| amounts.expected),
            low: amounts.map(ThreePoint::least),
            high: amounts.map(ThreePoint::most),
            source: price.source,
            basis: Text::default(),
        }
    }

    /// The same line, with how its quantity was found.
    #[must_use]
    pub fn because(self, basis: impl Into<Text>) -> Self {
        Self {
            basis: basis.into(),
            ..self
        }
    }

    /// The same line, as one of hours of machines.
    #[must_use]
    pub fn of_machines(
        self,
        instance_type: &str,
        operating_system: OperatingSystem,
        hours: Hours,
    ) -> Self {
        Self {
            machines: Some(Machines {
                instance_type: instance_type.to_owned(),
                operating_system,
                hours,
            }),
            ..self
        }
    }

    /// The same line, as one of hours of load balancers.
    #[must_use]
    pub fn of_balancers(self, kind: &str, scheme: Scheme, count: u32) -> Self {
        Self {
            balancers: Some(BilledBalancers {
                kind: kind.to_owned(),
                scheme,
                count,
            }),
            ..self
        }
    }

    /// Whether it is of that environment or cluster.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        self.subject.as_plain() == Some(name)
    }
}

impl Bill {
    /// Sorts and sums `lines`, by what they say in English.
    #[must_use]
    pub fn new(key: BillKey, mut lines: Vec<BillLine>) -> Self {
        lines.sort_by_cached_key(|line| {
            (
                line.subject.to_string(),
                line.item.to_string(),
                line.unit.name(),
                line.quantity,
            )
        });
        Self::unsorted(key, lines)
    }

    /// Sums `lines` as they come: for bills of which nobody reads more than sums.
    #[must_use]
    pub fn unsorted(key: BillKey, lines: Vec<BillLine>) -> Self {
        let unpriced = lines.iter().filter(|line| line.amount.is_none()).count();
        let unpriced_lines = u32::try_from(unpriced).unwrap_or(u32::MAX);
        Self {
            key,
            currency: "USD".to_owned(),
            total: lines.iter().filter_map(|line| line.amount).sum(),
            low: lines.iter().filter_map(|line| line.low).sum(),
            high: lines.iter().filter_map(|line| line.high).sum(),
            lines,
            unpriced_lines,
            unpriced_at_most: None,
        }
    }

    /// Bounds what the lines without a price come to, in each bill by the prices of all of them.
    pub fn bound_unpriced(bills: &mut [Self]) {
        let priced = bills.iter().flat_map(|bill| &bill.lines);
        let mut dearest: BTreeMap<(Category, &'static str), Money> = BTreeMap::new();
        for line in priced {
            let kind = (line.category, line.unit.name());
            if let Some(price) = line.unit_price {
                let most = dearest.entry(kind).or_default();
                *most = price.max(*most);
            }
        }
        for bill in bills.iter_mut().filter(|bill| bill.unpriced_lines > 0) {
            let unpriced = bill.lines.iter().filter(|line| line.amount.is_none());
            let at_most = |line: &BillLine| {
                let kind = (line.category, line.unit.name());
                dearest.get(&kind)?.for_quantity(line.quantity)
            };
            bill.unpriced_at_most = unpriced.map(at_most).sum();
        }
    }

    /// What readers call it.
    #[must_use]
    pub fn title(&self) -> Text {
        self.key.title()
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

/// How a total, or the difference between two, is to be read.
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

impl Bound {
    /// Of a total with so many lines that have no price.
    #[must_use]
    pub const fn of_total(unpriced: u32) -> Self {
        if unpriced == 0 {
            Self::Exact
        } else {
            Self::AtLeast
        }
    }

    /// Of today less after, with so many lines that have no price.
    #[must_use]
    pub const fn of_saving(today_unpriced: u32, after_unpriced: u32) -> Self {
        match (today_unpriced, after_unpriced) {
            (0, 0) => Self::Exact,
            (_, 0) => Self::AtLeast,
            (0, _) => Self::AtMost,
            _ => Self::Unknown,
        }
    }

    /// Of the same difference the other way round.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::AtLeast => Self::AtMost,
            Self::AtMost => Self::AtLeast,
            Self::Exact | Self::Unknown => self,
        }
    }
}

impl Saving {
    /// What is saved from `today` to `after`, and what a missing price makes of it.
    #[must_use]
    pub fn between(today: &Bill, after: &Bill) -> Self {
        let bound = Bound::of_saving(today.unpriced_lines, after.unpriced_lines);
        Self {
            today: today.total,
            after: after.total,
            per_month: today.total - after.total,
            bound,
        }
    }
}
