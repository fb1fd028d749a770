//! What the replay showed that a human should know. A plan that would have hurt an app says so.

use crate::plan::{Loss, Note, Plan, ReplayRun};
use crate::wording::{Text, text};

pub(super) fn about_replay(plan: &Plan) -> Vec<Note> {
    let Some(replay) = &plan.replay else {
        return vec![Note::advice(
            "replay-off",
            text!("subject-replay"),
            text!("note-replay-off"),
            text!("note-replay-off-hint"),
        )];
    };
    let mut notes = Vec::new();
    let rules = &plan.inputs.policy.replay;
    if !replay.seen.kept {
        let seen = &replay.seen;
        let message = text!(
            "note-replay-outage",
            days = seen.days.to_string(),
            starved = seen.starved_app_minutes.to_string(),
            evictions = seen.evictions.to_string(),
            kills = seen.kills.to_string(),
            minutes = seen.app_minutes.to_string(),
            weeks = format!("{:.0}", seen.pod_weeks),
            rate = rules.evictions_per_pod_week.get().to_string(),
            share = (rules.starved_share.get() * 100.0).to_string()
        );
        notes.push(outage("replay-outage", message));
    }
    match &replay.unseen {
        Some(unseen) if !unseen.kept => {
            let message = text!(
                "note-replay-outage-unseen",
                days = plan.inputs.policy.replay.holdout_days.to_string(),
                starved = unseen.starved_app_minutes.to_string(),
                evictions = unseen.evictions.to_string(),
                kills = unseen.kills.to_string(),
                minutes = unseen.app_minutes.to_string(),
                weeks = format!("{:.0}", unseen.pod_weeks),
                rate = rules.evictions_per_pod_week.get().to_string(),
                share = (rules.starved_share.get() * 100.0).to_string()
            );
            notes.push(outage("replay-outage-unseen", message));
        }
        Some(_) => {}
        None => notes.push(Note::advice(
            "replay-short",
            text!("subject-replay"),
            text!("note-replay-short"),
            text!("note-replay-short-hint"),
        )),
    }
    notes.extend(about_losses(&replay.seen));
    notes.extend(about_apps(plan, &replay.seen));
    notes
}

fn outage(code: &str, message: Text) -> Note {
    Note::warning(
        code,
        text!("subject-replay"),
        message,
        text!("note-replay-outage-hint"),
    )
}

fn about_losses(run: &ReplayRun) -> Option<Note> {
    let losses = [&run.losses.node, &run.losses.zone, &run.losses.cluster];
    let sum = |of: fn(&Loss) -> u64| -> u64 {
        losses.iter().filter_map(|loss| loss.as_ref().map(of)).sum()
    };
    let outages = sum(|loss| u64::from(loss.cases_with_outage));
    (outages > 0).then(|| {
        Note::warning(
            "replay-loss",
            text!("subject-replay"),
            text!(
                "note-replay-loss",
                outage = outages.to_string(),
                cases = sum(|loss| u64::from(loss.cases)).to_string(),
                starved = sum(|loss| loss.starved_app_minutes).to_string()
            ),
            text!("note-replay-loss-hint"),
        )
    })
}

fn about_apps(plan: &Plan, run: &ReplayRun) -> Vec<Note> {
    let about = |environment: &crate::plan::EnvironmentPlan| {
        let (name, _) = environment.planned()?;
        let app = run
            .apps
            .get(name.as_str())
            .filter(|app| !app.is_kept(&plan.inputs.policy.replay))?;
        Some(Note::warning(
            "replay-app",
            environment.label.as_str(),
            text!(
                "note-replay-app",
                starved = app.starved_app_minutes.to_string(),
                evictions = app.evictions.to_string(),
                kills = app.kills.to_string()
            ),
            text!("note-replay-app-hint"),
        ))
    };
    plan.environments.iter().filter_map(about).collect()
}
