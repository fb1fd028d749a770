//! What the files of a cluster depend on.

use crate::plan::{ClusterPlan, OperatingSystem};

/// Whether the cluster has Windows nodes.
pub(in crate::render) fn has_windows(cluster: &ClusterPlan) -> bool {
    cluster
        .node_groups
        .iter()
        .any(|group| group.operating_system == OperatingSystem::Windows)
}

/// The cluster's VPC, where it is known.
pub(super) fn vpc(cluster: &ClusterPlan) -> Option<&str> {
    cluster.network.as_ref().map(|network| network.vpc.as_str())
}
