//! What a reader must know about a sizing before trusting it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::evidence::{EvidenceInputs, STALE_DAYS, share};
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
    /// Fewer samples came than the policy asks for.
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
    /// Utilisation never passes 1: it was taken for a fraction of 1 instead of per cent.
    FractionReadings,
    /// Not one sample of the CPU is over 0: the metric is broken.
    ZeroReadings,
    /// Samples came of instances that the inventory does not have; they were left out.
    Strangers,
    /// Nothing was reported in the last days.
    Stale,
    /// At some time its CPU was far busier than it is given for.
    BusierBefore,
    /// A burstable instance worked at its baseline: without a series of credits, it may have wanted more.
    AtBaseline,
    /// One instance does far more than the others.
    Uneven,
    /// Memory only grows: a leak, or a cache without a bound.
    MemoryGrows,
    /// Memory climbs for days and falls at once, again and again.
    MemorySaw,
    /// Much of the memory may be the operating system's and the agents' of a small instance.
    SystemShare,
    /// Its memory limit is what an empty node holds; the instance had more.
    LimitAtNode,
    /// One replica would not fit a node: today's instances become more, smaller pods.
    Split,
    /// Today's instances are Graviton: images have to be built for the nodes' architecture.
    OtherArchitecture,
}

impl Flag {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 29] = [
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
        Self::FractionReadings,
        Self::ZeroReadings,
        Self::Strangers,
        Self::Stale,
        Self::BusierBefore,
        Self::AtBaseline,
        Self::Uneven,
        Self::MemoryGrows,
        Self::MemorySaw,
        Self::SystemShare,
        Self::LimitAtNode,
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
            Self::FractionReadings => "fraction-readings",
            Self::ZeroReadings => "zero-readings",
            Self::Strangers => "unknown-instances",
            Self::Stale => "stale",
            Self::BusierBefore => "busier-before",
            Self::AtBaseline => "at-baseline",
            Self::Uneven => "uneven",
            Self::MemoryGrows => "memory-grows",
            Self::MemorySaw => "memory-saw",
            Self::SystemShare => "system-share",
            Self::LimitAtNode => "limit-at-node",
            Self::Split => "split",
            Self::OtherArchitecture => "other-architecture",
        }
    }

    /// Whether a number may be far from what the app needs: such an app is no pilot.
    #[must_use]
    pub const fn is_doubt(self) -> bool {
        matches!(
            self,
            Self::LowCoverage
                | Self::MemoryAssumed
                | Self::QuietOfLate
                | Self::FractionReadings
                | Self::ZeroReadings
                | Self::Strangers
                | Self::Stale
                | Self::BusierBefore
                | Self::AtBaseline
                | Self::MemoryGrows
                | Self::MemorySaw
        )
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
            Self::FractionReadings => text!("flag-fraction-readings"),
            Self::ZeroReadings => text!("flag-zero-readings"),
            Self::Strangers => text!("flag-unknown-instances"),
            Self::Stale => text!("flag-stale"),
            Self::BusierBefore => text!("flag-busier-before"),
            Self::AtBaseline => text!("flag-at-baseline"),
            Self::Uneven => text!("flag-uneven"),
            Self::MemoryGrows => text!("flag-memory-grows"),
            Self::MemorySaw => text!("flag-memory-saw"),
            Self::SystemShare => text!("flag-system-share"),
            Self::LimitAtNode => text!("flag-limit-at-node"),
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
            Self::FractionReadings => text!("flag-fraction-readings-hint"),
            Self::ZeroReadings => text!("flag-zero-readings-hint"),
            Self::Strangers => text!("flag-unknown-instances-hint"),
            Self::Stale => text!("flag-stale-hint"),
            Self::BusierBefore => text!("flag-busier-before-hint"),
            Self::AtBaseline => text!("flag-at-baseline-hint"),
            Self::Uneven => text!("flag-uneven-hint"),
            Self::MemoryGrows => text!("flag-memory-grows-hint"),
            Self::MemorySaw => text!("flag-memory-saw-hint"),
            Self::SystemShare => text!("flag-system-share-hint"),
            Self::LimitAtNode => text!("flag-limit-at-node-hint"),
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

/// The busiest instance over the average one: of two, one that does three quarters.
const UNEVEN: f64 = 1.5;
/// The system's part of what is usually held that is worth a word.
const SYSTEM: f64 = 1.0 / 3.0;

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
    let odd = &profile.odd;
    let has_system_share = profile
        .memory
        .usual
        .is_some_and(|usual| rules.host_memory.as_f64() >= SYSTEM * usual);
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
        (
            odd.is_cpu_a_fraction || odd.is_memory_a_fraction,
            Flag::FractionReadings,
        ),
        (odd.is_cpu_always_zero, Flag::ZeroReadings),
        (odd.strangers > 0, Flag::Strangers),
        (
            odd.cpu_silent_days.max(odd.memory_silent_days) >= STALE_DAYS,
            Flag::Stale,
        ),
        (weighed.was_busier_before(), Flag::BusierBefore),
        (odd.is_at_baseline, Flag::AtBaseline),
        (cpu.unevenness >= UNEVEN, Flag::Uneven),
        (odd.is_memory_a_leak(), Flag::MemoryGrows),
        (odd.is_memory_a_saw, Flag::MemorySaw),
        (has_system_share, Flag::SystemShare),
        (weighed.is_limit_cut_off(), Flag::LimitAtNode),
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
