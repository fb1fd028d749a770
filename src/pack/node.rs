//! What a node offers to pods: the EKS formulas.

use serde::{Deserialize, Serialize};

use crate::units::{Bytes, Resources};

/// A node's resources, from the machine down to what is left for workloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeCapacity {
    /// vCPUs and nominal memory of the instance type.
    pub machine: Resources,
    /// Memory that the operating system never sees.
    pub unseen_memory_bytes: Bytes,
    /// What kubelet and container runtime keep (on Windows with the system's own share).
    pub kube_reserved: Resources,
    /// Memory below which kubelet evicts pods.
    pub eviction_memory_bytes: Bytes,
    /// What the scheduler may hand out.
    pub allocatable: Resources,
    /// Most pods, by network interfaces and the managed node group's cap.
    pub max_pods: u32,
    /// What the daemons of the node ask for.
    pub daemons: Resources,
    /// How many they are.
    pub daemon_pods: u32,
    /// What is left for workloads: allocatable less daemons.
    pub available: Resources,
    /// Pods left for workloads.
    pub available_pods: u32,
}
