//! What clients reach an app through.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::derivation::Derivations;
use crate::beanstalk::{self, Balancer, BalancerKind, EnvironmentReading, Protocol, Rule, Scheme};
use crate::wording::text;

/// An application load balancer (Ingress) or a network load balancer (Service).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EntranceKind {
    /// Layer 7, by hosts and paths: an Ingress.
    Application,
    /// Layer 4, by ports: a Service.
    Network,
}

/// A load balancer in front of an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Entrance {
    /// Which of the two the clusters make.
    pub kind: EntranceKind,
    /// Who reaches it: the narrower of what is set and what was seen today.
    pub scheme: Scheme,
    /// Whether other environments use the one of today, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_shared_today: bool,
    /// Where it listens, by port; at least one.
    pub listeners: Vec<Listener>,
    /// Ports of today that speak no HTTP, beside others that do: nothing takes their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports_left_out: Vec<u16>,
    /// Rules, and hosts and paths of rules, that cannot be kept: without them they would be for more than today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules_left_out: Vec<String>,
    /// Rules that no listener names, and names of rules that are not set: nothing comes by them today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules_unused: Vec<String>,
    /// Until an idle connection is closed.
    pub idle_seconds: u32,
    /// Bucket and prefix of its access logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_logs: Option<(String, String)>,
    /// Whether it takes IPv6 beside IPv4.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dual_stack: bool,
    /// Its own security groups; empty: the controller makes one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<String>,
    /// Subnets that it stands in; empty: those that are tagged for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subnets: Vec<String>,
}

impl Entrance {
    /// The process that most come to: that of the lowest port.
    pub(super) fn main_process(&self) -> Option<&str> {
        self.listeners
            .first()
            .map(|listener| listener.default_process.as_str())
    }

    /// All processes that something leads to.
    pub(super) fn processes(&self) -> BTreeSet<&str> {
        let of_routes = self
            .listeners
            .iter()
            .flat_map(|listener| &listener.routes)
            .map(|route| route.process.as_str());
        self.listeners
            .iter()
            .map(|listener| listener.default_process.as_str())
            .chain(of_routes)
            .collect()
    }
}

/// One rule of a listener as an Ingress has it: one host, one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostRule<'a> {
    /// A host that a rule of today names; absent: the app's own name on the cluster.
    pub host: Option<&'a str>,
    /// A pattern of paths; absent: all of them.
    pub path: Option<&'a str>,
    /// The process that it leads to.
    pub process: &'a str,
}

impl Entrance {
    /// Hosts that rules name, on any port.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = &str> {
        let routes = self.listeners.iter().flat_map(|listener| &listener.routes);
        routes.flat_map(|route| &route.hosts).map(String::as_str)
    }

    /// The lowest and the highest number of its rules' priorities, if it has rules.
    pub(crate) fn priorities(&self) -> Option<(u32, u32)> {
        let routes = || self.listeners.iter().flat_map(|listener| &listener.routes);
        let all = || routes().map(|route| route.priority);
        Some((all().min()?, all().max()?))
    }

    /// Everything that an Ingress says for a listener, in the order in which it has to be tried: today's rules by
    /// priority, then, for each host, everything else to the default process. A rule without hosts is for every
    /// host, and so for each that is known here. What comes after a rule for all paths of its host is left out: it
    /// would never be reached. On a load balancer that environments share today, what no rule takes is not this
    /// app's: there the default process is for the app's own name alone.
    #[must_use]
    pub fn host_rules<'a>(&'a self, listener: &'a Listener) -> Vec<HostRule<'a>> {
        let mut named: Vec<&str> = Vec::new();
        for host in listener.routes.iter().flat_map(|route| &route.hosts) {
            if !named.contains(&host.as_str()) {
                named.push(host);
            }
        }
        let all_hosts = || std::iter::once(None).chain(named.iter().copied().map(Some));
        let mut rules: Vec<HostRule<'a>> = Vec::new();
        let mut add = |host: Option<&'a str>, path: Option<&'a str>, process: &'a str| {
            let is_reached = !rules
                .iter()
                .any(|known| known.host == host && (known.path.is_none() || known.path == path));
            if is_reached {
                rules.push(HostRule {
                    host,
                    path,
                    process,
                });
            }
        };
        for route in &listener.routes {
            let hosts: Vec<Option<&str>> = if route.hosts.is_empty() {
                all_hosts().collect()
            } else {
                route.hosts.iter().map(|host| Some(host.as_str())).collect()
            };
            for host in hosts {
                for path in &route.paths {
                    add(host, Some(path), &route.process);
                }
                if route.paths.is_empty() {
                    add(host, None, &route.process);
                }
            }
        }
        for host in all_hosts().filter(|host| host.is_none() || !self.is_shared_today) {
            add(host, None, &listener.default_process);
        }
        rules
    }
}

/// A port of a load balancer.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Listener {
    /// Where clients come to.
    pub port: u16,
    /// Whether it ends TLS.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tls: bool,
    /// ARNs of its certificates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<String>,
    /// Policy of its TLS; absent: the load balancer's default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_policy: Option<String>,
    /// The process that takes what no rule does.
    pub default_process: String,
    /// Rules of this port alone, in the order of their priority.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
}

/// A rule of a listener.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Route {
    /// The rule with the lowest number is tried first.
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
    let kind = kind(balancer);
    // Datagrams have no health check of their own, and Beanstalk makes no such listeners: somebody did by hand.
    let is_kept = |one: &&beanstalk::Listener| match kind {
        EntranceKind::Network => one.protocol != Protocol::Udp,
        EntranceKind::Application => one.protocol.is_http(),
    };
    let mut listeners: Vec<Listener> = balancer
        .listeners
        .iter()
        .filter(is_kept)
        .map(|one| listener(one, &balancer.rules))
        .collect();
    if listeners.is_empty() {
        derived.add("listen-ports", 80_u32, text!("from-no-listener"));
        listeners.push(Listener {
            port: 80,
            tls: false,
            certificates: Vec::new(),
            tls_policy: None,
            default_process: "default".to_owned(),
            routes: Vec::new(),
        });
    }
    let left: Vec<&beanstalk::Listener> = balancer
        .listeners
        .iter()
        .filter(|one| !is_kept(one))
        .collect();
    Some(Entrance {
        kind,
        scheme: balancer.scheme,
        is_shared_today: balancer.is_shared,
        listeners,
        ports_left_out: left.iter().map(|one| one.port).collect(),
        rules_left_out: balancer.rules.iter().flat_map(left_out).collect(),
        rules_unused: unused(balancer),
        idle_seconds: balancer.idle_seconds.unwrap_or(60),
        access_logs: balancer.access_logs.clone(),
        dual_stack: balancer.dual_stack,
        security_groups: balancer.security_groups.clone(),
        subnets: balancer.subnets.clone(),
    })
}

/// Classic load balancers that speak HTTP anywhere become application ones; those that pass bytes on cannot.
fn kind(balancer: &Balancer) -> EntranceKind {
    let passes_bytes = !balancer.listeners.is_empty()
        && !balancer
            .listeners
            .iter()
            .any(|listener| listener.protocol.is_http());
    match balancer.kind {
        BalancerKind::Network => EntranceKind::Network,
        BalancerKind::Application | BalancerKind::Classic if passes_bytes => EntranceKind::Network,
        BalancerKind::Application | BalancerKind::Classic => EntranceKind::Application,
    }
}

/// Policies that classic load balancers alone have. Source: "Predefined SSL security policies for Classic Load
/// Balancers" beside "Security policies for your Application Load Balancer".
const CLASSIC_POLICIES: [&str; 5] = [
    "ELBSecurityPolicy-2011-08",
    "ELBSecurityPolicy-2014-01",
    "ELBSecurityPolicy-2014-10",
    "ELBSecurityPolicy-2015-02",
    "ELBSecurityPolicy-2015-03",
];

fn listener(one: &beanstalk::Listener, rules: &[Rule]) -> Listener {
    let is_named = |rule: &&Rule| one.rules.contains(&rule.name);
    Listener {
        port: one.port,
        tls: one.protocol.is_encrypted(),
        certificates: one.certificates.clone(),
        tls_policy: one
            .tls_policy
            .clone()
            .filter(|policy| !CLASSIC_POLICIES.contains(&policy.as_str())),
        default_process: one.default_process.clone(),
        routes: rules.iter().filter(is_named).filter_map(route).collect(),
    }
}

fn route(rule: &Rule) -> Option<Route> {
    rule.can_be_kept.then(|| Route {
        priority: rule.priority,
        hosts: rule.hosts.clone(),
        paths: rule.paths.clone(),
        process: rule.process.clone(),
    })
}

fn left_out(rule: &Rule) -> Vec<String> {
    if rule.can_be_kept {
        let of_rule = |text: &String| format!("{}: {}", shown(&rule.name), shown(text));
        rule.left_out.iter().map(of_rule).collect()
    } else {
        let texts: Vec<String> = rule.left_out.iter().map(|text| shown(text)).collect();
        vec![
            format!("{}: {}", shown(&rule.name), texts.join(", "))
                .trim_end_matches(": ")
                .to_owned(),
        ]
    }
}

fn unused(balancer: &Balancer) -> Vec<String> {
    let named: BTreeMap<&str, ()> = balancer
        .listeners
        .iter()
        .flat_map(|listener| &listener.rules)
        .map(|name| (name.as_str(), ()))
        .collect();
    let set: BTreeSet<&str> = balancer
        .rules
        .iter()
        .map(|rule| rule.name.as_str())
        .collect();
    let orphans = set.iter().filter(|name| !named.contains_key(**name));
    let missing = named
        .keys()
        .filter(|name| !set.contains(**name) && **name != "default");
    orphans.chain(missing).map(|name| shown(name)).collect()
}

/// A name or a text from AWS, short and without anything that a terminal or a page could take for its own.
pub(super) fn shown(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' {
                c
            } else {
                '?'
            }
        })
        .take(80)
        .collect()
}
