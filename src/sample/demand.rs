//! What the users of an environment want from it over time.

use super::case::{Case, Peculiarity, Rhythm};
use super::chance::Chance;
use super::recipe::PERIOD_SECONDS;

/// Japan Standard Time; it has no summer time.
const JST_SECONDS: i64 = 9 * 3600;

/// A time of the week in Japan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    /// Day of the week, from 0 for Monday to 6.
    pub(super) weekday: u8,
    /// From 0, and below 24.
    pub(super) hour: f64,
}

impl Moment {
    pub(super) fn of(unix_seconds: i64) -> Self {
        let local = unix_seconds + JST_SECONDS;
        // 1970-01-01 was a Thursday.
        let weekday = u8::try_from((local.div_euclid(86_400) + 3).rem_euclid(7)).unwrap_or(0);
        let hour = i32::try_from(local.rem_euclid(86_400))
            .map_or(0.0, |second| f64::from(second) / 3600.0);
        Self { weekday, hour }
    }

    fn is_weekend(self) -> bool {
        self.weekday >= 5
    }

    /// Releases are on Tuesdays at 14:00.
    fn is_release(self) -> bool {
        self.weekday == 1 && (14.0..14.25).contains(&self.hour)
    }

    /// How much of a week has passed since the last release, 0 to 1.
    pub(super) fn since_release(self) -> f64 {
        let days = f64::from(self.weekday) - 1.0 + (self.hour - 14.0) / 24.0;
        if days < 0.0 {
            (days + 7.0) / 7.0
        } else {
            days / 7.0
        }
    }
}

/// The share of the peak that is there at each full hour.
const VISITORS: [f64; 24] = [
    0.62, 0.36, 0.19, 0.10, 0.07, 0.09, 0.15, 0.27, 0.38, 0.43, 0.46, 0.52, 0.72, 0.58, 0.49, 0.50,
    0.53, 0.57, 0.63, 0.74, 0.88, 0.98, 1.0, 0.86,
];
const OFFICE: [f64; 24] = [
    0.03, 0.02, 0.02, 0.02, 0.02, 0.02, 0.03, 0.06, 0.20, 0.62, 0.90, 0.98, 0.55, 0.86, 1.0, 0.97,
    0.94, 0.88, 0.64, 0.40, 0.24, 0.13, 0.08, 0.05,
];
const NIGHTLY: [f64; 24] = [
    0.45, 0.90, 1.0, 0.92, 0.55, 0.25, 0.12, 0.12, 0.18, 0.22, 0.22, 0.22, 0.26, 0.22, 0.22, 0.22,
    0.22, 0.22, 0.20, 0.22, 0.25, 0.24, 0.20, 0.22,
];

impl Rhythm {
    /// The share of the peak at that moment: straight lines between the full hours.
    pub(super) fn at(self, moment: Moment) -> f64 {
        let (hours, weekend) = match self {
            Self::Visitors => (&VISITORS, 1.25),
            Self::Office => (&OFFICE, 0.15),
            Self::Nightly => (&NIGHTLY, 0.9),
        };
        let before = (0_u32..24)
            .rev()
            .find(|&hour| f64::from(hour) <= moment.hour)
            .unwrap_or(0);
        let (low, high) = (hours[before as usize], hours[(before as usize + 1) % 24]);
        let share = low + (high - low) * (moment.hour - f64::from(before));
        if moment.is_weekend() {
            share * weekend
        } else {
            share
        }
    }
}

/// The time of each slot of the grid, in seconds.
pub(super) fn slots(start: i64, days: u32) -> impl Iterator<Item = i64> {
    let count = i64::from(days) * 86_400 / i64::from(PERIOD_SECONDS);
    (0..count).map(move |slot| start + slot * i64::from(PERIOD_SECONDS))
}

/// For each slot the percentage of one instance's CPU that would be used if nothing limited it, with
/// as many instances as run today.
pub(super) fn over(start: i64, days: u32, case: &Case, chance: &mut Chance) -> Vec<f64> {
    let mut wander = 0.0;
    let mut burst = Burst::default();
    let demand_at = |time| {
        let moment = Moment::of(time);
        // Busy and quiet hours come in stretches, so the noise remembers.
        wander = 0.95 * wander + 0.03 * chance.noise();
        let rhythm = case.rhythm.at(moment);
        let mut demand = (case.idle + case.peak * rhythm) * (1.0 + wander);
        if case.peculiarity == Peculiarity::Spiky {
            demand += burst.next(rhythm, chance);
        }
        if case.peculiarity == Peculiarity::Scaled && moment.weekday == 5 && moment.hour >= 17.0 {
            demand *= 2.0;
        }
        if moment.is_release() {
            demand + 12.0
        } else {
            demand
        }
    };
    slots(start, days).map(demand_at).collect()
}

/// A crowd that comes within minutes and leaves within an hour: a newsletter, a television programme.
#[derive(Debug, Default)]
struct Burst {
    height: f64,
}

impl Burst {
    fn next(&mut self, rhythm: f64, chance: &mut Chance) -> f64 {
        // About one each other day, rather when people are awake.
        if chance.happens(0.0035 * rhythm) {
            self.height = chance.between(35.0, 75.0);
        } else {
            self.height *= 0.72;
        }
        self.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_japanese() {
        let saturday: jiff::Timestamp = "2026-11-14T12:30:00Z".parse().expect("a time");
        assert_eq!(
            Moment::of(saturday.as_second()),
            Moment {
                weekday: 5,
                hour: 21.5
            }
        );
        let monday: jiff::Timestamp = "2026-11-15T15:00:00Z".parse().expect("a time");
        assert_eq!(
            Moment::of(monday.as_second()),
            Moment {
                weekday: 0,
                hour: 0.0
            },
            "midnight in Japan is 15:00 UTC"
        );
    }

    #[test]
    fn evenings_are_busier_than_nights_and_offices_rest_at_weekends() {
        let at = |rhythm: Rhythm, weekday, hour| rhythm.at(Moment { weekday, hour });
        assert!(at(Rhythm::Visitors, 2, 21.5) > 5.0 * at(Rhythm::Visitors, 2, 4.0));
        assert!(at(Rhythm::Visitors, 5, 21.5) > at(Rhythm::Visitors, 2, 21.5));
        assert!(at(Rhythm::Office, 6, 11.0) < 0.2 * at(Rhythm::Office, 2, 11.0));
        let late = at(Rhythm::Visitors, 2, 23.999);
        assert!(
            (late - VISITORS[0]).abs() < 0.01,
            "the last hour runs towards midnight: {late}"
        );
    }

    #[test]
    fn a_week_begins_with_the_release() {
        assert!(
            Moment {
                weekday: 1,
                hour: 14.0
            }
            .since_release()
            .abs()
                < 1e-9
        );
        assert!(
            (Moment {
                weekday: 1,
                hour: 13.0
            }
            .since_release()
                - (1.0 - 1.0 / 168.0))
                .abs()
                < 1e-9
        );
    }
}
