//! What costs money, or may, and has no line.

use serde::{Deserialize, Serialize};

/// Something that no line of a bill stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct NotBilled {
    /// Whose: an environment's name, or `the fleet`.
    pub subject: String,
    /// What.
    pub item: String,
    /// Why there is no line, and what would give one.
    pub why: String,
}

impl NotBilled {
    pub(super) fn new(subject: &str, item: &str, why: impl Into<String>) -> Self {
        Self { subject: subject.to_owned(), item: item.to_owned(), why: why.into() }
    }
}
