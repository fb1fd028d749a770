//! Does what the replay says of the fleet follow from what it says of apps and node groups?
//!
//! Comes in: both runs. Goes out: a note where CPU was made or forgotten, or where a sum is not the sum of its parts.
//! Refuses to run anything again. Invariant: without a fatal note, all that was asked for is delivered, starved or
//! lost, and no app is forgotten.

use super::finding::wrong;
use crate::plan::{Note, Plan, ReplayRun, ReplayedApp};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let Some(replay) = &plan.replay else {
        return Vec::new();
    };
    let rules = &plan.inputs.policy.replay;
    let notes = replay.runs().flat_map(|run| {
        let mut notes = about_run(run);
        if run.kept != run.is_kept(rules) {
            let message = text!("note-replay-kept", kept = run.kept.to_string());
            notes.push(wrong("replay-kept", text!("subject-replay"), message));
        }
        notes
    });
    notes.collect()
}

/// A number of an app.
type OfApp = fn(&ReplayedApp) -> u64;

/// Hundredths of an hour by which rounded parts may miss their rounded sum.
const ROUNDING: f64 = 0.01;

fn about_run(run: &ReplayRun) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut differ = |what: &str, sum: i128, parts: i128| {
        if sum != parts {
            let message = text!(
                "note-replay-sum",
                what = what,
                sum = sum.to_string(),
                parts = parts.to_string()
            );
            notes.push(wrong("replay-sum", text!("subject-replay"), message));
        }
    };
    let work = &run.work;
    let served = [work.delivered, work.starved, work.lost];
    differ(
        "work.asked",
        i128::from(work.asked),
        served.map(i128::from).iter().sum(),
    );
    let of_apps = |of: OfApp| -> i128 { run.apps.values().map(|app| i128::from(of(app))).sum() };
    let sums: [(&str, u64, OfApp); 7] = [
        ("app_minutes", run.app_minutes, |app| app.app_minutes),
        ("starved_app_minutes", run.starved_app_minutes, |app| {
            app.starved_app_minutes
        }),
        (
            "over_cpu_request_app_minutes",
            run.over_cpu_request_app_minutes,
            |app| app.over_cpu_request_app_minutes,
        ),
        ("pending_pod_minutes", run.pending_pod_minutes, |app| {
            app.pending_pod_minutes
        }),
        ("evictions", run.evictions, |app| app.evictions),
        ("kills", run.kills, |app| app.kills),
        ("repeats", run.repeats, |app| app.repeats),
    ];
    for (what, sum, of) in sums {
        differ(what, i128::from(sum), of_apps(of));
    }
    differ(
        "app_count",
        i128::from(run.app_count),
        i128::try_from(run.apps.len()).unwrap_or(i128::MAX),
    );
    let parts: f64 = run.groups.iter().map(|group| group.node_hours).sum();
    if (run.node_hours - parts).abs() > ROUNDING {
        let message = text!(
            "note-replay-sum",
            what = "node_hours",
            sum = run.node_hours.to_string(),
            parts = parts.to_string()
        );
        notes.push(wrong("replay-sum", text!("subject-replay"), message));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Replay, ReplayWork};

    #[test]
    fn cpu_that_was_made_or_forgotten_is_found() {
        let app = ReplayedApp {
            app_minutes: 10,
            kills: 1,
            ..ReplayedApp::default()
        };
        let run = ReplayRun {
            app_count: 1,
            app_minutes: 10,
            kills: 1,
            kept: true,
            work: ReplayWork {
                asked: 100,
                delivered: 90,
                starved: 7,
                lost: 3,
            },
            apps: [("shop".to_owned(), app)].into(),
            ..ReplayRun::default()
        };
        assert_eq!(about_run(&run), []);
        let mut wrong = run.clone();
        wrong.work.lost = 2;
        wrong.kills = 2;
        wrong.node_hours = 1.0;
        assert_eq!(about_run(&wrong).len(), 3);
        wrong.kept = false;
        let plan = Plan {
            replay: Some(Replay {
                seen: run,
                unseen: Some(wrong),
                year: None,
            }),
            ..crate::check::valid_plan::valid_plan()
        };
        // Two kills in any time are within the promise.
        assert_eq!(check(&plan).len(), 4, "both runs are read");
    }
}
