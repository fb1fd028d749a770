//! The result: what each rule asked for, and how often that was too little.

use serde::Serialize;

use super::judge;
use super::rule::Rule;
use super::tally::{Ledger, RuleSums, SkippedWindows, Tally};
use crate::policy::{Policy, Risk};
use crate::size::risk::{Calibration, Record, Resource, Span, as_prior};
use crate::snapshot::Environment;

/// The peer that the plan's rule is compared with in words: whoever runs on AWS has its answer on their
/// console already.
pub const BEST_KNOWN: Rule = Rule::ComputeOptimizer;

/// How the rules did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtest {
    /// Days to fit and to judge on.
    pub span: Span,
    /// Rounds, each fitted before an origin and judged after it.
    pub folds: u64,
    /// Environments that are not terminated, judged or not.
    pub environments: u64,
    /// On each instance by itself, as the peers see one.
    pub instances: BacktestTable,
    /// On one replica of each environment, as the plan sizes it.
    pub replicas: BacktestTable,
    /// The plan's rule at the policy's risks, environment by environment.
    pub own_weeks: Vec<OwnWeeks>,
    /// What the weeks of instances needed, in the form of the shipped prior: a line for each stratum.
    #[serde(skip)]
    pub scores: String,
}

/// All rules on the same windows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BacktestTable {
    /// Environments with any window.
    pub environments_judged: u64,
    /// Instances, or replicas, with any window.
    pub subjects_judged: u64,
    /// How many windows of CPU could be judged.
    pub cpu: JudgedWindows,
    /// How many windows of memory could be judged.
    pub memory: JudgedWindows,
    /// CPU in the order of [`Rule::ALL`], then memory.
    pub rows: Vec<BacktestRow>,
    /// The plan's rule at the policy's risks beside [`BEST_KNOWN`], for each resource that was judged.
    pub comparisons: Vec<Comparison>,
}

/// How the plan's rule would have done on one environment's own weeks, at the policy's risk: CPU over its
/// request, memory over its limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnWeeks {
    /// Twelve digits, as AWS writes an account.
    pub account: String,
    /// As AWS writes a region: `ap-northeast-1`.
    pub region: String,
    /// Id of the environment.
    pub environment_id: String,
    /// Its name, which may be used again after its end.
    pub environment: String,
    /// CPU is judged by its request, memory by its limit.
    pub resource: Resource,
    /// Judged, and too small in.
    #[serde(flatten)]
    pub record: Record,
    /// The share that the policy takes.
    pub nominal_share: f64,
}

/// How much could be judged. A window is one instance, or replica, in one fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct JudgedWindows {
    /// Windows in which the rules were judged.
    pub windows: u64,
    /// Not used, and why.
    pub skipped: SkippedWindows,
}

/// One rule on one resource. Rounded to four decimals; absent where there was no window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BacktestRow {
    /// The rule whose request is judged.
    pub policy: Rule,
    /// Which of its requests is judged.
    pub resource: Resource,
    /// How many it was judged on.
    pub windows: u64,
    /// Sum of the requests over the sum of the mean use in the days that judged.
    pub requested_over_used: Option<f64>,
    /// Share of the windows in which the request was too small: CPU above it in more than 1 % of the
    /// samples, memory in any.
    pub violating_share: Option<f64>,
    /// The share that the rule promised; only ours promise one.
    pub nominal_share: Option<f64>,
}

/// The plan's rule beside a peer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Comparison {
    /// Which of the requests is compared.
    pub resource: Resource,
    /// The rule that the plan's is compared with.
    pub peer: Rule,
    /// What the plan's rule asks for, over what the peer asks for.
    pub requested_over_peer: f64,
    /// The plan's rule's share of violated windows.
    pub violating_share: f64,
    /// The peer's share of violated windows.
    pub peer_violating_share: f64,
    /// The share that the policy takes.
    pub nominal_share: f64,
}

impl Backtest {
    /// `by_fold` is what was known of replicas.
    pub(super) fn new(
        span: Span,
        folds: usize,
        judged: &[(&Environment, judge::EnvironmentWeeks)],
        by_fold: &[Calibration],
        policy: &Policy,
    ) -> Self {
        let trials: Vec<_> = judged
            .iter()
            .flat_map(|(_, one)| one.instances.trials.iter().copied())
            .collect();
        // What an owner is called for: CPU over its request, memory over its limit.
        let calls = [
            (Resource::Cpu, policy.sizing.cpu_risk),
            (Resource::Memory, policy.sizing.memory_limit_risk),
        ];
        let own = |(environment, one): &(&Environment, judge::EnvironmentWeeks)| {
            calls.map(|(resource, risk)| {
                own_weeks(
                    environment,
                    Record::of(&one.replica.trials, resource, by_fold, risk),
                    resource,
                    risk,
                )
            })
        };
        Self {
            span,
            folds: folds as u64,
            environments: judged.len() as u64,
            instances: BacktestTable::of(judged.iter().map(|(_, one)| &one.instances), policy),
            replicas: BacktestTable::of(judged.iter().map(|(_, one)| &one.replica), policy),
            own_weeks: judged.iter().flat_map(own).collect(),
            scores: as_prior(&trials),
        }
    }

    /// Whether both resources could be judged at all.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.instances.cpu.windows > 0 && self.instances.memory.windows > 0
    }
}

impl BacktestTable {
    fn of<'a>(all: impl Iterator<Item = &'a judge::Weeks>, policy: &Policy) -> Self {
        let mut tally = Tally::default();
        all.for_each(|one| tally.merge(&one.tally));
        let of = |ledger: &Ledger| JudgedWindows {
            windows: ledger.windows,
            skipped: ledger.skipped,
        };
        let rules = &policy.sizing;
        let requests = [
            (Resource::Cpu, &tally.cpu, rules.cpu_risk),
            (Resource::Memory, &tally.memory, rules.memory_limit_risk),
        ];
        Self {
            environments_judged: tally.environments_judged,
            subjects_judged: tally.subjects_judged,
            cpu: of(&tally.cpu),
            memory: of(&tally.memory),
            rows: requests
                .iter()
                .flat_map(|(resource, ledger, _)| rows(*resource, ledger))
                .collect(),
            comparisons: requests
                .iter()
                .filter_map(|(resource, ledger, risk)| compared(*resource, ledger, *risk))
                .collect(),
        }
    }

    /// The row of `rule` on `resource`.
    #[must_use]
    pub fn row(&self, rule: Rule, resource: Resource) -> Option<&BacktestRow> {
        self.rows
            .iter()
            .find(|row| row.policy == rule && row.resource == resource)
    }
}

fn own_weeks(
    environment: &Environment,
    record: Record,
    resource: Resource,
    risk: Risk,
) -> OwnWeeks {
    OwnWeeks {
        account: environment.account.clone(),
        region: environment.region.clone(),
        environment_id: environment.id.clone(),
        environment: environment.name.clone(),
        resource,
        record,
        nominal_share: risk.get(),
    }
}

/// Nothing if no window was judged or nothing was used.
fn compared(resource: Resource, ledger: &Ledger, risk: Risk) -> Option<Comparison> {
    let (_, theirs) = ledger.rules().find(|(rule, _)| *rule == BEST_KNOWN)?;
    let (ours, theirs) = (
        row(Rule::Eb2eks90, resource, ledger.plan, ledger),
        row(BEST_KNOWN, resource, theirs, ledger),
    );
    let requested_over_peer =
        ours.requested_over_used? / theirs.requested_over_used.filter(|&ratio| ratio > 0.0)?;
    Some(Comparison {
        resource,
        peer: BEST_KNOWN,
        requested_over_peer: rounded(requested_over_peer),
        violating_share: ours.violating_share?,
        peer_violating_share: theirs.violating_share?,
        nominal_share: risk.get(),
    })
}

fn rows(resource: Resource, ledger: &Ledger) -> Vec<BacktestRow> {
    ledger
        .rules()
        .map(|(rule, sums)| row(rule, resource, sums, ledger))
        .collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 windows are more than any fleet has"
)]
fn row(policy: Rule, resource: Resource, sums: RuleSums, ledger: &Ledger) -> BacktestRow {
    BacktestRow {
        policy,
        resource,
        windows: ledger.windows,
        requested_over_used: (ledger.used > 0.0).then(|| rounded(sums.requested / ledger.used)),
        violating_share: (ledger.windows > 0)
            .then(|| rounded(sums.violating as f64 / ledger.windows as f64)),
        nominal_share: policy.risk().map(Risk::get),
    }
}

/// Four decimals: more would promise more than a few thousand windows can tell.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
