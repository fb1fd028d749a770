//! What happened on each cluster, put together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::input::{Loads, NamedCluster};
use super::{
    AppHappening, AppHappeningKind, Grid, Losses, MemoryEnd, MemoryEnds, MemoryOutcome, NodeUse,
    Outcomes, ReplayRun, ReplayWork, ReplayedApp, ReplayedGroup, ReplayedHour, WorstDay, WorstLoss,
};
use crate::replay::{
    AppOutcome, ClusterOutcome, FailureOutcome, GroupOutcome, Happening, HappeningKind, Hour,
    LostPart, Minutes, Spread,
};

/// What the history says of how memory behaves: so many apps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    known: u32,
    unknown: u32,
    unreported: u32,
}

impl Memory {
    pub(super) fn of(loads: &Loads<'_>) -> Self {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let unreported = loads.values().filter(|load| !load.is_memory_known).count();
        let known = loads
            .values()
            .filter(|load| load.is_memory_known && load.memory_of_a_core.is_known())
            .count();
        Self {
            known: count(known),
            unknown: count(loads.len() - known - unreported),
            unreported: count(unreported),
        }
    }
}

/// The end that does more harm is told: by starved minutes, then by evictions and kills.
pub(super) fn summarise(
    clusters: &[NamedCluster<'_>],
    grid: &Grid,
    memory: Memory,
    [carried, follows]: [&Outcomes; 2],
) -> ReplayRun {
    let apps = [carried, follows].map(|outcomes| by_app(clusters, &outcomes.clusters));
    let harm = |apps: &BTreeMap<&str, OnClusters<'_>>| MemoryOutcome {
        evictions: apps.values().map(|app| app.sum(|one| one.evictions)).sum(),
        kills: apps.values().map(|app| app.sum(|one| one.kills)).sum(),
        starved_app_minutes: apps
            .values()
            .map(|app| app.minutes(|one| &one.starved).sum())
            .sum(),
    };
    let [of_carried, of_follows] = [harm(&apps[0]), harm(&apps[1])];
    let rank = |harm: &MemoryOutcome| (harm.starved_app_minutes, harm.evictions + harm.kills);
    let is_carried = rank(&of_carried) >= rank(&of_follows);
    let (told, outcomes) = if is_carried {
        (&apps[0], carried)
    } else {
        (&apps[1], follows)
    };
    let mut run = totals(told, grid);
    run.memory = MemoryEnds {
        told: if is_carried {
            MemoryEnd::Carried
        } else {
            MemoryEnd::FollowsLoad
        },
        known_apps: memory.known,
        unknown_apps: memory.unknown,
        unreported_apps: memory.unreported,
        carried: of_carried,
        follows_load: of_follows,
    };
    let (mut cpu, mut of_memory) = (Spread::default(), Spread::default());
    for (cluster, outcome) in clusters.iter().zip(&outcomes.clusters) {
        for (group, outcome) in cluster.plan.node_groups.iter().zip(&outcome.groups) {
            cpu.merge(&outcome.cpu);
            of_memory.merge(&outcome.memory);
            run.groups.push(ReplayedGroup {
                cluster: cluster.plan.name.clone(),
                group: group.name.clone(),
                instance_type: group.instance_type.clone(),
                ..replayed_group(outcome, group.node.allocatable)
            });
        }
    }
    run.losses = losses(clusters, grid, &outcomes.losses);
    run.node_cpu = node_use(&cpu);
    run.node_memory = node_use(&of_memory);
    run.node_hours = hours(run.groups.iter().map(|group| group.node_hours).sum());
    run
}

fn losses(clusters: &[NamedCluster<'_>], grid: &Grid, outcomes: &[Vec<FailureOutcome>]) -> Losses {
    let mut losses = Losses::default();
    for (cluster, outcome) in clusters
        .iter()
        .zip(outcomes)
        .flat_map(|(cluster, outcomes)| outcomes.iter().map(move |outcome| (cluster, outcome)))
    {
        let (of_kind, lost) = match outcome.lost {
            LostPart::Node(group, node) => {
                let group = cluster.plan.node_groups.get(group);
                let name = group.map_or("", |group| group.name.as_str());
                (&mut losses.node, format!("{name}-{:02}", node + 1))
            }
            LostPart::Zone(zone) => (&mut losses.zone, cluster.zone(zone)),
            LostPart::OtherCluster => (&mut losses.cluster, String::new()),
        };
        let sum = of_kind.get_or_insert_default();
        sum.cases += 1;
        sum.cases_with_outage += u32::from(outcome.starved_app_minutes > 0);
        sum.cases_with_waiting += u32::from(outcome.pending_pod_minutes > 0);
        sum.starved_app_minutes += outcome.starved_app_minutes;
        sum.pending_pod_minutes += outcome.pending_pod_minutes;
        sum.evictions += outcome.evictions;
        sum.kills += outcome.kills;
        sum.longest_pending_minutes = sum
            .longest_pending_minutes
            .max(outcome.longest_pending_minutes);
        let is_worst = sum
            .worst
            .as_ref()
            .map_or(0, |worst| worst.starved_app_minutes)
            < outcome.starved_app_minutes;
        if is_worst {
            sum.worst = Some(WorstLoss {
                cluster: cluster.plan.name.clone(),
                lost,
                at: grid.moment(grid.minute_of(outcome.slot)),
                starved_app_minutes: outcome.starved_app_minutes,
            });
        }
    }
    losses
}

/// One app on all of its clusters.
struct OnClusters<'a>(Vec<(&'a str, &'a AppOutcome)>);

impl<'a> OnClusters<'a> {
    fn sum(&self, of: impl Fn(&AppOutcome) -> u64) -> u64 {
        self.0.iter().map(|(_, outcome)| of(outcome)).sum()
    }

    /// What happens on two clusters at a time is one minute.
    fn minutes(&self, of: impl Fn(&AppOutcome) -> &Minutes) -> Minutes {
        self.0
            .iter()
            .fold(Minutes::default(), |all, (_, outcome)| all.or(of(outcome)))
    }
}

fn by_app<'a>(
    clusters: &'a [NamedCluster<'a>],
    outcomes: &'a [ClusterOutcome],
) -> BTreeMap<&'a str, OnClusters<'a>> {
    let mut apps: BTreeMap<&str, OnClusters<'_>> = BTreeMap::new();
    for (cluster, outcome) in clusters.iter().zip(outcomes) {
        let named = cluster.names.iter().zip(&cluster.cluster.apps);
        for ((name, app), outcome) in named.zip(&outcome.apps) {
            if app.is_counted {
                apps.entry(*name)
                    .or_insert_with(|| OnClusters(Vec::new()))
                    .0
                    .push((&cluster.plan.name, outcome));
            }
        }
    }
    apps
}

fn totals(apps: &BTreeMap<&str, OnClusters<'_>>, grid: &Grid) -> ReplayRun {
    let from = grid.moment(grid.minute_of(grid.slots.start));
    let to = grid.moment(grid.minute_of(grid.slots.end));
    let seconds = grid.slots.len() as u64 * u64::from(grid.slot_seconds);
    let mut run = ReplayRun {
        from,
        to,
        #[expect(clippy::cast_precision_loss, reason = "seconds of a few years")]
        days: hours(seconds as f64 / 86_400.0),
        slot_seconds: grid.slot_seconds,
        app_count: u32::try_from(apps.len()).unwrap_or(u32::MAX),
        ..ReplayRun::default()
    };
    let mut pod_minutes = 0;
    for (name, on) in apps {
        let app = replayed_app(on, grid);
        run.app_minutes += app.app_minutes;
        run.starved_app_minutes += app.starved_app_minutes;
        run.over_cpu_request_app_minutes += app.over_cpu_request_app_minutes;
        run.pending_pod_minutes += app.pending_pod_minutes;
        run.evictions += app.evictions;
        run.kills += app.kills;
        run.repeats += app.repeats;
        pod_minutes += on.sum(|one| one.pod_minutes);
        run.work = ReplayWork {
            asked: run.work.asked + on.sum(|one| one.work.asked),
            delivered: run.work.delivered + on.sum(|one| one.work.delivered),
            starved: run.work.starved + on.sum(|one| one.work.starved),
            lost: run.work.lost + on.sum(|one| one.work.lost),
        };
        run.apps.insert((*name).to_owned(), app);
    }
    run.pod_weeks = weeks(pod_minutes);
    run
}

fn replayed_app(on: &OnClusters<'_>, grid: &Grid) -> ReplayedApp {
    let highest =
        on.0.iter()
            .filter_map(|(_, outcome)| outcome.highest_over_request)
            .max_by_key(|&(thousandths, minute)| (thousandths, Reverse(minute)));
    let told = |cluster: &str, happening: Happening| AppHappening {
        cluster: cluster.to_owned(),
        at: grid.moment(happening.minute),
        kind: match happening.kind {
            HappeningKind::Starved => AppHappeningKind::Starved,
            HappeningKind::Lost => AppHappeningKind::Lost,
            HappeningKind::Pending => AppHappeningKind::Pending,
            HappeningKind::Evicted => AppHappeningKind::Evicted,
            HappeningKind::Killed => AppHappeningKind::Killed,
        },
        amount: happening.amount,
        of: happening.of,
    };
    let mut happenings: Vec<AppHappening> =
        on.0.iter()
            .flat_map(|(cluster, outcome)| {
                let of_outcome = outcome.happenings.iter();
                of_outcome.map(|happening| told(cluster, *happening))
            })
            .collect();
    happenings.sort_by(|a, b| (a.at, a.kind, &a.cluster).cmp(&(b.at, b.kind, &b.cluster)));
    let worst =
        on.0.iter()
            .filter_map(|(cluster, outcome)| Some((cluster, outcome.worst?)))
            .max_by_key(|(_, worst)| (worst.amount, Reverse(worst.minute)));
    ReplayedApp {
        app_minutes: on.minutes(|one| &one.known).sum(),
        starved_app_minutes: on.minutes(|one| &one.starved).sum(),
        over_cpu_request_app_minutes: on.minutes(|one| &one.over_request).sum(),
        pending_pod_minutes: on.sum(|one| one.pending_pod_minutes),
        evictions: on.sum(|one| one.evictions),
        kills: on.sum(|one| one.kills),
        repeats: on.sum(|one| one.repeats),
        pod_weeks: weeks(on.sum(|one| one.pod_minutes)),
        pods: (
            on.0.iter().map(|(_, one)| one.pods.0).min().unwrap_or(0),
            on.0.iter().map(|(_, one)| one.pods.1).max().unwrap_or(0),
        ),
        highest_cpu_percent_of_request: highest.map_or(0, |(thousandths, _)| thousandths / 10),
        highest_at: highest
            .filter(|(thousandths, _)| *thousandths > 1_000)
            .map(|(_, minute)| grid.moment(minute)),
        happenings,
        worst: worst.map(|(cluster, worst)| told(cluster, worst)),
        worst_day: worst_day(on, grid),
    }
}

/// Of the worst days on each cluster the worse one.
fn worst_day(on: &OnClusters<'_>, grid: &Grid) -> Option<WorstDay> {
    let days =
        on.0.iter()
            .filter_map(|(cluster, outcome)| Some((cluster, outcome.worst_day?)));
    let (cluster, day) = days.max_by_key(|(cluster, day)| (day.rank(), Reverse(*cluster)))?;
    let hours = (0..).zip(&day.hours).filter(|(_, hour)| hour.pods > 0);
    let told = |(number, hour): (u8, &Hour)| ReplayedHour {
        hour: number,
        asked_millicores: hour.asked,
        missing_millicore_minutes: hour.missing,
        pod_millicores: hour.pod_asked,
        pod_mebibytes: hour.pod_memory,
        pods: hour.pods,
        serving: hour.serving,
        evictions: hour.evictions,
        kills: hour.kills,
    };
    Some(WorstDay {
        cluster: (*cluster).to_owned(),
        from: grid.moment(day.number.saturating_mul(24 * 60)),
        hours: hours.map(told).collect(),
    })
}

fn replayed_group(outcome: &GroupOutcome, allocatable: crate::units::Resources) -> ReplayedGroup {
    let mut node_hours_from: Vec<(u32, f64)> = Vec::new();
    for (hour, minutes) in (0..).zip(&outcome.node_minutes) {
        let nodes = node_hours(*minutes);
        if node_hours_from
            .last()
            .is_none_or(|(_, last)| *last != nodes)
        {
            node_hours_from.push((hour, nodes));
        }
    }
    let memory = allocatable.memory.0 >> 20;
    ReplayedGroup {
        node_hours: node_hours(outcome.node_minutes.iter().sum()),
        fewest_nodes: outcome.nodes.0.min(outcome.nodes.1),
        most_nodes: outcome.nodes.1,
        node_cpu: node_use(&outcome.cpu),
        node_memory: node_use(&outcome.memory),
        node_hours_from,
        cpu_per_mille_by_day: by_day(&outcome.cpu_used, &outcome.node_minutes, allocatable.cpu.0),
        memory_per_mille_by_day: by_day(&outcome.memory_used, &outcome.node_minutes, memory),
        ..ReplayedGroup::default()
    }
}

/// For each 24 hours the mean and the highest hour.
fn by_day(used: &[u64], node_minutes: &[u64], has: u64) -> Vec<(u16, u16)> {
    let narrow = |value: u64| u16::try_from(value).unwrap_or(u16::MAX);
    let share = |used: u64, minutes: u64| narrow(used * 1_000 / (minutes * has).max(1));
    let day = |(used, minutes): (&[u64], &[u64])| {
        let hours = used.iter().zip(minutes);
        (
            share(used.iter().sum(), minutes.iter().sum()),
            hours
                .map(|(used, minutes)| share(*used, *minutes))
                .max()
                .unwrap_or(0),
        )
    };
    used.chunks(24)
        .zip(node_minutes.chunks(24))
        .map(day)
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "far under 2^53 minutes")]
fn node_hours(minutes: u64) -> f64 {
    hours(minutes as f64 / 60.0)
}

#[expect(clippy::cast_precision_loss, reason = "far under 2^53 minutes")]
fn weeks(minutes: u64) -> f64 {
    hours(minutes as f64 / (7.0 * 24.0 * 60.0))
}

/// Rounded to a hundredth.
fn hours(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn node_use(spread: &Spread) -> NodeUse {
    let rounded = |share: f64| (share * 1_000.0).round() / 1_000.0;
    NodeUse {
        mean: rounded(spread.mean()),
        p99: rounded(spread.percentile(99)),
        max: rounded(spread.highest()),
    }
}
