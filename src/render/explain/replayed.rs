//! What the replay did to an app, and its worst day hour by hour.

use crate::plan::{Plan, ReplayRun, ReplayedHour, WorstDay};
use crate::render::page::Page;
use crate::render::region_clock::RegionClock;
use crate::render::report::replay::happened;
use crate::units::KubernetesName;
use crate::wording::{Text, text};

/// What happened to it on days seen and not seen, and its worst day step by step.
pub(super) fn replay(page: &Page, plan: &Plan, name: &KubernetesName) -> String {
    let Some(replay) = &plan.replay else {
        return String::new();
    };
    let row = |title: &Text, run: &ReplayRun| {
        let app = run.apps.get(name.as_str())?;
        let told = text!(
            "explain-replayed-app",
            starved = app.starved_app_minutes,
            minutes = app.app_minutes,
            over = app.over_cpu_request_app_minutes,
            waiting = app.pending_pod_minutes,
            evictions = app.evictions,
            kills = app.kills,
            fewest = app.pods.0,
            most = app.pods.1
        );
        Some(vec![page.locale.say(title), page.locale.say(&told)])
    };
    let seen = row(&text!("explain-days-seen"), &replay.seen);
    let unseen = replay.unseen.as_ref();
    let unseen = unseen.and_then(|run| row(&text!("explain-days-unseen"), run));
    let rows: Vec<Vec<String>> = seen.into_iter().chain(unseen).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut text = page.headed(&text!("explain-replayed"), &page.columns(rows, 2));
    let clock = RegionClock::of(plan);
    if let Some(app) = replay.seen.apps.get(name.as_str()) {
        if let Some(at) = app.highest_at {
            let highest = text!(
                "explain-highest",
                moment = page.locale.moment(at, &clock),
                percent = app.highest_cpu_percent_of_request.to_string()
            );
            text.push_str(&page.said(&highest, 2));
        }
        if let Some(day) = &app.worst_day {
            text.push_str(&worst_day(page, day, &clock));
        }
        for happening in app.worst.iter().chain(&app.happenings) {
            text.push_str(&page.said(&happened(happening, &clock, page.locale), 2));
        }
    }
    text
}

/// Hour by hour: what was asked of it, who was there, and what went wrong.
fn worst_day(page: &Page, day: &WorstDay, clock: &RegionClock) -> String {
    let heading = text!(
        "explain-worst-day",
        cluster = &day.cluster,
        moment = page.locale.moment(day.from, clock)
    );
    let row = |hour: &ReplayedHour| {
        vec![
            format!("{:02}", hour.hour),
            format!("{}m", hour.asked_millicores),
            format!("{} / {}", hour.serving, hour.pods),
            format!("{}m", hour.pod_millicores),
            format!("{} MiB", hour.pod_mebibytes),
            hour.missing_millicore_minutes.to_string(),
            hour.evictions.to_string(),
            hour.kills.to_string(),
        ]
    };
    let titles = [
        text!("explain-hour"),
        text!("explain-asked"),
        text!("explain-pods"),
        text!("explain-busiest-pod"),
        text!("explain-largest"),
        text!("explain-missing"),
        text!("terminal-evicted"),
        text!("terminal-killed"),
    ];
    let rows = day.hours.iter().map(row).collect();
    let hours = page.table(titles, rows, &[1, 2, 3, 4, 5, 6, 7]);
    let legend = page.said(&text!("explain-worst-day-legend"), 2);
    format!("{}{hours}{legend}", page.said(&heading, 2))
}
