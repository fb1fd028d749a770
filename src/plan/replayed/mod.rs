//! The plan, run over the history that it was made from.

mod document;
mod fewest;
mod input;
mod promise;
mod summary;

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;

pub use document::{
    AppHappening, AppHappeningKind, FewestNodes, LimitingFactor, Loss, Losses, MemoryEnd,
    MemoryEnds, MemoryOutcome, NodeUse, Replay, ReplayRun, ReplayWork, ReplayedApp, ReplayedGroup,
    ReplayedHour, WorstDay, WorstLoss,
};
pub(in crate::plan) use input::Loads;

use super::fleet::Fleet;
use super::nodes::Nodes;
use super::scenario::Scenario;
use super::{ClusterPlan, EnvironmentPlan};
use crate::pack::SimulationSettings;
use crate::policy::Policy;
use crate::replay::{
    Assumptions, ClusterOutcome, FailureOutcome, Failures, MemoryModel, replay,
    replay_with_failures, worst_slots,
};
use crate::size::YEAR_SECONDS;
use crate::snapshot::Window;
use fewest::fewest;
use input::NamedCluster;
use summary::{Memory, summarise};

/// The moment as of which the plan is made a second time: so that enough days are before it to be made from.
pub(in crate::plan) fn holdout(window: Window, policy: &Policy) -> Option<Timestamp> {
    let rules = &policy.replay;
    let seconds = |days: u32| u64::from(days) * 86_400;
    let left = window.seconds().checked_sub(seconds(rules.holdout_days))?;
    let is_enough = left >= seconds(policy.sizing.fit_days.get());
    let seconds = i64::try_from(left).ok()?;
    let moment = window
        .start
        .checked_add(jiff::SignedDuration::from_secs(seconds))
        .ok()?;
    (rules.enabled && rules.holdout_days > 0 && is_enough).then_some(moment)
}

/// The begin of the last days of a window, so many; of the window, if it is shorter or no days are said.
pub(in crate::plan) fn last_days(window: Window, days: u32) -> Timestamp {
    let length = jiff::SignedDuration::from_secs(i64::from(days) * 86_400);
    match window.end.checked_sub(length) {
        Ok(begin) if days > 0 => begin.max(window.start),
        _ => window.start,
    }
}

/// The plan as it would have been made at a moment, over what came after it. Nothing if it could not have been made.
pub(in crate::plan) fn unseen(
    today: &ReplayInput<'_>,
    fleet: &Fleet<'_>,
    nodes: &Nodes,
    moment: Timestamp,
) -> Option<ReplayRun> {
    let simulated = SimulationSettings::of_sizes(&today.policy.packing);
    let Scenario {
        environments,
        clusters,
        ..
    } = fleet.under(today.policy, nodes, simulated).ok()?;
    let by_id: BTreeMap<_, _> = today
        .environments
        .iter()
        .map(|environment| (id(environment), environment))
        .collect();
    let mut loads = Loads::new();
    for environment in &environments {
        let load = by_id
            .get(&id(environment))
            .and_then(|known| today.loads.get(known.planned()?.0.as_str()));
        if let (Some((name, _)), Some(load)) = (environment.planned(), load) {
            loads.insert(name.as_str(), load);
        }
    }
    let then = ReplayInput {
        environments: &environments,
        clusters: &clusters,
        loads,
        ..*today
    };
    Some(then.run(moment, FewerNodes::NotTried))
}

fn id(environment: &EnvironmentPlan) -> (&str, &str, &str) {
    (&environment.account, &environment.region, &environment.id)
}

/// Some environments on some clusters, with what their instances used.
pub(in crate::plan) struct ReplayInput<'a> {
    pub(in crate::plan) environments: &'a [EnvironmentPlan],
    pub(in crate::plan) clusters: &'a [ClusterPlan],
    pub(in crate::plan) loads: Loads<'a>,
    /// Of the subnets that nodes are in.
    pub(in crate::plan) zones: usize,
    /// That the loads begin and end with.
    pub(in crate::plan) window: Window,
    pub(in crate::plan) policy: &'a Policy,
}

impl<'a> ReplayInput<'a> {
    /// Over the hours of the year before the window; nothing where there are none. Losses are tried on the window, which
    /// is finer.
    pub(in crate::plan) fn of_the_year(&self, loads: Loads<'a>) -> Option<ReplayRun> {
        if loads.is_empty() {
            return None;
        }
        let year = jiff::SignedDuration::from_secs(i64::from(YEAR_SECONDS));
        let policy = Policy {
            replay: crate::policy::Replay {
                failure_slots: 0,
                ..self.policy.replay.clone()
            },
            ..self.policy.clone()
        };
        let start = self.window.start.checked_sub(year).ok()?;
        let of_year = ReplayInput {
            loads,
            window: Window {
                start,
                end: self.window.start,
            },
            policy: &policy,
            ..*self
        };
        Some(of_year.run(start, FewerNodes::NotTried))
    }
}

impl ReplayInput<'_> {
    /// From a moment to the end of the history, with both ends of what is not known of memory.
    pub(in crate::plan) fn run(&self, from: Timestamp, nodes: FewerNodes) -> ReplayRun {
        let clusters = self.named_clusters();
        let grid = Grid::of(&self.loads, self.window, from);
        let failures = self.failures(&clusters, &grid);
        let [carried, follows] = self.outcomes(&clusters, &grid, MODELS, Some(&failures));
        let mut run = summarise(
            &clusters,
            &grid,
            Memory::of(&self.loads),
            [&carried, &follows],
        );
        run.kept = run.is_kept(&self.policy.replay);
        if nodes == FewerNodes::Tried {
            let (model, outcomes) = match run.memory.told {
                MemoryEnd::Carried => (MODELS[0], &carried),
                MemoryEnd::FollowsLoad => (MODELS[1], &follows),
            };
            // All days would take as long as the rest of the plan.
            let last = last_days(self.window, self.policy.replay.holdout_days).max(from);
            let assumptions = self.assumptions(&Grid::of(&self.loads, self.window, last), model);
            run.fewest_nodes = Some(fewest(&clusters, &outcomes.clusters, &assumptions));
        }
        run
    }

    /// The same with one of the ends, without losses: for one of many plans.
    pub(in crate::plan) fn run_at(&self, from: Timestamp, end: MemoryEnd) -> ReplayRun {
        let clusters = self.named_clusters();
        let grid = Grid::of(&self.loads, self.window, from);
        let model = match end {
            MemoryEnd::Carried => MODELS[0],
            MemoryEnd::FollowsLoad => MODELS[1],
        };
        let [outcomes] = self.outcomes(&clusters, &grid, [model], None);
        let memory = Memory::of(&self.loads);
        let mut run = summarise(&clusters, &grid, memory, [&outcomes, &outcomes]);
        run.kept = run.is_kept(&self.policy.replay);
        run
    }

    fn named_clusters(&self) -> Vec<NamedCluster<'_>> {
        input::clusters(
            self.environments,
            self.clusters,
            &self.loads,
            self.zones,
            self.policy,
        )
    }

    /// For each of the models.
    fn outcomes<const N: usize>(
        &self,
        clusters: &[NamedCluster<'_>],
        grid: &Grid,
        models: [MemoryModel; N],
        failures: Option<&FailureSettings>,
    ) -> [Outcomes; N] {
        let of_model = |model: &MemoryModel| {
            let tasks = clusters.par_iter().map(|cluster| {
                let assumptions = self.assumptions(grid, *model);
                match failures {
                    Some(failures) => {
                        let failures = failures.of(cluster);
                        replay_with_failures(&cluster.cluster, &assumptions, &failures)
                    }
                    None => (replay(&cluster.cluster, &assumptions), Vec::new()),
                }
            });
            let (clusters, losses) = tasks.unzip();
            Outcomes { clusters, losses }
        };
        let outcomes: Vec<Outcomes> = models.par_iter().map(of_model).collect();
        let mut outcomes = outcomes.into_iter();
        std::array::from_fn(|_| outcomes.next().unwrap_or_default())
    }

    fn failures(&self, clusters: &[NamedCluster<'_>], grid: &Grid) -> FailureSettings {
        let rules = &self.policy.replay;
        let all: Vec<_> = clusters.iter().map(|cluster| &cluster.cluster).collect();
        let assumptions = self.assumptions(grid, MemoryModel::Carried);
        let count = usize::try_from(rules.failure_slots).unwrap_or(usize::MAX);
        FailureSettings {
            slots: worst_slots(&all, &assumptions, count),
            minutes: rules.failure_minutes,
            detection_minutes: rules.failure_detection_minutes,
            has_other_cluster: clusters.len() > 1,
        }
    }

    fn assumptions(&self, grid: &Grid, memory: MemoryModel) -> Assumptions {
        let rules = &self.policy.replay;
        Assumptions {
            slots: grid.slots.clone(),
            slot_seconds: grid.slot_seconds,
            memory,
            pod_start_minutes: rules.pod_start_minutes,
            node_start_minutes: rules.node_start_minutes,
            rollout_minutes: rules.rollout_days.saturating_mul(24 * 60),
            daemon_use: thousandths(rules.daemon_use.get()),
            every_minute: false,
        }
    }
}

/// Whether fewer nodes are run over the same history, too: it takes as long as the replay some times over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum FewerNodes {
    Tried,
    NotTried,
}

/// What happened on each cluster, and what each loss there would have done.
#[derive(Default)]
pub(super) struct Outcomes {
    pub(super) clusters: Vec<ClusterOutcome>,
    pub(super) losses: Vec<Vec<FailureOutcome>>,
}

/// What is the same for every cluster.
struct FailureSettings {
    slots: Vec<usize>,
    minutes: u32,
    detection_minutes: u32,
    has_other_cluster: bool,
}

/// Losses of nodes at one moment: pods times nodes. More of them are not tried, so that a large fleet takes no longer.
const MOST_PODS_TIMES_NODES: usize = 200_000;
const LEAST_NODES: usize = 10;

impl FailureSettings {
    fn of(&self, cluster: &NamedCluster<'_>) -> Failures {
        let replicas = cluster.cluster.apps.iter().map(|app| app.replicas as usize);
        Failures {
            slots: self.slots.clone(),
            minutes: self.minutes,
            detection_minutes: self.detection_minutes,
            has_other_cluster: self.has_other_cluster,
            most_nodes: (MOST_PODS_TIMES_NODES / replicas.sum::<usize>().max(1)).max(LEAST_NODES),
        }
    }
}

const MODELS: [MemoryModel; 2] = [MemoryModel::Carried, MemoryModel::FollowsLoad];

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "thousandths of a share"
)]
fn thousandths(share: f64) -> u32 {
    (share * 1_000.0).round() as u32
}

/// The slots that are replayed, and when they are.
pub(super) struct Grid {
    start: Timestamp,
    pub(super) slot_seconds: u32,
    pub(super) slots: std::ops::Range<usize>,
}

impl Grid {
    /// As fine as the finest load, in whole minutes; from the slot that begins at `from` or after it.
    fn of(loads: &Loads<'_>, window: Window, from: Timestamp) -> Self {
        let finest = loads.values().map(|load| load.period_seconds).min();
        let slot_seconds = (finest.unwrap_or(300).max(60) / 60) * 60;
        let of =
            |seconds: u64| usize::try_from(seconds / u64::from(slot_seconds)).unwrap_or(usize::MAX);
        let offset = (from.as_second() - window.start.as_second()).max(0);
        let first = of(u64::try_from(offset).unwrap_or(0) + u64::from(slot_seconds) - 1);
        let last = of(window.seconds());
        Self {
            start: window.start,
            slot_seconds,
            slots: first.min(last)..last,
        }
    }

    pub(super) fn moment(&self, minute: u32) -> Timestamp {
        self.start
            .checked_add(jiff::SignedDuration::from_secs(i64::from(minute) * 60))
            .unwrap_or(Timestamp::MAX)
    }

    fn minute_of(&self, slot: usize) -> u32 {
        u32::try_from(slot)
            .unwrap_or(u32::MAX)
            .saturating_mul(self.slot_seconds / 60)
    }
}
