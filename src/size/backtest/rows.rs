//! The result: what each rule asked for, and how often that was too little.

use serde::Serialize;

use super::folds::Span;
use super::rule::Rule;
use super::tally::{Ledger, RuleSums, Skipped, Tally};
use super::window::Resource;

/// The peer that the plan's rule is compared with in words: whoever runs on AWS has its answer on their
/// console already.
pub const BEST_KNOWN: Rule = Rule::ComputeOptimizer;

/// How the rules did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backtest {
    /// Days to fit and to judge on.
    pub span: Span,
    /// Origins.
    pub folds: u64,
    /// Environments that live.
    pub environments: u64,
    /// Of those, with any window.
    pub environments_judged: u64,
    /// Instances with any window.
    pub instances_judged: u64,
    /// Windows of CPU.
    pub cpu: Judged,
    /// Windows of memory.
    pub memory: Judged,
    /// CPU in the order of [`Rule::ALL`], then memory.
    pub rows: Vec<Row>,
}

/// How much could be judged. A window is one instance in one fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Used.
    pub windows: u64,
    /// Not used, and why.
    pub skipped: Skipped,
}

/// One rule on one resource. Rounded to four decimals; absent where there was no window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Row {
    /// Whose request.
    pub policy: Rule,
    /// Of what.
    pub resource: Resource,
    /// How many it was judged on.
    pub windows: u64,
    /// Sum of the requests over the sum of the mean use in the days that judged.
    pub requested_over_used: Option<f64>,
    /// Share of the windows in which the request was too small: CPU above it in more than 1 % of the
    /// samples, memory in any.
    pub violating_share: Option<f64>,
    /// The share that the rule promised. These rules promise none.
    pub nominal_share: Option<f64>,
}

/// The plan's rule beside a peer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// What is requested.
    pub resource: Resource,
    /// Beside whom.
    pub peer: Rule,
    /// What the plan's rule asks for, over what the peer asks for.
    pub requested_over_peer: f64,
    /// The plan's rule's share of violated windows.
    pub violating_share: f64,
    /// The peer's.
    pub peer_violating_share: f64,
}

impl Backtest {
    pub(super) fn new(span: Span, folds: usize, tally: &Tally) -> Self {
        let judged = |ledger: &Ledger| Judged { windows: ledger.windows, skipped: ledger.skipped };
        Self {
            span,
            folds: folds as u64,
            environments: tally.environments,
            environments_judged: tally.environments_judged,
            instances_judged: tally.instances_judged,
            cpu: judged(&tally.cpu),
            memory: judged(&tally.memory),
            rows: [rows(Resource::Cpu, &tally.cpu), rows(Resource::Memory, &tally.memory)].concat(),
        }
    }

    /// The row of `rule` on `resource`.
    #[must_use]
    pub fn row(&self, rule: Rule, resource: Resource) -> Option<&Row> {
        self.rows.iter().find(|row| row.policy == rule && row.resource == resource)
    }

    /// The plan's rule beside `peer`; nothing if no window was judged or nothing was used.
    #[must_use]
    pub fn beside(&self, peer: Rule, resource: Resource) -> Option<Comparison> {
        let (ours, theirs) = (self.row(Rule::Eb2eks, resource)?, self.row(peer, resource)?);
        let requested_over_peer = ours.requested_over_used? / theirs.requested_over_used.filter(|&ratio| ratio > 0.0)?;
        Some(Comparison {
            resource,
            peer,
            requested_over_peer: rounded(requested_over_peer),
            violating_share: ours.violating_share?,
            peer_violating_share: theirs.violating_share?,
        })
    }

    /// Whether both resources could be judged at all.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.cpu.windows > 0 && self.memory.windows > 0
    }
}

fn rows(resource: Resource, ledger: &Ledger) -> Vec<Row> {
    Rule::ALL.into_iter().zip(ledger.rules).map(|(rule, sums)| row(rule, resource, sums, ledger)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "2^53 windows are more than any fleet has")]
fn row(policy: Rule, resource: Resource, sums: RuleSums, ledger: &Ledger) -> Row {
    Row {
        policy,
        resource,
        windows: ledger.windows,
        requested_over_used: (ledger.used > 0.0).then(|| rounded(sums.requested / ledger.used)),
        violating_share: (ledger.windows > 0).then(|| rounded(sums.violating as f64 / ledger.windows as f64)),
        nominal_share: None,
    }
}

/// Four decimals: more would promise more than a few thousand windows can tell.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}
