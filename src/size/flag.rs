//! What a reader must know about a sizing before trusting it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::evidence::{EvidenceInputs, share};
use super::{Evidence, Record};
use crate::catalog::Architecture;
use crate::wording::{Text, text};

/// A reason for care; each is named wherever the app's numbers are shown.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Fewer days than the policy asks for.
    ThinHistory,
    /// Too many gaps.
    LowCoverage,
    /// Some instances never reported their memory, while others did.
    SilentInstances,
    /// The request would have been too small in many of its own weeks, or days where those are few.
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
    /// Its level shifted in the days that the request was made from; the days before it were left out.
    LevelShift,
    /// It has gone quiet: the days that the request was made from never reached three quarters of the average of all.
    QuietOfLate,
    /// Demand grows from week to week.
    Growing,
    /// Its year has known far busier hours than the time that the request was made from.
    YearPeak,
    /// Within five minutes the CPU is far busier than on their average.
    Bursts,
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
    pub const ALL: [Self; 18] = [
        Self::ThinHistory,
        Self::LowCoverage,
        Self::SilentInstances,
        Self::OftenOverRequest,
        Self::SaturatedCpu,
        Self::CreditsExhausted,
        Self::MemoryAssumed,
        Self::MemoryAtCeiling,
        Self::GroupAverageOnly,
        Self::LevelShift,
        Self::QuietOfLate,
        Self::Growing,
        Self::YearPeak,
        Self::Bursts,
        Self::InvalidSamples,
        Self::PartialSeries,
        Self::Split,
        Self::OtherArchitecture,
    ];

    /// A stable name, which its note has too.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThinHistory => "thin-history",
            Self::LowCoverage => "many-gaps",
            Self::SilentInstances => "silent-instances",
            Self::OftenOverRequest => "often-over-request",
            Self::SaturatedCpu => "cpu-saturated",
            Self::CreditsExhausted => "credits-exhausted",
            Self::MemoryAssumed => "memory-assumed",
            Self::MemoryAtCeiling => "memory-at-ceiling",
            Self::GroupAverageOnly => "group-average-only",
            Self::LevelShift => "level-shift",
            Self::QuietOfLate => "quiet-of-late",
            Self::Growing => "growing",
            Self::YearPeak => "year's-peak",
            Self::Bursts => "bursts",
            Self::InvalidSamples => "invalid-samples",
            Self::PartialSeries => "partial-series",
            Self::Split => "split",
            Self::OtherArchitecture => "other-architecture",
        }
    }

    /// A few words for a table.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::ThinHistory => text!("flag-thin-history"),
            Self::LowCoverage => text!("flag-many-gaps"),
            Self::SilentInstances => text!("flag-silent-instances"),
            Self::OftenOverRequest => text!("flag-often-over-request"),
            Self::SaturatedCpu => text!("flag-cpu-saturated"),
            Self::CreditsExhausted => text!("flag-credits-exhausted"),
            Self::MemoryAssumed => text!("flag-memory-assumed"),
            Self::MemoryAtCeiling => text!("flag-memory-at-ceiling"),
            Self::GroupAverageOnly => text!("flag-group-average-only"),
            Self::LevelShift => text!("flag-level-shift"),
            Self::QuietOfLate => text!("flag-quiet-of-late"),
            Self::Growing => text!("flag-growing"),
            Self::YearPeak => text!("flag-years-peak"),
            Self::Bursts => text!("flag-bursts"),
            Self::InvalidSamples => text!("flag-invalid-samples"),
            Self::PartialSeries => text!("flag-partial-series"),
            Self::Split => text!("flag-split"),
            Self::OtherArchitecture => text!("flag-other-architecture"),
        }
    }

    /// What a human should do about it.
    #[must_use]
    pub fn what_to_do(self) -> Text {
        match self {
            Self::ThinHistory => text!("flag-thin-history-hint"),
            Self::LowCoverage => text!("flag-many-gaps-hint"),
            Self::SilentInstances => text!("flag-silent-instances-hint"),
            Self::OftenOverRequest => text!("flag-often-over-request-hint"),
            Self::SaturatedCpu => text!("flag-cpu-saturated-hint"),
            Self::CreditsExhausted => text!("flag-credits-exhausted-hint"),
            Self::MemoryAssumed => text!("flag-memory-assumed-hint"),
            Self::MemoryAtCeiling => text!("flag-memory-at-ceiling-hint"),
            Self::GroupAverageOnly => text!("flag-group-average-only-hint"),
            Self::LevelShift => text!("flag-level-shift-hint"),
            Self::QuietOfLate => text!("flag-quiet-of-late-hint"),
            Self::Growing => text!("flag-growing-hint"),
            Self::YearPeak => text!("flag-years-peak-hint"),
            Self::Bursts => text!("flag-bursts-hint"),
            Self::InvalidSamples => text!("flag-invalid-samples-hint"),
            Self::PartialSeries => text!("flag-partial-series-hint"),
            Self::Split => text!("flag-split-hint"),
            Self::OtherArchitecture => text!("flag-other-architecture-hint"),
        }
    }
}

/// Fewer weeks of its own say less than the days that the request was made from.
const LEAST_WEEKS: u32 = 4;
/// A growth in 30 days, or a year's peak over what was seen, that is worth a word.
const GROWING: f64 = 0.1;
const YEAR_PEAK: f64 = 1.2;
/// Maxima over averages inside five minutes that are worth a word.
const BURST: f64 = 2.0;

/// What applies to a sizing on nodes of that architecture.
pub(super) fn flags(
    weighed: &EvidenceInputs<'_>,
    evidence: &Evidence,
    nodes: Architecture,
) -> Vec<Flag> {
    let EvidenceInputs {
        profile,
        policy,
        pieces,
        ..
    } = *weighed;
    let rules = &policy.sizing;
    let (cpu, memory) = (&profile.cpu, &profile.memory.seen);
    let rhythm = &cpu.rhythm;
    let has_gaps = share(cpu.seen.present_samples, cpu.seen.expected_samples)
        < rules.min_coverage.get()
        || (memory.peak.is_some()
            && share(memory.present_samples, memory.expected_samples) < rules.min_coverage.get());
    let over = match evidence.cpu.record {
        Record { weeks, violated } if weeks >= LEAST_WEEKS => {
            share(u64::from(violated), u64::from(weeks))
        }
        _ => share(
            u64::from(evidence.cpu.days_over_request),
            u64::from(evidence.cpu.days_observed),
        ),
    };
    let candidates = [
        (evidence.days < rules.min_history_days, Flag::ThinHistory),
        (has_gaps, Flag::LowCoverage),
        (memory.silent_instances > 0, Flag::SilentInstances),
        (
            over > rules.over_request_share.get(),
            Flag::OftenOverRequest,
        ),
        (profile.is_saturated(policy), Flag::SaturatedCpu),
        (profile.is_out_of_credits, Flag::CreditsExhausted),
        (memory.peak.is_none(), Flag::MemoryAssumed),
        (profile.is_at_ceiling(policy), Flag::MemoryAtCeiling),
        (
            cpu.seen.is_group_average || memory.is_group_average,
            Flag::GroupAverageOnly,
        ),
        (cpu.fit.days_before_shift > 0, Flag::LevelShift),
        (weighed.is_quiet_of_late(), Flag::QuietOfLate),
        (
            rhythm.trend_per_month.is_some_and(|trend| trend >= GROWING),
            Flag::Growing,
        ),
        (rhythm.year_factor() >= YEAR_PEAK, Flag::YearPeak),
        (cpu.burst.is_some_and(|burst| burst >= BURST), Flag::Bursts),
        (
            cpu.seen.rejected_samples + memory.rejected_samples > 0,
            Flag::InvalidSamples,
        ),
        (
            cpu.seen.is_partial || memory.is_partial,
            Flag::PartialSeries,
        ),
        (pieces > 1, Flag::Split),
        (
            profile
                .architectures
                .iter()
                .any(|&architecture| architecture != nodes),
            Flag::OtherArchitecture,
        ),
    ];
    candidates
        .into_iter()
        .filter_map(|(applies, flag)| applies.then_some(flag))
        .collect()
}

impl fmt::Display for Flag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.label().fmt(f)
    }
}
