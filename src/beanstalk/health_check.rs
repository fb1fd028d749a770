//! How a load balancer asks a process whether it is well.

use serde::{Deserialize, Serialize};

use super::options::Options;
use super::values;

/// A health check of a load balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct HealthCheck {
    /// Absent: a connection is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Seconds from one check to the next: 5 to 300.
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

/// A check, and whether somebody set where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthCheckReading {
    /// Path, times and counts, with Beanstalk's defaults where nothing is set.
    pub check: HealthCheck,
    /// Whether its target is set.
    pub is_stated: bool,
    /// The port that it names, where it names one: `HTTP:3000/alive`.
    pub port: Option<u16>,
}

const CLASSIC: &str = "aws:elb:healthcheck";

pub(super) fn of(namespace: &str, is_default: bool, options: &Options<'_>) -> HealthCheckReading {
    let (target, port) = match target(namespace, is_default, options) {
        Some(target) => (Some(target.path), target.port),
        None => (None, None),
    };
    // Beanstalk's default: GET / behind an application load balancer, a connection behind a classic one.
    let by_default = || {
        let is_application = options.choice(
            "aws:elasticbeanstalk:environment",
            "LoadBalancerType",
            &[("application", true)],
        ) == Some(true);
        is_application.then(|| "/".to_owned())
    };
    // A classic load balancer has its settings elsewhere, and knows one process only.
    let number = |name: &str, classic: &str, least, most| {
        options.number(namespace, name, least, most).or_else(|| {
            options
                .number(CLASSIC, classic, least, most)
                .filter(|_| is_default)
        })
    };
    // The interval's limits are those of an application load balancer; a longer time-out than interval is none.
    let interval_seconds = number("HealthCheckInterval", "Interval", 5, 300).unwrap_or(15);
    let timeout_seconds = number("HealthCheckTimeout", "Timeout", 2, 120).unwrap_or(5);
    let success_codes = options
        .get(namespace, "MatcherHTTPCode")
        .and_then(values::status_codes)
        .unwrap_or_else(|| "200".to_owned());
    HealthCheckReading {
        is_stated: target.is_some(),
        port,
        check: HealthCheck {
            suits_kubelet: values::kubelet_takes(&success_codes),
            path: target.unwrap_or_else(by_default),
            interval_seconds,
            timeout_seconds: timeout_seconds
                .min(interval_seconds.saturating_sub(1))
                .max(2),
            // An application load balancer takes 2 to 10.
            healthy_count: number("HealthyThresholdCount", "HealthyThreshold", 1, 10)
                .unwrap_or(3)
                .max(2),
            unhealthy_count: number("UnhealthyThresholdCount", "UnhealthyThreshold", 1, 10)
                .unwrap_or(5)
                .max(2),
            success_codes,
        },
    }
}

/// The path that is set, or that a connection is enough; nothing where nothing is set.
fn target(
    namespace: &str,
    is_default: bool,
    options: &Options<'_>,
) -> Option<values::HealthTarget> {
    let own = options
        .get(namespace, "HealthCheckPath")
        .and_then(values::path);
    let elsewhere = |namespace: &str, name: &str| {
        options
            .get(namespace, name)
            .filter(|_| is_default)
            .and_then(values::health_target)
    };
    own.map(|path| values::HealthTarget {
        port: None,
        path: Some(path),
    })
    .or_else(|| {
        elsewhere(
            "aws:elasticbeanstalk:application",
            "Application Healthcheck URL",
        )
    })
    .or_else(|| elsewhere(CLASSIC, "Target"))
}
