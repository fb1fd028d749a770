//! What the history would have done to the planned clusters.

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use super::replay_figures::drawings;
use crate::plan::{
    AppHappening, AppHappeningKind, LimitingFactor, Loss, MemoryEnd, NodeUse, Plan, Replay,
    ReplayRun, ReplayedApp,
};
use crate::render::region_clock::RegionClock;
use crate::wording::{Text, text};

const ROOM: usize = 1_200;
const ROOM_FOR_APPS: usize = 2_400;

/// Both runs, how full nodes were, what losses did, and the apps to which something happened; nothing without a replay.
pub(super) fn section(plan: &Plan, locale: Locale) -> Option<Section> {
    let replay = plan.replay.as_ref()?;
    let days = plan.inputs.policy.replay.holdout_days;
    let intro = if replay.unseen.is_some() {
        text!("replay-intro", days = days)
    } else {
        text!("replay-intro-seen")
    };
    let run = replay.unseen.as_ref().unwrap_or(&replay.seen);
    let finding = locale.line(&promise(run, replay, locale));
    let mut section = Section::new("replay", locale.say(&text!("replay-title")), finding)
        .with(Block::Paragraph(locale.line(&intro)))
        .with(Block::Table(totals(replay, locale)))
        .with(Block::Table(usage(replay, locale)))
        .with(Block::Paragraph(
            locale.line(&memory_ends(&replay.seen, locale)),
        ));
    if let Some(nodes) = fewest(&replay.seen) {
        section = section.with(Block::Paragraph(locale.line(&nodes)));
    }
    section = section.with(Block::Drawings(drawings(&replay.seen, locale)));
    let losses = losses(replay, locale);
    if !losses.rows.is_empty() {
        section = section
            .with(Block::Paragraph(locale.line(&text!("replay-losses-intro"))))
            .with(Block::Table(losses));
    }
    let apps = apps(plan, &replay.seen, locale);
    Some(if apps.rows.is_empty() {
        section
    } else {
        section.with(Block::Table(apps))
    })
}

/// What users are promised, and whether it was kept: on unseen days where there are some.
fn promise(run: &ReplayRun, replay: &Replay, locale: Locale) -> Text {
    #[expect(
        clippy::cast_precision_loss,
        reason = "events of a fleet, far under 2^53"
    )]
    let number = |count: u64| locale.grouped(count as f64);
    text!(
        "replay-promise",
        days = locale.grouped(run.days.round()),
        kind = locale.say(&if replay.unseen.is_some() {
            text!("replay-promise-unseen")
        } else {
            text!("replay-promise-seen")
        }),
        evictions = number(run.evictions),
        kills = number(run.kills),
        starved = number(run.starved_app_minutes),
        weeks = locale.grouped(run.pod_weeks.round()),
        cpu = locale.percent(run.node_cpu.p99, 0),
        memory = locale.percent(run.node_memory.p99, 0),
        kept = locale.say(&if run.kept {
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
fn count(number: u64, locale: Locale) -> Cell {
    Cell::number(locale.grouped(number as f64), number as f64)
}

/// So many of the app-minutes, with their share.
#[expect(
    clippy::cast_precision_loss,
    reason = "minutes of a fleet, far under 2^53"
)]
fn part(number: u64, of: u64, locale: Locale) -> Cell {
    let share = locale.percent(number as f64 / of.max(1) as f64, 2);
    Cell::number(
        format!("{} ({share})", locale.grouped(number as f64)),
        number as f64,
    )
}

fn totals(replay: &Replay, locale: Locale) -> Table {
    let titles = locale.titles([
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
        locale.say(&text!("replay-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for (name, run) in runs(replay) {
        table.row([
            Cell::words(locale.say(&name)),
            Cell::number(locale.grouped(run.days.round()), run.days),
            count(run.app_minutes, locale),
            part(run.starved_app_minutes, run.app_minutes, locale),
            part(run.over_cpu_request_app_minutes, run.app_minutes, locale),
            count(run.pending_pod_minutes, locale),
            count(run.evictions, locale),
            count(run.kills, locale),
            count(run.repeats, locale),
        ]);
    }
    table
}

/// `9 % / 12 % / 31 %`: mean, 99 %, highest.
fn shares(used: &NodeUse, locale: Locale) -> Cell {
    let shares = [used.mean, used.p99, used.max].map(|share| locale.percent(share, 0));
    Cell::number(shares.join(" / "), used.mean)
}

fn usage(replay: &Replay, locale: Locale) -> Table {
    let titles = locale.titles([
        text!("replay-what-column"),
        text!("replay-cpu-column"),
        text!("replay-memory-column"),
        text!("replay-hours-column"),
    ]);
    let mut table = Table::new(
        "replay-use",
        locale.say(&text!("replay-use-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for (name, run) in runs(replay) {
        table.row([
            Cell::words(locale.say(&name)),
            shares(&run.node_cpu, locale),
            shares(&run.node_memory, locale),
            Cell::number(locale.grouped(run.node_hours.round()), run.node_hours),
        ]);
    }
    table
}

fn memory_ends(run: &ReplayRun, locale: Locale) -> Text {
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
        told = locale.say(&told)
    )
}

fn losses(replay: &Replay, locale: Locale) -> Table {
    let titles = locale.titles([
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
        locale.say(&text!("replay-losses-caption")),
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
                Cell::words(locale.say(&name)),
                Cell::words(locale.say(&when)),
                Cell::count(loss.cases),
                Cell::count(loss.cases_with_outage),
                count(loss.starved_app_minutes, locale),
                Cell::count(loss.cases_with_waiting),
                Cell::count(loss.longest_pending_minutes),
                count(loss.evictions, locale),
                count(loss.kills, locale),
            ]);
        }
    }
    table
}

fn apps(plan: &Plan, run: &ReplayRun, locale: Locale) -> Table {
    let titles = locale.titles([
        text!("environment-column"),
        text!("replay-starved-column"),
        text!("replay-evictions-column"),
        text!("replay-kills-column"),
        text!("replay-repeats-column"),
        text!("replay-worst-column"),
    ]);
    let mut table = Table::new(
        "replay-apps",
        locale.say(&text!("replay-apps-caption")),
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
            count(app.starved_app_minutes, locale),
            count(app.evictions, locale),
            count(app.kills, locale),
            count(app.repeats, locale),
            Cell::words(worst(app).map_or_else(String::new, |worst| {
                locale.say(&happened(worst, &clock, locale))
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
    locale: Locale,
) -> Text {
    let at = locale.moment(happening.at, clock);
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
