//! From one total to another, step by step.

use super::scale::Scale;
use super::svg::{Anchor, Svg, cut, width_of};

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum StepKind {
    /// What is paid today.
    Measured,
    /// What the plan would cost.
    Planned,
    /// What changes between them.
    Change,
}

/// A row of the waterfall.
#[derive(Debug, Clone)]
pub(in crate::render) struct Step {
    pub(in crate::render) label: String,
    /// The total, or what the step adds.
    pub(in crate::render) value: f64,
    /// The value in words.
    pub(in crate::render) shown: String,
    pub(in crate::render) kind: StepKind,
}

const ROW: f64 = 21.0;

/// Rows from above to below, so wide; changes stand where the one before them ended.
pub(in crate::render) fn waterfall(label: &str, width: f64, steps: &[Step]) -> String {
    let mut reached = 0.0_f64;
    let mut spans = Vec::new();
    for step in steps {
        let (from, to) = match step.kind {
            StepKind::Measured | StepKind::Planned => (0.0, step.value),
            StepKind::Change => (reached, reached + step.value),
        };
        spans.push((from, to));
        reached = to;
    }
    let ends = || spans.iter().flat_map(|(from, to)| [*from, *to]);
    let widest = |words: fn(&Step) -> &str| {
        steps
            .iter()
            .map(|step| width_of(words(step), 12.0))
            .fold(0.0, f64::max)
    };
    let labels = (widest(|step| &step.label) + 8.0).min(width * 0.46);
    let numbers = widest(|step| &step.shown) + 10.0;
    let scale = Scale::new(
        (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max)),
        (labels, width - numbers),
    );
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let mut svg = Svg::new(width, ROW * steps.len() as f64 + 6.0, label);
    let mut y = 3.0;
    for (step, (from, to)) in steps.iter().zip(&spans) {
        let middle = y + ROW * 0.66;
        svg.text(
            "label",
            (labels - 6.0, middle),
            Anchor::End,
            &cut(&step.label, labels - 6.0, 12.0),
        );
        let class = match step.kind {
            StepKind::Measured => "measured",
            StepKind::Planned => "planned",
            StepKind::Change if step.value < 0.0 => "less",
            StepKind::Change => "more",
        };
        let (left, right) = (scale.at(from.min(*to)), scale.at(from.max(*to)));
        svg.rect(
            class,
            (left, y + 4.0),
            ((right - left).max(1.0), ROW - 8.0),
            &format!("{}: {}", step.label, step.shown),
        );
        svg.text("number", (right + 6.0, middle), Anchor::Start, &step.shown);
        let joint = scale.at(*to);
        svg.line("joint", (joint, y + ROW - 4.0), (joint, y + ROW + 4.0));
        y += ROW;
    }
    svg.line("axis", (scale.at(0.0), 0.0), (scale.at(0.0), y));
    svg.finish()
}
