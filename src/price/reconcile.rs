//! The estimate of today beside the bill that came, and the difference explained.
//!
//! For each environment and kind of charge: difference = estimate - bill = what more or fewer hours make, what
//! other list prices make, and what discounts make. The three add up to the difference to the cent.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::balancers::shared_subject;
use super::bill_export::{ChargedAmount, Owner, money};
use super::{Bill, BillExport, Category, EnvironmentToPrice};
use crate::units::Money;
use crate::wording::{Text, text};

/// One environment (or shared thing) and kind of charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReconciliationRow {
    /// As bills call it.
    pub subject: Text,
    /// What both sides pay for.
    pub category: Category,
    /// Of the bill `today`.
    pub estimate: Money,
    /// What AWS charged, discounts and commitments included.
    pub bill: Money,
    /// estimate - bill = the three that follow.
    pub difference: Money,
    /// More or fewer hours, at the estimate's price; nothing where hours are not known.
    pub by_quantity: Money,
    /// Everything else at list prices.
    pub by_price: Money,
    /// List prices less what was charged.
    pub by_discount: Money,
    /// The likely reason of the difference, in the reader's language.
    pub why: Text,
}

/// Estimate and bill, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reconciliation {
    /// The export's first charge.
    pub start: Timestamp,
    /// The export's last charge.
    pub end: Timestamp,
    /// Rows of the export.
    pub rows_read: u64,
    /// By subject and category.
    pub rows: Vec<ReconciliationRow>,
    /// Usage of the export that belongs to no environment, by category or service, for a month.
    pub not_attributed: Vec<(Text, Money)>,
    /// Taxes, purchases, credits, for a month.
    pub other: Vec<(Text, Money)>,
    /// Sum of the rows' estimates.
    pub estimate: Money,
    /// Sum of the rows' bills.
    pub bill: Money,
    /// Sum of the rows' differences.
    pub difference: Money,
}

/// Puts `export` beside `today`.
#[must_use]
pub fn reconcile(
    today: &Bill,
    environments: &[EnvironmentToPrice<'_>],
    export: &BillExport,
) -> Reconciliation {
    let known = KnownSubjects::of(environments);
    let mut charged: BTreeMap<(Text, Category), ChargedAmount> = BTreeMap::new();
    let mut nobody: BTreeMap<(bool, Option<Category>), i128> = BTreeMap::new();
    for ((owner, category), one) in &export.usage {
        match (known.subject(owner), category) {
            (Some(subject), Some(category)) => {
                let sum = charged.entry((subject, *category)).or_default();
                sum.list += one.list;
                sum.effective += one.effective;
                sum.quantity += one.quantity;
            }
            (subject, category) => {
                *nobody.entry((subject.is_some(), *category)).or_default() += one.effective;
            }
        }
    }
    let mut estimated: BTreeMap<(Text, Category), (Money, i128)> = BTreeMap::new();
    for line in &today.lines {
        let entry = estimated
            .entry((line.subject.clone(), line.category))
            .or_default();
        entry.0 += line.amount.unwrap_or_default();
        if line.category == Category::Machines {
            entry.1 += i128::from(line.quantity.millionths());
        }
    }
    // What AWS does not sell is in no bill of AWS.
    estimated
        .retain(|(_, category), _| !matches!(category, Category::HostAgents | Category::Extra));
    let mut keys: Vec<&(Text, Category)> = estimated.keys().chain(charged.keys()).collect();
    keys.sort_by_cached_key(|(subject, category)| (subject.to_string(), *category));
    keys.dedup();
    let rows: Vec<ReconciliationRow> = keys
        .into_iter()
        .map(|key| row(key, estimated.get(key), charged.get(key)))
        .collect();
    Reconciliation {
        start: export.start,
        end: export.end,
        rows_read: export.rows,
        estimate: rows.iter().map(|row| row.estimate).sum(),
        bill: rows.iter().map(|row| row.bill).sum(),
        difference: rows.iter().map(|row| row.difference).sum(),
        not_attributed: nobody
            .into_iter()
            .map(|((is_known, category), nanos)| (unattributed(is_known, category), money(nanos)))
            .collect(),
        other: export
            .other
            .iter()
            .map(|(kind, amount)| (kind_of_charge(kind), *amount))
            .collect(),
        rows,
    }
}

/// What a charge was that no row stands for.
fn unattributed(is_of_environments: bool, category: Option<Category>) -> Text {
    let what = category.map_or_else(|| text!("charge-without-line"), Category::text);
    if is_of_environments {
        text!("charge-of-environments", what = what)
    } else {
        text!("charge-of-nobody", what = what)
    }
}

/// FOCUS has these charge categories beside usage.
fn kind_of_charge(kind: &str) -> Text {
    match kind {
        "Tax" => text!("charge-tax"),
        "Purchase" => text!("charge-purchase"),
        "Credit" => text!("charge-credit"),
        "Adjustment" => text!("charge-adjustment"),
        other => Text::plain(other),
    }
}

fn row(
    (subject, category): &(Text, Category),
    estimated: Option<&(Money, i128)>,
    charged: Option<&ChargedAmount>,
) -> ReconciliationRow {
    let (estimate, hours) = estimated.copied().unwrap_or_default();
    let one = charged.copied().unwrap_or_default();
    let (bill, list) = (money(one.effective), money(one.list));
    let difference = estimate - bill;
    let by_discount = list - bill;
    let has_hours = *category == Category::Machines && hours > 0 && one.quantity > 0;
    let by_quantity = if has_hours {
        money(i128::from(estimate.nanos()) * (hours - one.quantity) / hours)
    } else {
        Money::ZERO
    };
    let by_price = difference - by_discount - by_quantity;
    let why = match (estimated, charged) {
        (Some(_), None) => text!("reconciled-not-in-bill"),
        (None, Some(_)) => text!("reconciled-not-in-estimate"),
        _ if has_hours => {
            text!(
                "reconciled-hours",
                estimate = (hours / 1_000_000).to_string(),
                bill = (one.quantity / 1_000_000).to_string()
            )
        }
        _ => text!("reconciled-by-usage"),
    };
    ReconciliationRow {
        subject: subject.clone(),
        category: *category,
        estimate,
        bill,
        difference,
        by_quantity,
        by_price,
        by_discount,
        why,
    }
}

/// Whose a resource is.
struct KnownSubjects {
    environments: BTreeMap<(String, String), String>,
    by_name: BTreeMap<String, Option<String>>,
    resources: BTreeMap<String, String>,
    balancers: BTreeMap<String, Text>,
}

impl KnownSubjects {
    fn of(billed: &[EnvironmentToPrice<'_>]) -> Self {
        let mut known = Self {
            environments: BTreeMap::new(),
            by_name: BTreeMap::new(),
            resources: BTreeMap::new(),
            balancers: BTreeMap::new(),
        };
        for EnvironmentToPrice {
            environment, label, ..
        } in billed
        {
            known.environments.insert(
                (environment.account.clone(), environment.name.clone()),
                (*label).to_owned(),
            );
            // A name that two accounts have says nothing without the account.
            known
                .by_name
                .entry(environment.name.clone())
                .and_modify(|one| *one = None)
                .or_insert_with(|| Some((*label).to_owned()));
            known.resources.extend(
                environment
                    .instances
                    .iter()
                    .map(|instance| (instance.id.clone(), (*label).to_owned())),
            );
            for balancer in &environment.load_balancers {
                let shared = shared_subject(&balancer.name);
                let own = if balancer.shared {
                    shared.clone()
                } else {
                    Text::plain(label)
                };
                known
                    .balancers
                    .entry(balancer.name.clone())
                    .and_modify(|one| {
                        if *one != own {
                            one.clone_from(&shared)
                        }
                    })
                    .or_insert(own);
            }
        }
        known
    }

    fn subject(&self, owner: &Owner) -> Option<Text> {
        match owner {
            Owner::Environment { account, name } => {
                let by_account = self
                    .environments
                    .get(&(account.clone(), name.clone()))
                    .cloned();
                by_account
                    .or_else(|| {
                        self.by_name
                            .get(name)
                            .cloned()
                            .flatten()
                            .filter(|_| account.is_empty())
                    })
                    .map(Text::from)
            }
            Owner::Resource(id) => {
                // arn:aws:ec2:…:instance/i-0a1, …:loadbalancer/app/NAME/50dc, …:loadbalancer/NAME
                let parts = || id.split(['/', ':']);
                let resource = parts()
                    .find_map(|part| self.resources.get(part))
                    .map(Text::from);
                resource.or_else(|| parts().find_map(|part| self.balancers.get(part)).cloned())
            }
        }
    }
}
