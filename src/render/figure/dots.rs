//! Alternatives on one axis of money: a dot for what each costs, a line for where that is likely to lie.

use super::scale::Scale;
use super::svg::{Anchor, Svg, cut, width_of};
use super::ticks::{marks_in, ticks};

/// What an alternative is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Role {
    /// As it is: solid, since it was measured.
    Today,
    /// As asked: outlined, since it is planned.
    Asked,
    /// What is recommended.
    Best,
    Other,
}

/// A row: its value as a dot, its range as a line.
#[derive(Debug, Clone)]
pub(in crate::render) struct Dot {
    pub(in crate::render) label: String,
    pub(in crate::render) value: f64,
    pub(in crate::render) low: f64,
    pub(in crate::render) high: f64,
    /// The value in words, beside its dot.
    pub(in crate::render) shown: String,
    pub(in crate::render) role: Role,
}

const ROW: f64 = 18.0;
const AXIS: f64 = 20.0;
const GAP: f64 = 8.0;

/// Rows as they come, so wide; a line marks what is paid today.
pub(in crate::render) fn dots(
    label: &str,
    width: f64,
    rows: &[Dot],
    money: &dyn Fn(f64) -> String,
) -> String {
    let widest = |words: fn(&Dot) -> &str| {
        rows.iter()
            .map(|row| width_of(words(row), 12.0) * 1.06)
            .fold(0.0, f64::max)
    };
    let labels = (widest(|row| &row.label) + GAP).min(width * 0.44);
    let numbers = widest(|row| &row.shown) + GAP;
    let most = rows.iter().map(|row| row.high).fold(0.0, f64::max);
    let (left, right) = (labels + GAP, width - numbers - GAP);
    let (marks, top) = ticks(most, marks_in(right - left, width_of(&money(most), 10.0)));
    let scale = Scale::new((0.0, top), (left, right));
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let base = ROW * rows.len() as f64 + 4.0;
    let mut svg = Svg::new(width, base + AXIS, label);
    for mark in marks {
        svg.line("joint", (scale.at(mark), 0.0), (scale.at(mark), base));
        svg.text(
            "small",
            (scale.at(mark), base + 13.0),
            Anchor::Middle,
            &money(mark),
        );
    }
    if let Some(today) = rows.iter().find(|row| row.role == Role::Today) {
        svg.line(
            "expected",
            (scale.at(today.value), 0.0),
            (scale.at(today.value), base),
        );
    }
    let mut y = 2.0;
    for row in rows {
        let middle = y + ROW / 2.0;
        let (label_class, class) = match row.role {
            Role::Today => ("label", "measured"),
            Role::Asked => ("label bold", "planned"),
            Role::Best => ("label bold", "mark"),
            Role::Other => ("label", "other"),
        };
        svg.text(
            label_class,
            (0.0, middle + 4.0),
            Anchor::Start,
            &cut(&row.label, labels, 12.0),
        );
        svg.line(
            "whisker",
            (scale.at(row.low), middle),
            (scale.at(row.high.max(row.low)), middle),
        );
        svg.circle(class, (scale.at(row.value), middle), 4.5);
        svg.text("number", (width, middle + 4.0), Anchor::End, &row.shown);
        y += ROW;
    }
    svg.line("axis", (left, base), (right, base));
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_label_its_dot_and_its_range_in_order() {
        let dot = |label: &str, value: f64, role| Dot {
            label: label.to_owned(),
            value,
            low: value - 100.0,
            high: value + 300.0,
            shown: format!("${value}"),
            role,
        };
        let rows = [
            dot("cheap", 1_000.0, Role::Best),
            dot("today", 2_000.0, Role::Today),
            dot("dear", 4_000.0, Role::Asked),
        ];
        let drawn = dots("", 720.0, &rows, &|value| format!("{value}"));
        let place = |what: &str| drawn.find(what).expect("it is drawn");
        assert!(place(">cheap<") < place(">today<") && place(">today<") < place(">dear<"));
        assert_eq!(drawn.matches("<circle").count(), 3);
        assert_eq!(drawn.matches("class=\"whisker\"").count(), 3);
        let narrow = dots("", 340.0, &rows, &|value| format!("{value}"));
        assert!(narrow.starts_with("<svg viewBox=\"0 0 340 "), "{narrow}");
    }
}
