//! The failures that a cluster is built to ride out.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wording::{Text, text};

/// One failure at a time, with everything still running afterwards.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Survive {
    /// Any one node of the cluster.
    Node,
    /// Any one zone of the cluster.
    Zone,
    /// The other clusters: this one carries all of the traffic.
    Cluster,
}

impl Survive {
    /// The failure in the reader's language, as the end of "survives the loss of".
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Node => text!("failure-node"),
            Self::Zone => text!("failure-zone"),
            Self::Cluster => text!("failure-cluster"),
        }
    }
}

impl fmt::Display for Survive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Node => "node",
            Self::Zone => "zone",
            Self::Cluster => "cluster",
        })
    }
}
