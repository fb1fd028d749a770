//! Ports of a load balancer.

use std::collections::{BTreeMap, BTreeSet};

use super::conflict::{Conflicts, Fact};
use super::listener::{DEFAULT, SetListener};
use super::options::Options;
use super::process::known;
use super::{Listener, Process, Protocol, classic, network, values};
use crate::snapshot::LoadBalancer;

const LISTENER: &str = "aws:elbv2:listener:";

/// Those of the settings with what was seen of them.
pub(super) fn of(
    seen: Option<&LoadBalancer>,
    is_shared: bool,
    options: &Options<'_>,
    processes: &BTreeMap<String, Process>,
    conflicts: &mut Conflicts,
) -> Vec<Listener> {
    let seen: BTreeMap<u16, &crate::snapshot::Listener> = seen
        .into_iter()
        .flat_map(|balancer| &balancer.listeners)
        .filter_map(|listener| Some((u16::try_from(listener.port).ok()?, listener)))
        .collect();
    reconciled(set(options, processes), &seen, is_shared, conflicts)
}

/// A single instance has no load balancer: listeners that are set for one are left over, and told.
pub(super) fn tell_left_over(
    options: &Options<'_>,
    processes: &BTreeMap<String, Process>,
    conflicts: &mut Conflicts,
) {
    for (port, one) in set(options, processes) {
        // Port 80 is where the instance itself listens.
        if port != 80 || one.listener.protocol != Protocol::Http {
            conflicts.is_not_there(Fact::Listener(port), &one.listener.protocol);
        }
    }
}

fn set(options: &Options<'_>, processes: &BTreeMap<String, Process>) -> BTreeMap<u16, SetListener> {
    let mut by_port: BTreeMap<u16, SetListener> = BTreeMap::new();
    for part in options.parts(LISTENER) {
        if let Some(one) = set_at(part, options, processes) {
            by_port.insert(one.listener.port, one);
        }
    }
    for one in classic::listeners(options) {
        by_port.entry(one.listener.port).or_insert(one);
    }
    by_port
}

/// What was seen wins, ports and protocols alike. On a load balancer that environments share, the ports of one are
/// those that it names.
fn reconciled(
    mut set: BTreeMap<u16, SetListener>,
    seen: &BTreeMap<u16, &crate::snapshot::Listener>,
    is_shared: bool,
    conflicts: &mut Conflicts,
) -> Vec<Listener> {
    let is_any_set = !set.is_empty();
    let seen_counts = !is_shared || !is_any_set;
    let of_seen = seen.keys().copied().filter(|_| seen_counts);
    let ports: BTreeSet<u16> = set.keys().copied().chain(of_seen).collect();
    let mut listeners = Vec::new();
    for port in ports {
        match (set.remove(&port), seen.get(&port)) {
            (Some(one), Some(seen)) => listeners.push(merged(one, seen, conflicts)),
            (Some(one), None) if seen.is_empty() || is_shared => listeners.push(one.listener),
            (Some(one), None) => {
                conflicts.is_not_there(Fact::Listener(port), &one.listener.protocol);
            }
            (None, Some(seen)) => {
                let listener = only_seen(port, seen);
                if is_any_set {
                    conflicts.is_not_set(Fact::Listener(port), &listener.protocol);
                }
                listeners.push(listener);
            }
            (None, None) => {}
        }
    }
    listeners
}

fn merged(
    one: SetListener,
    seen: &crate::snapshot::Listener,
    conflicts: &mut Conflicts,
) -> Listener {
    let mut listener = one.listener;
    if listener.certificates.is_empty() {
        listener.certificates = certificates(seen);
    }
    let protocol = conflicts.seen_wins(
        Fact::ListenerProtocol(listener.port),
        one.protocol,
        Protocol::of(&seen.protocol),
    );
    listener.protocol = protocol.unwrap_or(listener.protocol);
    listener
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
fn set_at(
    part: &str,
    options: &Options<'_>,
    processes: &BTreeMap<String, Process>,
) -> Option<SetListener> {
    let namespace = format!("{LISTENER}{part}");
    let port = if part == DEFAULT {
        80
    } else {
        values::port(part)?
    };
    if options.flag(&namespace, "ListenerEnabled") == Some(false) {
        return None;
    }
    let protocol = options.get(&namespace, "Protocol").and_then(Protocol::of);
    let certificates = network::in_order(options.get(&namespace, "SSLCertificateArns"), "arn:");
    // Nobody said: a certificate is for TLS, and so is the port that is kept for it.
    let assumed = if certificates.is_empty() && port != 443 {
        Protocol::Http
    } else {
        Protocol::Https
    };
    Some(SetListener {
        protocol,
        listener: Listener {
            port,
            protocol: protocol.unwrap_or(assumed),
            certificates,
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
        },
    })
}
