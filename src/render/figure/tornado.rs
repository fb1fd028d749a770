//! What moves an answer, most first.

use super::scale::Scale;
use super::svg::{Anchor, Svg, cut};

/// A driver at both of its ends.
#[derive(Debug)]
pub(in crate::render) struct Swing {
    pub(in crate::render) label: String,
    /// The answer at its cheap end.
    pub(in crate::render) at_low: f64,
    /// The answer at its dear end.
    pub(in crate::render) at_high: f64,
    /// Both ends in words, beside the bar.
    pub(in crate::render) shown: String,
}

const WIDTH: f64 = 360.0;
const ROW: f64 = 34.0;

/// Bars around what is expected; each has its words above it, since both ends may lie anywhere.
pub(in crate::render) fn tornado(label: &str, expected: (f64, &str), swings: &[Swing]) -> String {
    let ends = || {
        swings
            .iter()
            .flat_map(|swing| [swing.at_low, swing.at_high])
            .chain([expected.0])
    };
    let scale = Scale::new(
        (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max)),
        (6.0, WIDTH - 6.0),
    );
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let height = ROW * swings.len() as f64 + 24.0;
    let mut svg = Svg::new(WIDTH, height, label);
    let mut y = 4.0;
    for swing in swings {
        svg.text(
            "small",
            (6.0, y + 11.0),
            Anchor::Start,
            &cut(
                &format!("{} {}", swing.label, swing.shown),
                WIDTH - 12.0,
                11.0,
            ),
        );
        let (low, high) = (
            scale.at(swing.at_low.min(swing.at_high)),
            scale.at(swing.at_low.max(swing.at_high)),
        );
        svg.rect(
            "estimate",
            (low, y + 15.0),
            ((high - low).max(1.5), 13.0),
            &format!("{}: {}", swing.label, swing.shown),
        );
        y += ROW;
    }
    svg.line(
        "expected",
        (scale.at(expected.0), 0.0),
        (scale.at(expected.0), y + 2.0),
    );
    svg.line("axis", (scale.at(0.0), 0.0), (scale.at(0.0), y + 2.0));
    let (anchor, at) = if scale.at(expected.0) > WIDTH / 2.0 {
        (Anchor::End, -3.0)
    } else {
        (Anchor::Start, 3.0)
    };
    svg.text(
        "strong",
        (scale.at(expected.0) + at, height - 8.0),
        anchor,
        expected.1,
    );
    svg.finish()
}
