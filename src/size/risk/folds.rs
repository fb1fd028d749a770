//! Rolling origin: which days a rule may see, and on which it is judged.

use std::num::NonZeroU32;
use std::ops::Range;

use serde::Serialize;

use super::{Judge, Skip, Training, Usage};
use crate::policy::Policy;
use crate::size::grid::{DAY_SECONDS, Grid};
use crate::snapshot::Window;

/// How many days a rule is fitted on, and how many days after them it is judged on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Days that the rule sees.
    pub train_days: NonZeroU32,
    /// Days that it does not see; also the step from one origin to the next, so that no day is judged twice.
    pub test_days: NonZeroU32,
}

/// One origin: what is before it may be seen, what is after it judges. In seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::size) struct Fold {
    pub(in crate::size) start: i64,
    pub(in crate::size) origin: i64,
    pub(in crate::size) end: i64,
}

impl Span {
    /// As the policy has it.
    #[must_use]
    pub const fn of(policy: &Policy) -> Self {
        Self {
            train_days: policy.sizing.fit_days,
            test_days: policy.sizing.judge_days,
        }
    }

    /// How many folds lie wholly in `window`.
    #[must_use]
    pub fn count(self, window: Window) -> usize {
        self.folds(window).len()
    }

    /// All folds that lie wholly in `window`, the first at its start. What is left at its end is not judged.
    pub(in crate::size) fn folds(self, window: Window) -> Vec<Fold> {
        let seconds = |days: NonZeroU32| u64::from(days.get()) * DAY_SECONDS;
        let (train, test) = (seconds(self.train_days), seconds(self.test_days));
        let count = window.seconds().saturating_sub(train) / test;
        let signed = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
        let fold = |number: u64| {
            let start = window
                .start
                .as_second()
                .saturating_add(signed(number * test));
            let origin = start.saturating_add(signed(train));
            Fold {
                start,
                origin,
                end: origin.saturating_add(signed(test)),
            }
        };
        (0..count).map(fold).collect()
    }
}

impl Fold {
    /// The slots to fit on and the slots to judge on. A slot that the origin cuts is judged, not seen.
    pub(in crate::size) fn slots(&self, grid: &Grid) -> (Range<usize>, Range<usize>) {
        let (start, origin, end) = (
            grid.slot_of(self.start),
            grid.slot_of(self.origin),
            grid.slot_of(self.end),
        );
        (start..origin, origin..end)
    }
}

/// What each fold shows of `usage`: its number, the slot of its origin, and its window if it can be judged.
pub(in crate::size) fn weeks<'a>(
    usage: &'a Usage,
    grid: &Grid,
    folds: &[Fold],
) -> impl Iterator<Item = (usize, usize, Result<(Training<'a>, Judge<'a>), Skip>)> {
    folds.iter().enumerate().map(|(number, fold)| {
        let (seen, days_after) = fold.slots(grid);
        (number, seen.end, usage.window(seen, days_after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    const DAY: i64 = 86_400;

    fn window(from: i64, to: i64) -> Window {
        let at = |second| Timestamp::from_second(second).expect("a small second");
        Window {
            start: at(from),
            end: at(to),
        }
    }

    fn span(train: u32, test: u32) -> Span {
        Span {
            train_days: NonZeroU32::new(train).expect("not zero"),
            test_days: NonZeroU32::new(test).expect("not zero"),
        }
    }

    #[test]
    fn the_origin_rolls_by_the_test_days_and_what_is_left_is_not_judged() {
        // 63 days: (63 - 14) / 7 = 7 folds; the last ends where the window ends.
        let folds = span(14, 7).folds(window(DAY, 64 * DAY));
        assert_eq!(folds.len(), 7);
        assert_eq!(
            folds[0],
            Fold {
                start: DAY,
                origin: 15 * DAY,
                end: 22 * DAY
            }
        );
        assert_eq!(
            folds[1],
            Fold {
                start: 8 * DAY,
                origin: 22 * DAY,
                end: 29 * DAY
            }
        );
        assert_eq!(folds[6].end, 64 * DAY);
        // 90 days: 76 / 7 = 10 folds; the last six days are left.
        let folds = span(14, 7).folds(window(0, 90 * DAY));
        assert_eq!((folds.len(), folds[9].end), (10, 84 * DAY));
    }

    #[test]
    fn a_window_a_second_short_of_a_fold_has_none() {
        assert_eq!(span(14, 7).folds(window(0, 21 * DAY)).len(), 1);
        assert!(span(14, 7).folds(window(0, 21 * DAY - 1)).is_empty());
        assert!(span(u32::MAX, u32::MAX).folds(window(0, DAY)).is_empty());
    }

    #[test]
    fn seen_and_judged_slots_touch_and_do_not_overlap() {
        let fold = span(14, 7).folds(window(0, 63 * DAY))[1];
        let grid = Grid {
            window: window(0, 63 * DAY),
            period_seconds: 300,
        };
        // 288 slots a day: days 7 to 20 are seen, 21 to 27 judge.
        assert_eq!(fold.slots(&grid), (7 * 288..21 * 288, 21 * 288..28 * 288));
        // A slot of ten hours that the origin cuts belongs to the judges: 21 days are 50.4 of them.
        let coarse = Grid {
            period_seconds: 36_000,
            ..grid
        };
        assert_eq!(fold.slots(&coarse), (16..50, 50..67));
    }
}
