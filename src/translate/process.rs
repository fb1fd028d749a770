//! What listens, and how one asks it whether it is well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::derivation::Derivations;
use super::options_of::Options;
use super::runtime::Runtime;
use super::values;
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

/// A health check of a load balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HealthCheck {
    /// Absent: a connection is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Seconds between two.
    pub interval_seconds: u32,
    /// Seconds until one has failed.
    pub timeout_seconds: u32,
    /// So many good ones, and it is well.
    pub healthy_count: u32,
    /// So many bad ones, and it is not.
    pub unhealthy_count: u32,
    /// Status codes that are good: `200,202`.
    pub success_codes: String,
    /// Whether the kubelet takes these codes for good, too.
    pub suits_kubelet: bool,
}

/// How a client stays with its pod.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Stickiness {
    /// The application's own cookie; absent: one of the load balancer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_cookie: Option<String>,
    /// For how long.
    pub seconds: u32,
}

const PROCESS: &str = "aws:elasticbeanstalk:environment:process:";
const CLASSIC_CHECK: &str = "aws:elb:healthcheck";
const CLASSIC_POLICIES: &str = "aws:elb:policies";

/// The processes by name; `default` is always there.
pub(super) fn of(
    options: &Options<'_>,
    runtime: &Runtime,
    derived: &mut Derivations,
) -> BTreeMap<String, Process> {
    let mut names = options.parts(PROCESS);
    names.insert("default");
    names
        .into_iter()
        .map(|name| (name.to_owned(), one(name, options, runtime, derived)))
        .collect()
}

fn one(name: &str, options: &Options<'_>, runtime: &Runtime, derived: &mut Derivations) -> Process {
    let namespace = format!("{PROCESS}{name}");
    let own = |option: &str| options.get(&namespace, option);
    let is_default = name == "default";
    // A classic load balancer has its settings elsewhere, and knows one process only.
    let classic = |namespace: &str, option: &str| {
        if is_default {
            options.get(namespace, option)
        } else {
            None
        }
    };
    let seconds =
        |value: Option<&str>, least, most| value.and_then(|text| values::number(text, least, most));
    let front_port = own("Port").or_else(|| {
        if is_default {
            options.get("aws:cloudformation:template:parameter", "InstancePort")
        } else {
            None
        }
    });
    let front_port = front_port.and_then(values::port).unwrap_or(80);
    let port = if front_port == 80 && is_default {
        runtime.port
    } else {
        front_port
    };
    if is_default {
        let why = if port == front_port {
            text!("from-process-port")
        } else {
            text!(
                "from-behind-the-proxy",
                platform = runtime.kind.text(),
                port = front_port.to_string()
            )
        };
        derived.add("containerPort", Text::plain(port), why);
    }
    let protocol = own("Protocol").unwrap_or("HTTP").to_ascii_uppercase();
    let health = health(own, &classic, options, is_default, derived);
    let deregistration_seconds = seconds(own("DeregistrationDelay"), 0, 3_600)
        .or_else(|| classic_draining(options, is_default))
        .unwrap_or(20);
    Process {
        port,
        tls: protocol == "HTTPS" || protocol == "SSL",
        tcp: protocol == "TCP" || protocol == "TLS",
        health,
        stickiness: stickiness(own, &classic, options),
        deregistration_seconds,
    }
}

/// Draining that is switched off is a delay of none.
fn classic_draining(options: &Options<'_>, is_default: bool) -> Option<u32> {
    let is_on = options
        .get(CLASSIC_POLICIES, "ConnectionDrainingEnabled")
        .and_then(values::flag)?;
    let seconds = options
        .get(CLASSIC_POLICIES, "ConnectionDrainingTimeout")
        .and_then(|text| values::number(text, 1, 3_600));
    is_default.then(|| if is_on { seconds.unwrap_or(20) } else { 0 })
}

fn health<'a>(
    own: impl Fn(&str) -> Option<&'a str>,
    classic: &impl Fn(&str, &str) -> Option<&'a str>,
    options: &Options<'a>,
    is_default: bool,
    derived: &mut Derivations,
) -> HealthCheck {
    let number =
        |value: Option<&str>, least, most| value.and_then(|text| values::number(text, least, most));
    let general = options.get(
        "aws:elasticbeanstalk:application",
        "Application Healthcheck URL",
    );
    let target = own("HealthCheckPath")
        .and_then(values::path)
        .map(Some)
        .or_else(|| {
            general
                .filter(|_| is_default)
                .and_then(values::health_target)
                .map(|target| target.path)
        })
        .or_else(|| {
            classic(CLASSIC_CHECK, "Target")
                .and_then(values::health_target)
                .map(|target| target.path)
        });
    let is_stated = target.is_some();
    // Beanstalk's default: GET / behind an application load balancer, a connection behind a classic one.
    let path = target.unwrap_or_else(|| {
        if options.get("aws:elasticbeanstalk:environment", "LoadBalancerType")
            == Some("application")
        {
            Some("/".to_owned())
        } else {
            None
        }
    });
    if is_default {
        let shown = path.as_ref().map_or_else(
            || text!("value-a-connection"),
            |path| Text::plain(format!("GET {path}")),
        );
        derived.add(
            "readinessProbe",
            shown,
            if is_stated {
                text!("from-todays-health-check")
            } else {
                text!("from-nothing-set")
            },
        );
    }
    // The interval's limits are those of an application load balancer; a longer time-out than interval is none.
    let interval_seconds = number(own("HealthCheckInterval"), 5, 300)
        .or_else(|| number(classic(CLASSIC_CHECK, "Interval"), 5, 300))
        .unwrap_or(15);
    let timeout_seconds = number(own("HealthCheckTimeout"), 2, 120)
        .or_else(|| number(classic(CLASSIC_CHECK, "Timeout"), 2, 120))
        .unwrap_or(5);
    let success_codes = own("MatcherHTTPCode")
        .and_then(values::status_codes)
        .unwrap_or_else(|| "200".to_owned());
    HealthCheck {
        suits_kubelet: values::kubelet_takes(&success_codes),
        path,
        interval_seconds,
        timeout_seconds: timeout_seconds
            .min(interval_seconds.saturating_sub(1))
            .max(2),
        // An application load balancer takes 2 to 10.
        healthy_count: number(own("HealthyThresholdCount"), 1, 10)
            .or_else(|| number(classic(CLASSIC_CHECK, "HealthyThreshold"), 1, 10))
            .unwrap_or(3)
            .max(2),
        unhealthy_count: number(own("UnhealthyThresholdCount"), 1, 10)
            .or_else(|| number(classic(CLASSIC_CHECK, "UnhealthyThreshold"), 1, 10))
            .unwrap_or(5)
            .max(2),
        success_codes,
    }
}

fn stickiness<'a>(
    own: impl Fn(&str) -> Option<&'a str>,
    classic: &impl Fn(&str, &str) -> Option<&'a str>,
    options: &Options<'a>,
) -> Option<Stickiness> {
    // A week is the most that a load balancer takes; a cookie without an end is a day.
    let duration = |text: Option<&str>| {
        text.and_then(|text| values::number(text, 1, 604_800))
            .unwrap_or(86_400)
    };
    if own("StickinessEnabled").and_then(values::flag) == Some(true) {
        return Some(Stickiness {
            app_cookie: None,
            seconds: duration(own("StickinessLBCookieDuration")),
        });
    }
    if classic(CLASSIC_POLICIES, "Stickiness Policy").and_then(values::flag) == Some(true) {
        let seconds = duration(classic(CLASSIC_POLICIES, "Stickiness Cookie Expiration"));
        let cookies = options
            .parts("aws:elb:policies:")
            .into_iter()
            .filter_map(|policy| options.get(&format!("aws:elb:policies:{policy}"), "CookieName"));
        return Some(Stickiness {
            app_cookie: cookies.filter_map(values::identifier).next(),
            seconds,
        });
    }
    None
}
