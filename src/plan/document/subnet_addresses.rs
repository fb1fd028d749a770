//! What the clusters take of the addresses of their subnets.

use serde::{Deserialize, Serialize};

use crate::policy::AddressMode;

/// A subnet of the clusters and what they take of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SubnetAddresses {
    /// `subnet-…`
    pub subnet: String,
    /// Zone of AWS that the subnet is in.
    pub zone: String,
    /// Free when the snapshot was collected, beside everything that runs today; absent if nobody knows.
    pub free: Option<u32>,
    /// Left for control planes and load balancers.
    pub reserved: u32,
    /// Nodes of all clusters here in normal times, and with all of them at their largest.
    pub nodes: u32,
    /// The same with all clusters at their largest.
    pub max_nodes: u32,
    /// What they take, by how the CNI is set.
    pub modes: Vec<AddressUse>,
}

/// What the nodes of a subnet take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AddressUse {
    /// How the CNI takes addresses.
    pub mode: AddressMode,
    /// Addresses that are taken in normal times.
    pub at_desired: u32,
    /// With all clusters at their largest.
    pub at_max: u32,
    /// The first number of nodes, filled like the fullest of the largest times, for which there are no
    /// addresses; absent if it is not known how many are free.
    pub runs_out_at: Option<u32>,
}

impl SubnetAddresses {
    /// Whether what is free and not reserved is less than that; not if nobody knows.
    #[must_use]
    pub fn lacks(&self, addresses: u32) -> bool {
        self.free
            .is_some_and(|free| free.saturating_sub(self.reserved) < addresses)
    }

    /// What is taken in that mode.
    #[must_use]
    pub fn of(&self, mode: AddressMode) -> Option<&AddressUse> {
        self.modes.iter().find(|used| used.mode == mode)
    }
}
