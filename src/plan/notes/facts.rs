//! What the snapshot leaves open.

use std::collections::BTreeSet;

use crate::plan::{EnvironmentPlan, Note, Plan};
use crate::policy::NamePattern;
use crate::snapshot::{Environment, EnvironmentKey, Snapshot};

/// Clusters for nobody are hardly what was asked for.
pub(super) fn about_nothing(plan: &Plan) -> Option<Note> {
    (plan.coverage.planned == 0).then(|| {
        let message = format!("no environment moves to the clusters; {} were seen", plan.coverage.seen);
        let hint = "see the notes of the environments; check topology.account, topology.region and scope in the policy";
        Note::warning("nothing-moves", "the fleet", message, hint)
    })
}

pub(super) fn about_snapshot(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let mut notes = Vec::new();
    for scope in &plan.inputs.scopes {
        let subject = format!("{} {}", scope.account, scope.region);
        if !scope.is_complete() {
            let message = format!("this account and region was collected with status \"{}\"", scope.status);
            let hint = "what was not collected is not in this plan; collect again with the missing permissions";
            notes.push(Note::warning("incomplete-snapshot", &subject, message, hint));
        }
        for gap in &scope.gaps {
            let hint = "the plan goes on without it; see what the note of the environment says";
            notes.push(Note::advice("collection-gap", &subject, format!("{}: {}", gap.what, gap.why), hint));
        }
    }
    let known: BTreeSet<EnvironmentKey> = snapshot.inventory.environments.iter().map(Environment::key).collect();
    for key in snapshot.history.environments().filter(|key| !known.contains(key)) {
        let hint = "its history was not used; was it terminated while the snapshot was collected?";
        notes.push(Note::warning("orphan-history", &key.to_string(), "has history but is not in the inventory", hint));
    }
    notes
}

/// Where today's bill is too high, the saving is.
pub(super) fn about_spot(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let uses_spot = |environment: &&Environment| environment.option("aws:ec2:instances", "EnableSpot") == Some("true");
    let spot: BTreeSet<EnvironmentKey> = snapshot.inventory.environments.iter().filter(uses_spot).map(Environment::key).collect();
    let key = |environment: &EnvironmentPlan| EnvironmentKey {
        account: environment.account.clone(),
        region: environment.region.clone(),
        id: environment.id.clone(),
    };
    let note = |environment: &EnvironmentPlan| {
        let message = "spot instances are enabled: their share is as today or as set, and their price an estimate";
        let hint = "compare with the real bill (--bill), or state the prices (REGION/ec2-spot/TYPE)";
        Note::warning("spot-today", &environment.label, message, hint)
    };
    plan.environments.iter().filter(|environment| spot.contains(&key(environment))).map(note).collect()
}

/// Subnets of the policy that the clusters do not use.
pub(super) fn about_subnets(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let Some(cluster) = plan.clusters.first() else { return Vec::new() };
    let is_used = |id: &str| cluster.network.as_ref().is_some_and(|network| network.private_subnets.values().any(|used| used == id));
    let note = |id: &String| {
        let message = if snapshot.inventory.subnets.iter().any(|subnet| subnet.id == *id) {
            "nodes.subnets names it, but the clusters do not use it"
        } else {
            "nodes.subnets names it, but the snapshot has no such subnet"
        };
        let hint = "name one subnet for each zone, all of one VPC in the account and region of the clusters";
        Note::warning("subnet-unused", id, message, hint)
    };
    plan.inputs.policy.nodes.subnets.iter().filter(|id| !is_used(id)).map(note).collect()
}

/// Names in the policy that fit nothing: a typo there moves what should have stayed.
pub(super) fn about_scope(plan: &Plan) -> Vec<Note> {
    let scope = &plan.inputs.policy.scope;
    let fits_none =
        |pattern: &&NamePattern, name: fn(&EnvironmentPlan) -> &str| !plan.environments.iter().any(|e| pattern.matches(name(e)));
    let environments = scope.exclude_environments.iter().filter(|pattern| fits_none(pattern, |e| &e.name));
    let applications = scope.exclude_applications.iter().filter(|pattern| fits_none(pattern, |e| &e.application));
    let note = |(key, pattern): (&str, &NamePattern)| {
        let message = format!("{key} names it, but nothing that was seen fits");
        Note::warning("exclusion-unused", pattern.as_str(), message, "check the spelling; * stands for any run of letters")
    };
    let named = environments.map(|pattern| ("scope.exclude_environments", pattern));
    named.chain(applications.map(|pattern| ("scope.exclude_applications", pattern))).map(note).collect()
}
