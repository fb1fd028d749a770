//! One mistake at a time, in a plan that is right: exactly the check that is meant for it must speak.
//!
//! Comes in: the valid plan and tables of mistakes. Goes out: a failed test for a mistake that passes
//! unnoticed, for one that a wrong check reports, and for a check that no mistake trips.

mod apps;
mod document;
mod economics;
mod money;
mod nodes;
mod numbers;

use std::collections::BTreeSet;

use super::check;
use super::valid_plan::valid_plan;
use crate::plan::{
    Bill, BillKey, ClusterPlan, EnvironmentPlan, GroupPlan, ManifestPlan, NodePlacement, Outcome,
    Plan, Severity, Sizing, Workload,
};
use crate::units::{Bytes, Millicores, Resources};

/// A mistake: what it is, the codes of the notes that it must cause, how to make it.
type Mistake = (&'static str, &'static [&'static str], fn(&mut Plan));

fn codes(plan: &Plan, severity: Severity) -> BTreeSet<String> {
    check(plan)
        .into_iter()
        .filter(|note| note.severity == severity)
        .map(|note| note.code)
        .collect()
}

fn all_fatal() -> Vec<Mistake> {
    [
        document::MISTAKES,
        apps::MISTAKES,
        nodes::MISTAKES,
        money::MISTAKES,
        economics::MISTAKES,
    ]
    .concat()
}

fn all_doubtful() -> Vec<Mistake> {
    [apps::DOUBTS, nodes::DOUBTS].concat()
}

#[test]
fn the_valid_plan_has_nothing_to_report() {
    assert_eq!(check(&valid_plan()), []);
}

#[test]
fn each_mistake_is_reported_by_its_own_check() {
    let mut missed = Vec::new();
    for (mistake, expected, make) in all_fatal() {
        let mut plan = valid_plan();
        make(&mut plan);
        let found = codes(&plan, Severity::Fatal);
        if found != expected.iter().map(|code| (*code).to_owned()).collect() {
            missed.push(format!("{mistake}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_is_only_doubtful_is_a_warning() {
    for (doubt, expected, make) in all_doubtful() {
        let mut plan = valid_plan();
        make(&mut plan);
        assert_eq!(codes(&plan, Severity::Fatal), BTreeSet::new(), "{doubt}");
        assert_eq!(
            codes(&plan, Severity::Warning),
            expected.iter().map(|code| (*code).to_owned()).collect(),
            "{doubt}"
        );
    }
}

/// Reads the codes from the sources of this room, so that a check without a mistake cannot be added.
#[test]
fn every_check_is_tripped_by_some_mistake() {
    const SOURCES: &[&str] = &[
        include_str!("../accounting.rs"),
        include_str!("../bills.rs"),
        include_str!("../bounds.rs"),
        include_str!("../capacity.rs"),
        include_str!("../node_load.rs"),
        include_str!("../economics.rs"),
        include_str!("../entrances.rs"),
        include_str!("../failures.rs"),
        include_str!("../groups.rs"),
        include_str!("../names.rs"),
        include_str!("../node_hours.rs"),
        include_str!("../node_types.rs"),
        include_str!("../platform.rs"),
        include_str!("../realistic.rs"),
        include_str!("../replicas.rs"),
        include_str!("../requests.rs"),
        include_str!("../settings.rs"),
        include_str!("../spread.rs"),
        include_str!("../workloads.rs"),
    ];
    let mut written = BTreeSet::new();
    for source in SOURCES {
        let source: String = source.split_whitespace().collect();
        for opening in [
            "expect(notes,\"",
            "wrong(\"",
            "Note::fatal(\"",
            "Note::warning(\"",
            "note(\"",
            "push((\"",
            "vec![(\"",
        ] {
            written.extend(
                source
                    .split(opening)
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                    .map(str::to_owned),
            );
        }
    }
    let tripped: BTreeSet<String> = all_fatal()
        .iter()
        .chain(&all_doubtful())
        .flat_map(|(_, codes, _)| codes.iter())
        .map(|code| (*code).to_owned())
        .collect();
    assert_eq!(written, tripped);
}

#[test]
fn notes_name_the_subject_the_number_and_what_to_do() {
    let mut plan = valid_plan();
    resize(&mut plan, "shop-stg", |requests| requests.cpu.0 = 7000);
    let notes = check(&plan);
    let note = notes
        .iter()
        .find(|note| note.code == "node-overfull")
        .expect("it is over its CPU");
    assert_eq!(note.subject, "eks-1/workers-01");
    assert_eq!(
        note.message,
        "node workers-01 of eks-1 (placement \"at_most\") holds 9330m CPU of 7470m available"
    );
    assert_eq!(
        note.hint,
        "this is a defect of eb2eks: please report it with plan.json"
    );
    assert!(notes.is_sorted());
}

fn env<'a>(plan: &'a mut Plan, name: &str) -> &'a mut EnvironmentPlan {
    plan.environments
        .iter_mut()
        .find(|env| env.name == name)
        .expect("an environment of the valid plan")
}

fn sizing<'a>(plan: &'a mut Plan, name: &str) -> &'a mut Sizing {
    match &mut env(plan, name).outcome {
        Outcome::Planned { sizing, .. } => sizing,
        Outcome::Excluded { .. } | Outcome::Unknown { .. } => panic!("{name} is not planned"),
    }
}

fn manifests_of<'a>(plan: &'a mut Plan, name: &str) -> &'a mut ManifestPlan {
    match &mut env(plan, name).outcome {
        Outcome::Planned { manifests, .. } => manifests,
        Outcome::Excluded { .. } | Outcome::Unknown { .. } => panic!("{name} is not planned"),
    }
}

fn cluster<'a>(plan: &'a mut Plan, name: &str) -> &'a mut ClusterPlan {
    plan.clusters
        .iter_mut()
        .find(|cluster| cluster.name == name)
        .expect("a cluster of the valid plan")
}

fn workload<'a>(plan: &'a mut Plan, on: &str, name: &str) -> &'a mut Workload {
    cluster(plan, on)
        .workloads
        .iter_mut()
        .find(|workload| workload.name == name)
        .expect("a workload of the valid plan")
}

/// The Linux group of the first cluster.
fn workers(plan: &mut Plan) -> &mut GroupPlan {
    &mut plan.clusters[0].node_groups[0]
}

/// The Windows group of the first cluster.
fn windows(plan: &mut Plan) -> &mut GroupPlan {
    &mut plan.clusters[0].node_groups[1]
}

fn bill(plan: &mut Plan, key: BillKey) -> &mut Bill {
    plan.bills
        .iter_mut()
        .find(|bill| bill.key == key)
        .expect("a bill of the valid plan")
}

/// Changes what an app asks for, in the sizing, its manifests and wherever it is packed.
fn resize(plan: &mut Plan, name: &str, change: fn(&mut Resources)) {
    change(&mut manifests_of(plan, name).container);
    let sizing = sizing(plan, name);
    change(&mut sizing.requests);
    sizing.limits.memory_bytes = sizing.requests.memory;
    for workload in plan
        .clusters
        .iter_mut()
        .flat_map(|cluster| &mut cluster.workloads)
        .filter(|workload| workload.name == name)
    {
        change(&mut workload.requests);
    }
    // The certificate is of the same pods; a mistake that it does not share is another one.
    for group in plan
        .clusters
        .iter_mut()
        .flat_map(|cluster| &mut cluster.node_groups)
    {
        for packing in [&mut group.normal, &mut group.at_most] {
            for item in packing
                .certificate
                .items
                .iter_mut()
                .filter(|item| item.name == name)
            {
                let mut requests = Resources {
                    cpu: Millicores(item.sizes[1]),
                    memory: Bytes(item.sizes[0]),
                };
                change(&mut requests);
                (item.sizes[0], item.sizes[1]) = (requests.memory.0, requests.cpu.0);
            }
        }
    }
}

/// Takes a workload off a cluster, pods and all.
fn remove(plan: &mut Plan, on: &str, name: &str) {
    let cluster = cluster(plan, on);
    cluster.workloads.retain(|workload| workload.name != name);
    for group in &mut cluster.node_groups {
        for node in group
            .normal
            .placement
            .iter_mut()
            .chain(&mut group.at_most.placement)
        {
            node.pods.retain(|pods| pods.workload != name);
        }
    }
}

/// Moves all pods of a workload from one node to another that has some.
fn gather(nodes: &mut [NodePlacement], name: &str, from: usize, to: usize) {
    let pods = &mut nodes[from].pods;
    let at = pods
        .iter()
        .position(|pods| pods.workload == name)
        .expect("it is there");
    let moved = pods.remove(at);
    nodes[to]
        .pods
        .iter_mut()
        .find(|pods| pods.workload == name)
        .expect("it is there too")
        .replicas += moved.replicas;
}

/// Replaces a text wherever it stands as a whole string.
fn replace(plan: &mut Plan, from: &str, to: &str) {
    let text = serde_json::to_string(plan).expect("a plan is JSON");
    *plan = serde_json::from_str(&text.replace(&format!("\"{from}\""), &format!("\"{to}\"")))
        .expect("it still is");
}
