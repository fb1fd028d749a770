//! How few nodes could possibly do.

use serde::{Deserialize, Serialize};

/// No packing of the same workloads needs fewer nodes than this, ignoring spread and failures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowerBound {
    /// The number of nodes.
    pub nodes: u32,
    /// Which argument gave it: `memory volume`, `cpu volume`, `pods`, `memory of large pods`, …
    pub rule: String,
}
