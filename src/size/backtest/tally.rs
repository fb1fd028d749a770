//! Sums over windows.

use serde::Serialize;

use super::rule::Rule;
use super::window::{Judge, Skip};

/// Windows that say nothing, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The instance has no series of its own: never reported, or only as its group's average.
    pub unreported: u64,
    /// Less than half of the samples to fit on.
    pub training: u64,
    /// Less than half of the samples to judge on.
    pub test: u64,
    /// An instance type of the environment is not in the catalogue.
    pub unknown_type: u64,
}

impl Skipped {
    /// All of them.
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
    pub(super) instances_judged: u64,
    pub(super) cpu: Ledger,
    pub(super) memory: Ledger,
}

/// One resource. The sums depend on the order in which windows are added: callers keep to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ledger {
    pub(super) windows: u64,
    pub(super) skipped: Skipped,
    /// Sum of the mean use of each test, in cores or bytes.
    pub(super) used: f64,
    /// In the order of [`Rule::ALL`].
    pub(super) rules: [RuleSums; Rule::ALL.len()],
}

/// One rule on one resource.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct RuleSums {
    /// In cores or bytes.
    pub(super) requested: f64,
    /// Windows in which the request was too small.
    pub(super) violating: u64,
}

impl Tally {
    /// Adds another environment; the order of calls is the order of the sums.
    pub(super) fn merge(&mut self, other: &Self) {
        self.environments += other.environments;
        self.environments_judged += other.environments_judged;
        self.instances_judged += other.instances_judged;
        self.cpu.merge(&other.cpu);
        self.memory.merge(&other.memory);
    }

    pub(super) fn skip_unknown_types(&mut self, windows: usize) {
        self.cpu.skipped.unknown_type += windows as u64;
        self.memory.skipped.unknown_type += windows as u64;
    }
}

impl Ledger {
    /// Adds a window that each rule answered with one of `requests`.
    pub(super) fn add(&mut self, requests: &[f64; Rule::ALL.len()], judge: &Judge) {
        self.windows += 1;
        self.used += judge.mean();
        for (sums, &request) in self.rules.iter_mut().zip(requests) {
            sums.requested += request;
            sums.violating += u64::from(judge.is_violated_by(request));
        }
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
        for (sums, other) in self.rules.iter_mut().zip(&other.rules) {
            sums.requested += other.requested;
            sums.violating += other.violating;
        }
    }
}
