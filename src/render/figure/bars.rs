//! Ordered bars, some of which may go the other way.

use super::scale::Scale;
use super::svg::{Anchor, Svg, cut};

#[derive(Debug)]
pub(in crate::render) struct Bar {
    pub(in crate::render) label: String,
    pub(in crate::render) value: f64,
    /// The value in words, beside its bar.
    pub(in crate::render) shown: String,
    /// Outlined and hatched: little is known of it.
    pub(in crate::render) is_uncertain: bool,
}

const WIDTH: f64 = 720.0;
const ROW: f64 = 20.0;
const LABELS: f64 = 210.0;
const NUMBERS: f64 = 90.0;

/// One row for each, from above to below.
pub(in crate::render) fn bars(label: &str, bars: &[Bar]) -> String {
    let low = bars.iter().map(|bar| bar.value).fold(0.0, f64::min);
    let high = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let left = if low < 0.0 { LABELS + NUMBERS } else { LABELS };
    let scale = Scale::new((low, high), (left, WIDTH - NUMBERS));
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let mut svg = Svg::new(WIDTH, ROW * bars.len() as f64 + 6.0, label);
    let mut y = 3.0;
    for bar in bars {
        let middle = y + ROW * 0.7;
        svg.text(
            "label",
            (LABELS - 8.0, middle),
            Anchor::End,
            &cut(&bar.label, LABELS - 12.0, 12.0),
        );
        let (from, to) = (scale.at(bar.value.min(0.0)), scale.at(bar.value.max(0.0)));
        let class = match (bar.is_uncertain, bar.value < 0.0) {
            (true, _) => "estimate",
            (false, true) => "more",
            (false, false) => "measured",
        };
        svg.rect(
            class,
            (from, y + 3.0),
            ((to - from).max(1.0), ROW - 6.0),
            &format!("{}: {}", bar.label, bar.shown),
        );
        if bar.value < 0.0 {
            svg.text("number", (from - 5.0, middle), Anchor::End, &bar.shown);
        } else {
            svg.text("number", (to + 5.0, middle), Anchor::Start, &bar.shown);
        }
        y += ROW;
    }
    svg.line("axis", (scale.at(0.0), 0.0), (scale.at(0.0), y));
    svg.finish()
}
