//! The operating systems of Beanstalk instances and EKS nodes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a machine runs, and so which nodes a container needs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum OperatingSystem {
    /// Amazon Linux, whatever its release.
    Linux,
    /// Windows Server: other nodes, a licence, other images.
    Windows,
}

impl fmt::Display for OperatingSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Linux => "linux",
            Self::Windows => "windows",
        })
    }
}
