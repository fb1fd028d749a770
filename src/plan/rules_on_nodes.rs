//! The plan's rule and those of others, each packed and replayed on days that it had not seen.
//!
//! The plan is made as of several moments of the past: by its own rule, at each level of memory that it chooses among,
//! and by each of the other rules. Their requests take the place of ours, and everything else (replicas, limits,
//! floors, steps, packing) is the same. Each is then run over the days after its moment.

use jiff::Timestamp;
use rayon::prelude::*;
use serde::Serialize;

use super::histories::{Histories, PastMoment};
use super::plan_basis::PlanBasis;
use super::replayed::{FewerNodes, ReplayInput};
use super::scenario::Scenario;
use super::{PlanError, clusters};
use crate::pack::SimulationSettings;
use crate::policy::{self, MEMORY_LEVELS, Policy};
use crate::size::Rule;
use crate::snapshot::{Snapshot, Window};

/// How one rule did after one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleOnNodes {
    /// When it was planned: nothing later was known.
    pub planned_at: Timestamp,
    /// `eb2eks` for the plan's own, `eb2eks-level-1` and so on at one level of memory, else the name of a [`Rule`].
    pub rule: String,
    /// Nodes of all groups in normal times.
    pub nodes: u32,
    /// Apps that were replayed.
    pub apps: u32,
    /// Days on which they were.
    pub days: f64,
    /// Weeks of their pods.
    pub pod_weeks: f64,
    /// Pods that kubelet evicted.
    pub evictions: u64,
    /// Containers that the kernel killed.
    pub kills: u64,
    /// Minutes in which an app got less than 95 % of its CPU, over all apps.
    pub starved_app_minutes: u64,
    /// Evictions of the app that had most.
    pub evictions_of_an_app: u64,
    /// CPU in use on the fullest node, as a share of what is allocatable.
    pub node_cpu_max: f64,
    /// Memory in use on the fullest node, as a share of what is allocatable.
    pub node_memory_max: f64,
    /// Whether the rates of the policy were kept.
    pub kept: bool,
}

/// As the plan's own rule is called among the others.
pub const OWN_RULE: &str = "eb2eks";

/// That are compared with ours.
const OTHERS: [Rule; 7] = [
    Rule::KrrSimple,
    Rule::KrrSimpleLimit,
    Rule::VpaTarget,
    Rule::VpaUpper,
    Rule::ComputeOptimizer,
    Rule::ComputeOptimizerCapped,
    Rule::P99,
];

/// So many moments, each `replay.holdout_days` before the next.
const MOMENTS: u32 = 3;

/// In the order of time, ours first. Empty where the history is too short for a plan and the days after it.
///
/// # Errors
/// When the snapshot is unreadable or the policy infeasible.
pub fn rules_on_nodes(
    snapshot: &Snapshot,
    policy: &Policy,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Vec<RuleOnNodes>, PlanError> {
    let policy = &Policy {
        replay: policy::Replay {
            enabled: true,
            // Losses are tried on the plan that is made.
            failure_slots: 0,
            ..policy.replay.clone()
        },
        ..policy.clone()
    };
    let basis = PlanBasis::of(snapshot, policy)?;
    let mut rows = Vec::new();
    let moments = moments(snapshot.manifest.window, policy);
    for (done, window) in (0_u32..).zip(&moments) {
        let share = |of_one: f64| {
            progress((f64::from(done) + of_one) / f64::from(MOMENTS.max(1)));
        };
        rows.extend(after(&basis, snapshot, *window, policy, &share)?);
    }
    Ok(rows)
}

/// From a moment to the end of the days that judge it, for each moment that has enough days before it.
fn moments(history: Window, policy: &Policy) -> Vec<Window> {
    let seconds = |days: u32| i64::from(days) * 86_400;
    let step = policy.replay.holdout_days.max(1);
    let least = seconds(policy.sizing.fit_days.get());
    let of = |round: u32| {
        let at = |before: u32| {
            let length = jiff::SignedDuration::from_secs(seconds(step.saturating_mul(before)));
            history.end.checked_sub(length).ok()
        };
        let (start, end) = (at(round)?, at(round - 1)?);
        (start.as_second() - history.start.as_second() >= least).then_some(Window { start, end })
    };
    (1..=MOMENTS).rev().filter_map(of).collect()
}

fn after(
    basis: &PlanBasis<'_>,
    snapshot: &Snapshot,
    judged: Window,
    policy: &Policy,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Vec<RuleOnNodes>, PlanError> {
    let then = PastMoment {
        moment: judged.start,
        with_peers: true,
    };
    let (histories, past) = Histories::read(
        snapshot,
        &basis.live,
        (&basis.nodes, &[]),
        policy,
        Some(then),
        progress,
    )?;
    let Some(past) = past else {
        return Ok(Vec::new());
    };
    let translations = basis.translations(policy);
    let over_time = past.over_time();
    let contestants = Contestant::all();
    let rows: Vec<Result<RuleOnNodes, PlanError>> = contestants
        .par_iter()
        .map(|contestant| {
            let mut fleet = basis.fleet(&past, &translations, &over_time);
            fleet.by = contestant.requests_by();
            let policy = &contestant.policy(policy);
            let simulated = SimulationSettings::of_sizes(&policy.packing);
            let scenario = fleet.under(policy, &basis.nodes, simulated)?;
            let name = contestant.name();
            Ok(judge(name, &scenario, basis, &histories, judged, policy))
        })
        .collect();
    rows.into_iter().collect()
}

/// Whose requests are packed.
#[derive(Debug, Clone, Copy)]
enum Contestant {
    /// The plan's, as the policy has it.
    Own,
    /// The plan's, at one level of memory.
    AtLevel(u32),
    Other(Rule),
}

impl Contestant {
    fn all() -> Vec<Self> {
        std::iter::once(Self::Own)
            .chain((1..=MEMORY_LEVELS).map(Self::AtLevel))
            .chain(OTHERS.map(Self::Other))
            .collect()
    }

    const fn requests_by(self) -> Option<Rule> {
        match self {
            Self::Own | Self::AtLevel(_) => None,
            Self::Other(rule) => Some(rule),
        }
    }

    fn policy(self, policy: &Policy) -> Policy {
        let mut policy = policy.clone();
        if let Self::AtLevel(level) = self {
            policy.sizing.memory_level = level;
        }
        policy
    }

    fn name(self) -> String {
        match self {
            Self::Own => OWN_RULE.to_owned(),
            Self::AtLevel(level) => format!("{OWN_RULE}-level-{level}"),
            Self::Other(rule) => rule.name().to_owned(),
        }
    }
}

fn judge(
    rule: String,
    Scenario {
        environments,
        clusters,
        ..
    }: &Scenario,
    basis: &PlanBasis<'_>,
    histories: &Histories<'_>,
    judged: Window,
    policy: &Policy,
) -> RuleOnNodes {
    let run = ReplayInput {
        environments,
        clusters,
        loads: histories.loads(environments),
        zones: clusters::zones(&basis.site, basis.network.as_ref()).len(),
        window: Window {
            end: judged.end,
            ..histories.window()
        },
        policy,
    }
    .run(judged.start, FewerNodes::NotTried);
    let groups = clusters.iter().flat_map(|cluster| &cluster.node_groups);
    let of_apps = run.apps.values().map(|app| app.evictions);
    RuleOnNodes {
        planned_at: judged.start,
        rule,
        nodes: groups.map(|group| group.desired_capacity).sum(),
        apps: run.app_count,
        days: run.days,
        pod_weeks: run.pod_weeks,
        evictions: run.evictions,
        kills: run.kills,
        starved_app_minutes: run.starved_app_minutes,
        evictions_of_an_app: of_apps.max().unwrap_or(0),
        node_cpu_max: run.node_cpu.max,
        node_memory_max: run.node_memory.max,
        kept: run.kept,
    }
}
