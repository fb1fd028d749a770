//! Series of different periods on one grid.

use std::borrow::Cow;
use std::ops::Range;

use crate::snapshot::{Series, Window};

/// Finest grid that sizing works on. CloudWatch keeps finer data for 15 days only.
const FINEST_SECONDS: u32 = 300;

/// Seconds of a day, for counting days.
pub(super) const DAY_SECONDS: u64 = 86_400;

/// Slots of equal length from the start of the window to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) window: Window,
    pub(super) period_seconds: u32,
}

/// Samples of a stretch of slots; what is before and after them are gaps.
#[derive(Debug, Default)]
pub(super) struct Stretch<'a> {
    pub(super) first: usize,
    pub(super) samples: Cow<'a, [f32]>,
}

impl Stretch<'_> {
    /// The slots that hold a value: (slot, value).
    pub(super) fn present(&self) -> impl Iterator<Item = (usize, f32)> {
        (self.first..)
            .zip(self.samples.iter().copied())
            .filter(|(_, sample)| !sample.is_nan())
    }

    pub(super) fn slots(&self) -> Range<usize> {
        self.first..self.first + self.samples.len()
    }
}

impl Grid {
    /// The finest grid that `series` fill, but not finer than five minutes.
    pub(super) fn for_series<'a>(series: impl Iterator<Item = &'a Series>, window: Window) -> Self {
        let finest = series
            .map(|series| series.period_seconds)
            .min()
            .unwrap_or(FINEST_SECONDS);
        Self {
            window,
            period_seconds: finest.max(FINEST_SECONDS),
        }
    }

    pub(super) fn slots(&self) -> usize {
        usize::try_from(self.window.seconds() / u64::from(self.period_seconds)).unwrap_or(0)
    }

    /// Slots in a day, at least one.
    pub(super) fn slots_in_a_day(&self) -> usize {
        usize::try_from(DAY_SECONDS / u64::from(self.period_seconds))
            .unwrap_or(1)
            .max(1)
    }

    /// The first slot of the last so many days, or of all where there are not so many.
    pub(super) fn last_days(&self, days: u32) -> usize {
        self.slots().saturating_sub(
            usize::try_from(days)
                .unwrap_or(usize::MAX)
                .saturating_mul(self.slots_in_a_day()),
        )
    }

    /// The slot of a moment, clamped to the window: past its end is [`Self::slots`].
    pub(super) fn slot_of(&self, second: i64) -> usize {
        let offset =
            (second - self.window.start.as_second()).div_euclid(i64::from(self.period_seconds));
        usize::try_from(offset.max(0))
            .unwrap_or(0)
            .min(self.slots())
    }

    /// Pieces of one series on this grid, the better ones first: each fills the gaps of those before it,
    /// or with `highest` the highest of all is kept. Nothing is copied where one piece lies on this very grid.
    pub(super) fn stretch<'a>(&self, pieces: &[&'a Series], highest: bool) -> Stretch<'a> {
        let aligned = match pieces {
            [] => Some(Stretch::default()),
            [only] => self
                .offset_of(only)
                .map(|offset| self.cut(&only.samples, offset)),
            _ => None,
        };
        aligned.unwrap_or_else(|| Stretch {
            first: 0,
            samples: Cow::Owned(self.fill_all(pieces, highest)),
        })
    }

    /// [`Self::stretch`] with its gaps before and after, from the first slot to the last.
    pub(super) fn fill_all(&self, pieces: &[&Series], highest: bool) -> Vec<f32> {
        let mut pieces = pieces.iter();
        let mut filled = pieces.next().map_or_else(
            || vec![f32::NAN; self.slots()],
            |first| self.fill(first, highest),
        );
        for piece in pieces {
            for (known, value) in filled.iter_mut().zip(self.fill(piece, highest)) {
                // The maximum with a gap is the other value.
                *known = if highest || known.is_nan() {
                    known.max(value)
                } else {
                    *known
                };
            }
        }
        filled
    }

    /// By how many slots `series` begins after the window, if its samples lie on this very grid: nearly all do.
    fn offset_of(&self, series: &Series) -> Option<i64> {
        let period = i64::from(self.period_seconds);
        let seconds = series.start.as_second() - self.window.start.as_second();
        (series.period_seconds == self.period_seconds && seconds.rem_euclid(period) == 0)
            .then(|| seconds.div_euclid(period))
    }

    /// `samples` from the slot `offset` on, as far as they lie in the window.
    fn cut<'a>(&self, samples: &'a [f32], offset: i64) -> Stretch<'a> {
        let skipped = usize::try_from(-offset).unwrap_or(0);
        let first = usize::try_from(offset).unwrap_or(0).min(self.slots());
        let samples = samples.get(skipped..).unwrap_or_default();
        let within = samples.get(..self.slots() - first).unwrap_or(samples);
        Stretch {
            first,
            samples: Cow::Borrowed(within),
        }
    }

    /// `series` on this grid. Finer samples are averaged, or their highest is taken if `highest`;
    /// coarser ones hold for every slot that they cover; gaps (NaN) stay gaps.
    pub(super) fn fill(&self, series: &Series, highest: bool) -> Vec<f32> {
        if let Some(offset) = self.offset_of(series) {
            let Stretch { first, samples } = self.cut(&series.samples, offset);
            let mut filled = vec![f32::NAN; self.slots()];
            filled
                .iter_mut()
                .skip(first)
                .zip(samples.iter())
                .for_each(|(slot, sample)| *slot = *sample);
            return filled;
        }
        let mut sums = vec![0.0_f32; self.slots()];
        let mut counts = vec![0_u16; self.slots()];
        let covered = (series.period_seconds / self.period_seconds).max(1) as usize;
        for (index, value) in series.present() {
            let second = i64::try_from(index)
                .unwrap_or(i64::MAX)
                .saturating_mul(i64::from(series.period_seconds));
            let moment = series.start.as_second().saturating_add(second);
            if moment < self.window.start.as_second() {
                continue;
            }
            let first = self.slot_of(moment);
            for slot in first..(first + covered).min(self.slots()) {
                sums[slot] = if highest {
                    sums[slot].max(value)
                } else {
                    sums[slot] + value
                };
                counts[slot] = counts[slot].saturating_add(1);
            }
        }
        let settle = |(sum, count): (f32, u16)| match count {
            0 => f32::NAN,
            _ if highest => sum,
            count => sum / f32::from(count),
        };
        sums.into_iter().zip(counts).map(settle).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::{Metric, SeriesStatus, Subject};
    use jiff::Timestamp;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small second")
    }

    fn series(period_seconds: u32, start: i64, samples: &[f32]) -> Series {
        Series {
            subject: Subject::Environment,
            metric: Metric::CpuPercent,
            statistic: "average".to_owned(),
            period_seconds,
            start: at(start),
            source: String::new(),
            status: SeriesStatus("complete".to_owned()),
            samples: samples.to_vec(),
            rejected: 0,
        }
    }

    fn shown(values: &[f32]) -> Vec<Option<f32>> {
        values
            .iter()
            .map(|value| (!value.is_nan()).then_some(*value))
            .collect()
    }

    #[test]
    fn gaps_stay_gaps_and_what_is_outside_the_window_is_left_out() {
        let grid = Grid {
            window: Window {
                start: at(600),
                end: at(1800),
            },
            period_seconds: 300,
        };
        let filled = grid.fill(
            &series(300, 300, &[9.0, 1.0, f32::NAN, 3.0, 4.0, 5.0]),
            false,
        );
        assert_eq!(shown(&filled), [Some(1.0), None, Some(3.0), Some(4.0)]);
    }

    #[test]
    fn samples_on_the_very_grid_are_copied_from_before_and_after_its_ends() {
        let grid = Grid {
            window: Window {
                start: at(600),
                end: at(1800),
            },
            period_seconds: 300,
        };
        assert_eq!(
            shown(&grid.fill(&series(300, 1200, &[1.0, 2.0, 3.0]), true)),
            [None, None, Some(1.0), Some(2.0)]
        );
        assert_eq!(
            shown(&grid.fill(&series(300, 0, &[1.0, 2.0, 3.0]), true)),
            [Some(3.0), None, None, None]
        );
        assert_eq!(
            shown(&grid.fill(&series(300, 9000, &[1.0]), true)),
            [None; 4]
        );
        assert_eq!(
            shown(&grid.fill(&series(300, -9000, &[1.0]), true)),
            [None; 4]
        );
        // Half a slot off the grid it is no copy.
        assert_eq!(
            shown(&grid.fill(&series(300, 750, &[1.0, 2.0]), true)),
            [Some(1.0), Some(2.0), None, None]
        );
    }

    #[test]
    fn finer_samples_are_averaged_or_their_highest_kept() {
        let grid = Grid {
            window: Window {
                start: at(0),
                end: at(600),
            },
            period_seconds: 300,
        };
        let minutes = series(60, 0, &[1.0, 2.0, 3.0, 4.0, 5.0, f32::NAN, f32::NAN, 8.0]);
        assert_eq!(shown(&grid.fill(&minutes, false)), [Some(3.0), Some(8.0)]);
        assert_eq!(shown(&grid.fill(&minutes, true)), [Some(5.0), Some(8.0)]);
    }

    #[test]
    fn coarser_samples_hold_for_the_time_that_they_cover() {
        let grid = Grid {
            window: Window {
                start: at(0),
                end: at(1500),
            },
            period_seconds: 300,
        };
        assert_eq!(
            shown(&grid.fill(&series(900, 0, &[7.0, 8.0]), false)),
            [Some(7.0), Some(7.0), Some(7.0), Some(8.0), Some(8.0)]
        );
    }
}
