//! What moves an answer, most first.

use super::scale::Scale;
use super::svg::{Anchor, Svg, cut, width_of};
use super::ticks::{marks_in, ticks_between};

/// A driver at both of its ends.
#[derive(Debug)]
pub(in crate::render) struct TornadoBar {
    pub(in crate::render) label: String,
    /// The answer at its cheap end.
    pub(in crate::render) at_low: f64,
    /// The answer at its dear end.
    pub(in crate::render) at_high: f64,
}

const ROW: f64 = 30.0;
const AXIS: f64 = 18.0;
const GAP: f64 = 4.0;

/// Bars around what is expected, so wide, over an axis with its zero; each has its driver above it and the amounts at
/// its ends.
pub(in crate::render) fn tornado(
    label: &str,
    width: f64,
    expected: (f64, &str),
    swings: &[TornadoBar],
    money: &dyn Fn(f64) -> String,
) -> String {
    let ends = || {
        swings
            .iter()
            .flat_map(|swing| [swing.at_low, swing.at_high])
            .chain([expected.0])
    };
    let numbers = ends()
        .map(|end| width_of(&money(end), 10.0))
        .fold(0.0, f64::max)
        + GAP * 2.0;
    let (marks, axis) = ticks_between(
        (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max)),
        marks_in(width - numbers * 2.0, numbers),
    );
    let scale = Scale::new(axis, (numbers, width - numbers));
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let base = ROW * swings.len() as f64 + 16.0;
    let mut svg = Svg::new(width, base + AXIS, label);
    for mark in marks {
        let class = if mark == 0.0 { "axis" } else { "joint" };
        svg.line(class, (scale.at(mark), 12.0), (scale.at(mark), base));
        svg.text(
            "small",
            (scale.at(mark), base + 13.0),
            Anchor::Middle,
            &money(mark),
        );
    }
    svg.line("axis", (numbers, base), (width - numbers, base));
    svg.line(
        "expected",
        (scale.at(expected.0), 12.0),
        (scale.at(expected.0), base),
    );
    let mut y = 14.0;
    for swing in swings {
        let (low, high) = (
            swing.at_low.min(swing.at_high),
            swing.at_low.max(swing.at_high),
        );
        let (from, to) = (scale.at(low), scale.at(high));
        svg.text(
            "small driver halo",
            (0.0, y + 9.0),
            Anchor::Start,
            &cut(&swing.label, width, 11.0),
        );
        svg.rect(
            "estimate",
            (from, y + 13.0),
            ((to - from).max(1.5), 12.0),
            &swing.label,
        );
        svg.text(
            "small halo",
            (from - GAP, y + 22.5),
            Anchor::End,
            &money(low),
        );
        svg.text(
            "small halo",
            (to + GAP, y + 22.5),
            Anchor::Start,
            &money(high),
        );
        y += ROW;
    }
    let half = width_of(expected.1, 11.0) / 2.0;
    svg.text(
        "strong",
        (
            scale.at(expected.0).clamp(half, (width - half).max(half)),
            9.0,
        ),
        Anchor::Middle,
        expected.1,
    );
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_labelled_beside_their_bars_from_low_to_high() {
        let swing = |label: &str, at_low, at_high| TornadoBar {
            label: label.to_owned(),
            at_low,
            at_high,
        };
        let swings = [
            swing("effort", 3_000.0, -58_000.0),
            swing("sizing", -20.0, -2_000.0),
        ];
        let drawn = tornado("", 360.0, (-500.0, "expected"), &swings, &|value| {
            format!("{value}")
        });
        let place = |what: &str| {
            drawn
                .find(what)
                .unwrap_or_else(|| panic!("{what}: {drawn}"))
        };
        assert!(place(">effort<") < place(">-58000<"));
        assert!(place(">-58000<") < place(">3000<") && place(">3000<") < place(">sizing<"));
        assert!(drawn.contains(">0<"), "the zero of the axis");
    }
}
