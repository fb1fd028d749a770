//! CPU, memory and pods together, in integers that no plan overflows.
//!
//! Comes in: requests and counts of any size, corrupt ones too. Goes out: sums and comparisons.
//! Refuses rounding: everything is exact. Invariant: 64-bit requests times 32-bit counts leave 32
//! bits of a `u128` for the number of terms, more than a document in memory can hold.

use crate::plan::NodeCapacity;
use crate::units::Resources;
use crate::wording::{Text, text};

/// What pods ask for together, or what a node has room for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Load {
    /// CPU in millicores; wide, so that no sum overflows.
    pub(super) cpu: u128,
    /// Memory in bytes; wide, so that no sum overflows.
    pub(super) memory: u128,
    pub(super) pods: u128,
}

impl Load {
    /// `replicas` pods of `requests` each.
    pub(super) fn of(requests: Resources, replicas: u32) -> Self {
        Self {
            cpu: u128::from(requests.cpu.0),
            memory: u128::from(requests.memory.0),
            pods: 1,
        }
        .times(u128::from(replicas))
    }

    /// What an empty node has room for.
    pub(super) fn room(node: &NodeCapacity) -> Self {
        Self {
            cpu: u128::from(node.available.cpu.0),
            memory: u128::from(node.available.memory.0),
            pods: u128::from(node.available_pods),
        }
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            cpu: self.cpu + other.cpu,
            memory: self.memory + other.memory,
            pods: self.pods + other.pods,
        }
    }

    /// What is left; a dimension that is exhausted is zero.
    pub(super) const fn less(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.saturating_sub(other.cpu),
            memory: self.memory.saturating_sub(other.memory),
            pods: self.pods.saturating_sub(other.pods),
        }
    }

    pub(super) const fn times(self, count: u128) -> Self {
        Self {
            cpu: self.cpu * count,
            memory: self.memory * count,
            pods: self.pods * count,
        }
    }

    pub(super) const fn fits(self, room: Self) -> bool {
        self.cpu <= room.cpu && self.memory <= room.memory && self.pods <= room.pods
    }

    /// How many times `self` fits into `room`.
    pub(super) fn copies_in(self, room: Self) -> u128 {
        [
            (room.cpu, self.cpu),
            (room.memory, self.memory),
            (room.pods, self.pods),
        ]
        .into_iter()
        .filter_map(|(room, one)| room.checked_div(one))
        .min()
        .unwrap_or(0)
    }

    pub(super) fn sum(loads: impl IntoIterator<Item = Self>) -> Self {
        loads.into_iter().fold(Self::default(), Self::plus)
    }

    /// The first dimension in which `self` is more than `room`: `9000m CPU of 7470m`.
    pub(super) fn excess_over(self, room: Self) -> Option<Text> {
        if self.cpu > room.cpu {
            Some(text!(
                "excess-cpu",
                taken = self.cpu.to_string(),
                room = room.cpu.to_string()
            ))
        } else if self.memory > room.memory {
            Some(text!(
                "excess-memory",
                taken = self.memory.to_string(),
                room = room.memory.to_string()
            ))
        } else if self.pods > room.pods {
            Some(text!(
                "excess-pods",
                taken = self.pods.to_string(),
                room = room.pods.to_string()
            ))
        } else {
            None
        }
    }
}
