//! How few nodes could possibly do, in words.

use serde::{Deserialize, Serialize};

use super::vector::Rule;

/// No packing of the same workloads needs fewer nodes than this, ignoring spread and failures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LowerBound {
    /// The number of nodes.
    pub nodes: u32,
    /// Which argument gave it: `memory volume`, `CPU volume`, `pods`, `large pods by memory`, …
    pub rule: String,
}

/// The resources of a packing, in this order: of equally good arguments the first is named, and memory
/// is what fills c5 nodes.
pub(super) const MEMORY: usize = 0;
pub(super) const CPU: usize = 1;

/// Where a bound comes from, in the words of whoever runs nodes.
pub(super) fn in_words(rule: Rule) -> &'static str {
    match rule {
        Rule::Nothing => "nothing to place",
        Rule::Volume(MEMORY) => "memory volume",
        Rule::Volume(CPU) => "CPU volume",
        Rule::Volume(_) | Rule::Large(2..) | Rule::OneResource(2..) => "pods",
        Rule::Large(MEMORY) => "large pods by memory",
        Rule::Large(CPU) => "large pods by CPU",
        Rule::LargeMixed => "large pods by memory and CPU together",
        Rule::Conflicts => "pods of which no two fit one node",
        Rule::OneResource(MEMORY) => "prices of the best fillings of a node by memory alone",
        Rule::OneResource(CPU) => "prices of the best fillings of a node by CPU alone",
        Rule::Patterns => "prices of the best fillings of a node",
    }
}
