//! Two plans or more, side by side: which choices differ, and what that changes line by line.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Bill, BillKey, InputFile, Plan};
use crate::snapshot::SNAPSHOT_FILES;
use crate::units::Money;

/// What differs between plans; every list has one entry for each plan, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Keys of the policy, and input files, that are not the same.
    pub choices: Vec<Difference>,
    /// Nodes, apps, months until the move has paid for itself.
    pub numbers: Vec<Difference>,
    /// `today` and `after`, in this order.
    pub bills: Vec<ComparedBill>,
    /// Today less after, one for each plan that is compared.
    pub savings: Vec<Money>,
    /// Whether all are of the same snapshot; else bills differ by what was seen, too.
    pub same_snapshot: bool,
}

/// A value that is not the same in all plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Whose: `nodes.instance_type`, `eks-1/workers desired`.
    pub name: String,
    /// In each plan; `-` where it has none.
    pub values: Vec<String>,
}

/// A bill of several plans: the lines that differ, and the rest in one sum. Both together are the totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedBill {
    /// Which bill: `today` or `after`.
    pub name: String,
    /// By subject, item and unit.
    pub lines: Vec<ComparedLine>,
    /// Sum of the lines that are the same in all.
    pub same: Money,
    /// How many those are.
    pub same_lines: u32,
    /// Of each plan: `same` and its `lines`.
    pub totals: Vec<Money>,
}

/// A line that is not the same in all plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedLine {
    /// The environment or the cluster that the line is of.
    pub subject: String,
    /// What is paid for: `c5.2xlarge linux node`.
    pub item: String,
    /// In each plan: how much of it, what it costs; nothing where a plan has no such line.
    pub parts: Vec<Option<ComparedPart>>,
}

/// A line in one of the plans; several of one name are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComparedPart {
    /// Number and unit of the line: `1460 instance-hour`.
    pub quantity: String,
    /// Absent if nobody knows a price.
    pub amount: Option<Money>,
}

/// Puts plans side by side; the first is what the others are compared with.
///
/// # Errors
/// What JSON cannot hold of a policy.
pub fn compare(plans: &[Plan]) -> Result<Comparison, serde_json::Error> {
    let mut choices: Vec<BTreeMap<String, String>> = Vec::new();
    for plan in plans {
        let mut flat = BTreeMap::new();
        flatten("", &serde_json::to_value(&plan.inputs.policy)?, &mut flat);
        flat.extend(
            plan.inputs
                .files
                .iter()
                .map(|file| (format!("file {}", file.name), file.sha256.clone())),
        );
        flat.insert("price book".to_owned(), plan.inputs.price_book.clone());
        choices.push(flat);
    }
    let numbers: Vec<BTreeMap<String, String>> = plans.iter().map(numbers).collect();
    Ok(Comparison {
        choices: differing(&choices),
        numbers: differing(&numbers),
        bills: [BillKey::TODAY, BillKey::AFTER]
            .into_iter()
            .map(|key| bills(key, plans))
            .collect(),
        savings: plans.iter().map(|plan| plan.saving.per_month).collect(),
        same_snapshot: plans
            .windows(2)
            .all(|pair| snapshot_of(&pair[0]).eq(snapshot_of(&pair[1]))),
    })
}

/// The files that the facts of a plan came from: prices and a bill may be others.
fn snapshot_of(plan: &Plan) -> impl Iterator<Item = &InputFile> {
    let is_fact = |file: &&InputFile| SNAPSHOT_FILES.contains(&file.name.as_str());
    plan.inputs.files.iter().filter(is_fact)
}

/// `{"nodes": {"instance_type": "x"}}` to `nodes.instance_type: x`; an entry of a list goes by its name, if it has one.
fn flatten(path: &str, value: &Value, flat: &mut BTreeMap<String, String>) {
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(name, value)| flatten(&below(name), value, flat)),
        Value::Array(list)
            if list
                .iter()
                .all(|entry| entry.get("name").is_some_and(Value::is_string))
                && !list.is_empty() =>
        {
            for entry in list {
                flatten(
                    &below(
                        entry
                            .get("name")
                            .and_then(Value::as_str)
                            .unwrap_or_default(),
                    ),
                    entry,
                    flat,
                );
            }
        }
        Value::String(text) => drop(flat.insert(path.to_owned(), text.clone())),
        other => drop(flat.insert(path.to_owned(), other.to_string())),
    }
}

fn numbers(plan: &Plan) -> BTreeMap<String, String> {
    let mut numbers = BTreeMap::new();
    for cluster in &plan.clusters {
        for group in &cluster.node_groups {
            let name = format!("{}/{}", cluster.name, group.name);
            numbers.insert(format!("{name} type"), group.instance_type.clone());
            numbers.insert(
                format!("{name} desired"),
                group.desired_capacity.to_string(),
            );
            numbers.insert(format!("{name} max"), group.max_size.to_string());
        }
        let pods: u32 = cluster
            .workloads
            .iter()
            .map(|workload| workload.replicas)
            .sum();
        numbers.insert(format!("{} pods", cluster.name), pods.to_string());
    }
    numbers.insert(
        "environments that move".to_owned(),
        plan.coverage.planned.to_string(),
    );
    numbers.insert(
        "environments unknown".to_owned(),
        plan.coverage.unknown.to_string(),
    );
    let month = plan
        .economics
        .move_
        .break_even_month
        .map_or_else(|| "never".to_owned(), |month| month.to_string());
    numbers.insert(
        "month in which the move has paid for itself".to_owned(),
        month,
    );
    numbers.insert(
        "the move, once".to_owned(),
        plan.economics.move_.once.total.to_string(),
    );
    numbers
}

fn differing(plans: &[BTreeMap<String, String>]) -> Vec<Difference> {
    let mut names: Vec<&String> = plans.iter().flat_map(BTreeMap::keys).collect();
    names.sort();
    names.dedup();
    let values = |name: &String| -> Vec<String> {
        plans
            .iter()
            .map(|plan| plan.get(name).cloned().unwrap_or_else(|| "-".to_owned()))
            .collect()
    };
    let all = names.into_iter().map(|name| Difference {
        name: name.clone(),
        values: values(name),
    });
    all.filter(|one| one.values.windows(2).any(|pair| pair[0] != pair[1]))
        .collect()
}

/// Quantities and amounts of the lines of one name.
#[derive(Default)]
struct Sum {
    quantity: i64,
    amount: Money,
    is_unpriced: bool,
}

fn bills(key: BillKey, plans: &[Plan]) -> ComparedBill {
    type Key = (String, String, String);
    let lines_of = |bill: Option<&Bill>| {
        let mut lines: BTreeMap<Key, Sum> = BTreeMap::new();
        for line in bill.into_iter().flat_map(|bill| &bill.lines) {
            let sum = lines
                .entry((
                    line.subject.to_string(),
                    line.item.to_string(),
                    line.unit.to_string(),
                ))
                .or_default();
            sum.quantity = sum.quantity.saturating_add(line.quantity.millionths());
            sum.amount += line.amount.unwrap_or_default();
            sum.is_unpriced |= line.amount.is_none();
        }
        let part = |((subject, item, unit), sum): (Key, Sum)| {
            let quantity = format!(
                "{} {unit}",
                crate::units::Quantity::from_millionths(sum.quantity)
            );
            let amount = if sum.is_unpriced {
                None
            } else {
                Some(sum.amount)
            };
            ((subject, item, unit), ComparedPart { quantity, amount })
        };
        lines
            .into_iter()
            .map(part)
            .collect::<BTreeMap<Key, ComparedPart>>()
    };
    let plans: Vec<BTreeMap<Key, ComparedPart>> =
        plans.iter().map(|plan| lines_of(plan.bill(key))).collect();
    let mut keys: Vec<&Key> = plans.iter().flat_map(BTreeMap::keys).collect();
    keys.sort();
    keys.dedup();
    let (mut lines, mut same, mut same_lines) = (Vec::new(), Money::ZERO, 0);
    for key in keys {
        let parts: Vec<Option<ComparedPart>> =
            plans.iter().map(|plan| plan.get(key).cloned()).collect();
        if parts.windows(2).all(|pair| pair[0] == pair[1]) {
            same += parts
                .first()
                .and_then(|part| part.as_ref()?.amount)
                .unwrap_or_default();
            same_lines += 1;
        } else {
            lines.push(ComparedLine {
                subject: key.0.clone(),
                item: key.1.clone(),
                parts,
            });
        }
    }
    let total = |place: usize| {
        let of_lines = lines
            .iter()
            .filter_map(|line| line.parts.get(place)?.as_ref()?.amount);
        same + of_lines.sum()
    };
    let totals = (0..plans.len()).map(total).collect();
    ComparedBill {
        name: key.to_string(),
        lines,
        same,
        same_lines,
        totals,
    }
}
