//! What the least replicas of production are counted on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Least for each cluster by itself, or for all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
pub enum MinReplicasOn {
    /// Each rides out the loss of a node by itself.
    #[serde(rename = "each cluster")]
    EachCluster,
    /// One cluster covers for the other; pods of a cluster are forced into different zones.
    #[serde(rename = "all clusters")]
    AllClusters,
}

impl fmt::Display for MinReplicasOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EachCluster => "each cluster",
            Self::AllClusters => "all clusters",
        })
    }
}
