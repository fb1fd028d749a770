//! What each EC2 instance type is made of.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::units::{Bytes, Millicores, near_names};

/// Source: the tables of karpenter-provider-aws (2026-08) and amazon-vpc-cni-k8s v1.23.1, both Apache-2.0.
const TABLE: &str = include_str!("instance_types.csv");

/// The instruction set that images must be built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// x86-64 of Intel and AMD: what images are built for unless somebody said otherwise.
    Amd64,
    /// AWS Graviton: images have to be built for it.
    Arm64,
}

/// One EC2 instance type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceType {
    /// `c5.2xlarge`
    pub name: String,
    /// vCPUs as AWS counts them: hyperthreads on Intel and most AMD types, cores on Graviton.
    pub vcpu: u32,
    /// Nominal memory; the operating system sees less.
    pub memory: Bytes,
    /// Which images run on it.
    pub architecture: Architecture,
    /// Network interfaces on the default network card.
    pub network_interfaces: u32,
    /// IPv4 addresses that each of them holds, its own included.
    pub addresses_per_interface: u32,
}

impl InstanceType {
    /// All of its vCPUs.
    #[must_use]
    pub fn cpu(&self) -> Millicores {
        Millicores(u64::from(self.vcpu) * 1000)
    }

    /// Whether its CPU is rationed by credits (T2, T3, T3a, T4g).
    #[must_use]
    pub fn is_burstable(&self) -> bool {
        self.name.starts_with('t') && self.name.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    }
}

/// The types by name.
#[derive(Debug)]
pub struct InstanceTypes(BTreeMap<String, InstanceType>);

#[derive(Deserialize)]
struct Row {
    r#type: String,
    vcpu: u32,
    memory_mib: u64,
    arch: Architecture,
    enis: u32,
    ipv4_per_eni: u32,
}

impl InstanceTypes {
    /// The embedded table (1,363 types: those whose vCPUs, memory and interfaces are all known).
    #[must_use]
    pub fn embedded() -> &'static Self {
        static TYPES: LazyLock<InstanceTypes> = LazyLock::new(|| {
            let rows = csv::Reader::from_reader(TABLE.as_bytes()).into_deserialize::<Row>();
            InstanceTypes(
                rows.filter_map(Result::ok)
                    .map(|row| (row.r#type.clone(), row.into()))
                    .collect(),
            )
        });
        &TYPES
    }

    /// The type of that name; `None` is "a type nobody knows", which is an error with a hint, never a default.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&InstanceType> {
        self.0.get(name)
    }

    /// Names of types that differ from `name` by a slip, nearest first: three at most.
    #[must_use]
    pub fn near(&self, name: &str) -> Vec<&str> {
        /// More are no answer.
        const MOST: usize = 3;
        // A family has a dozen sizes that look alike: of the one that was named, the nearest are meant.
        let family = name.split_once('.').map_or(name, |(family, _)| family);
        let of_family: Vec<&str> = self
            .0
            .keys()
            .map(String::as_str)
            .filter(|known| known.split_once('.').is_some_and(|(own, _)| own == family))
            .collect();
        let all = self.0.keys().map(String::as_str);
        let mut near = if of_family.is_empty() {
            near_names(name, all)
        } else {
            near_names(name, of_family)
        };
        near.truncate(MOST);
        near
    }

    /// The types of a family (`c5`), smallest first; without bare metal, which is sold whole.
    #[must_use]
    pub fn of_family(&self, family: &str) -> Vec<&InstanceType> {
        let of_it = |shape: &&InstanceType| {
            shape
                .name
                .split_once('.')
                .is_some_and(|(own, size)| own == family && !size.starts_with("metal"))
        };
        let mut types: Vec<&InstanceType> = self.0.values().filter(of_it).collect();
        types.sort_by_key(|shape| (shape.vcpu, shape.memory, &shape.name));
        types
    }
}

impl From<Row> for InstanceType {
    fn from(row: Row) -> Self {
        Self {
            name: row.r#type,
            vcpu: row.vcpu,
            memory: Bytes::from_mebibytes(row.memory_mib),
            architecture: row.arch,
            network_interfaces: row.enis,
            addresses_per_interface: row.ipv4_per_eni,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(InstanceTypes::embedded().0.len(), TABLE.lines().count() - 1);
    }

    #[test]
    fn the_baseline_node_is_what_aws_says_it_is() {
        let node = InstanceTypes::embedded()
            .get("c5.2xlarge")
            .expect("c5.2xlarge is in the table");
        assert_eq!(
            (node.vcpu, node.memory, node.architecture),
            (8, Bytes::from_gibibytes(16), Architecture::Amd64)
        );
        assert_eq!(
            (node.network_interfaces, node.addresses_per_interface),
            (4, 15)
        );
        assert!(!node.is_burstable());
    }

    #[test]
    fn a_family_comes_smallest_first_and_without_bare_metal() {
        let names: Vec<&str> = InstanceTypes::embedded()
            .of_family("c5")
            .iter()
            .map(|shape| shape.name.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "c5.large",
                "c5.xlarge",
                "c5.2xlarge",
                "c5.4xlarge",
                "c5.9xlarge",
                "c5.12xlarge",
                "c5.18xlarge",
                "c5.24xlarge"
            ]
        );
        assert!(InstanceTypes::embedded().of_family("c55").is_empty());
    }

    #[test]
    fn burstable_means_the_t_families_and_not_trainium() {
        let types = InstanceTypes::embedded();
        assert!(
            types
                .get("t3.medium")
                .is_some_and(InstanceType::is_burstable)
        );
        assert!(types.get("trn1.2xlarge").is_some_and(|t| !t.is_burstable()));
        assert!(types.get("c5.humongous").is_none());
    }
}
