//! The rules that are compared: the plan's own at several risks, and the peers.

use std::fmt;

use serde::{Serialize, Serializer};

use super::peers::{Vpa, compute_optimizer, krr, plain};
use crate::policy::Risk;
use crate::size::risk::Training;

/// A way to make a request from samples. In JSON and tables by [`Rule::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The plan's rule at a risk of one week in ten.
    Eb2eks90,
    /// One week in twenty.
    Eb2eks95,
    /// One week in fifty.
    Eb2eks98,
    /// Robusta KRR, strategy `simple`.
    KrrSimple,
    /// Robusta KRR, strategy `simple_limit`; its request, not its limit.
    KrrSimpleLimit,
    /// The Vertical Pod Autoscaler's target.
    VpaTarget,
    /// The Vertical Pod Autoscaler's upper bound, taken as a request.
    VpaUpper,
    /// AWS Compute Optimizer with its default thresholds and headrooms.
    ComputeOptimizer,
    /// The same, cut off at what the instance has.
    ComputeOptimizerCapped,
    /// The 95th percentile of the samples.
    P95,
    /// The 99th percentile of the samples.
    P99,
    /// The highest sample of all.
    Max,
    /// All that the instance has.
    Provisioned,
}

impl Rule {
    /// All of them, in the order in which they are shown: ours, then the peers.
    pub const ALL: [Self; 13] = {
        let [a, b, c] = Self::OURS;
        let [d, e, f, g, h, i, j, k, l, m] = Self::PEERS;
        [a, b, c, d, e, f, g, h, i, j, k, l, m]
    };

    /// The plan's rule, at each risk.
    pub(super) const OURS: [Self; 3] = [Self::Eb2eks90, Self::Eb2eks95, Self::Eb2eks98];

    /// Rules that need to know nothing but the instance itself.
    pub(in crate::size) const PEERS: [Self; 10] = [
        Self::KrrSimple,
        Self::KrrSimpleLimit,
        Self::VpaTarget,
        Self::VpaUpper,
        Self::ComputeOptimizer,
        Self::ComputeOptimizerCapped,
        Self::P95,
        Self::P99,
        Self::Max,
        Self::Provisioned,
    ];

    /// As scripts know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eb2eks90 => "eb2eks-90",
            Self::Eb2eks95 => "eb2eks-95",
            Self::Eb2eks98 => "eb2eks-98",
            Self::KrrSimple => "krr-simple",
            Self::KrrSimpleLimit => "krr-simple-limit",
            Self::VpaTarget => "vpa-target",
            Self::VpaUpper => "vpa-upper",
            Self::ComputeOptimizer => "compute-optimizer",
            Self::ComputeOptimizerCapped => "compute-optimizer-capped",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::Max => "max",
            Self::Provisioned => "provisioned",
        }
    }

    /// The share of weeks that it promises to be too small in, at most; only ours promise one.
    #[must_use]
    pub fn risk(self) -> Option<Risk> {
        match self {
            Self::Eb2eks90 => Risk::new(0.10),
            Self::Eb2eks95 => Risk::new(0.05),
            Self::Eb2eks98 => Risk::new(0.02),
            _ => None,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What each peer asks for after `training`, in cores or bytes, in the order of [`Rule::PEERS`].
pub(in crate::size) fn of_peers(training: &Training<'_>) -> [f64; Rule::PEERS.len()] {
    let vpa = Vpa::watching(training);
    Rule::PEERS.map(|rule| match rule {
        Rule::KrrSimple => krr::simple(training),
        Rule::KrrSimpleLimit => krr::simple_limit(training),
        Rule::VpaTarget => vpa.target(),
        Rule::VpaUpper => vpa.upper_bound(),
        Rule::ComputeOptimizer => compute_optimizer::recommended(training),
        Rule::ComputeOptimizerCapped => {
            compute_optimizer::recommended(training).min(plain::provisioned(training))
        }
        Rule::P95 => plain::percentile(training, 95.0),
        Rule::P99 => plain::percentile(training, 99.0),
        Rule::Max => plain::max(training),
        Rule::Provisioned | Rule::Eb2eks90 | Rule::Eb2eks95 | Rule::Eb2eks98 => {
            plain::provisioned(training)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_scripts_rely_on() {
        let names = Rule::ALL.map(Rule::name).join(" ");
        let expected = "eb2eks-90 eb2eks-95 eb2eks-98 krr-simple krr-simple-limit vpa-target vpa-upper compute-optimizer compute-optimizer-capped p95 p99 max provisioned";
        assert_eq!(names, expected);
    }

    #[test]
    fn only_ours_promise_a_share() {
        assert!(
            Rule::ALL
                .iter()
                .all(|rule| rule.risk().is_some() == Rule::OURS.contains(rule))
        );
    }
}
