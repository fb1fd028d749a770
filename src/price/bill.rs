//! Lines, totals and the difference between two of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Levels, Unit, UnitPrice};
use crate::catalog::OperatingSystem;
use crate::policy::Level;
use crate::units::{Money, Quantity};
use crate::wording::{Text, text};

/// What something costs in a month of 730 hours, without taxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Bill {
    /// `today`, `after`, or that of an alternative: stable, to look it up by. [`Bill::title`] is for readers.
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
    /// What they run.
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

/// The smallest thing that is billed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct BillLine {
    /// What for.
    pub category: Category,
    /// What: `c5.2xlarge linux`, `gp3 volume`, `application load balancer`.
    pub item: Text,
    /// Whose: an environment's name, a cluster's name, a shared load balancer. Names are plain.
    pub subject: Text,
    /// Of which machines, where it counts their hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machines: Option<Machines>,
    /// Whether it is of an environment that stays on Beanstalk when others have moved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stays: bool,
    /// How much of it in a month.
    pub quantity: Quantity,
    /// Of what.
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
    /// Prices `quantity` of `item`, counted in `unit`.
    #[must_use]
    pub fn new(
        category: Category,
        subject: impl Into<Text>,
        item: impl Into<Text>,
        (quantity, unit): (Quantity, Unit),
        price: &UnitPrice,
    ) -> Self {
        let amount = price.usd.and_then(|usd| usd.for_quantity(quantity));
        Self {
            category,
            item: item.into(),
            subject: subject.into(),
            machines: None,
            stays: false,
            quantity,
            unit,
            unit_price: price.usd,
            amount,
            low: amount,
            high: amount,
            source: price.source.clone(),
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

    /// Whether it is of that environment or cluster.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        self.subject.as_plain() == Some(name)
    }
}

impl Bill {
    /// Sorts and sums `lines`, by what they say in English.
    #[must_use]
    pub fn new(name: &str, mut lines: Vec<BillLine>) -> Self {
        lines.sort_by_cached_key(|line| {
            (
                line.subject.to_string(),
                line.item.to_string(),
                line.unit.name(),
                line.quantity,
            )
        });
        Self::unsorted(name, lines)
    }

    /// Sums `lines` as they come: for bills of which nobody reads more than sums.
    #[must_use]
    pub fn unsorted(name: &str, lines: Vec<BillLine>) -> Self {
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
            let mut amounts: BTreeMap<(Text, Text, Unit), Vec<Option<Money>>> = BTreeMap::new();
            for line in lines(&Levels::all(level)) {
                amounts
                    .entry((line.subject, line.item, line.unit))
                    .or_default()
                    .push(line.amount);
            }
            // Taken from the end, in the order in which they came.
            amounts.values_mut().for_each(|amounts| amounts.reverse());
            amounts
        };
        let (mut low, mut high) = (amounts(Level::Low), amounts(Level::High));
        let mut expected = lines(&Levels::EXPECTED);
        for line in &mut expected {
            let key = (line.subject.clone(), line.item.clone(), line.unit);
            let at = |ends: &mut BTreeMap<_, Vec<Option<Money>>>| {
                ends.get_mut(&key).and_then(Vec::pop).flatten()
            };
            let (one, other) = (at(&mut low).or(line.amount), at(&mut high).or(line.amount));
            line.low = line.amount.min(one).min(other);
            line.high = line.amount.max(one).max(other);
        }
        Self::new(name, expected)
    }

    /// What readers call it; in English its name.
    #[must_use]
    pub fn title(&self) -> Text {
        match self.name.rsplit_once(", ") {
            Some((name, "terms")) => text!("bill-terms", bill = title(name)),
            Some((name, "commitments")) => text!("bill-commitments", bill = title(name)),
            _ => title(&self.name),
        }
    }
}

/// What readers call the bill of that name.
fn title(name: &str) -> Text {
    match name {
        "today" => text!("bill-today"),
        "after" => text!("bill-after"),
        "right-sized" => text!("bill-right-sized"),
        "cheapest nodes" => text!("bill-cheapest-nodes"),
        "load balancer per app" => text!("bill-load-balancer-per-app"),
        "one cluster" => text!("bill-one-cluster"),
        "cluster mode" => text!("bill-cluster-mode"),
        "the move" => text!("bill-move"),
        other => Text::plain(other),
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
    /// Compares two bills.
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
