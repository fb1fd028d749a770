//! Do manifests and bills speak of the same load balancers?
//!
//! Comes in: what the apps are reached through, the load balancers that they share, the lines of the bill that
//! count load balancers. Goes out: a note for each app whose manifests are for other clusters than its pods, whose
//! load balancer is not there or has another reach, whose ports repeat, whose ports lead to a process that is not there; and for each cluster whose bill counts other
//! load balancers than its manifests make. Refuses to judge who should reach an app: that is the reading's matter.
//! Invariant: without a fatal note, what the manifests create is what the bill charges.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::wrong;
use crate::plan::{BillKey, EntranceKind, EnvironmentPlan, Note, Plan, Scheme};
use crate::wording::{Text, text};

/// Load balancers of a cluster: the cluster, the kind as bills have it, who reaches them.
type BalancerKey<'a> = (&'a str, &'static str, Scheme);

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes: Vec<Note> = plan
        .environments
        .iter()
        .flat_map(|environment| about_environment(plan, environment))
        .collect();
    notes.extend(about_bill(plan));
    notes
}

fn about_environment(plan: &Plan, environment: &EnvironmentPlan) -> Vec<Note> {
    let (Some((_, sizing)), Some(manifests)) = (environment.planned(), environment.manifests())
    else {
        return Vec::new();
    };
    let mut notes = Vec::new();
    let mut note = |code: &str, message: Text| notes.push(wrong(code, &environment.name, message));
    if !manifests
        .clusters
        .keys()
        .eq(sizing.replicas.clusters.keys())
    {
        note("manifest-clusters", text!("note-manifest-clusters"));
    }
    let Some(entrance) = &environment.translation.intents.entrance else {
        return notes;
    };
    let group = manifests.ingress_group.as_ref().map(|name| {
        let found = plan.ingress_groups.iter().find(|group| group.name == *name);
        found.map(|group| group.scheme)
    });
    match (entrance.kind, group) {
        (EntranceKind::Application, Some(Some(scheme))) if scheme == entrance.scheme => {}
        (EntranceKind::Application, Some(Some(scheme))) => note(
            "entrance-reach",
            text!(
                "note-entrance-reach",
                app = entrance.scheme.word(),
                balancer = scheme.word()
            ),
        ),
        (EntranceKind::Application, _) => note("entrance-group", text!("note-entrance-group")),
        (EntranceKind::Network, _) => {}
    }
    let processes = &environment.translation.intents.processes;
    let routes = entrance
        .listeners
        .iter()
        .flat_map(|listener| &listener.routes);
    let led_to: BTreeSet<&String> = entrance
        .listeners
        .iter()
        .map(|listener| &listener.default_process)
        .chain(routes.map(|route| &route.process))
        .chain([&environment.translation.intents.main_process])
        .collect();
    for process in led_to {
        if !processes.contains_key(process) {
            note(
                "process-missing",
                text!("note-process-missing", process = process),
            );
        }
    }
    let mut ports = BTreeSet::new();
    for listener in &entrance.listeners {
        if !ports.insert(listener.port) {
            let port = listener.port.to_string();
            note("port-twice", text!("note-port-twice", port = port));
        }
    }
    notes
}

/// What the manifests create on each cluster: a shared one for each group that somebody is in, one of its own for
/// each app that is reached at layer 4.
fn created(plan: &Plan) -> BTreeMap<BalancerKey<'_>, u32> {
    let mut groups: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut count: BTreeMap<BalancerKey<'_>, u32> = BTreeMap::new();
    for environment in &plan.environments {
        let (Some(manifests), Some(entrance)) = (
            environment.manifests(),
            &environment.translation.intents.entrance,
        ) else {
            continue;
        };
        for cluster in manifests.clusters.keys() {
            let is_new = match (entrance.kind, &manifests.ingress_group) {
                (EntranceKind::Network, _) => true,
                (EntranceKind::Application, Some(group)) => groups.insert((cluster, group)),
                (EntranceKind::Application, None) => false,
            };
            let kind = match entrance.kind {
                EntranceKind::Network => "network",
                EntranceKind::Application => "application",
            };
            let place = (cluster.as_str(), kind, entrance.scheme);
            *count.entry(place).or_default() += u32::from(is_new);
        }
    }
    count.retain(|_, count| *count > 0);
    count
}

fn about_bill(plan: &Plan) -> Vec<Note> {
    let created = created(plan);
    let mut billed: BTreeMap<(String, String, Scheme), u32> = BTreeMap::new();
    let after = plan.bill(BillKey::AFTER);
    for line in after.into_iter().flat_map(|bill| &bill.lines) {
        if let Some(balancers) = line.balancers.as_ref().filter(|_| !line.stays) {
            let place = (
                line.subject.to_string(),
                balancers.kind.clone(),
                balancers.scheme,
            );
            let count = billed.entry(place).or_default();
            *count = count.saturating_add(balancers.count);
        }
    }
    let mut notes = Vec::new();
    for (&(cluster, kind, scheme), &made) in &created {
        let place = (cluster.to_owned(), kind.to_owned(), scheme);
        let charged = billed.remove(&place).unwrap_or(0);
        if charged != made {
            notes.push(differing(&place, charged, made));
        }
    }
    for (place, charged) in billed {
        notes.push(differing(&place, charged, 0));
    }
    notes
}

fn differing((cluster, kind, scheme): &(String, String, Scheme), billed: u32, made: u32) -> Note {
    let message = text!(
        "note-balancers-billed",
        kind = kind,
        scheme = scheme.word(),
        billed = billed,
        created = made.to_string()
    );
    wrong("balancers-billed", cluster, message)
}
