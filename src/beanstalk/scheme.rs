//! Who reaches a load balancer, as AWS spells it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who reaches a load balancer; the narrower first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Those inside the network.
    Internal,
    /// Everybody: it has public addresses.
    InternetFacing,
}

impl Scheme {
    /// As AWS spells it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InternetFacing => "internet-facing",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
