//! Addresses of the VPC that a node takes: more than its pods have.
//!
//! The VPC CNI takes them in advance, by whole network interfaces unless it is told otherwise. Source:
//! amazon-vpc-cni-k8s, docs/eni-and-ip-target.md and docs/prefix-and-ip-target.md, whose tables the tests repeat.

use crate::catalog::InstanceType;
use crate::policy::AddressMode;

/// Addresses of a prefix (/28).
const PREFIX: u32 = 16;

impl AddressMode {
    /// Addresses that a Linux node with `pods` pods takes, those of its interfaces included; pods on the host's
    /// network are not among them.
    #[must_use]
    pub fn taken(self, pods: u32, shape: &InstanceType) -> u32 {
        let most_interfaces = shape.network_interfaces.max(1);
        // The first address of an interface is its own.
        let slots = shape.addresses_per_interface.saturating_sub(1).max(1);
        let most_slots = most_interfaces * slots;
        match self {
            Self::Interfaces => {
                let in_use = pods.div_ceil(slots);
                (in_use + 1).min(most_interfaces) * (slots + 1)
            }
            Self::Singly => {
                let addresses = (pods + Self::WARM).max(Self::MINIMUM).min(most_slots);
                addresses + addresses.div_ceil(slots)
            }
            Self::Prefixes => {
                let prefixes = (pods.div_ceil(PREFIX) + 1).min(most_slots);
                prefixes * PREFIX + prefixes.div_ceil(slots)
            }
        }
    }
}

/// Addresses that a Windows node takes: all of its one interface.
#[must_use]
pub const fn taken_by_windows(shape: &InstanceType) -> u32 {
    shape.addresses_per_interface
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::InstanceTypes;

    fn shape(name: &str) -> &'static InstanceType {
        InstanceTypes::embedded()
            .get(name)
            .expect("in the catalogue")
    }

    #[test]
    fn whole_interfaces_as_in_the_table_of_the_cni() {
        // (type, pods, interfaces, secondary addresses): an interface has one more, its own.
        for (name, pods, interfaces, secondary) in [
            ("t3.small", 5, 3, 9),
            ("t3.small", 9, 3, 9),
            ("p3dn.24xlarge", 3, 2, 98),
            ("p3dn.24xlarge", 95, 3, 147),
        ] {
            assert_eq!(
                AddressMode::Interfaces.taken(pods, shape(name)),
                interfaces + secondary,
                "{name} {pods}"
            );
        }
    }

    #[test]
    fn singly_as_in_the_table_of_the_cni() {
        // Its rows have other targets; the rule is the same: pods + 5, at least 20, at most 3 x 3 on a t3.small.
        assert_eq!(AddressMode::Singly.taken(5, shape("t3.small")), 9 + 3);
        assert_eq!(
            AddressMode::Singly.taken(45, shape("p3dn.24xlarge")),
            50 + 2
        );
        assert_eq!(AddressMode::Singly.taken(3, shape("c5.2xlarge")), 20 + 2);
    }

    #[test]
    fn prefixes_as_in_the_table_of_the_cni() {
        // (pods, prefixes, interfaces) of a t3.small.
        for (pods, prefixes, interfaces) in [(5, 2, 1), (16, 2, 1), (17, 3, 1), (58, 5, 2)] {
            assert_eq!(
                AddressMode::Prefixes.taken(pods, shape("t3.small")),
                16 * prefixes + interfaces,
                "{pods}"
            );
        }
    }

    #[test]
    fn a_c5_2xlarge_with_twenty_pods_takes_45() {
        // Two interfaces of 14 for 20 pods and one in reserve, 15 addresses each.
        assert_eq!(AddressMode::Interfaces.taken(20, shape("c5.2xlarge")), 45);
        assert_eq!(taken_by_windows(shape("c5.2xlarge")), 15);
    }
}
