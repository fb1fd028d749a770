//! How full nodes are: CPU against memory.

use super::scale::Scale;
use super::svg::{Anchor, Svg};

/// A node, or several that are equally full.
#[derive(Debug, Clone)]
pub(in crate::render) struct FilledNode {
    /// Shares of what it offers, from 0 to 1.
    pub(in crate::render) cpu: f64,
    pub(in crate::render) memory: f64,
    /// Its name and what is on it, for whoever points at it.
    pub(in crate::render) about: String,
}

/// What stands at the axes.
pub(in crate::render) struct FillWords<'a> {
    pub(in crate::render) cpu: &'a str,
    pub(in crate::render) memory: &'a str,
    pub(in crate::render) percent: &'a dyn Fn(f64) -> String,
}

const WIDTH: f64 = 330.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 318.0;
const TOP: f64 = 22.0;
const BASE: f64 = 210.0;

/// A point for each node; what is full of one resource and empty of the other lies far from the diagonal.
pub(in crate::render) fn fill(label: &str, nodes: &[FilledNode], words: &FillWords<'_>) -> String {
    let x = Scale::new((0.0, 1.0), (LEFT, RIGHT));
    let y = Scale::new((0.0, 1.0), (BASE, TOP));
    let mut svg = Svg::new(WIDTH, 244.0, label);
    for mark in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.line("joint", (x.at(mark), TOP), (x.at(mark), BASE));
        svg.line("joint", (LEFT, y.at(mark)), (RIGHT, y.at(mark)));
        let percent = (words.percent)(mark);
        svg.text("small", (x.at(mark), BASE + 13.0), Anchor::Middle, &percent);
        svg.text(
            "small",
            (LEFT - 4.0, y.at(mark) + 3.5),
            Anchor::End,
            &percent,
        );
    }
    svg.line("axis", (LEFT, BASE), (RIGHT, BASE));
    svg.line("axis", (LEFT, TOP), (LEFT, BASE));
    svg.line("leader", (LEFT, BASE), (RIGHT, TOP));
    for node in nodes {
        svg.titled_circle(
            "node",
            (
                x.at(node.cpu.clamp(0.0, 1.0)),
                y.at(node.memory.clamp(0.0, 1.0)),
            ),
            5.0,
            &node.about,
        );
    }
    svg.text("small", (RIGHT, BASE + 28.0), Anchor::End, words.cpu);
    svg.text("small", (0.0, 10.0), Anchor::Start, words.memory);
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_stands_where_its_shares_are_and_tells_its_pods() {
        let node = FilledNode {
            cpu: 0.5,
            memory: 1.2,
            about: "1a 01: shop ×2".to_owned(),
        };
        let words = FillWords {
            cpu: "CPU",
            memory: "memory",
            percent: &|share| format!("{:.0} %", share * 100.0),
        };
        let drawn = fill("", &[node], &words);
        assert!(
            drawn.contains("cx=\"181\" cy=\"22\"")
                && drawn.contains("<title>1a 01: shop ×2</title>"),
            "{drawn}"
        );
    }
}
