//! The failures that a cluster is built to ride out.

use serde::{Deserialize, Serialize};

/// One failure at a time, with everything still running afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Survive {
    /// Any one node of the cluster.
    Node,
    /// Any one zone of the cluster.
    Zone,
    /// The other clusters: this one carries all of the traffic.
    Cluster,
}
