//! The same apps as option settings of Beanstalk's own Cluster Mode, for those that could go there.
//!
//! Comes in: the plan. Goes out: `cluster-mode/APP.json`, a list for `aws elasticbeanstalk create-environment
//! --option-settings file://`. Left out is what Cluster Mode does not have: workers, Windows, network load
//! balancers, more than 100 replicas, requests outside of its bounds. One cluster carries everything there, so
//! that the bounds are those of all clusters together.
//!
//! Names and limits: Developer Guide, "Configuration options for Beanstalk Cluster environments" (2026-09).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::RenderError;
use super::apps::{App, moving};
use crate::plan::{Entrance, EntranceKind, Plan};

const ENVIRONMENT: &str = "aws:elasticbeanstalk:eks:environment";
const AUTOSCALING: &str = "aws:elasticbeanstalk:eks:environment:autoscaling";
const BALANCER: &str = "aws:elasticbeanstalk:eks:alb";
/// The most replicas of an environment there.
const MOST_REPLICAS: u32 = 100;

/// All files under `cluster-mode/`; none if no app could go there.
///
/// # Errors
/// Never; the signature is that of its neighbours.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for app in moving(plan) {
        let Some(settings) = settings(&app) else { continue };
        let mut text = serde_json::to_string_pretty(&settings)?;
        text.push('\n');
        files.insert(format!("cluster-mode/{}.json", app.name), text.into_bytes());
    }
    Ok(files)
}

fn settings(app: &App<'_>) -> Option<Vec<Value>> {
    let entrance = app.intents().entrance.as_ref().filter(|entrance| entrance.kind == EntranceKind::Application)?;
    let process = app.intents().processes.get("default")?;
    let scaling = &app.sizing.autoscaling;
    let requests = app.sizing.requests;
    if app.is_windows() || app.intents().worker.is_some() || scaling.max > MOST_REPLICAS || !(10..=128_000).contains(&requests.cpu.0) {
        return None;
    }
    let option = |namespace: &str, name: &str, value: String| json!({"Namespace": namespace, "OptionName": name, "Value": value});
    let mut settings = vec![
        option(ENVIRONMENT, "cpu", requests.cpu.to_string()),
        option(ENVIRONMENT, "memory", requests.memory.to_string()),
        option(ENVIRONMENT, "memory-limit", app.sizing.limits.memory_bytes.to_string()),
        option(ENVIRONMENT, "service-port", process.port.to_string()),
        option(AUTOSCALING, "min-replica", scaling.min.max(1).to_string()),
        option(AUTOSCALING, "max-replica", scaling.max.max(1).to_string()),
    ];
    settings.extend(balancer(entrance).map(|(name, value)| option(BALANCER, name, value)));
    let health = &process.health;
    if let Some(path) = &health.path {
        settings.push(option(BALANCER, "healthcheck-path", path.clone()));
        settings.push(option(BALANCER, "success-codes", health.success_codes.clone()));
    }
    for (name, value) in [
        ("healthcheck-interval-seconds", health.interval_seconds),
        ("healthcheck-timeout-seconds", health.timeout_seconds),
        ("healthy-threshold-count", health.healthy_count),
        ("unhealthy-threshold-count", health.unhealthy_count),
    ] {
        settings.push(option(BALANCER, name, value.to_string()));
    }
    Some(settings)
}

fn balancer(entrance: &Entrance) -> impl Iterator<Item = (&'static str, String)> {
    let certificate = entrance.listeners.iter().flat_map(|listener| &listener.certificates).next();
    [
        Some(("scheme", entrance.scheme.word().to_owned())),
        (!entrance.subnets.is_empty()).then(|| ("subnets", entrance.subnets.join(","))),
        certificate.map(|arn| ("certificate-arn", arn.clone())),
        entrance.tls_policy.clone().map(|policy| ("ssl-policy", policy)),
    ]
    .into_iter()
    .flatten()
}
