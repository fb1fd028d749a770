//! What the snapshot leaves open.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::live::LiveEnvironments;
use crate::plan::{EnvironmentPlan, Note, Plan};
use crate::policy::NamePattern;
use crate::snapshot::{Environment, EnvironmentKey, Snapshot};
use crate::wording::text;

/// Clusters for nobody are hardly what was asked for.
pub(super) fn about_nothing(plan: &Plan) -> Option<Note> {
    (plan.coverage.planned == 0).then(|| {
        let message = text!("note-nothing-moves", seen = plan.coverage.seen);
        Note::warning(
            "nothing-moves",
            text!("subject-fleet"),
            message,
            text!("note-nothing-moves-hint"),
        )
    })
}

pub(super) fn about_snapshot(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let mut notes = Vec::new();
    for scope in &plan.inputs.scopes {
        let subject = format!("{} {}", scope.account, scope.region);
        if !scope.is_complete() {
            let message = text!(
                "note-incomplete-snapshot",
                status = scope.status.to_string()
            );
            notes.push(Note::warning(
                "incomplete-snapshot",
                &subject,
                message,
                text!("note-incomplete-snapshot-hint"),
            ));
        }
        for gap in &scope.gaps {
            let message = text!("note-collection-gap", what = &gap.what, why = &gap.why);
            notes.push(Note::advice(
                "collection-gap",
                &subject,
                message,
                text!("note-collection-gap-hint"),
            ));
        }
    }
    let known: BTreeSet<EnvironmentKey> = snapshot
        .inventory
        .environments
        .iter()
        .map(Environment::key)
        .collect();
    for key in snapshot
        .history
        .environments()
        .filter(|key| !known.contains(key))
    {
        let (message, hint) = (
            text!("note-orphan-history"),
            text!("note-orphan-history-hint"),
        );
        notes.push(Note::warning(
            "orphan-history",
            key.to_string(),
            message,
            hint,
        ));
    }
    notes
}

/// Where today's bill is too high, the saving is.
pub(super) fn about_spot(plan: &Plan, live: &LiveEnvironments<'_>) -> Vec<Note> {
    let is_on_spot = |environment: &&EnvironmentPlan| {
        live.get(&environment.key())
            .is_some_and(|one| one.reading.spot.is_some())
    };
    let note = |environment: &EnvironmentPlan| {
        Note::warning(
            "spot-today",
            &environment.label,
            text!("note-spot-today"),
            text!("note-spot-today-hint"),
        )
    };
    plan.environments
        .iter()
        .filter(is_on_spot)
        .map(note)
        .collect()
}

/// An environment that Beanstalk calls ill, or does not look at, has the history of an ill one.
pub(super) fn about_health(plan: &Plan, live: &LiveEnvironments<'_>) -> Vec<Note> {
    const ILL: [&str; 4] = ["Red", "Severe", "Degraded", "Suspended"];
    let note = |environment: &EnvironmentPlan| {
        let health = &live.get(&environment.key())?.environment.health;
        ILL.contains(&health.as_str()).then(|| {
            Note::warning(
                "unwell",
                &environment.label,
                text!("note-unwell", health = health),
                text!("note-unwell-hint"),
            )
        })
    };
    plan.environments.iter().filter_map(note).collect()
}

/// Which image is a platform's own is told by those that have the same: who is alone may have one of its own making.
pub(super) fn about_images(plan: &Plan, live: &LiveEnvironments<'_>) -> Vec<Note> {
    let place = |one: &Environment| {
        (
            one.platform.clone(),
            one.account.clone(),
            one.region.clone(),
        )
    };
    let mut counts: BTreeMap<(String, String, String), u32> = BTreeMap::new();
    for one in live
        .iter()
        .filter(|one| one.reading.instances.image.is_some())
    {
        *counts.entry(place(one.environment)).or_default() += 1;
    }
    let note = |environment: &EnvironmentPlan| {
        let one = live.get(&environment.key())?;
        let image = one.reading.instances.image.as_deref()?;
        let is_alone = counts.get(&place(one.environment)) == Some(&1);
        is_alone.then(|| {
            Note::advice(
                "image-unknown",
                &environment.label,
                text!("note-image-unknown", image = image),
                text!("note-image-unknown-hint"),
            )
        })
    };
    plan.environments.iter().filter_map(note).collect()
}

/// Subnets of the policy that the clusters do not use.
pub(super) fn about_subnets(plan: &Plan, snapshot: &Snapshot) -> Vec<Note> {
    let Some(cluster) = plan.clusters.first() else {
        return Vec::new();
    };
    let is_used = |id: &str| {
        cluster
            .network
            .as_ref()
            .is_some_and(|network| network.private_subnets.values().any(|used| used == id))
    };
    let note = |id: &String| {
        let message = if snapshot
            .inventory
            .subnets
            .iter()
            .any(|subnet| subnet.id == *id)
        {
            text!("note-subnet-unused")
        } else {
            text!("note-subnet-not-seen")
        };
        Note::warning(
            "subnet-unused",
            id,
            message,
            text!("note-subnet-unused-hint"),
        )
    };
    plan.inputs
        .policy
        .nodes
        .subnets
        .iter()
        .filter(|id| !is_used(id))
        .map(note)
        .collect()
}

/// Names in the policy that fit nothing: a typo there moves what should have stayed.
pub(super) fn about_scope(plan: &Plan) -> Vec<Note> {
    let scope = &plan.inputs.policy.scope;
    let fits_none = |pattern: &&NamePattern, name: fn(&EnvironmentPlan) -> &str| {
        !plan.environments.iter().any(|e| pattern.matches(name(e)))
    };
    let environments = scope
        .exclude_environments
        .iter()
        .filter(|pattern| fits_none(pattern, |e| &e.name));
    let applications = scope
        .exclude_applications
        .iter()
        .filter(|pattern| fits_none(pattern, |e| &e.application));
    let note = |(key, pattern): (&str, &NamePattern)| {
        let message = text!("note-exclusion-unused", key = key);
        Note::warning(
            "exclusion-unused",
            pattern.as_str(),
            message,
            text!("note-exclusion-unused-hint"),
        )
    };
    let named = environments.map(|pattern| ("scope.exclude_environments", pattern));
    named
        .chain(applications.map(|pattern| ("scope.exclude_applications", pattern)))
        .map(note)
        .collect()
}
