//! The recommender of the Vertical Pod Autoscaler: a histogram that forgets.
//!
//! Source: kubernetes/autoscaler @55c37cd5eb, VPA 1.8.0: `util/histogram_options.go`,
//! `util/decaying_histogram.go`, `model/aggregations_config.go`, `logic/recommender.go`. The recommender
//! sees a sample a minute; here a slot of the grid counts as the minutes that it covers. Left out: its
//! least requests (25m, 250 MiB for a pod), its reaction to OOM kills, and that buckets lighter than
//! 0.0001 at either end are ignored, which in a few weeks no bucket with a sample is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::size::grid::DAY_SECONDS;
use crate::size::risk::{Resource, Training};

/// `DefaultHistogramBucketSizeGrowth` is 0.05: each bucket is so many times as wide as the one before.
const RATIO: f64 = 1.05;
/// Width of the first bucket: 0.01 cores, 1e7 bytes.
const FIRST_CPU: f64 = 0.01;
const FIRST_MEMORY: f64 = 1e7;
/// Both histograms reach 100,000 times as far (1000 cores, 1e12 bytes):
/// ceil(log(100,000 x 0.05 + 1) / log(1.05)) + 1.
const BUCKETS: usize = 176;
/// `DefaultCPUHistogramDecayHalfLife` and `DefaultMemoryHistogramDecayHalfLife`, 24 h both; also
/// `DefaultMemoryAggregationInterval`, of which memory keeps the peak.
const HALF_LIFE_SECONDS: u64 = DAY_SECONDS;
/// `target-cpu-percentile` and `recommendation-upper-bound-cpu-percentile`; memory's are the same.
const TARGET: f64 = 0.9;
const UPPER_BOUND: f64 = 0.95;
/// `recommendation-margin-fraction` 0.15 on top of everything.
const MARGIN: f64 = 1.15;

static CPU_STARTS: LazyLock<[f64; BUCKETS]> = LazyLock::new(|| starts(FIRST_CPU));
static MEMORY_STARTS: LazyLock<[f64; BUCKETS]> = LazyLock::new(|| starts(FIRST_MEMORY));

/// Bucket `n` starts at `first x (1.05^n - 1) / 0.05`.
fn starts(first: f64) -> [f64; BUCKETS] {
    let mut power = 1.0;
    std::array::from_fn(|_| {
        let start = first * (power - 1.0) / (RATIO - 1.0);
        power *= RATIO;
        start
    })
}

/// What the recommender knows after it watched one instance.
pub(in crate::size::backtest) struct Vpa {
    histogram: Histogram,
    confidence: f64,
}

impl Vpa {
    pub(in crate::size::backtest) fn watching(training: &Training<'_>) -> Self {
        let period = u64::from(training.period_seconds);
        let histogram = match training.resource {
            Resource::Cpu => Histogram::of_samples(training, period),
            Resource::Memory => Histogram::of_daily_peaks(training, period),
        };
        Self {
            histogram,
            confidence: confidence(training, period),
        }
    }

    /// p90 and the margin.
    pub(in crate::size::backtest) fn target(&self) -> f64 {
        self.histogram.percentile(TARGET) * MARGIN
    }

    /// p95 and the margin, times 1 + 1 / confidence.
    pub(in crate::size::backtest) fn upper_bound(&self) -> f64 {
        self.histogram.percentile(UPPER_BOUND) * MARGIN * (1.0 + 1.0 / self.confidence)
    }
}

/// Days: the smaller of the time from the first sample to the last and of the samples there are, at a
/// sample a minute (`getConfidence`).
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 seconds are longer than any history"
)]
fn confidence(training: &Training<'_>, period: u64) -> f64 {
    let first = training.present().next().map_or(0, |(slot, _)| slot);
    let last = training.present().next_back().map_or(0, |(slot, _)| slot);
    let days = |slots: usize| (slots as u64 * period) as f64 / DAY_SECONDS as f64;
    days(last + 1 - first).min(days(training.count()))
}

/// Weights by bucket; young samples weigh more.
struct Histogram {
    starts: &'static [f64; BUCKETS],
    weights: [f64; BUCKETS],
    total: f64,
}

impl Histogram {
    const fn empty(starts: &'static [f64; BUCKETS]) -> Self {
        Self {
            starts,
            weights: [0.0; BUCKETS],
            total: 0.0,
        }
    }

    /// CPU: every sample, all of the same weight (`minSampleWeight`) before they age.
    fn of_samples(training: &Training<'_>, period: u64) -> Self {
        let mut histogram = Self::empty(&CPU_STARTS);
        for (slot, cores) in training.present() {
            histogram.add(cores, slot as u64 * period);
        }
        histogram
    }

    /// Memory: the peak of every 24 hours from the start, as old as the end of its interval.
    fn of_daily_peaks(training: &Training<'_>, period: u64) -> Self {
        let mut histogram = Self::empty(&MEMORY_STARTS);
        let mut peaks: BTreeMap<u64, f64> = BTreeMap::new();
        for (slot, bytes) in training.present() {
            let peak = peaks
                .entry(slot as u64 * period / DAY_SECONDS)
                .or_insert(bytes);
            *peak = peak.max(bytes);
        }
        for (day, peak) in peaks {
            histogram.add(peak, (day + 1) * DAY_SECONDS);
        }
        histogram
    }

    /// A sample `seconds` after the start weighs 2^(seconds / half-life).
    #[expect(
        clippy::cast_precision_loss,
        reason = "2^53 seconds are longer than any history"
    )]
    fn add(&mut self, value: f64, seconds: u64) {
        let weight = (seconds as f64 / HALF_LIFE_SECONDS as f64).exp2();
        let bucket = self
            .starts
            .partition_point(|&start| start <= value)
            .saturating_sub(1);
        self.weights[bucket] += weight;
        self.total += weight;
    }

    /// The end of the first bucket up to which `share` of the weight lies; the last bucket has no end.
    fn percentile(&self, share: f64) -> f64 {
        let threshold = share * self.total;
        let mut sum = 0.0;
        let reached = self.weights.iter().position(|weight| {
            sum += weight;
            sum >= threshold && sum > 0.0
        });
        self.starts[reached.map_or(BUCKETS - 1, |bucket| (bucket + 1).min(BUCKETS - 1))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::backtest::peers::examples::{fitted, usage};

    fn close(value: f64, expected: f64) -> bool {
        (value / expected - 1.0).abs() < 1e-6
    }

    fn target(training: &Training<'_>) -> f64 {
        Vpa::watching(training).target()
    }

    fn upper(training: &Training<'_>) -> f64 {
        Vpa::watching(training).upper_bound()
    }

    #[test]
    fn bucket_edges_are_those_of_the_source() {
        // 0, 0.01, 0.01 x 2.05, 0.01 x (1.05^3 - 1) / 0.05 = 0.031525.
        for (bucket, start) in [0.0, 0.01, 0.0205, 0.031_525].into_iter().enumerate() {
            assert!(
                (CPU_STARTS[bucket] - start).abs() < 1e-12,
                "bucket {bucket}"
            );
        }
        assert!(close(MEMORY_STARTS[2], 2.05e7));
        // The last bucket is the first that starts at or after the histogram's end.
        assert!(CPU_STARTS[BUCKETS - 2] < 1000.0 && CPU_STARTS[BUCKETS - 1] >= 1000.0);
        assert!(MEMORY_STARTS[BUCKETS - 2] < 1e12 && MEMORY_STARTS[BUCKETS - 1] >= 1e12);
    }

    #[test]
    fn a_percentile_is_the_end_of_its_bucket() {
        // 0.025 cores lie in the bucket from 0.0205 to 0.031525. A day of them: confidence 1, upper bound twice.
        let usage = usage(Resource::Cpu, &[2.5; 288], 300, 1.0);
        assert!(close(fitted(&usage, target), 0.031_525 * 1.15));
        assert!(close(fitted(&usage, upper), 0.031_525 * 1.15 * 2.0));
    }

    #[test]
    fn a_day_counts_half_of_the_next() {
        // Hours: a busy day, then quiet ones. Weights of the days: 1, 2, 4, 8, …
        let days = |quiet: usize| [vec![100.0_f32; 24], vec![2.5; 24 * quiet]].concat();
        // Three quiet days: 1 of 15 parts is busy, less than a tenth, more than a twentieth.
        let usage_of = |quiet| usage(Resource::Cpu, &days(quiet), 3600, 1.0);
        let busy_edge = CPU_STARTS[CPU_STARTS.partition_point(|&start| start <= 1.0)];
        assert!(close(fitted(&usage_of(3), target), 0.031_525 * 1.15));
        assert!(close(fitted(&usage_of(3), upper), busy_edge * 1.15 * 1.25));
        // Two quiet days: 1 of 7 parts. Five: 1 of 63, and nobody remembers.
        assert!(close(fitted(&usage_of(2), target), busy_edge * 1.15));
        assert!(close(
            fitted(&usage_of(5), upper),
            0.031_525 * 1.15 * (1.0 + 1.0 / 6.0)
        ));
    }

    #[test]
    fn memory_keeps_the_peak_of_each_day() {
        // Of 100 MB. Three days with peaks of 30, 12 and 12 MB: weights 2, 4, 8. The old peak has 2 of 14 parts.
        let mut samples = vec![5.0_f32; 72];
        samples[10] = 30.0;
        samples[30] = 12.0;
        samples[60] = 12.0;
        let usage_of_three = usage(Resource::Memory, &samples, 3600, 1e8);
        // 30 MB lie between 2.05e7 and 3.1525e7.
        assert!(close(fitted(&usage_of_three, target), 3.1525e7 * 1.15));
        // With a fourth day of 12 MB it is 2 of 30: gone from the target, still in the upper bound.
        samples.extend([12.0; 24]);
        let usage_of_four = usage(Resource::Memory, &samples, 3600, 1e8);
        assert!(close(fitted(&usage_of_four, target), 2.05e7 * 1.15));
        assert!(close(fitted(&usage_of_four, upper), 3.1525e7 * 1.15 * 1.25));
    }

    #[test]
    fn confidence_is_the_smaller_of_age_and_samples() {
        // Two days, of which every second hour is missing: from the first sample to the last 47 hours, 24 samples.
        let samples: Vec<f32> = (0..48)
            .map(|hour| if hour % 2 == 0 { 1.0 } else { f32::NAN })
            .collect();
        let of = |samples: &[f32]| {
            fitted(&usage(Resource::Cpu, samples, 3600, 1.0), |training| {
                Vpa::watching(training).confidence
            })
        };
        assert!((of(&samples) - 1.0).abs() < 1e-12);
        assert!((of(&[1.0; 48]) - 2.0).abs() < 1e-12);
    }
}
