//! A distribution over tenths of what there is, with what is not known beside.

use super::scale::Scale;
use super::svg::{Anchor, Svg};

/// Shares of one, and their words.
pub(in crate::render) struct TenthsFigure<'a> {
    /// From 0 to 10 %, … of the whole; with `unknown` they are 1.
    pub(in crate::render) shares: [f64; 10],
    /// Of which nothing is known.
    pub(in crate::render) unknown: f64,
    /// `0–10`, …: what a pointer is told of each bar.
    pub(in crate::render) labels: [String; 10],
    /// Under the bar of the unknown.
    pub(in crate::render) unknown_label: &'a str,
    /// What stands under the axis.
    pub(in crate::render) axis: &'a str,
    /// A share in words.
    pub(in crate::render) percent: &'a dyn Fn(f64) -> String,
}

const WIDTH: f64 = 366.0;
const HEIGHT: f64 = 190.0;
const BASE: f64 = 140.0;

/// Eleven bars from zero.
pub(in crate::render) fn tenths(label: &str, shown: &TenthsFigure<'_>) -> String {
    let most = shown.shares.iter().copied().fold(shown.unknown, f64::max);
    let scale = Scale::new((0.0, most), (BASE, 20.0));
    let mut svg = Svg::new(WIDTH, HEIGHT, label);
    let step = (WIDTH - 10.0) / 12.1;
    let bars = shown
        .shares
        .iter()
        .zip(&shown.labels)
        .map(|(share, label)| (*share, label.as_str(), "measured"));
    let mut x = 5.0;
    for (share, under, class) in bars.chain([(shown.unknown, shown.unknown_label, "estimate")]) {
        if class == "estimate" {
            x += step;
        }
        let top = scale.at(share);
        let words = (shown.percent)(share);
        svg.rect(
            class,
            (x + 1.5, top),
            (step - 3.0, BASE - top),
            &format!("{under}: {words}"),
        );
        if share >= 0.005 {
            svg.text("small", (x + step / 2.0, top - 4.0), Anchor::Middle, &words);
        }
        if class == "estimate" {
            svg.text(
                "small",
                (x + step / 2.0, BASE + 14.0),
                Anchor::Middle,
                under,
            );
        }
        x += step;
    }
    let mut edge = 5.0;
    for tenth in 0..=10 {
        svg.text(
            "small",
            (edge, BASE + 14.0),
            Anchor::Middle,
            &(tenth * 10).to_string(),
        );
        edge += step;
    }
    svg.line("axis", (5.0, BASE), (WIDTH - 5.0, BASE));
    svg.text("small", (5.0, HEIGHT - 12.0), Anchor::Start, shown.axis);
    svg.finish()
}
