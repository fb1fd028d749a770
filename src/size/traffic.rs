//! How busy an app is at each hour of the day, and how fast it answers: what a load test is made from.

use serde::{Deserialize, Serialize};

use crate::snapshot::{Metric, Series, Window};
use crate::units::Millicores;

const HOURS: usize = 24;
const HOUR_SECONDS: i64 = 3_600;

/// Traffic of a whole app.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Traffic {
    /// For each hour of the day (UTC) the mean, as a share of the busiest hour's: of requests where they were
    /// counted, else of CPU. 24 values; empty where nothing is known.
    pub shape: Vec<f64>,
    /// Whether requests were counted.
    pub is_counted: bool,
    /// 95th percentile of the latency that today's clients see, in seconds: the median of its samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_p95_seconds: Option<f64>,
}

impl Traffic {
    /// Of the busiest slot of each hour from the start of `window`, and of what `series` count.
    pub(super) fn of(hourly: &[Millicores], series: &[Series], window: Window) -> Self {
        let requests = by_hour(
            series
                .iter()
                .filter(|series| is(series, "requests") && series.statistic == "sum")
                .flat_map(|series| {
                    let at = |index: usize| {
                        series.start.as_second()
                            + i64::try_from(index).unwrap_or(0) * i64::from(series.period_seconds)
                    };
                    let rate = move |value: f32| {
                        f64::from(value) / f64::from(series.period_seconds.max(1))
                    };
                    series
                        .present()
                        .map(move |(index, value)| (at(index), rate(value)))
                }),
        );
        let cpu = || {
            let at = |index: usize| {
                window.start.as_second() + i64::try_from(index).unwrap_or(0) * HOUR_SECONDS
            };
            by_hour(
                hourly
                    .iter()
                    .enumerate()
                    .map(|(index, cpu)| (at(index), cpu.cores())),
            )
        };
        let is_counted = !requests.is_empty();
        Self {
            shape: if is_counted { requests } else { cpu() },
            is_counted,
            latency_p95_seconds: latency(series),
        }
    }
}

fn is(series: &Series, metric: &str) -> bool {
    series.metric == Metric::Other(metric.to_owned())
}

/// Means by hour of the day, over the largest of them.
fn by_hour(samples: impl Iterator<Item = (i64, f64)>) -> Vec<f64> {
    let mut sums = [(0.0_f64, 0.0_f64); HOURS];
    for (second, value) in samples {
        let hour = usize::try_from(second.div_euclid(HOUR_SECONDS).rem_euclid(24)).unwrap_or(0);
        if let Some(sum) = sums.get_mut(hour) {
            *sum = (sum.0 + value, sum.1 + 1.0);
        }
    }
    let means: Vec<f64> = sums
        .iter()
        .map(|(sum, count)| if *count > 0.0 { sum / count } else { 0.0 })
        .collect();
    let most = means.iter().copied().fold(0.0, f64::max);
    if most > 0.0 {
        means
            .iter()
            .map(|mean| (mean / most * 1_000.0).round() / 1_000.0)
            .collect()
    } else {
        Vec::new()
    }
}

fn latency(series: &[Series]) -> Option<f64> {
    let mut samples: Vec<f32> = series
        .iter()
        .filter(|series| is(series, "latency_p95_seconds"))
        .flat_map(|series| series.present().map(|(_, value)| value))
        .collect();
    super::nearest_rank(&mut samples, 50.0)
        .map(|seconds| (f64::from(seconds) * 1_000.0).round() / 1_000.0)
        .filter(|seconds| *seconds > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{SeriesStatus, Subject};
    use jiff::Timestamp;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small second")
    }

    fn series(metric: &str, statistic: &str, samples: Vec<f32>) -> Series {
        Series {
            subject: Subject::Environment,
            metric: Metric::Other(metric.to_owned()),
            statistic: statistic.to_owned(),
            period_seconds: 3_600,
            start: at(0),
            source: String::new(),
            status: SeriesStatus("complete".to_owned()),
            samples,
            rejected: 0,
        }
    }

    #[test]
    fn the_busiest_hour_is_one() {
        let window = Window {
            start: at(0),
            end: at(2 * 86_400),
        };
        // 9:00 is twice as busy as the rest, on both days.
        let cpu: Vec<Millicores> = (0..48)
            .map(|hour| Millicores(if hour % 24 == 9 { 2_000 } else { 1_000 }))
            .collect();
        let of_cpu = Traffic::of(&cpu, &[], window);
        assert_eq!(
            (
                of_cpu.shape[9],
                of_cpu.shape[8],
                of_cpu.is_counted,
                of_cpu.latency_p95_seconds
            ),
            (1.0, 0.5, false, None)
        );
        // Requests count for more than CPU: 14:00 is the busiest, at four times the rest.
        let requests = (0..48)
            .map(|hour| if hour % 24 == 14 { 14_400.0 } else { 3_600.0 })
            .collect();
        let counted = [
            series("requests", "sum", requests),
            series("latency_p95_seconds", "p95", vec![0.2, 0.4, f32::NAN, 0.3]),
        ];
        let of_requests = Traffic::of(&cpu, &counted, window);
        assert_eq!(
            (
                of_requests.shape[14],
                of_requests.shape[9],
                of_requests.is_counted
            ),
            (1.0, 0.25, true)
        );
        assert_eq!(of_requests.latency_p95_seconds, Some(0.3));
        assert_eq!(Traffic::of(&[], &[], window), Traffic::default());
    }
}
