//! Why there is no plan.

use crate::pack::{GroupError, NodeError};
use crate::price::PriceError;
use crate::snapshot::SnapshotError;
use crate::wording::Text;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The facts cannot be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The policy's node type cannot be a node.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The clusters cannot be packed under the policy.
    #[error(transparent)]
    Group(#[from] GroupError),
    /// The same, with what was found to help.
    #[error("{}\nhint: any one of these in the policy makes it possible:\n  {}", .error.text(), .remedies.join("\n  "))]
    Infeasible {
        /// The workload or group that cannot be packed, with its numbers.
        error: GroupError,
        /// Single changes to the policy, each tried; at least one.
        remedies: Vec<String>,
    },
    /// The embedded price book is broken.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// EKS has no such version.
    #[error(
        "Kubernetes version \"{version}\" (kubernetes.version) is none that EKS offers\nhint: choose one of {known}"
    )]
    KubernetesVersion {
        /// As the policy has it.
        version: String,
        /// Those that EKS offers.
        known: String,
    },
}

impl PlanError {
    /// Why, without what to do about it.
    pub(super) fn reason(&self) -> Text {
        match self {
            Self::Node(error) => error.text(),
            Self::Group(error) | Self::Infeasible { error, .. } => error.text(),
            // Nothing that a choice of node types changes.
            Self::Snapshot(_) | Self::Price(_) | Self::KubernetesVersion { .. } => {
                Text::plain(self.to_string().lines().next().unwrap_or_default())
            }
        }
    }
}
