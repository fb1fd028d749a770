//! What listens, and how one asks it whether it is well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::derivation::Derivations;
use super::front::Entrance;
use super::runtime::Runtime;
use crate::beanstalk::{self, EnvironmentReading, HealthCheck, HealthCheckReading, Stickiness};
use crate::wording::{Text, text};

/// A port of the app that a load balancer sends to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Process {
    /// Where the container listens.
    pub port: u16,
    /// Whether it speaks TLS itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tls: bool,
    /// Whether it speaks something else than HTTP.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tcp: bool,
    /// Whether its load balancer of today tells it who calls by the proxy protocol.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub proxy_protocol: bool,
    /// How one asks it whether it is well.
    pub health: HealthCheck,
    /// Whether a client stays with its pod.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stickiness: Option<Stickiness>,
    /// How long the balancer lets requests end, in seconds.
    pub deregistration_seconds: u32,
}

/// The process that is asked whether a pod is ready.
pub(super) const DEFAULT: &str = "default";
/// Where Beanstalk's proxy takes TLS, and where an app without one can: a port that any user may take.
const PROXY_TLS: (u16, u16) = (443, 8443);

/// The processes that something leads to, by name, and the name of the main one; nothing leads to a worker's but its
/// own daemon.
pub(super) fn of(
    reading: &EnvironmentReading,
    entrance: Option<&Entrance>,
    runtime: &Runtime,
    derived: &mut Derivations,
) -> (BTreeMap<String, Process>, String) {
    let main = entrance
        .and_then(Entrance::main_process)
        .unwrap_or(DEFAULT)
        .to_owned();
    let mut used = entrance.map(Entrance::processes).unwrap_or_default();
    used.insert(&main);
    let processes = used.into_iter().filter_map(|name| {
        let process = reading.processes.get(name)?;
        if name == main {
            derive(process, runtime, derived);
        }
        Some((name.to_owned(), one(process, runtime)))
    });
    let processes = processes.collect();
    (processes, main)
}

fn one(process: &beanstalk::Process, runtime: &Runtime) -> Process {
    Process {
        port: port(process, runtime),
        tls: process.protocol.is_encrypted(),
        tcp: !process.protocol.is_http(),
        proxy_protocol: process.takes_proxy_protocol,
        health: process.health.check.clone(),
        stickiness: process.stickiness.clone(),
        deregistration_seconds: process.deregistration_seconds,
    }
}

/// Port 80 is Beanstalk's proxy, where the platform has one: the app listens behind it. Its port 443 is the proxy's
/// TLS: the app has to speak that itself.
const fn port(process: &beanstalk::Process, runtime: &Runtime) -> u16 {
    let is_behind_proxy = runtime.port != 80;
    match process.port {
        80 => runtime.port,
        port if port == PROXY_TLS.0 && is_behind_proxy => PROXY_TLS.1,
        port => port,
    }
}

fn derive(process: &beanstalk::Process, runtime: &Runtime, derived: &mut Derivations) {
    let port = port(process, runtime);
    let why = if port == process.port {
        text!("from-process-port")
    } else {
        text!(
            "from-behind-the-proxy",
            platform = runtime.kind.text(),
            port = process.port.to_string()
        )
    };
    derived.add("containerPort", Text::plain(port), why);
    let HealthCheckReading {
        check, is_stated, ..
    } = &process.health;
    let shown = check.path.as_ref().map_or_else(
        || text!("value-a-connection"),
        |path| Text::plain(format!("GET {path}")),
    );
    let why = if *is_stated {
        text!("from-todays-health-check")
    } else {
        text!("from-nothing-set")
    };
    derived.add("readinessProbe", shown, why);
}
