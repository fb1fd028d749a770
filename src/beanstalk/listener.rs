//! Ports of a load balancer.

use std::collections::BTreeMap;
use std::fmt;

use super::conflict::{Conflicts, Fact};
use super::options::Options;
use super::{Process, classic, network, values};
use crate::snapshot::LoadBalancer;

/// What a port speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// Hosts and paths.
    Http,
    /// The same through TLS.
    Https,
    /// Bytes.
    Tcp,
    /// Bytes through TLS; classic load balancers call it SSL.
    Tls,
    /// Datagrams.
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
    /// What it speaks.
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
    /// On the instance.
    pub port: u16,
    /// What is spoken there.
    pub protocol: Protocol,
}

const LISTENER: &str = "aws:elbv2:listener:";
/// The process where nothing names another.
pub(super) const DEFAULT: &str = "default";

/// Those of the settings with what was seen of them; where nothing is set, those that were seen.
pub(super) fn of(
    seen: Option<&LoadBalancer>,
    options: &Options<'_>,
    processes: &BTreeMap<String, Process>,
    conflicts: &mut Conflicts,
) -> Vec<Listener> {
    let seen: BTreeMap<u16, &crate::snapshot::Listener> = seen
        .into_iter()
        .flat_map(|balancer| &balancer.listeners)
        .filter_map(|listener| Some((u16::try_from(listener.port).ok()?, listener)))
        .collect();
    let mut by_port: BTreeMap<u16, Listener> = BTreeMap::new();
    for part in options.parts(LISTENER) {
        if let Some(listener) = set(part, &seen, options, processes, conflicts) {
            by_port.insert(listener.port, listener);
        }
    }
    for listener in classic::listeners(options) {
        by_port.entry(listener.port).or_insert(listener);
    }
    if by_port.is_empty() {
        by_port.extend(
            seen.iter()
                .map(|(port, listener)| (*port, only_seen(*port, listener))),
        );
    }
    by_port.into_values().collect()
}

fn only_seen(port: u16, seen: &crate::snapshot::Listener) -> Listener {
    Listener {
        port,
        protocol: Protocol::of(&seen.protocol).unwrap_or(Protocol::Http),
        certificates: certificates(seen),
        tls_policy: None,
        default_process: DEFAULT.to_owned(),
        rules: Vec::new(),
        instance_port: None,
        policies: Vec::new(),
    }
}

fn certificates(seen: &crate::snapshot::Listener) -> Vec<String> {
    seen.certificates
        .iter()
        .filter_map(|arn| values::identifier(arn))
        .collect()
}

/// `default` is port 80; one that is switched off is none.
fn set(
    part: &str,
    seen: &BTreeMap<u16, &crate::snapshot::Listener>,
    options: &Options<'_>,
    processes: &BTreeMap<String, Process>,
    conflicts: &mut Conflicts,
) -> Option<Listener> {
    let namespace = format!("{LISTENER}{part}");
    let port = if part == DEFAULT {
        80
    } else {
        values::port(part)?
    };
    if options.flag(&namespace, "ListenerEnabled") == Some(false) {
        return None;
    }
    let seen = seen.get(&port);
    let protocol = conflicts.seen_wins(
        Fact::ListenerProtocol(port),
        options.get(&namespace, "Protocol").and_then(Protocol::of),
        seen.and_then(|listener| Protocol::of(&listener.protocol)),
    );
    let mut own = network::identifiers(options.get(&namespace, "SSLCertificateArns"), "arn:");
    if own.is_empty() {
        own = seen.map_or_else(Vec::new, |listener| certificates(listener));
    }
    Some(Listener {
        port,
        // Nobody said: a certificate is for TLS, and so is the port that is kept for it.
        protocol: protocol.unwrap_or(if own.is_empty() && port != 443 {
            Protocol::Http
        } else {
            Protocol::Https
        }),
        certificates: own,
        tls_policy: options
            .get(&namespace, "SSLPolicy")
            .and_then(values::identifier),
        default_process: known(options.get(&namespace, "DefaultProcess"), processes),
        rules: options
            .get(&namespace, "Rules")
            .into_iter()
            .flat_map(values::list)
            .map(str::to_owned)
            .collect(),
        instance_port: None,
        policies: Vec::new(),
    })
}

/// The process of that name, if there is one.
pub(super) fn known(name: Option<&str>, processes: &BTreeMap<String, Process>) -> String {
    name.filter(|name| processes.contains_key(*name))
        .unwrap_or(DEFAULT)
        .to_owned()
}
