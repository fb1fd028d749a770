//! Nodes and what is on them.

use super::svg::{Anchor, Svg, cut, width_of};

/// What fills a part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Fill {
    /// Kept by the node: the system's and the daemons'.
    Kept,
    /// A part of an app's pods.
    App,
    /// Something that the cluster needs for itself.
    Addon,
}

/// A part of a bar.
#[derive(Debug, Clone)]
pub(in crate::render) struct Part {
    pub(in crate::render) label: String,
    /// Share of the machine.
    pub(in crate::render) share: f64,
    pub(in crate::render) fill: Fill,
}

/// A machine, twice: by CPU and by memory.
#[derive(Debug, Clone)]
pub(in crate::render) struct Stack {
    pub(in crate::render) label: String,
    /// Behind the bars: how much is free.
    pub(in crate::render) remark: String,
    pub(in crate::render) cpu: Vec<Part>,
    pub(in crate::render) memory: Vec<Part>,
}

const WIDTH: f64 = 720.0;
/// For the name of the resource beside each bar.
const RESOURCE: f64 = 44.0;
const ROW: f64 = 36.0;
const BAR: f64 = 14.0;

/// Two bars for each machine, above each other: CPU, memory.
pub(in crate::render) fn stacks(
    label: &str,
    (cpu, memory): (&str, &str),
    rows: &[Stack],
) -> String {
    let widest = |words: fn(&Stack) -> &str, size: f64| {
        rows.iter()
            .map(|row| width_of(words(row), size))
            .fold(0.0, f64::max)
    };
    let labels = (widest(|row| &row.label, 12.0) + 8.0).clamp(74.0, 190.0) + RESOURCE;
    let remarks = (widest(|row| &row.remark, 10.0) + 8.0).clamp(108.0, 180.0);
    let room = WIDTH - labels - remarks;
    #[expect(clippy::cast_precision_loss, reason = "a few hundred rows")]
    let mut svg = Svg::new(WIDTH, ROW * rows.len() as f64 + 4.0, label);
    let mut y = 2.0;
    for row in rows {
        svg.text(
            "label",
            (0.0, y + 13.0),
            Anchor::Start,
            &cut(&row.label, labels - RESOURCE, 12.0),
        );
        svg.text(
            "small",
            (WIDTH - remarks + 6.0, y + 20.0),
            Anchor::Start,
            &cut(&row.remark, remarks, 10.0),
        );
        for (name, class, parts, top) in [
            (cpu, "of-cpu", &row.cpu, y),
            (memory, "of-memory", &row.memory, y + BAR + 2.0),
        ] {
            svg.text("small", (labels - 5.0, top + 11.0), Anchor::End, name);
            svg.rect("free", (labels, top), (room, BAR), "");
            let mut x = labels;
            for (place, part) in parts.iter().enumerate() {
                let width = part.share * room;
                let fill = match part.fill {
                    Fill::Kept => "kept",
                    Fill::Addon => "addon",
                    Fill::App if place % 2 == 0 => "app even",
                    Fill::App => "app odd",
                };
                svg.rect(
                    &format!("{fill} {class}"),
                    (x, top),
                    (width, BAR),
                    &part.label,
                );
                if width > 40.0 && part.fill != Fill::Kept {
                    svg.text(
                        "in-bar",
                        (x + 3.0, top + 10.5),
                        Anchor::Start,
                        &cut(&part.label, width - 6.0, 9.5),
                    );
                }
                x += width;
            }
        }
        y += ROW;
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_zones_and_large_rests_are_told_whole() {
        let row = |label: &str, remark: &str| Stack {
            label: label.to_owned(),
            remark: remark.to_owned(),
            cpu: vec![],
            memory: vec![],
        };
        let drawn = stacks(
            "",
            ("CPU", "memory"),
            &[
                row("ap-northeast-1a (174)", "free 827580m, 1069.6 GiB"),
                row("1a 01", "free 10m, 1 GiB"),
            ],
        );
        assert!(
            drawn.contains(">ap-northeast-1a (174)<")
                && drawn.contains(">free 827580m, 1069.6 GiB<"),
            "{drawn}"
        );
        let strangers = stacks(
            "",
            ("CPU", "memory"),
            &[row(&"x".repeat(200), &"y".repeat(200))],
        );
        assert!(
            strangers.contains("x…<") && strangers.contains("y…<"),
            "{strangers}"
        );
    }
}
