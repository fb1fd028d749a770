//! Will Kubernetes and EKS accept the names, and is each the name of one thing?
//!
//! Comes in: every name that the plan gives. Goes out: a note for each that is refused there or used
//! twice. Refuses to trust the name types: text that was read from a file was never validated.
//! Invariant: without a fatal note, a name in a file that is rendered from the plan means one thing.

use std::collections::BTreeSet;

use super::finding::wrong;
use super::placement_kind::PlacementKind;
use crate::plan::{ClusterPlan, Note, Plan, WorkloadKind};
use crate::wording::{Text, text};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    apps(plan, &mut notes);
    clusters(plan, &mut notes);
    for cluster in &plan.clusters {
        workloads(cluster, &mut notes);
        groups_and_nodes(cluster, &mut notes);
    }
    notes
}

/// RFC 1123, section 2.1, as Kubernetes reads it: at most 63 of `a-z`, `0-9` and `-`, no hyphen at an end.
fn is_label(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty()
        && name.len() <= 63
        && name.chars().all(inner)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// A label that begins with a letter (RFC 1035), as the name of a Service must.
fn is_service_name(name: &str) -> bool {
    is_label(name) && name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Letters, digits and hyphens, at most 100; the first is no hyphen. EKS takes underscores too, but
/// CloudFormation does not take them in the stacks that eksctl names after the cluster.
fn is_cluster_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 100
        && !name.starts_with('-')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn apps(plan: &Plan, notes: &mut Vec<Note>) {
    let mut taken = BTreeSet::new();
    for env in &plan.environments {
        let Some((name, _)) = env.planned() else {
            continue;
        };
        let name = name.as_str();
        if !is_service_name(name) {
            let message = text!("note-name-invalid-app", name = name);
            notes.push(wrong("name-invalid", &env.name, message));
        }
        if !taken.insert(name) {
            notes.push(wrong(
                "name-twice",
                &env.name,
                text!("note-name-twice-app", name = name),
            ));
        }
    }
}

fn clusters(plan: &Plan, notes: &mut Vec<Note>) {
    for cluster in &plan.clusters {
        if !is_cluster_name(&cluster.name) {
            let message = text!("note-name-invalid-cluster", name = &cluster.name);
            notes.push(wrong("name-invalid", &cluster.name, message));
        }
    }
    let planned: Vec<&str> = plan
        .clusters
        .iter()
        .map(|cluster| cluster.name.as_str())
        .collect();
    let chosen = &plan.inputs.policy.topology.clusters;
    if planned != *chosen {
        let planned: Vec<Text> = planned.into_iter().map(Text::from).collect();
        let chosen: Vec<Text> = chosen.iter().map(Text::from).collect();
        let message = text!("note-clusters-differ", planned = planned, chosen = chosen);
        notes.push(wrong("clusters-differ", text!("subject-plan"), message));
    }
}

fn workloads(cluster: &ClusterPlan, notes: &mut Vec<Note>) {
    let mut taken = BTreeSet::new();
    for workload in &cluster.workloads {
        let (name, subject) = (
            &workload.name,
            format!("{}/{}", cluster.name, workload.name),
        );
        // Apps were looked at as environments; the operator names the add-ons.
        if workload.kind == WorkloadKind::Addon && !is_label(name) {
            let message = text!("note-name-invalid-addon", name = name);
            notes.push(Note::fatal(
                "name-invalid",
                &subject,
                message,
                text!("note-name-invalid-addon-hint"),
            ));
        }
        if !taken.insert(name) {
            notes.push(wrong(
                "name-twice",
                &subject,
                text!(
                    "note-name-twice-workload",
                    cluster = &cluster.name,
                    name = name
                ),
            ));
        }
    }
}

fn groups_and_nodes(cluster: &ClusterPlan, notes: &mut Vec<Note>) {
    let mut taken = BTreeSet::new();
    for group in &cluster.node_groups {
        let (name, subject) = (&group.name, format!("{}/{}", cluster.name, group.name));
        if !is_label(name) {
            notes.push(wrong(
                "name-invalid",
                &subject,
                text!("note-name-invalid-group", name = name),
            ));
        }
        if !taken.insert(name) {
            notes.push(wrong(
                "name-twice",
                &subject,
                text!(
                    "note-name-twice-group",
                    cluster = &cluster.name,
                    name = name
                ),
            ));
        }
    }
    for kind in PlacementKind::BOTH {
        let mut taken = BTreeSet::new();
        for node in cluster
            .node_groups
            .iter()
            .flat_map(|group| &kind.packing(group).placement)
        {
            if !taken.insert(&node.node) {
                let message = text!(
                    "note-name-twice-node",
                    placement = kind.name(),
                    cluster = &cluster.name,
                    name = &node.node
                );
                notes.push(wrong(
                    "name-twice",
                    format!("{}/{}", cluster.name, node.node),
                    message,
                ));
            }
        }
    }
}
