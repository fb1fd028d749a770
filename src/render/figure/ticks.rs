//! Marks of an axis.

use super::scale::round_up;

/// How many marks have room beside each other, each so wide.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a handful, clamped"
)]
pub(super) fn marks_in(room: f64, width: f64) -> u32 {
    (room / (width + 14.0).max(1.0)).floor().clamp(1.0, 6.0) as u32
}

/// Places from 0 in steps that read well, at most about `most_marks` of them, and where the axis ends.
pub(super) fn ticks(most: f64, most_marks: u32) -> (Vec<f64>, f64) {
    let step = round_up(most.max(1.0) / f64::from(most_marks.max(1)));
    let count = (most.max(1.0) / step).ceil();
    let mut marks = Vec::new();
    let mut mark = 0.0;
    while mark <= step * count + step * 1e-6 {
        marks.push(mark);
        mark += step;
    }
    (marks, step * count)
}

/// The same of an axis with both signs.
pub(super) fn ticks_between((low, high): (f64, f64), most_marks: u32) -> (Vec<f64>, (f64, f64)) {
    let span = (high.max(0.0) - low.min(0.0)).max(1.0);
    let step = round_up(span / f64::from(most_marks.max(1)));
    let (from, to) = ((low.min(0.0) / step).floor(), (high.max(0.0) / step).ceil());
    let mut marks = Vec::new();
    let mut mark = from;
    while mark <= to + 1e-6 {
        marks.push(mark * step);
        mark += 1.0;
    }
    (marks, (from * step, to * step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_begin_at_nothing_and_reach_over_everything() {
        assert_eq!(
            ticks(10_700.0, 6),
            (
                vec![0.0, 2_000.0, 4_000.0, 6_000.0, 8_000.0, 10_000.0, 12_000.0],
                12_000.0
            )
        );
        let (marks, ends) = ticks_between((-45_000.0, 224_000.0), 4);
        assert_eq!(marks, [-100_000.0, 0.0, 100_000.0, 200_000.0, 300_000.0]);
        assert_eq!(ends, (-100_000.0, 300_000.0));
        assert_eq!(ticks_between((0.0, 0.0), 4).1, (0.0, 0.0));
    }
}
