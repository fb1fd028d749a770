//! What listens, and how one asks it whether it is well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::derivation::Derivations;
use super::runtime::Runtime;
use crate::beanstalk::{
    self, EnvironmentReading, HealthCheck, HealthCheckReading, Protocol, Stickiness,
};
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
    /// How one asks it whether it is well.
    pub health: HealthCheck,
    /// Whether a client stays with its pod.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stickiness: Option<Stickiness>,
    /// How long the balancer lets requests end, in seconds.
    pub deregistration_seconds: u32,
}

/// The processes by name; `default` is always there.
pub(super) fn of(
    reading: &EnvironmentReading,
    runtime: &Runtime,
    derived: &mut Derivations,
) -> BTreeMap<String, Process> {
    let one = |(name, process): (&String, &beanstalk::Process)| {
        let is_default = name == "default";
        if is_default {
            derive(process, runtime, derived);
        }
        (name.clone(), one(process, is_default, runtime))
    };
    reading.processes.iter().map(one).collect()
}

fn one(process: &beanstalk::Process, is_default: bool, runtime: &Runtime) -> Process {
    Process {
        port: port(process, is_default, runtime),
        tls: process.protocol == Protocol::Https,
        tcp: !process.protocol.is_http(),
        health: process.health.check.clone(),
        stickiness: process.stickiness.clone(),
        deregistration_seconds: process.deregistration_seconds,
    }
}

/// Port 80 of the default process is Beanstalk's proxy: the app listens behind it.
const fn port(process: &beanstalk::Process, is_default: bool, runtime: &Runtime) -> u16 {
    if process.port == 80 && is_default {
        runtime.port
    } else {
        process.port
    }
}

fn derive(process: &beanstalk::Process, runtime: &Runtime, derived: &mut Derivations) {
    let port = port(process, true, runtime);
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
    let HealthCheckReading { check, is_stated } = &process.health;
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
