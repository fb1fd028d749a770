//! Why a node group cannot be packed.

use std::fmt;

use crate::wording::{Text, text};

/// Why a group cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupError {
    /// A single replica is larger than an empty node.
    FitsNoNode {
        /// Name of the workload that fits no node.
        workload: String,
        /// What one of its replicas asks for.
        requests: crate::units::Resources,
        /// Type of the nodes that it was tried on.
        instance_type: String,
        /// What one of them has left after the daemons.
        room: crate::units::Resources,
    },
    /// All nodes are in the one zone whose loss must be survived.
    OneZone {
        /// Name of the group.
        group: String,
        /// The one zone that it has.
        zone: String,
    },
    /// The guard of the policy was reached.
    TooManyNodes {
        /// Name of the group.
        group: String,
        /// `packing.max_nodes_per_group` of the policy.
        max_nodes: u32,
        /// So many nodes it takes at the least.
        at_least: u32,
    },
}

impl GroupError {
    /// Why, without what to do about it.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::FitsNoNode {
                workload,
                requests,
                instance_type,
                room,
            } => {
                text!(
                    "group-fits-no-node",
                    workload = workload,
                    requests = *requests,
                    instance_type = instance_type,
                    room = *room
                )
            }
            Self::OneZone { group, zone } => text!("group-in-one-zone", group = group, zone = zone),
            Self::TooManyNodes {
                group,
                max_nodes,
                at_least,
            } => {
                text!(
                    "group-too-many-nodes",
                    group = group,
                    max_nodes = *max_nodes,
                    at_least = *at_least
                )
            }
        }
    }

    const fn hint(&self) -> &'static str {
        match self {
            Self::FitsNoNode { .. } => "choose a larger node type, or smaller requests",
            Self::OneZone { .. } => {
                "name subnets of other zones under nodes.subnets, or do not survive \"zone\""
            }
            Self::TooManyNodes { .. } => {
                "raise packing.max_nodes_per_group, or choose a larger node type"
            }
        }
    }
}

impl fmt::Display for GroupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhint: {}", self.text(), self.hint())
    }
}

impl std::error::Error for GroupError {}
