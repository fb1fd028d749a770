//! What is odd in a history, so that no number of it looks better than it is.

use super::EnvironmentToSize;
use super::grid::DAY_SECONDS;
use super::readings::Readings;
use super::replica::Replica;
use super::risk::Usage;
use crate::snapshot::{Metric, Subject};

/// Growth of memory in 30 days, as a share of its mean, that is a leak.
const LEAK: f64 = 0.1;

/// Each is a reason for care.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Oddities {
    /// CPU, or memory, was told as 0 to 1.
    pub(super) is_cpu_a_fraction: bool,
    pub(super) is_memory_a_fraction: bool,
    /// Not one sample of the CPU is over 0.
    pub(super) is_cpu_always_zero: bool,
    /// Days from the last sample to the end of the window.
    pub(super) cpu_silent_days: f64,
    pub(super) memory_silent_days: f64,
    /// Memory that only grows: by which share of its mean in 30 days.
    pub(super) memory_growth: Option<f64>,
    /// Memory that climbs for days and falls at once, again and again.
    pub(super) is_memory_a_saw: bool,
    /// A burstable instance that worked at its baseline: whether its credits were spent is not known.
    pub(super) is_at_baseline: bool,
    /// Series of instances that the inventory does not have.
    pub(super) strangers: u32,
}

impl Oddities {
    /// Whether memory grows so fast that it reaches any limit.
    pub(super) fn is_memory_a_leak(&self) -> bool {
        self.memory_growth.is_some_and(|growth| growth >= LEAK)
    }

    pub(super) fn of(
        case: &EnvironmentToSize<'_>,
        readings: &Readings<'_>,
        replica: &Replica<'_>,
    ) -> Self {
        let silent = |samples: &[f32]| {
            let last = samples.iter().rposition(|sample| !sample.is_nan());
            let slots = samples.len() - last.map_or(0, |slot| slot + 1);
            seconds(slots as u64 * u64::from(replica.grid.period_seconds)) / seconds(DAY_SECONDS)
        };
        let memory = replica.memory.as_ref();
        let peaks = memory.map(Usage::daily_needs).unwrap_or_default();
        Self {
            is_cpu_a_fraction: readings.is_cpu_a_fraction,
            is_memory_a_fraction: readings.is_memory_a_fraction,
            is_cpu_always_zero: !replica.cores.iter().any(|cores| *cores > 0.0),
            cpu_silent_days: silent(&replica.cores),
            memory_silent_days: memory.map_or(0.0, |usage| silent(usage.percent())),
            memory_growth: growth(&peaks),
            is_memory_a_saw: is_saw(&peaks),
            is_at_baseline: is_at_baseline(case, readings),
            strangers: strangers(case),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 seconds are longer than any history"
)]
const fn seconds(count: u64) -> f64 {
    count as f64
}

/// Fewer days show no order.
const GROWTH_DAYS: usize = 14;
/// Of all pairs of days, in so many the later one is higher: noise alone has half.
const IN_ORDER: f64 = 0.9;
/// Days of a month.
const MONTH: f64 = 30.0;

/// Growth in 30 days as a share of the mean, of daily peaks of which nearly every later one is higher.
fn growth(peaks: &[f64]) -> Option<f64> {
    let count = peaks.len();
    if count < GROWTH_DAYS {
        return None;
    }
    let (mut higher, mut pairs) = (0_u32, 0_u32);
    for (day, peak) in peaks.iter().enumerate() {
        for later in peaks.iter().skip(day + 1) {
            higher += u32::from(later > peak);
            pairs += 1;
        }
    }
    let (first, last) = (peaks.first()?, peaks.last()?);
    let days = f64::from(u32::try_from(count - 1).unwrap_or(u32::MAX));
    let mean = peaks.iter().sum::<f64>() / (days + 1.0);
    let is_in_order = f64::from(higher) >= IN_ORDER * f64::from(pairs);
    (is_in_order && mean > 0.0).then(|| (last - first) / days * MONTH / mean)
}

/// From one day's peak to the next: a fall to less than so much of it is a reset.
const RESET: f64 = 0.75;
/// Days between resets that rise, of all of them.
const CLIMBING: f64 = 0.8;

/// Daily peaks that climb but for at least two resets.
fn is_saw(peaks: &[f64]) -> bool {
    let (mut resets, mut rises, mut others) = (0_u32, 0_u32, 0_u32);
    for pair in peaks.windows(2) {
        let &[before, after] = pair else { continue };
        if after < before * RESET {
            resets += 1;
        } else if after > before {
            rises += 1;
        } else {
            others += 1;
        }
    }
    resets >= 2 && rises >= 2 * resets && f64::from(rises) >= CLIMBING * f64::from(rises + others)
}

/// A burstable instance earns credits for so many per cent of all of its vCPUs.
/// Source: Amazon EC2 User Guide, "Key concepts for burstable performance instances".
const BASELINES: [(&str, &str, f32); 12] = [
    ("t2", "nano", 5.0),
    ("t2", "micro", 10.0),
    ("t2", "small", 20.0),
    ("t2", "medium", 20.0),
    ("t2", "large", 30.0),
    ("t2", "xlarge", 22.5),
    ("t3", "nano", 5.0),
    ("t3", "micro", 10.0),
    ("t3", "small", 20.0),
    ("t3", "medium", 20.0),
    ("t3", "large", 30.0),
    ("t3", "xlarge", 40.0),
];

/// The baseline of a type; 2xlarge has that of xlarge but for t2's.
fn baseline(instance_type: &str) -> Option<f32> {
    let (family, size) = instance_type.split_once('.')?;
    let family = match family {
        "t3a" | "t4g" => "t3",
        other => other,
    };
    match (family, size) {
        ("t2", "2xlarge") => Some(17.0),
        ("t3", "2xlarge") => Some(40.0),
        _ => BASELINES
            .iter()
            .find(|(of, name, _)| *of == family && *name == size)
            .map(|(_, _, percent)| *percent),
    }
}

/// Points of per cent from the baseline that are still at it.
const AT_BASELINE: f32 = 1.0;
/// Of the samples of an instance, at its baseline: a demand of its own crosses so narrow a band and moves on.
const PINNED: f64 = 0.2;

fn is_at_baseline(case: &EnvironmentToSize<'_>, readings: &Readings<'_>) -> bool {
    let has_credits = |id: &str| {
        readings.series.iter().any(|series| {
            series.metric == Metric::CpuCreditBalance
                && matches!(&series.subject, Subject::Instance(subject) if subject == id)
        })
    };
    case.environment.running_instances().any(|instance| {
        let Some(baseline) = baseline(&instance.instance_type) else {
            return false;
        };
        if has_credits(&instance.id) {
            return false;
        }
        let own = readings.series.iter().filter(|series| {
            series.metric == Metric::CpuPercent
                && series.statistic == "average"
                && matches!(&series.subject, Subject::Instance(subject) if *subject == instance.id)
        });
        let (mut pinned, mut above, mut all) = (0_u64, 0_u64, 0_u64);
        for (_, sample) in own.flat_map(crate::snapshot::Series::present) {
            all += 1;
            pinned += u64::from((sample - baseline).abs() <= AT_BASELINE);
            above += u64::from(sample > baseline + AT_BASELINE);
        }
        // What works far above its baseline as often has credits to do so.
        all > 0 && seconds(pinned) > PINNED * seconds(all) && above < pinned
    })
}

fn strangers(case: &EnvironmentToSize<'_>) -> u32 {
    let is_known = |id: &str| {
        case.environment
            .instances
            .iter()
            .any(|instance| instance.id == id)
    };
    let mut strangers: Vec<&str> = case
        .series
        .iter()
        .filter_map(|series| match &series.subject {
            Subject::Instance(id) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    strangers.sort_unstable();
    strangers.dedup();
    strangers.retain(|id| !is_known(id));
    u32::try_from(strangers.len()).unwrap_or(u32::MAX)
}
