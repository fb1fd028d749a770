//! What a sizing rests on, so that a thin number looks thin.

use serde::{Deserialize, Serialize};

use super::grade::Quality;
use super::profile::Profile;
use super::whole_replica::WholeReplica;
use super::{
    Factor, Grade, Improvement, Level, LevelRecord, Limits, Record, Rhythm, exceedance_upper_bound,
};
use crate::policy::Policy;
use crate::units::{Bytes, Millicores, Resources};

/// What an environment's own weeks say about the rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Records {
    /// Windows in which CPU went over the request.
    pub cpu: Record,
    /// Windows in which memory went over the limit.
    pub memory: Record,
}

/// The history behind the numbers of one environment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Evidence {
    /// Days from the first sample to the last.
    pub days: f64,
    /// Days that the requests were fitted on: the last ones.
    pub fit_days: u32,
    /// How CPU was measured; without a history of it an environment is not sized.
    pub cpu: CpuEvidence,
    /// How memory was measured, or what was assumed of it.
    pub memory: MemoryEvidence,
}

/// How CPU was measured, and how the request would have done on that very history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CpuEvidence {
    /// Grid slots in the time that the instances lived.
    pub expected_samples: u64,
    /// Slots that hold a value.
    pub present_samples: u64,
    /// Values that cannot be true.
    pub rejected_samples: u64,
    /// Where they came from, without instance ids.
    pub sources: Vec<String>,
    /// What a replica of today used on average.
    pub mean: Millicores,
    /// At the 99th percentile, the busiest replica.
    pub p99: Millicores,
    /// The highest sample of any replica of today.
    pub peak: Millicores,
    /// How far the number can be trusted.
    pub grade: Grade,
    /// What keeps it from an A.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub better_with: Vec<Improvement>,
    /// What a pod needs in the week after: in one case of two, and at most in all but one of fifty; the lower
    /// end less what the operating system and agents may have used.
    pub range: (Millicores, Millicores),
    /// The factor on the highest sample of the days that it was fitted on.
    pub factor: Factor,
    /// How the rule would have done on this app's own weeks.
    pub record: Record,
    /// Days at the beginning of the fit that were left out, because the level shifted after them.
    pub days_before_shift: u32,
    /// What a pod's 99th percentile may have been had the machine not cut it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted_at_most: Option<Millicores>,
    /// The maxima inside the samples over the averages, both at their 99th percentile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<f64>,
    /// What the busiest instance used over what one used on average; 1 if it ran alone.
    pub unevenness: f64,
    /// How the demand of all instances together moves.
    pub rhythm: Rhythm,
    /// Days on which a replica would have been above its request for more than 1 % of the samples.
    pub days_over_request: u32,
    /// Days with any sample.
    pub days_observed: u32,
    /// Upper end of the one-sided 95 % Clopper-Pearson interval of the share of such days: what can be
    /// said from so many days if days were alike and independent, which they are not quite.
    pub days_over_request_at_most: f64,
}

/// How memory was measured, or what was assumed instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MemoryEvidence {
    /// Whether samples or the instance type are behind the numbers.
    pub origin: MemoryOrigin,
    /// Grid slots in the time that the instances lived.
    pub expected_samples: u64,
    /// Slots that hold a value; zero if it was never reported.
    pub present_samples: u64,
    /// Values that cannot be true.
    pub rejected_samples: u64,
    /// Where they came from, without instance ids.
    pub sources: Vec<String>,
    /// The highest sample of any instance; absent if never reported.
    pub peak: Option<Bytes>,
    /// What the (largest) instance has: no app can have used more.
    pub instance_memory: Bytes,
    /// How far the number can be trusted.
    pub grade: Grade,
    /// What keeps it from an A.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub better_with: Vec<Improvement>,
    /// From what it usually holds to what it may come to hold; from 0 to all that the instance has if never reported.
    pub range: (Bytes, Bytes),
    /// What a replica usually holds: all but the highest thousandth of its samples; absent if never reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<Bytes>,
    /// What its request has of the way to its limit; absent if never reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// How that level did in the weeks of the whole fleet.
    pub tried: LevelRecord,
    /// Growth in 30 days as a share of the mean, where memory only grows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub growth_per_month: Option<f64>,
    /// The factor of the limit on the highest sample; absent if never reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_factor: Option<Factor>,
    /// How the limit would have done on this app's own weeks.
    pub record: Record,
}

/// Whether a memory number was ever measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemoryOrigin {
    /// Taken from samples, even if not all instances reported.
    Measured,
    /// Bounded by the instance type; nothing was reported.
    Assumed,
}

/// A profile and what was made of it.
pub(super) struct EvidenceInputs<'a> {
    pub(super) profile: &'a Profile,
    pub(super) whole: &'a WholeReplica,
    pub(super) records: Records,
    /// What each pod reserves after a split.
    pub(super) requests: Resources,
    pub(super) limits: Limits,
    /// Pods that each of today's instances becomes.
    pub(super) pieces: u32,
    /// What of a replica's work a replica carries in normal times.
    pub(super) cpu_share: f64,
    pub(super) level: Level,
    pub(super) tried: LevelRecord,
    pub(super) policy: &'a Policy,
}

impl EvidenceInputs<'_> {
    pub(super) fn evidence(&self) -> Evidence {
        Evidence {
            days: rounded(self.profile.days, 100.0),
            fit_days: self.profile.cpu.fit_days,
            cpu: self.cpu(),
            memory: self.memory(),
        }
    }

    /// Whether the days that the request is made from never reached most of what was used on average over all days.
    pub(super) fn is_quiet_of_late(&self) -> bool {
        let cpu = &self.profile.cpu;
        cpu.fit.start < cpu.mean * QUIET
    }

    /// Whether it was far busier at some time than it is given for.
    pub(super) fn was_busier_before(&self) -> bool {
        let cpu = &self.profile.cpu;
        cpu.p99 > self.whole.cpu.max(cpu.fit_p99) * BUSIER
    }

    /// Whether the limit is what an empty node can hold, and the app might have been given more.
    pub(super) fn is_limit_cut_off(&self) -> bool {
        self.whole.memory_limit / f64::from(self.pieces)
            > self.limits.memory_bytes.as_f64() * (1.0 + NOISE)
            && self.whole.memory_factor.is_some()
    }

    /// Days that the CPU request rests on: of one whose level shifted only those on the new one.
    fn cpu_days(&self) -> f64 {
        match self.profile.cpu.fit.days_before_shift {
            0 => self.profile.days,
            before => {
                f64::from(self.profile.cpu.fit_days)
                    - f64::from(u32::try_from(before).unwrap_or(u32::MAX))
            }
        }
    }

    fn cpu(&self) -> CpuEvidence {
        let Self {
            profile,
            whole,
            requests,
            policy,
            ..
        } = self;
        let pieces = f64::from(self.pieces);
        let cpu = &profile.cpu;
        let millicores = Millicores::from_cores_rounded_up;
        // A replica that carries everything; pods that are there for failures carry less each, and so are asked less.
        let request = Millicores::from_cores_rounded_up(whole.cpu).max(requests.cpu * self.pieces);
        let over = cpu
            .daily_needs
            .iter()
            .filter(|&&need| need > request.cores() * (1.0 + NOISE))
            .count();
        let count = |days: usize| u32::try_from(days).unwrap_or(u32::MAX);
        let (over, observed) = (count(over), count(cpu.daily_needs.len()));
        let odd = &profile.odd;
        let quality = Quality {
            is_measured: !odd.is_cpu_always_zero,
            days: self.cpu_days(),
            coverage: share(cpu.seen.present_samples, cpu.seen.expected_samples),
            period_seconds: profile.period_seconds,
            is_group_average: cpu.seen.is_group_average,
            is_cut_off: profile.is_saturated(policy)
                || profile.is_out_of_credits
                || odd.is_at_baseline,
            is_quiet_of_late: self.is_quiet_of_late() || self.was_busier_before(),
            has_silent_instances: false,
            is_stale: odd.cpu_silent_days >= STALE_DAYS,
            is_odd: odd.is_cpu_a_fraction,
        };
        CpuEvidence {
            expected_samples: cpu.seen.expected_samples,
            present_samples: cpu.seen.present_samples,
            rejected_samples: cpu.seen.rejected_samples,
            sources: cpu.seen.sources.clone(),
            mean: millicores(cpu.mean),
            p99: millicores(cpu.p99),
            peak: millicores(cpu.peak),
            grade: self.grade(quality),
            better_with: quality.better_with(self.fit_days()),
            // A load test may have found more than history reaches.
            range: (
                millicores(whole.cpu_range.0 * self.cpu_share / pieces),
                millicores(whole.cpu_range.1 * self.cpu_share / pieces).max(requests.cpu),
            ),
            factor: shown(whole.cpu_factor),
            record: self.records.cpu,
            days_before_shift: count(cpu.fit.days_before_shift),
            wanted_at_most: cpu.wanted.map(|wanted| millicores(wanted / pieces)),
            burst: cpu.burst.map(|burst| rounded(burst, 100.0)),
            unevenness: rounded(cpu.unevenness, 100.0),
            rhythm: cpu.rhythm.clone(),
            days_over_request: over,
            days_observed: observed,
            days_over_request_at_most: rounded(exceedance_upper_bound(over, observed), 10_000.0),
        }
    }

    fn memory(&self) -> MemoryEvidence {
        let Self {
            profile,
            whole,
            requests,
            policy,
            ..
        } = self;
        let (seen, odd) = (&profile.memory.seen, &profile.odd);
        let of_a_pod = |bytes: f64| {
            Bytes::from_f64_rounded_up(bytes / f64::from(self.pieces))
                .rounded_up_to(Bytes::from_mebibytes(1))
        };
        let quality = Quality {
            is_measured: seen.peak.is_some(),
            days: profile.days,
            coverage: share(seen.present_samples, seen.expected_samples),
            period_seconds: profile.period_seconds,
            is_group_average: seen.is_group_average,
            is_cut_off: profile.is_at_ceiling(policy),
            is_quiet_of_late: false,
            has_silent_instances: seen.silent_instances > 0,
            is_stale: odd.memory_silent_days >= STALE_DAYS,
            is_odd: odd.is_memory_a_fraction || odd.is_memory_a_saw || odd.is_memory_a_leak(),
        };
        MemoryEvidence {
            origin: if seen.peak.is_some() {
                MemoryOrigin::Measured
            } else {
                MemoryOrigin::Assumed
            },
            expected_samples: seen.expected_samples,
            present_samples: seen.present_samples,
            rejected_samples: seen.rejected_samples,
            sources: seen.sources.clone(),
            peak: seen.peak,
            instance_memory: seen.instance_memory,
            grade: self.grade(quality),
            better_with: quality.better_with(self.fit_days()),
            range: (
                of_a_pod(whole.memory_range.0),
                of_a_pod(whole.memory_range.1).max(requests.memory),
            ),
            usual: profile.memory.usual.map(of_a_pod),
            level: whole.memory_factor.map(|_| self.level),
            tried: self.tried,
            growth_per_month: odd.memory_growth.map(|growth| rounded(growth, 1_000.0)),
            limit_factor: whole.memory_factor.map(shown),
            record: self.records.memory,
        }
    }

    fn grade(&self, quality: Quality) -> Grade {
        quality.grade(self.fit_days(), self.policy.sizing.min_coverage.get())
    }

    fn fit_days(&self) -> f64 {
        f64::from(self.policy.sizing.fit_days.get())
    }
}

/// A single peak long ago lifts the average of an even load a little: that is no quiet time.
const QUIET: f64 = 0.75;

/// Of what its request stands for: what was over it by more than a quarter is another load.
const BUSIER: f64 = 1.25;

/// Days without a sample at the end of the history that are no gap any more.
pub(super) const STALE_DAYS: f64 = 3.0;

/// Samples are single-precision: a day that needs the very request is not over it.
const NOISE: f64 = 1e-6;

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 samples are more than any history has"
)]
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

fn shown(factor: Factor) -> Factor {
    Factor {
        value: rounded(factor.value, 1_000.0),
        ..factor
    }
}

/// Rounded to `1 / parts`, so that a plan does not depend on the last bits of a mathematical library.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
