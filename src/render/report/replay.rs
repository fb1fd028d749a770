//! What the history would have done to the planned clusters.

use super::block::{Block, Cell, Section, Table};
use super::replay_figures::drawings;
use super::voice::Voice;
use crate::plan::{
    AppHappening, AppHappeningKind, LimitingFactor, Loss, MemoryEnd, NodeUse, Plan, Replay,
    ReplayRun, ReplayedApp,
};
use crate::render::region_clock::RegionClock;
use crate::wording::{Text, text};

const ROOM: usize = 1_200;
const ROOM_FOR_APPS: usize = 2_400;

/// Both runs, how full nodes were, what losses did, and the apps to which something happened; nothing without a replay.
pub(super) fn section(plan: &Plan, voice: Voice) -> Option<Section> {
    let replay = plan.replay.as_ref()?;
    let days = plan.inputs.policy.replay.holdout_days;
    let intro = if replay.unseen.is_some() {
        text!("replay-intro", days = days)
    } else {
        text!("replay-intro-seen")
    };
    let run = replay.unseen.as_ref().unwrap_or(&replay.seen);
    let finding = voice.line(&promise(run, replay, voice));
    let mut section = Section::new("replay", voice.say(&text!("replay-title")), finding)
        .with(Block::Paragraph(voice.line(&intro)))
        .with(Block::Table(totals(replay, voice)))
        .with(Block::Table(usage(replay, voice)))
        .with(Block::Paragraph(
            voice.line(&memory_ends(&replay.seen, voice)),
        ));
    if let Some(nodes) = fewest(&replay.seen) {
        section = section.with(Block::Paragraph(voice.line(&nodes)));
    }
    section = section.with(Block::Drawings(drawings(&replay.seen, voice)));
    let losses = losses(replay, voice);
    if !losses.rows.is_empty() {
        section = section
            .with(Block::Paragraph(voice.line(&text!("replay-losses-intro"))))
            .with(Block::Table(losses));
    }
    let apps = apps(plan, &replay.seen, voice);
    Some(if apps.rows.is_empty() {
        section
    } else {
        section.with(Block::Table(apps))
    })
}

/// What users are promised, and whether it was kept: on unseen days where there are some.
fn promise(run: &ReplayRun, replay: &Replay, voice: Voice) -> Text {
    #[expect(
        clippy::cast_precision_loss,
        reason = "events of a fleet, far under 2^53"
    )]
    let number = |count: u64| voice.grouped(count as f64);
    text!(
        "replay-promise",
        days = voice.grouped(run.days.round()),
        kind = voice.say(&if replay.unseen.is_some() {
            text!("replay-promise-unseen")
        } else {
            text!("replay-promise-seen")
        }),
        evictions = number(run.evictions),
        kills = number(run.kills),
        starved = number(run.starved_app_minutes),
        weeks = voice.grouped(run.pod_weeks.round()),
        cpu = voice.percent(run.node_cpu.p99, 0),
        memory = voice.percent(run.node_memory.p99, 0),
        kept = voice.say(&if run.kept {
            text!("replay-kept")
        } else {
            text!("replay-not-kept")
        })
    )
}

/// How few nodes would have done, and what stands in the way of fewer.
fn fewest(run: &ReplayRun) -> Option<Text> {
    let nodes = run.fewest_nodes?;
    let because = match nodes.binds {
        None => text!("replay-binds-use"),
        Some(LimitingFactor::CpuRequests) => text!("replay-binds-cpu"),
        Some(LimitingFactor::MemoryRequests) => text!("replay-binds-memory"),
        Some(LimitingFactor::Evictions) => text!("replay-binds-evictions"),
        Some(LimitingFactor::Kills) => text!("replay-binds-kills"),
        Some(LimitingFactor::Starved) => text!("replay-binds-starved"),
    };
    Some(text!(
        "replay-fewest",
        planned = nodes.planned,
        enough = nodes.enough,
        use = nodes.in_use,
        because = because
    ))
}

fn runs(replay: &Replay) -> impl Iterator<Item = (Text, &ReplayRun)> {
    let unseen = replay.unseen.as_ref();
    std::iter::once((text!("replay-seen"), &replay.seen))
        .chain(unseen.map(|run| (text!("replay-unseen"), run)))
        .chain(
            replay
                .year
                .iter()
                .map(|run| (text!("replay-year", apps = run.app_count), run)),
        )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "minutes of a fleet, far under 2^53"
)]
fn count(number: u64, voice: Voice) -> Cell {
    Cell::number(voice.grouped(number as f64), number as f64)
}

/// So many of the app-minutes, with their share.
#[expect(
    clippy::cast_precision_loss,
    reason = "minutes of a fleet, far under 2^53"
)]
fn part(number: u64, of: u64, voice: Voice) -> Cell {
    let share = voice.percent(number as f64 / of.max(1) as f64, 2);
    Cell::number(
        format!("{} ({share})", voice.grouped(number as f64)),
        number as f64,
    )
}

fn totals(replay: &Replay, voice: Voice) -> Table {
    let titles = voice.titles([
        text!("replay-what-column"),
        text!("replay-days-column"),
        text!("replay-app-minutes-column"),
        text!("replay-starved-column"),
        text!("replay-over-column"),
        text!("replay-pending-column"),
        text!("replay-evictions-column"),
        text!("replay-kills-column"),
        text!("replay-repeats-column"),
    ]);
    let mut table = Table::new(
        "replay-totals",
        voice.say(&text!("replay-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for (name, run) in runs(replay) {
        table.row([
            Cell::words(voice.say(&name)),
            Cell::number(voice.grouped(run.days.round()), run.days),
            count(run.app_minutes, voice),
            part(run.starved_app_minutes, run.app_minutes, voice),
            part(run.over_cpu_request_app_minutes, run.app_minutes, voice),
            count(run.pending_pod_minutes, voice),
            count(run.evictions, voice),
            count(run.kills, voice),
            count(run.repeats, voice),
        ]);
    }
    table
}

/// `9 % / 12 % / 31 %`: mean, 99 %, highest.
fn shares(used: &NodeUse, voice: Voice) -> Cell {
    let shares = [used.mean, used.p99, used.max].map(|share| voice.percent(share, 0));
    Cell::number(shares.join(" / "), used.mean)
}

fn usage(replay: &Replay, voice: Voice) -> Table {
    let titles = voice.titles([
        text!("replay-what-column"),
        text!("replay-cpu-column"),
        text!("replay-memory-column"),
        text!("replay-hours-column"),
    ]);
    let mut table = Table::new(
        "replay-use",
        voice.say(&text!("replay-use-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for (name, run) in runs(replay) {
        table.row([
            Cell::words(voice.say(&name)),
            shares(&run.node_cpu, voice),
            shares(&run.node_memory, voice),
            Cell::number(voice.grouped(run.node_hours.round()), run.node_hours),
        ]);
    }
    table
}

fn memory_ends(run: &ReplayRun, voice: Voice) -> Text {
    let memory = &run.memory;
    let told = match memory.told {
        MemoryEnd::Carried => text!("replay-told-carried"),
        MemoryEnd::FollowsLoad => text!("replay-told-follows"),
    };
    text!(
        "replay-memory-ends",
        known = memory.known_apps.to_string(),
        unknown = memory.unknown_apps.to_string(),
        carried = (memory.carried.evictions + memory.carried.kills).to_string(),
        follows = (memory.follows_load.evictions + memory.follows_load.kills).to_string(),
        told = voice.say(&told)
    )
}

fn losses(replay: &Replay, voice: Voice) -> Table {
    let titles = voice.titles([
        text!("replay-what-column"),
        text!("when-column"),
        text!("replay-cases-column"),
        text!("replay-cases-outage-column"),
        text!("replay-starved-column"),
        text!("replay-cases-waiting-column"),
        text!("replay-longest-column"),
        text!("replay-evictions-column"),
        text!("replay-kills-column"),
    ]);
    let mut table = Table::new(
        "replay-losses",
        voice.say(&text!("replay-losses-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for (name, run) in runs(replay) {
        let losses: [(Text, &Option<Loss>); 3] = [
            (text!("replay-node-lost"), &run.losses.node),
            (text!("replay-zone-lost"), &run.losses.zone),
            (text!("replay-cluster-lost"), &run.losses.cluster),
        ];
        for (when, loss) in losses {
            let Some(loss) = loss else {
                continue;
            };
            table.row([
                Cell::words(voice.say(&name)),
                Cell::words(voice.say(&when)),
                Cell::count(loss.cases),
                Cell::count(loss.cases_with_outage),
                count(loss.starved_app_minutes, voice),
                Cell::count(loss.cases_with_waiting),
                Cell::count(loss.longest_pending_minutes),
                count(loss.evictions, voice),
                count(loss.kills, voice),
            ]);
        }
    }
    table
}

fn apps(plan: &Plan, run: &ReplayRun, voice: Voice) -> Table {
    let titles = voice.titles([
        text!("environment-column"),
        text!("replay-starved-column"),
        text!("replay-evictions-column"),
        text!("replay-kills-column"),
        text!("replay-repeats-column"),
        text!("replay-worst-column"),
    ]);
    let mut table = Table::new(
        "replay-apps",
        voice.say(&text!("replay-apps-caption")),
        &titles,
        ROOM_FOR_APPS,
        "plan.json",
    );
    let clock = RegionClock::of(plan);
    for environment in &plan.environments {
        let app = environment
            .planned()
            .and_then(|(name, _)| run.apps.get(name.as_str()))
            .filter(|app| !app.is_kept(&plan.inputs.policy.replay));
        let Some(app) = app else {
            continue;
        };
        table.row([
            Cell::name(&environment.label),
            count(app.starved_app_minutes, voice),
            count(app.evictions, voice),
            count(app.kills, voice),
            count(app.repeats, voice),
            Cell::words(worst(app).map_or_else(String::new, |worst| {
                voice.say(&happened(worst, &clock, voice))
            })),
        ]);
    }
    table
}

/// The minute in which most was missing; else the first eviction or kill.
fn worst(app: &ReplayedApp) -> Option<&AppHappening> {
    app.worst.as_ref().or_else(|| app.happenings.first())
}

/// One happening in a sentence.
pub(in crate::render) fn happened(
    happening: &AppHappening,
    clock: &RegionClock,
    voice: Voice,
) -> Text {
    let at = voice.moment(happening.at, clock);
    let cluster = &happening.cluster;
    let (amount, of) = (happening.amount.to_string(), happening.of.to_string());
    match happening.kind {
        AppHappeningKind::Starved => text!(
            "replay-moment-starved",
            at = at,
            cluster = cluster,
            amount = amount,
            of = of
        ),
        AppHappeningKind::Lost => text!(
            "replay-moment-lost",
            at = at,
            cluster = cluster,
            amount = amount,
            of = of
        ),
        AppHappeningKind::Evicted => text!(
            "replay-moment-evicted",
            at = at,
            cluster = cluster,
            amount = amount,
            of = of
        ),
        AppHappeningKind::Killed => text!(
            "replay-moment-killed",
            at = at,
            cluster = cluster,
            amount = amount,
            of = of
        ),
        AppHappeningKind::Pending => text!(
            "replay-moment-pending",
            at = at,
            cluster = cluster,
            amount = amount,
            of = of
        ),
    }
}
