//! Plans for the tests of this room: one made by hand, with names that bite, and large ones.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::plan::{Plan, Policy};

/// `tests/plans/hand-made.json`, with the default policy.
pub(super) fn hand_made() -> Plan {
    let mut json: Value = serde_json::from_str(include_str!("../../tests/plans/hand-made.json"))
        .expect("the fixture is JSON");
    let policy: Policy = toml::from_str(include_str!("../policy/defaults.toml"))
        .expect("the shipped defaults are a policy");
    json["inputs"]["policy"] = serde_json::to_value(policy).expect("a policy is JSON");
    serde_json::from_value(json).expect("the fixture is a plan")
}

/// So many environments with names of ordinary length, most of them with flags; only the first is unknown.
pub(super) fn large(environments: u32) -> Plan {
    let mut plan = hand_made();
    let pattern = plan
        .environments
        .iter()
        .find(|environment| environment.id == "e-billing")
        .expect("it is there")
        .clone();
    plan.environments
        .retain(|environment| environment.planned().is_none());
    for number in plan.environments.len()..environments as usize {
        let mut environment = pattern.clone();
        environment.name = format!("customer-facing-service-{number:04}-production");
        environment.id = format!("e-{number:010}");
        plan.environments.push(environment);
        let mut note = plan.notes[0].clone();
        note.subject = format!("customer-facing-service-{number:04}-production").into();
        plan.notes.push(note);
    }
    plan
}

/// The rows of a CSV file by column.
pub(super) fn columns(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv)
        .into_deserialize()
        .collect::<Result<_, _>>()
        .expect("the file is a table")
}
