//! What solving a problem brings: a packing, and the bound that says how good it is.

use super::bound::Bound;
use super::problem::Pattern;

/// A packing, and how few bins there could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// What is in each bin.
    pub bins: Vec<Pattern>,
    /// No packing has fewer bins than this proves.
    pub bound: Bound,
}

impl Solution {
    /// How many bins are used.
    #[must_use]
    pub fn used(&self) -> u32 {
        u32::try_from(self.bins.len()).unwrap_or(u32::MAX)
    }

    /// Whether no packing has fewer bins.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.used() == self.bound.bins
    }
}
