//! What a reader must know about a sizing before trusting it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A reason for care; each is named wherever the app's numbers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Fewer days than the policy asks for.
    ThinHistory,
    /// Too many gaps.
    LowCoverage,
    /// Some instances never reported their memory, while others did.
    SilentInstances,
    /// The request would have been too small on many days of the history that it was made from.
    OftenOverRequest,
    /// The CPU wanted more than it had: demand was higher than seen.
    SaturatedCpu,
    /// A T instance ran out of credits: in standard mode it was throttled, demand was higher than seen.
    CreditsExhausted,
    /// Memory was never reported: the number is a bound by the instance type.
    MemoryAssumed,
    /// Memory use came close to all that the machine has.
    MemoryAtCeiling,
    /// CPU is known only as the average of the group; the busiest instance was not seen.
    GroupAverageOnly,
    /// Some samples could not be true and were left out.
    InvalidSamples,
    /// Some series are marked as not complete by what collected them.
    PartialSeries,
    /// One replica would not fit a node: today's instances become more, smaller pods.
    Split,
    /// Today's instances are Graviton: images have to be built for the nodes' architecture.
    OtherArchitecture,
}

impl Flag {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::ThinHistory,
        Self::LowCoverage,
        Self::SilentInstances,
        Self::OftenOverRequest,
        Self::SaturatedCpu,
        Self::CreditsExhausted,
        Self::MemoryAssumed,
        Self::MemoryAtCeiling,
        Self::GroupAverageOnly,
        Self::InvalidSamples,
        Self::PartialSeries,
        Self::Split,
        Self::OtherArchitecture,
    ];

    /// A few words for a table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ThinHistory => "thin history",
            Self::LowCoverage => "many gaps",
            Self::SilentInstances => "silent instances",
            Self::OftenOverRequest => "often over request",
            Self::SaturatedCpu => "CPU saturated",
            Self::CreditsExhausted => "credits exhausted",
            Self::MemoryAssumed => "memory assumed",
            Self::MemoryAtCeiling => "memory at ceiling",
            Self::GroupAverageOnly => "group average only",
            Self::InvalidSamples => "invalid samples",
            Self::PartialSeries => "partial series",
            Self::Split => "split",
            Self::OtherArchitecture => "other architecture",
        }
    }

    /// What a human should do about it.
    #[must_use]
    pub const fn what_to_do(self) -> &'static str {
        match self {
            Self::ThinHistory => "collect again when there is more history, or load-test before moving",
            Self::SilentInstances => "install the CloudWatch agent on every instance: the peak may be on one that said nothing",
            Self::OftenOverRequest => "its load comes in bursts: load-test, or raise sizing.cpu_percentile or cpu_margin",
            Self::LowCoverage => "find out why the metric was not reported; the gaps may hide the peaks",
            Self::SaturatedCpu => "load-test: the request is a lower bound of the demand",
            Self::CreditsExhausted => {
                "load-test: in standard mode (the default of T2) the CPU was throttled to its baseline; in unlimited mode (T3) it was surcharged"
            }
            Self::MemoryAssumed => {
                "install the CloudWatch agent and collect again: the request is all that the instance has, not what the app needs"
            }
            Self::MemoryAtCeiling => "find out whether the app would take more; load-test with a larger limit",
            Self::GroupAverageOnly => "collect CPU by instance; one busy instance disappears in an average",
            Self::InvalidSamples => "check the metric's source and unit",
            Self::PartialSeries => "collect again; see the snapshot's gaps",
            Self::Split => "check that the app works as more, smaller pods (memory rarely divides evenly), or take larger nodes",
            Self::OtherArchitecture => "build the image for the nodes' architecture, or choose Graviton nodes",
        }
    }
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.label())
    }
}
