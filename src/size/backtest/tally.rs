//! Adds up what windows say: where a rule's request was too small, and what it asked for beside what was used.

use serde::Serialize;

use super::rule::Rule;
use crate::size::risk::{Judge, Resource, Skip};

/// Windows that say nothing, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SkippedWindows {
    /// It has no series of its own: never reported, or only as its group's average.
    pub unreported: u64,
    /// Less than half of the samples to fit on.
    pub training: u64,
    /// Less than half of the samples to judge on.
    pub test: u64,
    /// An instance type of the environment is not in the catalogue.
    pub unknown_type: u64,
}

impl SkippedWindows {
    /// Windows that were not used, for whatever reason.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.unreported + self.training + self.test + self.unknown_type
    }
}

/// Everything that was judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) environments: u64,
    /// With at least one window of either resource.
    pub(super) environments_judged: u64,
    /// Instances, or replicas, with at least one window.
    pub(super) subjects_judged: u64,
    pub(super) cpu: Ledger,
    pub(super) memory: Ledger,
}

/// One resource. The sums depend on the order in which windows are added: callers keep to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ledger {
    pub(super) windows: u64,
    pub(super) skipped: SkippedWindows,
    /// Sum of the mean use of each test, in cores or bytes.
    pub(super) used: f64,
    /// In the order of [`Rule::OURS`].
    pub(super) ours: [RuleSums; Rule::OURS.len()],
    /// In the order of [`Rule::PEERS`].
    pub(super) peers: [RuleSums; Rule::PEERS.len()],
    /// The plan's rule at the policy's risk.
    pub(super) plan: RuleSums,
}

/// One rule on one resource.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct RuleSums {
    /// In cores or bytes.
    pub(super) requested: f64,
    /// Windows in which the request was too small.
    pub(super) violating: u64,
}

impl RuleSums {
    pub(super) fn add(&mut self, request: f64, is_violated: bool) {
        self.requested += request;
        self.violating += u64::from(is_violated);
    }

    fn merge(&mut self, other: &Self) {
        self.requested += other.requested;
        self.violating += other.violating;
    }
}

impl Tally {
    /// Adds another environment; the order of calls is the order of the sums.
    pub(super) fn merge(&mut self, other: &Self) {
        self.environments += other.environments;
        self.environments_judged += other.environments_judged;
        self.subjects_judged += other.subjects_judged;
        self.cpu.merge(&other.cpu);
        self.memory.merge(&other.memory);
    }

    pub(super) const fn of_mut(&mut self, resource: Resource) -> &mut Ledger {
        match resource {
            Resource::Cpu => &mut self.cpu,
            Resource::Memory => &mut self.memory,
        }
    }

    pub(super) fn skip_unknown_types(&mut self, windows: usize) {
        self.cpu.skipped.unknown_type += windows as u64;
        self.memory.skipped.unknown_type += windows as u64;
    }
}

impl Ledger {
    /// Adds a window that each peer answered with one of `requests`.
    pub(super) fn add(&mut self, requests: &[f64; Rule::PEERS.len()], judge: &Judge<'_>) {
        self.windows += 1;
        self.used += judge.mean();
        let violated = judge.are_violated_by(*requests);
        for (sums, (&request, is_violated)) in
            self.peers.iter_mut().zip(requests.iter().zip(violated))
        {
            sums.add(request, is_violated);
        }
    }

    /// Each rule's sums, in the order of [`Rule::ALL`].
    pub(super) fn rules(&self) -> impl Iterator<Item = (Rule, RuleSums)> {
        let ours = Rule::OURS.into_iter().zip(self.ours);
        ours.chain(Rule::PEERS.into_iter().zip(self.peers))
    }

    pub(super) fn skip_unreported(&mut self, windows: usize) {
        self.skipped.unreported += windows as u64;
    }

    pub(super) fn skip(&mut self, skip: Skip) {
        match skip {
            Skip::Training => self.skipped.training += 1,
            Skip::Test => self.skipped.test += 1,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.windows += other.windows;
        self.used += other.used;
        self.skipped.unreported += other.skipped.unreported;
        self.skipped.training += other.skipped.training;
        self.skipped.test += other.skipped.test;
        self.skipped.unknown_type += other.skipped.unknown_type;
        self.ours
            .iter_mut()
            .zip(&other.ours)
            .for_each(|(sums, other)| sums.merge(other));
        self.peers
            .iter_mut()
            .zip(&other.peers)
            .for_each(|(sums, other)| sums.merge(other));
        self.plan.merge(&other.plan);
    }
}
