//! How few nodes could possibly do, in words.

use serde::{Deserialize, Serialize};

use super::vector::Rule;
use crate::wording::{Text, text};

/// No packing of the same workloads needs fewer nodes than this, ignoring spread and failures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LowerBound {
    /// The number of nodes.
    pub nodes: u32,
    /// Which argument gave it: `memory volume`, `CPU volume`, `pods`, `large pods by memory`, …
    pub rule: Text,
}

/// The resources of a packing, in this order: of equally good arguments the first is named, and memory
/// is what fills c5 nodes.
pub(super) const MEMORY: usize = 0;
pub(super) const CPU: usize = 1;

/// Where a bound comes from, in the words of whoever runs nodes.
pub(super) fn in_words(rule: Rule) -> Text {
    match rule {
        Rule::Nothing => text!("lower-bound-nothing"),
        Rule::Volume(MEMORY) => text!("lower-bound-memory-volume"),
        Rule::Volume(CPU) => text!("lower-bound-cpu-volume"),
        Rule::Volume(_) | Rule::Large(2..) | Rule::OneResource(2..) => text!("lower-bound-pods"),
        Rule::Large(MEMORY) => text!("lower-bound-large-by-memory"),
        Rule::Large(CPU) => text!("lower-bound-large-by-cpu"),
        Rule::LargeMixed => text!("lower-bound-large-by-both"),
        Rule::Conflicts => text!("lower-bound-conflicts"),
        Rule::OneResource(MEMORY) => text!("lower-bound-fillings-by-memory"),
        Rule::OneResource(CPU) => text!("lower-bound-fillings-by-cpu"),
        Rule::Patterns => text!("lower-bound-fillings"),
    }
}
