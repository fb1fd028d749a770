//! Are the nodes that the plan buys the nodes that the bill charges?
//!
//! Comes in: the node groups and the instance-hours of the bill `after`. Goes out: a note where the
//! hours of a cluster, by type and operating system, are not its nodes x a month. Refuses to look at
//! prices. Invariant: without a fatal note, no node is free and none is paid twice.

use std::collections::BTreeMap;

use super::finding::wrong;
use crate::plan::{Bill, BillKey, ClusterPlan, Note, OperatingSystem, Plan};
use crate::units::{HOURS_PER_MONTH, Quantity};
use crate::wording::{Text, text};

/// Instance type and operating system.
type Kind<'a> = (&'a str, OperatingSystem);

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let Some(after) = plan.bill(BillKey::AFTER) else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let (bought, charged) = (bought(cluster), charged(after, &cluster.name));
        // An environment that stays and is called like the cluster shares its subject: no telling apart.
        let is_shared = plan
            .environments
            .iter()
            .any(|env| env.planned().is_none() && env.name == cluster.name);
        for kind in bought.keys().chain(charged.keys()) {
            let due = bought.get(kind).copied().unwrap_or(0);
            let found = charged.get(kind).copied().unwrap_or(0);
            if found < due || (found > due && !is_shared) {
                let (instance_type, system) = kind;
                let message = text!(
                    "note-node-hours",
                    charged = hours(found),
                    type = *instance_type,
                    system = system.to_string(),
                    cluster = &cluster.name,
                    due = hours(due)
                );
                notes.push(wrong("node-hours", &cluster.name, message));
            }
        }
    }
    notes
}

/// Millionths of an hour in a month, as the node groups have it.
fn bought(cluster: &ClusterPlan) -> BTreeMap<Kind<'_>, i128> {
    let mut hours = BTreeMap::new();
    for group in &cluster.node_groups {
        let nodes = i128::from(group.desired_capacity);
        *hours
            .entry((group.instance_type.as_str(), group.operating_system))
            .or_insert(0) += nodes * i128::from(HOURS_PER_MONTH) * i128::from(Quantity::SCALE);
    }
    hours
}

/// The same as the bill has it.
fn charged<'a>(after: &'a Bill, cluster: &str) -> BTreeMap<Kind<'a>, i128> {
    let mut hours = BTreeMap::new();
    for line in after.lines.iter().filter(|line| line.is_of(cluster)) {
        if let Some(machines) = &line.machines {
            *hours
                .entry((machines.instance_type.as_str(), machines.operating_system))
                .or_insert(0) += i128::from(line.quantity.millionths());
        }
    }
    hours
}

fn hours(millionths: i128) -> Text {
    i64::try_from(millionths).map_or_else(
        |_| text!("hours-in-millionths", millionths = millionths.to_string()),
        |value| Quantity::from_millionths(value).into(),
    )
}
