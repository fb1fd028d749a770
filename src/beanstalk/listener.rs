//! A listener of a load balancer, and what is spoken there.

use std::fmt;

use super::values;

/// What a port speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// Layer 7: hosts and paths can be told apart.
    Http,
    /// The same through TLS.
    Https,
    /// Layer 4: bytes are passed on as they are.
    Tcp,
    /// Bytes through TLS; classic load balancers call it SSL.
    Tls,
    /// Datagrams, `TCP_UDP` included: network load balancers alone have them.
    Udp,
}

impl Protocol {
    const WORDS: [(&'static str, Self); 7] = [
        ("HTTP", Self::Http),
        ("HTTPS", Self::Https),
        ("TCP", Self::Tcp),
        ("TLS", Self::Tls),
        ("SSL", Self::Tls),
        ("UDP", Self::Udp),
        ("TCP_UDP", Self::Udp),
    ];

    /// In any case of its letters.
    pub(super) fn of(text: &str) -> Option<Self> {
        values::choice(text, &Self::WORDS)
    }

    /// Whether it goes through TLS.
    #[must_use]
    pub const fn is_encrypted(self) -> bool {
        matches!(self, Self::Https | Self::Tls)
    }

    /// Whether it knows hosts and paths.
    #[must_use]
    pub const fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
            Self::Udp => "UDP",
        })
    }
}

/// A port of a load balancer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// As clients see it.
    pub port: u16,
    /// What clients speak to this port.
    pub protocol: Protocol,
    /// ARNs of its certificates.
    pub certificates: Vec<String>,
    /// Policy of its TLS; absent: the load balancer's default.
    pub tls_policy: Option<String>,
    /// The process that takes what no rule does.
    pub default_process: String,
    /// Names of the rules that hold on this port.
    pub rules: Vec<String>,
    /// Where a classic load balancer sends to.
    pub instance_port: Option<InstancePort>,
    /// Names of the policies of a classic one.
    pub policies: Vec<String>,
}

/// Where a listener of a classic load balancer sends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstancePort {
    /// The port of the instance, not of the balancer.
    pub port: u16,
    /// What is spoken there.
    pub protocol: Protocol,
}

/// The process where nothing names another.
pub(super) const DEFAULT: &str = "default";

/// A listener as the settings have it.
pub(super) struct SetListener {
    /// With the protocol that is assumed where none is stated.
    pub(super) listener: Listener,
    /// The protocol that is stated.
    pub(super) protocol: Option<Protocol>,
}
