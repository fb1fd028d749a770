//! What clients reach an app through.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::derivation::Derivations;
use super::options_of::Options;
use super::values;
use crate::snapshot::Environment;
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

/// Who reaches it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Everybody.
    InternetFacing,
    /// Those inside the network.
    Internal,
}

impl Scheme {
    /// As AWS spells it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InternetFacing => "internet-facing",
            Self::Internal => "internal",
        }
    }
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

const ENVIRONMENT: &str = "aws:elasticbeanstalk:environment";
const NETWORK: &str = "aws:ec2:vpc";
const BALANCER: &str = "aws:elbv2:loadbalancer";
const LISTENER: &str = "aws:elbv2:listener:";
const CLASSIC_LISTENER: &str = "aws:elb:listener:";
const CLASSIC: &str = "aws:elb:loadbalancer";

/// `None` for a worker, which nobody calls.
pub(super) fn of(
    environment: &Environment,
    options: &Options<'_>,
    processes: &BTreeSet<&str>,
    derived: &mut Derivations,
) -> Option<Entrance> {
    let balancer = environment.load_balancers.first();
    if environment.tier == "Worker" || (balancer.is_none() && environment.tier != "WebServer") {
        return None;
    }
    let named = options
        .get(ENVIRONMENT, "LoadBalancerType")
        .or(balancer.map(|balancer| balancer.kind.as_str()));
    let kind = if named == Some("network") {
        EntranceKind::Network
    } else {
        EntranceKind::Application
    };
    let is_internal = match options.get(NETWORK, "ELBScheme") {
        Some(scheme) => scheme == "internal",
        None => balancer.is_some_and(|balancer| balancer.scheme == "internal"),
    };
    let scheme = if is_internal {
        Scheme::Internal
    } else {
        Scheme::InternetFacing
    };
    let is_shared_today = options
        .get(ENVIRONMENT, "LoadBalancerIsShared")
        .and_then(values::flag)
        == Some(true)
        || balancer.is_some_and(|balancer| balancer.shared);
    let (mut listeners, tls_policy) = listeners(environment, options);
    if listeners.is_empty() {
        derived.add("listen-ports", 80_u32, text!("from-no-listener"));
        listeners.push(Listener {
            port: 80,
            tls: false,
            certificates: Vec::new(),
        });
    }
    let idle = options
        .get(BALANCER, "IdleTimeout")
        .or(options.get("aws:elb:policies", "ConnectionSettingIdleTimeout"));
    let logs = options
        .get(BALANCER, "AccessLogsS3Enabled")
        .and_then(values::flag)
        == Some(true);
    let bucket = options
        .get(BALANCER, "AccessLogsS3Bucket")
        .and_then(values::identifier)
        .filter(|_| logs);
    let prefix = options
        .get(BALANCER, "AccessLogsS3Prefix")
        .and_then(values::identifier)
        .unwrap_or_default();
    let known = |process: &str| {
        if processes.contains(process) {
            process.to_owned()
        } else {
            "default".to_owned()
        }
    };
    let default_process = options
        .get("aws:elbv2:listener:default", "DefaultProcess")
        .map_or_else(|| "default".to_owned(), known);
    let groups = options
        .get(BALANCER, "SecurityGroups")
        .or(options.get(CLASSIC, "SecurityGroups"));
    Some(Entrance {
        kind,
        scheme,
        is_shared_today,
        listeners,
        routes: routes(options, &known),
        default_process,
        tls_policy,
        idle_seconds: idle
            .and_then(|text| values::number(text, 1, 4_000))
            .unwrap_or(60),
        access_logs: bucket.map(|bucket| (bucket, prefix)),
        dual_stack: options.get(BALANCER, "IpAddressType") == Some("dualstack"),
        security_groups: identifiers(groups, "sg-"),
        subnets: identifiers(options.get(NETWORK, "ELBSubnets"), "subnet-"),
    })
}

fn identifiers(text: Option<&str>, prefix: &str) -> Vec<String> {
    let ids: BTreeSet<String> = text
        .into_iter()
        .flat_map(values::list)
        .filter_map(values::identifier)
        .filter(|id| id.starts_with(prefix))
        .collect();
    ids.into_iter().collect()
}

/// Those of the settings; where there are none, those that the load balancer was seen with.
fn listeners(environment: &Environment, options: &Options<'_>) -> (Vec<Listener>, Option<String>) {
    let mut by_port: BTreeMap<u16, Listener> = BTreeMap::new();
    let mut tls_policy = None;
    let is_off = |namespace: &str| {
        options
            .get(namespace, "ListenerEnabled")
            .and_then(values::flag)
            == Some(false)
    };
    for part in options.parts(LISTENER) {
        let namespace = format!("{LISTENER}{part}");
        let Some(port) = (if part == "default" {
            Some(80)
        } else {
            values::port(part)
        }) else {
            continue;
        };
        let protocol = options
            .get(&namespace, "Protocol")
            .unwrap_or("HTTP")
            .to_ascii_uppercase();
        if is_off(&namespace) {
            continue;
        }
        let certificates = identifiers(options.get(&namespace, "SSLCertificateArns"), "arn:");
        by_port.insert(
            port,
            Listener {
                port,
                tls: protocol == "HTTPS" || protocol == "TLS",
                certificates,
            },
        );
        tls_policy = tls_policy.or_else(|| {
            options
                .get(&namespace, "SSLPolicy")
                .and_then(values::identifier)
        });
    }
    for part in options.parts(CLASSIC_LISTENER) {
        let namespace = format!("{CLASSIC_LISTENER}{part}");
        let Some(port) = values::port(part).filter(|_| !is_off(&namespace)) else {
            continue;
        };
        let protocol = options
            .get(&namespace, "ListenerProtocol")
            .unwrap_or("HTTP")
            .to_ascii_uppercase();
        let certificates = identifiers(options.get(&namespace, "SSLCertificateId"), "arn:");
        by_port.entry(port).or_insert(Listener {
            port,
            tls: protocol == "HTTPS" || protocol == "SSL",
            certificates,
        });
    }
    if by_port.is_empty() {
        for listener in environment
            .load_balancers
            .first()
            .into_iter()
            .flat_map(|balancer| &balancer.listeners)
        {
            let Ok(port) = u16::try_from(listener.port) else {
                continue;
            };
            let tls = matches!(listener.protocol.as_str(), "HTTPS" | "TLS" | "SSL");
            let certificates = listener
                .certificates
                .iter()
                .filter_map(|arn| values::identifier(arn))
                .collect();
            by_port.insert(
                port,
                Listener {
                    port,
                    tls,
                    certificates,
                },
            );
        }
    }
    (by_port.into_values().collect(), tls_policy)
}

fn routes(options: &Options<'_>, known: &impl Fn(&str) -> String) -> Vec<Route> {
    let rule = |part: &str| {
        let namespace = format!("aws:elbv2:listenerrule:{part}");
        let parts = |name: &str| {
            options
                .get(&namespace, name)
                .into_iter()
                .flat_map(values::list)
                .collect::<Vec<_>>()
        };
        let hosts: Vec<String> = parts("HostHeaders")
            .into_iter()
            .filter_map(values::host)
            .collect();
        let paths: Vec<String> = parts("PathPatterns")
            .into_iter()
            .filter_map(values::path)
            .collect();
        let priority = options
            .get(&namespace, "Priority")
            .and_then(|text| values::number(text, 1, 50_000))
            .unwrap_or(1);
        let process = options
            .get(&namespace, "Process")
            .map_or_else(|| "default".to_owned(), known);
        (!hosts.is_empty() || !paths.is_empty()).then_some(Route {
            priority,
            hosts,
            paths,
            process,
        })
    };
    let mut routes: Vec<Route> = options
        .parts("aws:elbv2:listenerrule:")
        .into_iter()
        .filter_map(rule)
        .collect();
    routes.sort();
    routes
}
