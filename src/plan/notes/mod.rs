//! What a human should know about the finished plan.

mod addresses;
mod clusters;
mod environments;
mod facts;
mod money;
mod scheduler;

use super::{Note, Plan};
use crate::catalog::Support;
use crate::snapshot::Snapshot;

/// All findings, worst first, then by code and subject.
pub(super) fn of(plan: &Plan, snapshot: &Snapshot, support: Support) -> Vec<Note> {
    let mut notes = Vec::new();
    notes.extend(plan.environments.iter().flat_map(environments::about_environment));
    notes.extend(facts::about_nothing(plan));
    notes.extend(facts::about_snapshot(plan, snapshot));
    notes.extend(facts::about_spot(plan, snapshot));
    notes.extend(facts::about_subnets(plan, snapshot));
    notes.extend(plan.clusters.iter().flat_map(|cluster| clusters::about_cluster(cluster, plan, support)));
    notes.extend(plan.clusters.iter().flat_map(|cluster| scheduler::about_scheduler(cluster, plan)));
    notes.extend(clusters::about_minimum(plan));
    notes.extend(addresses::about_addresses(plan));
    notes.extend(clusters::about_node_types(plan));
    notes.extend(money::about_money(plan));
    notes.extend(money::about_overrides(plan));
    notes.extend(money::about_dates(plan));
    notes.extend(facts::about_scope(plan));
    notes.extend(together(plan));
    notes.extend(about_load_tests(plan));
    notes.extend(lessons());
    notes.sort();
    notes
}

/// Load tests of apps that nobody has: a name that was spelled wrong would otherwise correct nothing, silently.
fn about_load_tests(plan: &Plan) -> impl Iterator<Item = Note> {
    let is_known = |name: &str| plan.environments.iter().any(|environment| environment.name == name);
    plan.inputs.policy.calibrated.keys().filter(move |name| !is_known(name)).map(|name| {
        let message = "the policy has the result of its load test, but there is no such environment";
        Note::warning("calibrated-nobody", name, message, "spell it as requests.csv does")
    })
}

/// Whether the apps are busy at the same time; nothing of a single app.
fn together(plan: &Plan) -> Option<Note> {
    let together = &plan.coincidence;
    let overstated = 100.0 * together.overstated();
    let message = format!(
        "all apps together never used more than {:.1} cores in an hour; their own busiest hours sum to {:.1} ({overstated:.0} % more)",
        together.peak_of_sum.cores(),
        together.sum_of_peaks.cores()
    );
    let hint = "requests are per app and keep each app's own risk; what does not coincide is room for bursts";
    (overstated >= 1.0).then(|| Note::advice("coincident-peak", "every app", message, hint))
}

/// What the first such migrations paid for, and what no history shows.
fn lessons() -> [Note; 3] {
    [
        Note::advice(
            "load-test",
            "every app",
            "requests and replicas come from history alone",
            "load-test with real traffic before moving: in the first such migration desk calculation alone was not enough",
        ),
        Note::advice(
            "graceful-stop",
            "every app",
            "pods are stopped with SIGTERM, at every rollout and node change",
            "make sure that each app finishes its requests on SIGTERM",
        ),
        Note::advice(
            "dns",
            "every app",
            "ndots: 5, the default of pods, makes up to five DNS queries of one",
            "the manifests in apps/ set ndots: 1; write names of the cluster out in full (NAME.NAMESPACE.svc.cluster.local)",
        ),
    ]
}
