//! How the VPC CNI takes addresses for pods that may come.

use serde::{Deserialize, Serialize};

/// How the CNI takes addresses in advance.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum AddressMode {
    /// Its default, `WARM_ENI_TARGET=1`: all addresses of each interface, and one interface in reserve.
    Interfaces,
    /// `WARM_IP_TARGET=5`, `MINIMUM_IP_TARGET=20`: singly. More calls of EC2, which throttles them in large clusters.
    Singly,
    /// `ENABLE_PREFIX_DELEGATION=true`, `WARM_PREFIX_TARGET=1`: in blocks of 16, one block in reserve. The blocks
    /// must be whole: a subnet in which instances come and go may have none left.
    Prefixes,
}

impl AddressMode {
    /// In the order of a report.
    pub const ALL: [Self; 3] = [Self::Interfaces, Self::Singly, Self::Prefixes];
    /// Kept ready where addresses are taken singly.
    pub const WARM: u32 = 5;
    /// Taken in any case where addresses are taken singly.
    pub const MINIMUM: u32 = 20;

    /// The settings of the CNI that make it so; none for its default. Names: docs/eni-and-ip-target.md and
    /// docs/prefix-and-ip-target.md of amazon-vpc-cni-k8s.
    #[must_use]
    pub fn settings(self) -> Vec<(&'static str, String)> {
        match self {
            Self::Interfaces => Vec::new(),
            Self::Singly => vec![
                ("WARM_IP_TARGET", Self::WARM.to_string()),
                ("MINIMUM_IP_TARGET", Self::MINIMUM.to_string()),
            ],
            Self::Prefixes => vec![
                ("ENABLE_PREFIX_DELEGATION", "true".to_owned()),
                ("WARM_PREFIX_TARGET", "1".to_owned()),
            ],
        }
    }
}
