//! What listens behind the load balancer.

use std::collections::BTreeMap;

use super::listener::DEFAULT;
use super::options::Options;
use super::{
    HealthCheckReading, Protocol, Stickiness, classic_policies, health_check, stickiness, values,
};

/// A process that a load balancer sends to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// The port of the instance that it is sent to.
    pub port: u16,
    /// What is spoken there.
    pub protocol: Protocol,
    /// How one asks it whether it is well.
    pub health: HealthCheckReading,
    /// Whether a client stays with its instance.
    pub stickiness: Option<Stickiness>,
    /// How long the balancer lets requests end, in seconds.
    pub deregistration_seconds: u32,
    /// Whether a classic load balancer tells it who calls by the proxy protocol.
    pub takes_proxy_protocol: bool,
}

const PROCESS: &str = "aws:elasticbeanstalk:environment:process:";

/// The processes by name; `default` is always there.
pub(super) fn of(options: &Options<'_>) -> BTreeMap<String, Process> {
    let mut names = options.parts(PROCESS);
    names.insert(DEFAULT);
    names
        .into_iter()
        .map(|name| (name.to_owned(), one(name, options)))
        .collect()
}

/// A classic load balancer has its settings elsewhere, and knows the process `default` only.
fn one(name: &str, options: &Options<'_>) -> Process {
    let namespace = format!("{PROCESS}{name}");
    let is_default = name == DEFAULT;
    let port = options.get(&namespace, "Port").or_else(|| {
        options
            .get("aws:cloudformation:template:parameter", "InstancePort")
            .filter(|_| is_default)
    });
    Process {
        port: port.and_then(values::port).unwrap_or(80),
        protocol: options
            .get(&namespace, "Protocol")
            .and_then(Protocol::of)
            .unwrap_or(Protocol::Http),
        health: health_check::of(&namespace, is_default, options),
        stickiness: stickiness::of(&namespace, is_default, options),
        deregistration_seconds: options
            .number(&namespace, "DeregistrationDelay", 0, 3_600)
            .or_else(|| classic_policies::draining_seconds(options).filter(|_| is_default))
            .unwrap_or(20),
        takes_proxy_protocol: false,
    }
}

/// The process of that name, if there is one.
pub(super) fn known(name: Option<&str>, processes: &BTreeMap<String, Process>) -> String {
    name.filter(|name| processes.contains_key(*name))
        .unwrap_or(DEFAULT)
        .to_owned()
}
