//! What a move has brought in, month by month.

use super::scale::{Scale, round_up};
use super::svg::{Anchor, Svg, short};

/// Values by month from 1.
pub(in crate::render) struct Curve<'a> {
    /// Sum up to each month.
    pub(in crate::render) sums: Vec<f64>,
    /// First and last month in which both systems run.
    pub(in crate::render) both_run: Option<(u32, u32)>,
    /// In the shaded months.
    pub(in crate::render) both_run_label: &'a str,
    /// The month in which it has paid for itself.
    pub(in crate::render) break_even: Option<u32>,
    /// At that month, or at the end.
    pub(in crate::render) verdict: &'a str,
    /// What stands under the axis.
    pub(in crate::render) axis: &'a str,
    /// How an amount of money is written.
    pub(in crate::render) money: &'a dyn Fn(f64) -> String,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 66.0;
const RIGHT: f64 = 350.0;
const TOP: f64 = 14.0;
const BASE: f64 = 178.0;

/// A line around zero.
pub(in crate::render) fn curve(label: &str, shown: &Curve<'_>) -> String {
    #[expect(clippy::cast_precision_loss, reason = "months")]
    let months = Scale::new((0.0, shown.sums.len() as f64), (LEFT, RIGHT));
    let low = shown.sums.iter().copied().fold(0.0, f64::min);
    let high = shown.sums.iter().copied().fold(0.0, f64::max);
    let low = if low < 0.0 { -round_up(-low) } else { 0.0 };
    let high = if high > 0.0 { round_up(high) } else { 0.0 };
    let money = Scale::new((low, high), (BASE, TOP));
    let mut svg = Svg::new(WIDTH, HEIGHT, label);
    if let Some((first, last)) = shown.both_run {
        let (from, to) = (
            months.at(f64::from(first) - 1.0),
            months.at(f64::from(last)),
        );
        svg.rect(
            "shade",
            (from, TOP),
            (to - from, BASE - TOP),
            shown.both_run_label,
        );
        svg.text(
            "small",
            (from + 3.0, TOP + 10.0),
            Anchor::Start,
            shown.both_run_label,
        );
    }
    let ends = [low, high]
        .into_iter()
        .filter(|end| end.abs() > (high - low) * 0.08);
    for value in ends.chain([0.0]) {
        svg.text(
            "small",
            (LEFT - 5.0, money.at(value) + 3.5),
            Anchor::End,
            &(shown.money)(value),
        );
    }
    svg.line("axis", (LEFT, money.at(0.0)), (RIGHT, money.at(0.0)));
    svg.line("axis", (LEFT, TOP), (LEFT, BASE));
    let mut path = format!("M{} {}", short(months.at(0.0)), short(money.at(0.0)));
    for (month, sum) in (1_u32..).zip(&shown.sums) {
        path.push_str(&format!(
            "L{} {}",
            short(months.at(f64::from(month))),
            short(money.at(*sum))
        ));
    }
    svg.path("plan-line", &path);
    match shown.break_even.and_then(|month| {
        Some((
            month,
            shown
                .sums
                .get(usize::try_from(month).ok()?.checked_sub(1)?)?,
        ))
    }) {
        Some((month, sum)) => {
            let (x, y) = (months.at(f64::from(month)), money.at(*sum));
            svg.circle("mark", (x, y), 4.0);
            let (anchor, x) = if x > WIDTH / 2.0 {
                (Anchor::End, x - 8.0)
            } else {
                (Anchor::Start, x + 8.0)
            };
            svg.text(
                "strong",
                (x, (y - 8.0).max(TOP + 22.0)),
                anchor,
                shown.verdict,
            );
        }
        None => svg.text("strong", (RIGHT, BASE - 8.0), Anchor::End, shown.verdict),
    }
    #[expect(clippy::cast_possible_truncation, reason = "months")]
    let horizon = shown.sums.len() as u32;
    for month in
        (0..=horizon).filter(|month| month.is_multiple_of(if horizon > 24 { 6 } else { 3 }))
    {
        svg.text(
            "small",
            (months.at(f64::from(month)), BASE + 14.0),
            Anchor::Middle,
            &month.to_string(),
        );
    }
    svg.text("small", (LEFT, HEIGHT - 10.0), Anchor::Start, shown.axis);
    svg.finish()
}
