//! What costs money, or may, and has no line.

use serde::{Deserialize, Serialize};

use crate::wording::{Text, text};

/// Something that no line of a bill stands for.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct UnpricedItem {
    /// The name of the environment that it is of, or `the fleet`.
    pub subject: Text,
    /// What costs money: `requests of the load balancer`.
    pub item: Text,
    /// Why there is no line, and what would give one.
    pub why: Text,
}

impl UnpricedItem {
    pub(super) fn new(subject: impl Into<Text>, item: Text, why: Text) -> Self {
        Self {
            subject: subject.into(),
            item,
            why,
        }
    }

    /// Of the account as a whole, which no environment is charged for.
    pub(super) fn of_fleet(item: Text, why: Text) -> Self {
        Self::new(text!("subject-fleet"), item, why)
    }

    /// Whether it is everybody's.
    #[must_use]
    pub fn is_of_fleet(&self) -> bool {
        self.subject == text!("subject-fleet")
    }
}
