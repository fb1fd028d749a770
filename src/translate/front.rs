//! What clients reach an app through.

use serde::{Deserialize, Serialize};

use super::derivation::Derivations;
use crate::beanstalk::{self, BalancerKind, EnvironmentReading, Rule, Scheme};
use crate::wording::text;

/// An application load balancer (Ingress) or a network load balancer (Service).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EntranceKind {
    /// Hosts and paths.
    Application,
    /// Ports.
    Network,
}

/// A load balancer in front of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Entrance {
    /// Its kind.
    pub kind: EntranceKind,
    /// Who reaches it.
    pub scheme: Scheme,
    /// Whether other environments use the one of today, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_shared_today: bool,
    /// Where it listens, by port; at least one.
    pub listeners: Vec<Listener>,
    /// Rules beside the one that takes everything, in the order of their priority.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    /// The process that takes everything else.
    pub default_process: String,
    /// Policy of its TLS listeners; absent: the load balancer's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_policy: Option<String>,
    /// Until an idle connection is closed.
    pub idle_seconds: u32,
    /// Bucket and prefix of its access logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_logs: Option<(String, String)>,
    /// Beside IPv4.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dual_stack: bool,
    /// Its own security groups; empty: the controller makes one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<String>,
    /// Subnets that it stands in; empty: those that are tagged for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subnets: Vec<String>,
}

/// A port of a load balancer.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Listener {
    /// The port.
    pub port: u16,
    /// Whether it ends TLS.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tls: bool,
    /// ARNs of its certificates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<String>,
}

/// A rule of a listener.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Route {
    /// Lowest first.
    pub priority: u32,
    /// Hosts that it is for; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Paths that it is for; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// The process that it leads to.
    pub process: String,
}

/// `None` for a worker, which nobody calls.
pub(super) fn of(reading: &EnvironmentReading, derived: &mut Derivations) -> Option<Entrance> {
    let balancer = reading.entrance()?;
    let mut listeners: Vec<Listener> = balancer.listeners.iter().map(listener).collect();
    if listeners.is_empty() {
        derived.add("listen-ports", 80_u32, text!("from-no-listener"));
        listeners.push(Listener {
            port: 80,
            tls: false,
            certificates: Vec::new(),
        });
    }
    let default = balancer.listeners.iter().find(|one| one.port == 80);
    Some(Entrance {
        kind: match balancer.kind {
            BalancerKind::Network => EntranceKind::Network,
            BalancerKind::Application | BalancerKind::Classic => EntranceKind::Application,
        },
        scheme: balancer.scheme,
        is_shared_today: balancer.is_shared,
        listeners,
        routes: balancer.rules.iter().filter_map(route).collect(),
        default_process: default
            .map_or_else(|| "default".to_owned(), |one| one.default_process.clone()),
        tls_policy: balancer
            .listeners
            .iter()
            .find_map(|one| one.tls_policy.clone()),
        idle_seconds: balancer.idle_seconds.unwrap_or(60),
        access_logs: balancer.access_logs.clone(),
        dual_stack: balancer.dual_stack,
        security_groups: balancer.security_groups.clone(),
        subnets: balancer.subnets.clone(),
    })
}

fn listener(one: &beanstalk::Listener) -> Listener {
    Listener {
        port: one.port,
        tls: one.protocol.is_encrypted(),
        certificates: one.certificates.clone(),
    }
}

fn route(rule: &Rule) -> Option<Route> {
    (!rule.hosts.is_empty() || !rule.paths.is_empty()).then(|| Route {
        priority: rule.priority,
        hosts: rule.hosts.clone(),
        paths: rule.paths.clone(),
        process: rule.process.clone(),
    })
}
