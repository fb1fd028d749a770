//! What an app wants of its load balancer and may give up to share one.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that a load balancer has once for all of its apps.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BalancerWish {
    /// Until an idle connection is closed.
    IdleTimeout,
    /// Bucket and prefix of its access logs.
    AccessLogs,
    /// Policy of the TLS of a port.
    TlsPolicy,
    /// IPv4 alone, or IPv6 beside it.
    IpAddressType,
    /// Subnets that it stands in.
    Subnets,
    /// Security groups: who is admitted.
    SecurityGroups,
}

impl BalancerWish {
    /// As the policy spells it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::IdleTimeout => "idle_timeout",
            Self::AccessLogs => "access_logs",
            Self::TlsPolicy => "tls_policy",
            Self::IpAddressType => "ip_address_type",
            Self::Subnets => "subnets",
            Self::SecurityGroups => "security_groups",
        }
    }
}

impl fmt::Display for BalancerWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}
