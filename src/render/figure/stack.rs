//! Nodes and what is on them.

use super::svg::{Anchor, Svg, cut};

/// What fills a part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Fill {
    /// Kept by the node: the system's and the daemons'.
    Kept,
    /// An app.
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
const LABELS: f64 = 118.0;
const REMARK: f64 = 108.0;
const ROW: f64 = 36.0;
const BAR: f64 = 14.0;

/// Two bars for each machine, above each other: CPU, memory.
pub(in crate::render) fn stacks(label: &str, (cpu, memory): (&str, &str), rows: &[Stack]) -> String {
    let room = WIDTH - LABELS - REMARK;
    #[expect(clippy::cast_precision_loss, reason = "a few hundred rows")]
    let mut svg = Svg::new(WIDTH, ROW * rows.len() as f64 + 4.0, label);
    let mut y = 2.0;
    for row in rows {
        svg.text("label", (0.0, y + 13.0), Anchor::Start, &cut(&row.label, LABELS - 44.0, 12.0));
        svg.text("small", (WIDTH - REMARK + 6.0, y + 20.0), Anchor::Start, &cut(&row.remark, REMARK, 10.0));
        for (name, class, parts, top) in [(cpu, "of-cpu", &row.cpu, y), (memory, "of-memory", &row.memory, y + BAR + 2.0)] {
            svg.text("small", (LABELS - 5.0, top + 11.0), Anchor::End, name);
            svg.rect("free", (LABELS, top), (room, BAR), "");
            let mut x = LABELS;
            for (place, part) in parts.iter().enumerate() {
                let width = part.share * room;
                let fill = match part.fill {
                    Fill::Kept => "kept",
                    Fill::Addon => "addon",
                    Fill::App if place % 2 == 0 => "app even",
                    Fill::App => "app odd",
                };
                svg.rect(&format!("{fill} {class}"), (x, top), (width, BAR), &part.label);
                if width > 40.0 && part.fill != Fill::Kept {
                    svg.text("in-bar", (x + 3.0, top + 10.5), Anchor::Start, &cut(&part.label, width - 6.0, 9.5));
                }
                x += width;
            }
        }
        y += ROW;
    }
    svg.finish()
}
