//! How far a number can be trusted, and what would make it better.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wording::{Text, text};

/// From well measured to assumed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub enum Grade {
    /// Measured on each instance for longer than the rule is fitted on, with few gaps, and not cut off.
    A,
    /// Measured well enough for the rule as it was tried.
    B,
    /// Measured, but thinly, as an average only, cut off by the machine, or in a quiet time: load-test before relying on it.
    C,
    /// Nothing was reported: the instance type bounds the number.
    D,
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        })
    }
}

/// What would make a number firmer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Improvement {
    /// No sample of it came at all.
    Measure,
    /// Only the group's average is known.
    EachInstance,
    /// Some instances never reported.
    EveryInstance,
    /// The machine cut it off.
    LoadTest,
    /// Hours hide how demand moves within them.
    FinerSamples,
    /// Nothing came of late.
    RecentSamples,
    /// Its owner has to say what the values mean.
    Explain,
    /// Too few days to try the rule on the app's own weeks.
    LongerHistory,
    /// Samples are missing inside the history.
    FewerGaps,
}

impl Improvement {
    /// What to do, in a few words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Measure => text!("improvement-measure"),
            Self::EachInstance => text!("improvement-each-instance"),
            Self::EveryInstance => text!("improvement-every-instance"),
            Self::LoadTest => text!("improvement-load-test"),
            Self::FinerSamples => text!("improvement-finer-samples"),
            Self::RecentSamples => text!("improvement-recent-samples"),
            Self::Explain => text!("improvement-explain"),
            Self::LongerHistory => text!("improvement-longer-history"),
            Self::FewerGaps => text!("improvement-fewer-gaps"),
        }
    }
}

impl fmt::Display for Improvement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

/// What a grade is given for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quality {
    pub(super) is_measured: bool,
    /// From the first sample to the last.
    pub(super) days: f64,
    /// Samples that came, of those expected.
    pub(super) coverage: f64,
    /// From one slot of the grid to the next.
    pub(super) period_seconds: u32,
    pub(super) is_group_average: bool,
    /// Demand may have been higher than seen.
    pub(super) is_cut_off: bool,
    /// The days that the rule is fitted on were quieter than the average of all.
    pub(super) is_quiet_of_late: bool,
    /// Some instances never reported.
    pub(super) has_silent_instances: bool,
    /// Nothing came in the last days.
    pub(super) is_stale: bool,
    /// Its values say something else than their unit, or than that they will stay.
    pub(super) is_odd: bool,
}

/// Samples that may be missing for an A; for a B the policy says.
const FEW_GAPS: f64 = 0.9;
/// Finer than this shows how demand moves within an hour.
const FINE_SECONDS: u32 = 300;

impl Quality {
    /// `fit_days` is what the rule is fitted on; an A has twice as much, so that the rule could be tried on
    /// the app's own weeks.
    pub(super) fn grade(self, fit_days: f64, least_coverage: f64) -> Grade {
        let is_weak = self.is_group_average
            || self.is_cut_off
            || self.is_quiet_of_late
            || self.has_silent_instances
            || self.is_stale
            || self.is_odd
            || self.period_seconds > FINE_SECONDS;
        match self {
            Self {
                is_measured: false, ..
            } => Grade::D,
            _ if is_weak || self.is_shorter_than(fit_days) || self.coverage < least_coverage => {
                Grade::C
            }
            _ if self.is_shorter_than(2.0 * fit_days) || self.coverage < FEW_GAPS => Grade::B,
            _ => Grade::A,
        }
    }

    /// All that keeps it from an A.
    pub(super) fn better_with(self, fit_days: f64) -> Vec<Improvement> {
        if !self.is_measured {
            return vec![Improvement::Measure];
        }
        let missing = [
            (self.is_group_average, Improvement::EachInstance),
            (self.has_silent_instances, Improvement::EveryInstance),
            (
                self.is_cut_off || self.is_quiet_of_late,
                Improvement::LoadTest,
            ),
            (self.is_stale, Improvement::RecentSamples),
            (self.is_odd, Improvement::Explain),
            (
                self.period_seconds > FINE_SECONDS,
                Improvement::FinerSamples,
            ),
            (
                self.is_shorter_than(2.0 * fit_days),
                Improvement::LongerHistory,
            ),
            (self.coverage < FEW_GAPS, Improvement::FewerGaps),
        ];
        missing
            .into_iter()
            .filter_map(|(is_missing, improvement)| is_missing.then_some(improvement))
            .collect()
    }

    /// A snapshot begins and ends in the middle of a slot.
    fn is_shorter_than(self, days: f64) -> bool {
        self.days + f64::from(self.period_seconds) / 86_400.0 < days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_weakness_costs_a_grade() {
        let best = Quality {
            is_measured: true,
            days: 63.0,
            coverage: 0.99,
            period_seconds: 300,
            is_group_average: false,
            is_cut_off: false,
            is_quiet_of_late: false,
            has_silent_instances: false,
            is_stale: false,
            is_odd: false,
        };
        let cases = [
            (best, Grade::A),
            (Quality { days: 28.0, ..best }, Grade::A),
            (Quality { days: 20.0, ..best }, Grade::B),
            (
                Quality {
                    coverage: 0.8,
                    ..best
                },
                Grade::B,
            ),
            (Quality { days: 13.0, ..best }, Grade::C),
            (
                Quality {
                    coverage: 0.4,
                    ..best
                },
                Grade::C,
            ),
            (
                Quality {
                    period_seconds: 3_600,
                    ..best
                },
                Grade::C,
            ),
            (
                Quality {
                    is_group_average: true,
                    ..best
                },
                Grade::C,
            ),
            (
                Quality {
                    is_cut_off: true,
                    ..best
                },
                Grade::C,
            ),
            (
                Quality {
                    is_quiet_of_late: true,
                    ..best
                },
                Grade::C,
            ),
            (
                Quality {
                    has_silent_instances: true,
                    ..best
                },
                Grade::C,
            ),
            (
                Quality {
                    is_measured: false,
                    ..best
                },
                Grade::D,
            ),
        ];
        for (quality, expected) in cases {
            assert_eq!(quality.grade(14.0, 0.5), expected, "{quality:?}");
            // Whatever is not an A says what would make it one, and an A has nothing to say.
            assert_eq!(
                quality.better_with(14.0).is_empty(),
                expected == Grade::A,
                "{quality:?}"
            );
        }
    }
}
