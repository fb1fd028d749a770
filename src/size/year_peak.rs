//! The hours of a year: the busiest beside that of the days that a request is made from, and all of them as a load.

use std::collections::BTreeMap;

use super::grid::{DAY_SECONDS, Grid};
use super::percentile::nearest_rank;
use super::recorded_load::{LoadSample, RecordedLoad};
use crate::snapshot::{Metric, Series, Subject};

const HOUR: u32 = 3_600;

/// Days on either side whose median is usual for a day: a step that lasts keeps its edge under a median, a crowd of
/// up to two weeks (Golden Week, a sale) leaves no trace in it.
const USUAL_DAYS: i64 = 14;
/// Towards the ends the days on either side are fewer, so that a step near an end keeps its edge too; never fewer
/// than this, so that a day alone is not usual.
const LEAST_USUAL_DAYS: i64 = 3;

/// Detailed monitoring takes five samples where basic monitoring takes one. A lasting change of at least so many
/// times is taken for that.
const OTHER_MONITORING: f64 = 4.0;

/// An hour of the group.
struct Hour {
    second: i64,
    /// Average of its instances.
    percent: f32,
    /// How many samples they left: instances times the samples of each.
    samples: f32,
}

/// The group's average times the samples behind it, which is work as long as each instance leaves as many samples;
/// the busiest hour of all over the busiest of the last `fit_days`. `None` if the hours reach no further back than
/// those.
///
/// Where what is usual for the number of samples differs from today's by [`OTHER_MONITORING`], samples count beside
/// what was usual then. (If it was the fleet that grew or shrank for good by so much, that is what a peak should be
/// measured by, too.)
pub(super) fn year_peak(series: &[Series], grid: &Grid, fit_days: u32) -> Option<f64> {
    let hours = hours(series)?;
    let usual = Usual::of(&hours);
    let fitted = i64::from(fit_days).saturating_mul(i64::try_from(DAY_SECONDS).unwrap_or(i64::MAX));
    let fit_start = grid.window.end.as_second().saturating_sub(fitted);
    let (mut within, mut before, mut seconds_before) = (0.0_f64, 0.0_f64, 0_u64);
    for hour in &hours {
        let work =
            f64::from(hour.percent) * f64::from(hour.samples) * usual.todays_over(day(hour.second));
        if hour.second >= fit_start {
            within = within.max(work);
        } else {
            before = before.max(work);
            seconds_before += u64::from(HOUR);
        }
    }
    (within > 0.0 && seconds_before >= DAY_SECONDS).then(|| before.max(within) / within)
}

/// Hours of 52 weeks, so that the days of the week are where they are in the window.
const YEAR_HOURS: u32 = 52 * 7 * 24;

/// Seconds from the start of a year's load to the window's.
pub const YEAR_SECONDS: u32 = YEAR_HOURS * HOUR;

/// What all instances used together in each hour of the 52 weeks before the window; `None` if no hour reaches back
/// there. An hour's work counts in cores as the hours inside the window say, where both are known.
pub(super) fn year_load(
    series: &[Series],
    grid: &Grid,
    total_cores: &[f32],
    instances: u32,
) -> Option<RecordedLoad> {
    let hours = hours(series)?;
    let usual = Usual::of(&hours);
    let (start, end) = (grid.window.start.as_second(), grid.window.end.as_second());
    let work = |hour: &Hour| {
        f64::from(hour.percent) * f64::from(hour.samples) * usual.todays_over(day(hour.second))
    };
    let slots = usize::try_from((HOUR / grid.period_seconds).max(1)).unwrap_or(1);
    let cores_of = |second: i64| {
        let first = usize::try_from((second - start) / i64::from(grid.period_seconds)).ok()?;
        let of_hour = total_cores.get(first..first + slots)?;
        let present = of_hour.iter().filter(|cores| !cores.is_nan());
        let (sum, count) = present.fold((0.0, 0.0), |(sum, count), cores| {
            (sum + f64::from(*cores), count + 1.0)
        });
        (count > 0.0).then(|| sum / count)
    };
    let (mut cores, mut known) = (0.0, 0.0);
    for hour in hours
        .iter()
        .filter(|hour| (start..end).contains(&hour.second))
    {
        if let Some(used) = cores_of(hour.second) {
            cores += used;
            known += work(hour);
        }
    }
    let mut samples = vec![LoadSample::gap(); usize::try_from(YEAR_HOURS).ok()?];
    let mut is_known = false;
    for hour in &hours {
        let place = (hour.second - start + i64::from(YEAR_SECONDS)).div_euclid(i64::from(HOUR));
        let Some(sample) = usize::try_from(place)
            .ok()
            .and_then(|place| samples.get_mut(place))
        else {
            continue;
        };
        is_known = true;
        *sample = LoadSample::of_cpu(work(hour) * cores / known, instances);
    }
    (is_known && known > 0.0 && cores > 0.0).then_some(RecordedLoad {
        period_seconds: HOUR,
        samples,
        memory_unit_mebibytes: 1,
        is_memory_known: false,
        ..RecordedLoad::default()
    })
}

/// The hours that have both an average and a count; `None` if one of them was not collected.
fn hours(series: &[Series]) -> Option<Vec<Hour>> {
    let hourly = |metric: &Metric, statistic: &str| {
        let is_it = |series: &&Series| {
            series.subject == Subject::Environment
                && series.metric == *metric
                && series.statistic == statistic
                && series.period_seconds == HOUR
        };
        series.iter().find(is_it)
    };
    let average = hourly(&Metric::CpuPercent, "average")?;
    let counts = hourly(&Metric::Other("cpu_samples".to_owned()), "sample_count")?;
    let hour = |(index, percent): (usize, f32)| {
        let second = average.start.as_second() + i64::try_from(index).ok()? * i64::from(HOUR);
        let at = usize::try_from((second - counts.start.as_second()).div_euclid(i64::from(HOUR)))
            .ok()?;
        let samples = counts
            .samples
            .get(at)
            .copied()
            .filter(|count| *count > 0.0)?;
        Some(Hour {
            second,
            percent,
            samples,
        })
    };
    Some(average.present().filter_map(hour).collect())
}

fn day(second: i64) -> i64 {
    second.div_euclid(i64::try_from(DAY_SECONDS).unwrap_or(i64::MAX))
}

/// The usual number of samples in an hour of each day.
struct Usual(BTreeMap<i64, f64>);

impl Usual {
    fn of(hours: &[Hour]) -> Self {
        let mut by_day: BTreeMap<i64, Vec<f32>> = BTreeMap::new();
        for hour in hours {
            by_day
                .entry(day(hour.second))
                .or_default()
                .push(hour.samples);
        }
        let medians: BTreeMap<i64, f32> = by_day
            .into_iter()
            .filter_map(|(day, mut of)| Some((day, nearest_rank(&mut of, 50.0)?)))
            .collect();
        let ends = medians
            .keys()
            .next()
            .copied()
            .zip(medians.keys().next_back().copied());
        let around = |day: i64| -> Option<(i64, f64)> {
            let (first, last) = ends?;
            let days = USUAL_DAYS
                .min(day - first)
                .min(last - day)
                .max(LEAST_USUAL_DAYS);
            let mut near: Vec<f32> = medians
                .range(day - days..=day + days)
                .map(|(_, median)| *median)
                .collect();
            nearest_rank(&mut near, 50.0).map(|usual| (day, f64::from(usual)))
        };
        Self(medians.keys().filter_map(|day| around(*day)).collect())
    }

    /// By what the samples of a day compare with today's: 1 unless they were taken in another way.
    fn todays_over(&self, day: i64) -> f64 {
        let (Some(then), Some((_, today))) = (self.0.get(&day), self.0.last_key_value()) else {
            return 1.0;
        };
        let ratio = today / then;
        if (1.0 / OTHER_MONITORING..OTHER_MONITORING).contains(&ratio) {
            1.0
        } else {
            ratio
        }
    }
}
