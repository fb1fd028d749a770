//! What a replica used over time, thinned to what a figure can show without losing a peak or a quiet hour.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use crate::snapshot::Window;
use crate::units::Millicores;

/// Lowest and highest sample of each stretch of time; nothing for a stretch without a sample.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct UsageHistory {
    /// Begin of the first stretch.
    pub start: Timestamp,
    /// Length of each stretch but the last, which ends with the window: whole hours.
    pub stretch_hours: u32,
    /// Millicores that the largest instance of today has, as so many of the planned node's.
    pub instance_millicores: u32,
    /// Millicores of the replica as one of today's instances, on the planned node.
    pub cpu_millicores: Vec<Option<(u32, u32)>>,
    /// MiB that the instance used that used most; empty if memory was never reported.
    pub memory_mebibytes: Vec<Option<(u32, u32)>>,
    /// For each hour of the week from Monday 00:00 UTC the mean and the highest of its busiest slots, in
    /// millicores of all instances together: 168, or fewer than that many weeks have seen an hour, nothing.
    pub week_millicores: Vec<Option<(u32, u32)>>,
}

/// A figure is about as wide as two of its points for each of these.
const STRETCHES: u64 = 128;

/// Lengths that begin at the same hour of each day or week.
const HOURS: [u32; 11] = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168];

const HOUR_SECONDS: u64 = 3_600;
const HOURS_OF_A_WEEK: usize = 168;

impl UsageHistory {
    /// Of the cores of a replica, slot by slot, and of the highest memory in per cent of so many bytes.
    pub(super) fn of(
        grid: &Grid,
        cores: &[f32],
        memory_percent: Option<&[f32]>,
        (instance_cores, instance_memory): (f64, f64),
        hourly: &[Millicores],
    ) -> Self {
        let stretch_hours = stretch_hours(grid.window);
        let slots = usize::try_from(
            u64::from(stretch_hours) * HOUR_SECONDS / u64::from(grid.period_seconds),
        )
        .unwrap_or(1)
        .max(1);
        const MEBIBYTE: f64 = 1_048_576.0;
        Self {
            start: grid.window.start,
            stretch_hours,
            instance_millicores: rounded_up(instance_cores * 1_000.0),
            cpu_millicores: thinned(cores, slots, 1_000.0),
            memory_mebibytes: memory_percent.map_or_else(Vec::new, |percent| {
                thinned(percent, slots, instance_memory / 100.0 / MEBIBYTE)
            }),
            week_millicores: week(grid.window, hourly),
        }
    }

    /// Begin of the stretch at that place.
    #[must_use]
    pub fn moment(&self, place: usize) -> Timestamp {
        let hours = i64::try_from(place)
            .unwrap_or(i64::MAX)
            .saturating_mul(i64::from(self.stretch_hours));
        self.start
            .checked_add(jiff::SignedDuration::from_secs(hours.saturating_mul(3_600)))
            .unwrap_or(Timestamp::MAX)
    }
}

fn stretch_hours(window: Window) -> u32 {
    let hours = window.seconds() / HOUR_SECONDS;
    HOURS
        .into_iter()
        .find(|length| hours.div_ceil(u64::from(*length)) <= STRETCHES)
        .unwrap_or(168)
}

/// Rounded up, so that a line never runs under a sample by rounding.
fn thinned(samples: &[f32], slots: usize, scale: f64) -> Vec<Option<(u32, u32)>> {
    let scaled = |value: f32| rounded_up(f64::from(value) * scale);
    samples
        .chunks(slots)
        .map(|stretch| ends(stretch).map(|(low, high)| (scaled(low), scaled(high))))
        .collect()
}

/// Without branches on gaps: the minimum and maximum with a gap is the other value.
fn ends(samples: &[f32]) -> Option<(f32, f32)> {
    let (low, high) = samples.iter().fold(
        (f32::INFINITY, f32::NEG_INFINITY),
        |(low, high), &sample| (low.min(sample), high.max(sample)),
    );
    (low <= high).then_some((low, high))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float-to-int casts saturate"
)]
fn rounded_up(value: f64) -> u32 {
    (value - NOISE).ceil() as u32
}

/// Single precision: 2 cores are 2000m, not 2001m.
const NOISE: f64 = 1e-3;

fn week(window: Window, hourly: &[Millicores]) -> Vec<Option<(u32, u32)>> {
    // 1970-01-01 was a Thursday, 72 hours after a Monday began.
    let first = window.start.as_second().div_euclid(3_600) + 72;
    let mut hours = vec![(0_u64, 0_u64, 0_u64); HOURS_OF_A_WEEK];
    for (hour, cores) in (first..).zip(hourly) {
        let of_week = usize::try_from(hour.rem_euclid(168)).unwrap_or(0);
        if let Some((sum, count, most)) = hours.get_mut(of_week) {
            (*sum, *count, *most) = (*sum + cores.0, *count + 1, cores.0.max(*most));
        }
    }
    let narrow = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    hours
        .into_iter()
        .map(|(sum, count, most)| (count > 0).then(|| (narrow(sum / count.max(1)), narrow(most))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(hours: i64) -> Grid {
        let at = |second| Timestamp::from_second(second).expect("a small second");
        // A Monday.
        let start = 4 * 86_400;
        Grid {
            window: Window {
                start: at(start),
                end: at(start + hours * 3_600),
            },
            period_seconds: 1_800,
        }
    }

    #[test]
    fn thinning_keeps_both_ends_and_gaps() {
        let grid = grid(200);
        let mut cores = vec![f32::NAN; 400];
        cores[0] = 0.25;
        cores[1] = 2.0;
        cores[2] = 0.5;
        cores[399] = 1.0;
        let history = UsageHistory::of(
            &grid,
            &cores,
            Some(&[50.0, 25.0]),
            (4.0, 4.0 * 1_048_576.0),
            &[],
        );
        assert_eq!(history.stretch_hours, 2, "100 stretches");
        assert_eq!(
            (history.cpu_millicores.len(), history.instance_millicores),
            (100, 4_000)
        );
        assert_eq!(history.cpu_millicores[0], Some((250, 2_000)));
        assert_eq!(history.cpu_millicores[1..99], vec![None; 98]);
        assert_eq!(history.cpu_millicores[99], Some((1_000, 1_000)));
        assert_eq!(history.memory_mebibytes, [Some((1, 2))]);
        assert_eq!(
            history.moment(3).as_second() - grid.window.start.as_second(),
            6 * 3_600
        );
    }

    #[test]
    fn an_hour_of_the_week_is_its_mean_and_its_highest() {
        let hourly: Vec<Millicores> = (0..169)
            .map(|hour| Millicores(if hour == 168 { 30 } else { hour }))
            .collect();
        let week = UsageHistory::of(&grid(169), &[], None, (0.0, 0.0), &hourly).week_millicores;
        assert_eq!(
            (week.len(), week[0], week[5]),
            (168, Some((15, 30)), Some((5, 5)))
        );
        let part = UsageHistory::of(&grid(2), &[], None, (0.0, 0.0), &hourly[..2]).week_millicores;
        assert_eq!((part[1], part[2]), (Some((1, 1)), None));
    }
}
