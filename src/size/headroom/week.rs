//! One week whose end is known, of the memory of one replica.

use crate::size::grid::Grid;
use crate::size::risk::{Fit, Fold, Usage};

/// What was known of its memory before the week, and how high it went in each hour of it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::size) struct Week {
    /// Number of the fold, from 0.
    pub(in crate::size) fold: usize,
    /// Bytes that it usually held before.
    pub(in crate::size) usual: f64,
    /// What its limit would have been made from.
    pub(in crate::size) fit: Fit,
    /// The highest of each hour, in bytes; what it usually held where nothing was reported.
    pub(super) hourly: Vec<f32>,
}

const HOUR_SECONDS: u32 = 3_600;

impl Week {
    /// Of the days that a fold judges.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "samples are not more exact"
    )]
    pub(in crate::size) fn of(
        usage: &Usage,
        grid: &Grid,
        (number, fold): (usize, &Fold),
        fit: Fit,
        usual: f64,
    ) -> Self {
        let (_, judged) = fold.slots(grid);
        let slots = usize::try_from((HOUR_SECONDS / grid.period_seconds).max(1)).unwrap_or(1);
        let percent = usage.percent().get(judged).unwrap_or_default();
        let bytes = |hour: &[f32]| {
            // The maximum with a gap is the other value.
            let highest = hour.iter().copied().fold(f32::NAN, f32::max);
            if highest.is_nan() {
                usual as f32
            } else {
                (f64::from(highest) / 100.0 * usage.capacity) as f32
            }
        };
        Self {
            fold: number,
            usual,
            fit,
            hourly: percent.chunks(slots).map(bytes).collect(),
        }
    }
}
