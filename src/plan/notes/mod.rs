//! What a human should know about the finished plan.

mod addresses;
mod balancers;
mod choosing;
mod clusters;
mod conflicts;
mod environments;
mod facts;
mod money;
mod platform;
mod replay;
mod scheduler;

use super::balancer_subnets::{self, RefusedSubnets};
use super::live::LiveEnvironments;
use super::{Note, Plan};
use crate::catalog::Support;
use crate::snapshot::Snapshot;
use crate::wording::{Text, text};

/// All findings, worst first, then by code and subject.
pub(super) fn of(
    plan: &Plan,
    snapshot: &Snapshot,
    live: &LiveEnvironments<'_>,
    support: Support,
    refused_subnets: &RefusedSubnets,
) -> Vec<Note> {
    let mut notes = balancer_subnets::notes(plan, refused_subnets);
    notes.extend(balancers::about_balancers(plan));
    notes.extend(balancers::about_schedules(plan));
    notes.extend(
        plan.environments
            .iter()
            .flat_map(environments::about_environment),
    );
    notes.extend(facts::about_nothing(plan));
    notes.extend(facts::about_snapshot(plan, snapshot));
    notes.extend(facts::about_spot(plan, live));
    notes.extend(facts::about_health(plan, live));
    notes.extend(facts::about_images(plan, live));
    notes.extend(live.iter().flat_map(conflicts::about_conflicts));
    notes.extend(facts::about_subnets(plan, snapshot));
    notes.extend(
        plan.clusters
            .iter()
            .flat_map(|cluster| clusters::about_cluster(cluster, plan, support)),
    );
    notes.extend(
        plan.clusters
            .iter()
            .flat_map(|cluster| scheduler::about_scheduler(cluster, plan)),
    );
    notes.extend(clusters::about_minimum(plan));
    notes.extend(addresses::about_addresses(plan));
    notes.extend(clusters::about_node_types(plan));
    notes.extend(money::about_money(plan));
    notes.extend(choosing::about_loss(plan));
    notes.extend(money::about_overrides(plan));
    notes.extend(facts::about_scope(plan));
    notes.extend(replay::about_replay(plan));
    notes.extend(together(plan));
    notes.extend(about_load_tests(plan));
    notes.extend(platform::about_platform(plan));
    notes.extend(lessons());
    notes.sort();
    notes
}

/// Load tests of apps that nobody has: a name that was spelled wrong would otherwise correct nothing, silently.
fn about_load_tests(plan: &Plan) -> impl Iterator<Item = Note> {
    let is_known = |name: &str| {
        plan.environments
            .iter()
            .any(|environment| environment.name == name)
    };
    plan.inputs
        .policy
        .calibrated
        .keys()
        .filter(move |name| !is_known(name))
        .map(|name| {
            Note::warning(
                "calibrated-nobody",
                name,
                text!("note-calibrated-nobody"),
                text!("note-calibrated-nobody-hint"),
            )
        })
}

/// Whether the apps are busy at the same time; nothing of a single app.
fn together(plan: &Plan) -> Option<Note> {
    let together = &plan.coincidence;
    let overstated = 100.0 * together.overstated();
    let message = text!(
        "note-coincident-peak",
        together = format!("{:.1}", together.peak_of_sum.cores()),
        sum = format!("{:.1}", together.sum_of_peaks.cores()),
        more = format!("{overstated:.0}")
    );
    (overstated >= 1.0).then(|| {
        Note::advice(
            "coincident-peak",
            text!("subject-every-app"),
            message,
            text!("note-coincident-peak-hint"),
        )
    })
}

/// What the first such migrations paid for, and what no history shows.
fn lessons() -> [Note; 3] {
    let about = |code: &str, message: Text, hint: Text| {
        Note::advice(code, text!("subject-every-app"), message, hint)
    };
    [
        about(
            "load-test",
            text!("note-load-test"),
            text!("note-load-test-hint"),
        ),
        about(
            "graceful-stop",
            text!("note-graceful-stop"),
            text!("note-graceful-stop-hint"),
        ),
        about("dns", text!("note-dns"), text!("note-dns-hint")),
    ]
}
