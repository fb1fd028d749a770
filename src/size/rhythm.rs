//! How the demand of a whole app moves: over the day, over the weeks, over the year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::percentile::{nearest_ranks, top_percent};
use super::year_peak::year_peak;
use crate::snapshot::{Metric, Series};
use crate::units::Millicores;

/// CPU of all instances together, and how it moves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Rhythm {
    /// At the 5th percentile: the quiet hours.
    pub quiet: Millicores,
    /// At the 50th percentile.
    pub usual: Millicores,
    /// At the 99th: the busy hours.
    pub busy: Millicores,
    /// By how much demand rose from one sample to the next, in all but 1 % of the samples of the busier
    /// half; 1 if it never did.
    pub rise: f64,
    /// Change in 30 days as a share of the mean (Theil-Sen), where the days are many enough and agree
    /// that there is one (Mann-Kendall, 95 %).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend_per_month: Option<f64>,
    /// The busiest hour of the year over the busiest hour of the time that the request was made from,
    /// where a year was collected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year_peak: Option<f64>,
    /// Requests a second in the busiest sample, where a load balancer or Beanstalk counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_second: Option<f64>,
}

/// Fewer days have no trend that could be told from their weekly rhythm.
const TREND_DAYS: usize = 28;
/// Days to which a trend is stated.
const MONTH_DAYS: f64 = 30.0;
/// Normal quantile of 97.5 %: 95 % on two sides.
const CONFIDENT: f64 = 1.96;

impl Rhythm {
    /// Of the total in `cores`, on `grid`; the year is looked up in `series`, and compared with the last
    /// `fit_days`, which the requests are made from.
    pub(super) fn of(cores: &[f32], grid: &Grid, series: &[Series], fit_days: u32) -> Self {
        let mut present = cores.to_vec();
        present.retain(|cores| !cores.is_nan());
        let [quiet, usual] = nearest_ranks(&mut present, [5.0, 50.0])
            .unwrap_or_default()
            .map(f64::from);
        let busy = top_percent(cores).map_or(0.0, f64::from);
        Self {
            quiet: Millicores::from_cores_rounded_up(quiet),
            usual: Millicores::from_cores_rounded_up(usual),
            busy: Millicores::from_cores_rounded_up(busy),
            rise: rounded(rise(cores, usual)),
            trend_per_month: trend(&daily_means(cores, grid.slots_in_a_day())).map(rounded),
            year_peak: year_peak(series, grid, fit_days).map(rounded),
            requests_per_second: busiest_requests(series).map(rounded),
        }
    }

    /// How many times the replicas of the time seen the year has needed; at least 1.
    #[must_use]
    pub fn year_factor(&self) -> f64 {
        self.year_peak.unwrap_or(1.0).max(1.0)
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// Beyond this, demand came from nothing; the autoscaler's target ends far before.
const STEEPEST: f64 = 100.0;

/// The 99th percentile of one sample over the one before it, where that one was at least `usual`.
fn rise(cores: &[f32], usual: f64) -> f64 {
    // Half of the pairs count, and which is chance: each is written, and the next one over it if it does not count,
    // since a branch that cannot be foretold takes longer.
    let (mut rises, mut count) = (vec![0.0_f32; cores.len()], 0);
    for (&before, &after) in cores.iter().zip(cores.iter().skip(1)) {
        if let Some(rise) = rises.get_mut(count) {
            *rise = after / before;
        }
        count += usize::from(!after.is_nan() & (before > 0.0) & (f64::from(before) >= usual));
    }
    rises.truncate(count);
    top_percent(&rises).map_or(1.0, |rise| f64::from(rise).clamp(1.0, STEEPEST))
}

#[expect(clippy::cast_precision_loss, reason = "a day has few samples")]
fn daily_means(cores: &[f32], slots_in_a_day: usize) -> Vec<(f64, f64)> {
    let mean = |day: &[f32]| {
        let present = || {
            day.iter()
                .filter(|cores| !cores.is_nan())
                .map(|&cores| f64::from(cores))
        };
        let count = present().count();
        (count * 2 >= day.len() && count > 0).then(|| present().sum::<f64>() / count as f64)
    };
    let days = cores.chunks(slots_in_a_day).enumerate();
    days.filter_map(|(day, slots)| mean(slots).map(|mean| (day as f64, mean)))
        .collect()
}

/// Theil-Sen: the median of the slopes of all pairs of days; only if Mann-Kendall's test says that the
/// days are in an order. Per 30 days, as a share of the mean.
///
/// Sources: Sen, JASA 63 (1968); Mann, Econometrica 13 (1945); Kendall, Rank Correlation Methods (1975).
#[expect(clippy::cast_precision_loss, reason = "few days")]
fn trend(days: &[(f64, f64)]) -> Option<f64> {
    if days.len() < TREND_DAYS {
        return None;
    }
    let pairs = || {
        days.iter().enumerate().flat_map(|(index, first)| {
            days.iter()
                .skip(index + 1)
                .map(move |second| (first, second))
        })
    };
    let mut slopes: Vec<f64> = pairs()
        .map(|(first, second)| (second.1 - first.1) / (second.0 - first.0))
        .collect();
    let score: f64 = slopes
        .iter()
        .map(|slope| if *slope == 0.0 { 0.0 } else { slope.signum() })
        .sum();
    let count = days.len() as f64;
    let deviation = (count * (count - 1.0) * (2.0 * count + 5.0) / 18.0).sqrt();
    if score.abs() <= CONFIDENT * deviation {
        return None;
    }
    let mean = days.iter().map(|(_, mean)| mean).sum::<f64>() / count;
    let middle = slopes.len() / 2;
    let (_, slope, _) = slopes.select_nth_unstable_by(middle, f64::total_cmp);
    (mean > 0.0).then(|| *slope * MONTH_DAYS / mean)
}

/// The highest sum of requests over its period, of all balancers and target groups together; by the finest
/// series that count them, since coarse ones hide the peak. Beanstalk's own counts stand for themselves: they are
/// the same requests again.
fn busiest_requests(series: &[Series]) -> Option<f64> {
    let counted: Vec<&Series> = series
        .iter()
        .filter(|series| {
            series.metric == Metric::Other("requests".to_owned()) && series.statistic == "sum"
        })
        .collect();
    let namespace = |series: &Series| {
        series
            .source
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let finest = counted.iter().min_by_key(|series| series.period_seconds)?;
    let alike = counted.iter().filter(|series| {
        series.period_seconds == finest.period_seconds && namespace(series) == namespace(finest)
    });
    let mut together: BTreeMap<i64, f64> = BTreeMap::new();
    for one in alike {
        for (index, requests) in one.present() {
            let second =
                one.start.as_second() + i64::try_from(index).ok()? * i64::from(one.period_seconds);
            *together.entry(second).or_default() += f64::from(requests);
        }
    }
    let peak = together.into_values().fold(0.0, f64::max);
    (peak > 0.0).then(|| peak / f64::from(finest.period_seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{SeriesStatus, Subject, Window};
    use jiff::Timestamp;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small second")
    }

    fn grid(days: i64) -> Grid {
        Grid {
            window: Window {
                start: at(1_000 * 86_400),
                end: at((1_000 + days) * 86_400),
            },
            period_seconds: 3_600,
        }
    }

    fn hourly(metric: Metric, statistic: &str, first_day: i64, samples: Vec<f32>) -> Series {
        Series {
            subject: Subject::Environment,
            metric,
            statistic: statistic.to_owned(),
            period_seconds: 3_600,
            start: at(first_day * 86_400),
            source: String::new(),
            status: SeriesStatus("complete".to_owned()),
            samples,
            rejected: 0,
        }
    }

    #[test]
    fn a_day_has_quiet_and_busy_hours_and_a_rise() {
        // Twelve hours of 1 core, one of 2, eleven of 3: the steepest step of the busier half is 2 to 3 ... from 1
        // to 2 it doubles, and 1 is the median, so it counts.
        let day: Vec<f32> = [vec![1.0; 12], vec![2.0], vec![3.0; 11]].concat();
        let rhythm = Rhythm::of(&day.repeat(14), &grid(14), &[], 14);
        assert_eq!(
            (rhythm.quiet, rhythm.usual, rhythm.busy),
            (Millicores(1000), Millicores(1000), Millicores(3000))
        );
        assert!((rhythm.rise - 2.0).abs() < 1e-9, "{}", rhythm.rise);
        assert_eq!((rhythm.trend_per_month, rhythm.year_peak), (None, None));
    }

    #[test]
    fn a_trend_needs_days_that_agree() {
        let growing: Vec<f32> = (0..42_u8)
            .flat_map(|day| vec![1.0 + f32::from(day) / 60.0; 24])
            .collect();
        let rhythm = Rhythm::of(&growing, &grid(42), &[], 14);
        // 1/60 core a day is half a core a month, of a mean of 1.3417 cores.
        assert!(
            (rhythm.trend_per_month.expect("a trend") - 0.373).abs() < 1e-9,
            "{:?}",
            rhythm.trend_per_month
        );
        let weekly: Vec<f32> = (0..42_u8)
            .flat_map(|day| vec![if day % 7 < 5 { 2.0 } else { 1.0 }; 24])
            .collect();
        assert_eq!(
            Rhythm::of(&weekly, &grid(42), &[], 14).trend_per_month,
            None
        );
    }

    #[test]
    fn the_years_peak_is_work_not_utilisation() {
        // A hundred days before: the same 50 %, but of 48 samples an hour (four instances) instead of 24 (two).
        let hours = 110 * 24;
        let percent = hourly(Metric::CpuPercent, "average", 900, vec![50.0; hours]);
        let mut counts = vec![24.0; hours];
        counts[5] = 48.0;
        let counts = hourly(
            Metric::Other("cpu_samples".to_owned()),
            "sample_count",
            900,
            counts,
        );
        let of = |series: &[Series]| Rhythm::of(&vec![1.0; 240], &grid(10), series, 14).year_peak;
        assert_eq!(of(&[percent.clone(), counts]), Some(2.0));
        assert_eq!(
            of(&[percent]),
            None,
            "utilisation without instances is no work"
        );
    }

    #[test]
    fn a_change_of_detailed_monitoring_is_no_peak() {
        // A year of two instances at 50 %; detailed monitoring, five samples for one, was switched on or off on the
        // way; 100 hours after the beginning a peak of twice as many instances.
        let hours = 365 * 24;
        let of = |before: f32,
                  after: f32,
                  days_after: usize,
                  peak: std::ops::Range<usize>,
                  times: f32| {
            let mut counts = vec![before; hours];
            counts[hours - days_after * 24..].fill(after);
            counts[peak].iter_mut().for_each(|count| *count *= times);
            let percent = hourly(Metric::CpuPercent, "average", 645, vec![50.0; hours]);
            let counts = hourly(
                Metric::Other("cpu_samples".to_owned()),
                "sample_count",
                645,
                counts,
            );
            Rhythm::of(&[1.0; 240], &grid(10), &[percent, counts], 14).year_peak
        };
        for days_after in [10, 14, 40, 200] {
            assert_eq!(
                of(24.0, 120.0, days_after, 0..0, 1.0),
                Some(1.0),
                "on, {days_after} days ago"
            );
            assert_eq!(
                of(120.0, 24.0, days_after, 0..0, 1.0),
                Some(1.0),
                "off, {days_after} days ago"
            );
            assert_eq!(
                of(24.0, 120.0, days_after, 100..103, 2.0),
                Some(2.0),
                "a peak before it counts, {days_after} days"
            );
            assert_eq!(
                of(120.0, 24.0, days_after, 100..103, 2.0),
                Some(2.0),
                "a peak before it counts, {days_after} days"
            );
        }
        assert_eq!(
            of(24.0, 24.0, 40, 1_000..1_168, 5.0),
            Some(5.0),
            "a week of five times as many instances is a peak"
        );
    }

    #[test]
    fn the_busiest_requests_are_those_of_the_finest_count() {
        let counted = |period, samples| Series {
            period_seconds: period,
            ..hourly(Metric::Other("requests".to_owned()), "sum", 1_000, samples)
        };
        // Two target groups that are busy at the same time, and the hour that hides it.
        let groups = counted(300, vec![9_000.0, f32::NAN, 30_000.0]);
        let series = [
            counted(3_600, vec![360_000.0]),
            groups.clone(),
            Series {
                samples: vec![1.0, 2.0, 15_000.0],
                ..groups
            },
        ];
        assert_eq!(
            Rhythm::of(&[1.0; 240], &grid(10), &series, 14).requests_per_second,
            Some(150.0)
        );
        assert_eq!(
            Rhythm::of(&[1.0; 240], &grid(10), &[], 14).requests_per_second,
            None
        );
    }
}
