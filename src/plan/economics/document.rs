//! What the plan says about money, beside the bills.

use serde::{Deserialize, Serialize};

use super::AppSaving;
use crate::policy::Survive;
use crate::price::{
    AlternativeKind, Bill, BillKey, Bound, Category, Driver, Move, Reconciliation, UnpricedItem,
};
use crate::units::Money;
use crate::wording::{Text, text};

/// Terms, the move, alternatives, ranges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Economics {
    /// What costs money and has no line.
    pub not_billed: Vec<UnpricedItem>,
    /// What one could do, at the same replicas, growth and terms; which one is recommended, and why.
    #[serde(flatten)]
    pub choosing: Decision,
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
    pub in_currency: Option<CurrencyTotals>,
}

/// What one could do, and what one should.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Decision {
    /// Each with its bill; the plan as asked among them. Exactly one is recommended, unless nothing that survives what
    /// the policy asks for has a price.
    pub alternatives: Vec<Alternative>,
    /// What this fleet cannot do, each with its reason.
    pub not_offered: Vec<UnavailableAlternative>,
    /// What single changes to the plan would save, most first.
    pub levers: Vec<Lever>,
    /// What EKS costs a month more than ECS on instances: the cheapest plan found on one cluster less that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_of_eks: Option<Money>,
    /// What the plan costs a month more than on its first cluster alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_of_further_clusters: Option<Money>,
    /// How far was looked.
    pub searched: SearchCoverage,
}

impl Decision {
    /// The one that is recommended.
    #[must_use]
    pub fn recommended(&self) -> Option<&Alternative> {
        self.alternatives.iter().find(|one| one.recommended)
    }
}

/// Something that this fleet cannot do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct UnavailableAlternative {
    /// Which way of running the apps it would be.
    pub kind: AlternativeKind,
    /// In a few words.
    pub title: Text,
    /// Why not: a fragment.
    pub reason: Text,
}

/// A single change to the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Lever {
    /// What is changed, and nothing else.
    pub kind: LeverKind,
    /// In a few words.
    pub title: Text,
    /// What the plan then costs.
    pub monthly: Money,
    /// The plan as asked less that; more than nothing.
    pub saving: Money,
    /// What changes it, as `--set` takes it.
    pub settings: Vec<String>,
}

/// What a lever moves.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LeverKind {
    /// The type of the workers, or a mix of two.
    Workers,
    /// The first cluster alone.
    OneCluster,
    /// Least replicas counted on all clusters together.
    LeastReplicas,
    /// The type of the Windows nodes.
    WindowsType,
    /// Windows stays on Beanstalk.
    WindowsStays,
}

/// How far the search for cheaper plans looked.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct SearchCoverage {
    /// Combinations of clusters, workers, Windows types, least replicas and shared balancers, for all sets of failures.
    pub candidates: u32,
    /// How many of them were packed and simulated; the others cost more by arithmetic, or came too late.
    pub packed: u32,
}

/// What a way asks of the company beside money.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Prerequisite {
    /// Every app as a container image.
    ContainerImages,
    /// Windows containers, of the nodes' version of Windows.
    WindowsImages,
    /// Images for Graviton beside or instead of today's.
    Arm64Images,
    /// People who run Kubernetes.
    Kubernetes,
    /// People who run ECS; none of the plan's files serves it.
    Ecs,
}

impl Prerequisite {
    /// In a few words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::ContainerImages => text!("needed-container-images"),
            Self::WindowsImages => text!("needed-windows-images"),
            Self::Arm64Images => text!("needed-arm64-images"),
            Self::Kubernetes => text!("needed-kubernetes"),
            Self::Ecs => text!("needed-ecs"),
        }
    }
}

/// What the recorded history did to a plan, over all of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReplayVerdict {
    /// Whether it keeps the policy's promise (`replay.evictions_per_pod_week`, `replay.starved_share`).
    pub kept: bool,
    /// Whether it keeps it, or hurts apps no more than the plan as asked does.
    pub passes: bool,
    /// Minutes of all apps.
    pub app_minutes: u64,
    /// Those in which an app got less CPU than it asked for.
    pub starved_app_minutes: u64,
    /// Pods that a node put off for want of memory.
    pub evictions: u64,
    /// Containers that went over their limit.
    pub kills: u64,
}

/// Something that one could do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Alternative {
    /// Which way of running the apps it is.
    pub kind: AlternativeKind,
    /// In a few words.
    pub title: Text,
    /// The bill at list prices, by its name in `bills`.
    pub bill: BillKey,
    /// What terms take off it, by its name in `bills`.
    pub terms_bill: BillKey,
    /// Total of the bill.
    pub monthly: Money,
    /// Total of both bills.
    pub monthly_with_terms: Money,
    /// Today less this, at list prices.
    pub saving: Money,
    /// Today with terms less this with terms.
    pub saving_with_terms: Money,
    /// Where the total lies in nine of ten cases, if apps miss their requests one by one.
    pub likely: LikelyRange,
    /// How many apps, taken by chance, must need the upper end of their range until nothing is saved any more. Absent
    /// where nothing is saved, or something is whatever they need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misses_until_no_saving: Option<u32>,
    /// People's days and what comes once.
    pub once: Money,
    /// From which month on it has paid for itself; absent: never within the horizon, or nothing is to be paid back.
    pub payback_month: Option<u32>,
    /// What it has brought in at the horizon.
    pub cumulative: Money,
    /// The same by the end of each month, to the horizon; empty where nothing is to be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cumulative_by_month: Vec<Money>,
    /// Failures that it rides out, each for itself.
    pub survives: Vec<Survive>,
    /// What it asks for beside money.
    pub needs: Vec<Prerequisite>,
    /// What makes the plan this one, as `--set` takes it; empty where it is the plan or no plan can be it.
    pub settings: Vec<String>,
    /// What its replay brought; absent where it was not replayed. The plan as asked always is, others where it decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<ReplayVerdict>,
    /// Whether nothing that survives as much costs less.
    pub frontier: bool,
    /// Whether it is the cheapest plan that survives what the policy asks for and passes its replay.
    pub recommended: bool,
    /// Lines without a price in the bill: its total is a lower bound.
    pub unpriced_lines: u32,
    /// Families of which nobody knows what the term takes off: the total with terms is an upper bound.
    pub unknown_discounts: u32,
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

/// Where an amount is likely to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LikelyRange {
    /// In one case of twenty it is less.
    pub low: Money,
    /// In one case of twenty it is more.
    pub high: Money,
}

/// One driver at both ends, all others as expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TornadoRow {
    /// What the estimate of the saving depends on.
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
    /// What a month costs today.
    pub today: Money,
    /// What a month costs after the move.
    pub after: Money,
    /// `today` less `after`; negative if the move costs more.
    pub saving: Money,
    /// People's days, and costs of the move that come once.
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
pub struct CurrencyTotals {
    /// Its code by ISO 4217: `JPY`.
    pub code: String,
    /// Units of it for a dollar.
    pub per_usd: Money,
    /// Of the rate, as the policy states it.
    pub rate_date: String,
    /// Digits after the point.
    pub decimals: u32,
    /// By category; each is rounded, and the totals are sums of these.
    pub rows: Vec<CurrencyRow>,
    /// Sum of the rows.
    pub today: Money,
    /// Sum of the rows.
    pub after: Money,
    /// `today` less `after`.
    pub saving: Money,
    /// Consumption tax on `today`; nothing if the policy asks for none.
    pub tax_today: Money,
    /// Consumption tax on `after`.
    pub tax_after: Money,
}

/// A category in another currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CurrencyRow {
    /// What the money is for.
    pub category: Category,
    /// What a month costs today.
    pub today: Money,
    /// What a month costs after the move.
    pub after: Money,
}
