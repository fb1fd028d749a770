//! The same apps as option settings of Beanstalk's own Cluster Mode, for those that could go there.
//!
//! Comes in: the plan. Goes out: `cluster-mode/APP.json`, a list for `aws elasticbeanstalk create-environment
//! --option-settings file://`. Left out is what Cluster Mode does not have: workers, Windows, network load
//! balancers, more than 100 replicas, requests outside of its bounds. One cluster carries everything there, so
//! that the bounds are those of all clusters together. Not written is what no snapshot holds: the roles and values
//! of environment properties. An HTTP listener redirects to HTTPS there, whatever it does today.
//!
//! Names and limits: Developer Guide, "Configuration options for Beanstalk Cluster environments",
//! docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general-eks.html; those that are written stand in
//! `tests/schemas/cluster-mode.csv`, which the tests hold every setting to.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::RenderError;
use super::apps::{App, FILL_IN, load_balancer, moving, target_group};
use crate::plan::{Entrance, EntranceKind, HealthCheck, Plan, Process, VariableSource};

const ENVIRONMENT: &str = "aws:elasticbeanstalk:eks:environment";
const DEPLOYMENT: &str = "aws:elasticbeanstalk:eks:environment:deployment";
const ROLLING: &str = "aws:elasticbeanstalk:eks:environment:deployment:strategy:rolling";
const AUTOSCALING: &str = "aws:elasticbeanstalk:eks:environment:autoscaling";
const TRIGGER: &str = "aws:elasticbeanstalk:eks:environment:autoscaling:trigger";
const READINESS: &str = "aws:elasticbeanstalk:eks:environment:readiness-probe";
const BALANCER: &str = "aws:elasticbeanstalk:eks:alb";
/// The most replicas of an environment there.
const MOST_REPLICAS: u32 = 100;

/// Namespace, name and value of an option setting.
type Setting = (&'static str, &'static str, String);

/// All files under `cluster-mode/`; none if no app could go there.
///
/// # Errors
/// Never; the signature is that of its neighbours.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for app in moving(plan) {
        let Some(settings) = settings(&app) else {
            continue;
        };
        let option = |(namespace, name, value): Setting| json!({"Namespace": namespace, "OptionName": name, "Value": value});
        let settings: Vec<Value> = settings.into_iter().map(option).collect();
        let mut text = serde_json::to_string_pretty(&settings)?;
        text.push('\n');
        files.insert(format!("cluster-mode/{}.json", app.name), text.into_bytes());
    }
    Ok(files)
}

fn settings(app: &App<'_>) -> Option<Vec<Setting>> {
    let entrance = app
        .intents()
        .entrance
        .as_ref()
        .filter(|entrance| entrance.kind == EntranceKind::Application)?;
    let process = app.intents().main()?;
    let requests = app.sizing.requests;
    let is_too_many = app.sizing.autoscaling.max > MOST_REPLICAS;
    if app.is_windows()
        || app.intents().worker.is_some()
        || is_too_many
        || !(10..=128_000).contains(&requests.cpu.0)
    {
        return None;
    }
    Some(
        [
            environment(app, process),
            rollout(app),
            scaling(app),
            readiness(process),
            balancer(app, entrance, process),
        ]
        .concat(),
    )
}

fn environment(app: &App<'_>, process: &Process) -> Vec<Setting> {
    let limits = &app.sizing.limits;
    let mut settings = vec![
        (ENVIRONMENT, "arch", app.manifests.architecture.clone()),
        (ENVIRONMENT, "cpu", app.sizing.requests.cpu.to_string()),
        (
            ENVIRONMENT,
            "memory",
            app.sizing.requests.memory.to_string(),
        ),
        (ENVIRONMENT, "memory-limit", limits.memory_bytes.to_string()),
        (ENVIRONMENT, "service-port", process.port.to_string()),
        (ENVIRONMENT, "load-balancer-type", "ALB".to_owned()),
    ];
    settings.extend(
        limits
            .cpu_millicores
            .map(|cpu| (ENVIRONMENT, "cpu-limit", cpu.to_string())),
    );
    // The same subnets for all, so that they share one cluster; they cannot be changed later.
    let network = app
        .plan
        .clusters
        .iter()
        .find_map(|cluster| cluster.network.as_ref());
    let subnets: Vec<&str> = network
        .iter()
        .flat_map(|network| network.private_subnets.values())
        .map(String::as_str)
        .collect();
    if !subnets.is_empty() {
        settings.push((ENVIRONMENT, "subnets", subnets.join(",")));
    }
    let mut variables = Map::new();
    let mut secrets = Map::new();
    for variable in &app.intents().variables {
        let (of, value) = match &variable.source {
            VariableSource::Setting => (&mut variables, FILL_IN),
            VariableSource::Known(value) => (&mut variables, value.as_str()),
            VariableSource::Secret => (&mut secrets, FILL_IN),
            VariableSource::ExistingSecret(arn) => (&mut secrets, arn.as_str()),
        };
        // PORT is service-port there, whatever is said of it.
        if variable.name != "PORT" {
            of.insert(variable.name.clone(), json!(value));
        }
    }
    settings.extend((!variables.is_empty()).then(|| {
        (
            ENVIRONMENT,
            "env-variables",
            Value::Object(variables).to_string(),
        )
    }));
    settings.extend(
        (!secrets.is_empty()).then(|| (ENVIRONMENT, "secrets", Value::Object(secrets).to_string())),
    );
    settings
}

fn rollout(app: &App<'_>) -> Vec<Setting> {
    let rollout = &app.intents().rollout;
    vec![
        (DEPLOYMENT, "strategy", "RollingUpdate".to_owned()),
        (ROLLING, "max-surge", rollout.max_surge.to_string()),
        (
            ROLLING,
            "max-unavailable",
            rollout.max_unavailable.to_string(),
        ),
    ]
}

fn scaling(app: &App<'_>) -> Vec<Setting> {
    let scaling = &app.sizing.autoscaling;
    let mut settings = vec![
        (AUTOSCALING, "min-replica", scaling.min.max(1).to_string()),
        (AUTOSCALING, "max-replica", scaling.max.max(1).to_string()),
        (TRIGGER, "cpu-metric-type", "Utilization".to_owned()),
        (TRIGGER, "cpu-value", scaling.target_percent.to_string()),
    ];
    let kept: u32 = app
        .manifests
        .clusters
        .values()
        .filter_map(|cluster| cluster.scheduled_replicas)
        .sum();
    if let Some(window) = app.intents().window.as_ref().filter(|_| kept > 0) {
        let replicas = kept.min(MOST_REPLICAS).to_string();
        let metadata = json!({"timezone": "UTC", "start": window.start, "end": window.end, "desiredReplicas": replicas});
        settings.extend([
            (TRIGGER, "scaler-type", "cron".to_owned()),
            (TRIGGER, "scaler-metadata", metadata.to_string()),
        ]);
    }
    settings
}

/// Off there unless it is asked for; only where the health check of today has a path that the kubelet may call.
fn readiness(process: &Process) -> Vec<Setting> {
    let HealthCheck {
        path,
        interval_seconds,
        timeout_seconds,
        unhealthy_count,
        suits_kubelet,
        ..
    } = &process.health;
    let Some(path) = path
        .as_ref()
        .filter(|_| *suits_kubelet && !process.tcp && !process.tls)
    else {
        return Vec::new();
    };
    vec![
        (READINESS, "enabled", "true".to_owned()),
        (READINESS, "http-path", path.clone()),
        (READINESS, "period-seconds", interval_seconds.to_string()),
        (READINESS, "timeout-seconds", timeout_seconds.to_string()),
        (READINESS, "failure-threshold", unhealthy_count.to_string()),
    ]
}

fn balancer(app: &App<'_>, entrance: &Entrance, process: &Process) -> Vec<Setting> {
    let health = &process.health;
    // The bounds of the guide; those of Beanstalk's processes are a little wider.
    let mut settings = vec![
        (BALANCER, "scheme", entrance.scheme.word().to_owned()),
        (
            BALANCER,
            "healthcheck-interval-seconds",
            health.interval_seconds.clamp(5, 300).to_string(),
        ),
        (
            BALANCER,
            "healthcheck-timeout-seconds",
            health.timeout_seconds.clamp(2, 120).to_string(),
        ),
        (
            BALANCER,
            "healthy-threshold-count",
            health.healthy_count.clamp(2, 10).to_string(),
        ),
        (
            BALANCER,
            "unhealthy-threshold-count",
            health.unhealthy_count.clamp(2, 10).to_string(),
        ),
        // What the options have no name for goes to the Ingress that Beanstalk makes.
        (
            BALANCER,
            "raw-annotation",
            json!([{"alb.ingress.kubernetes.io/target-group-attributes": target_group(process)}])
                .to_string(),
        ),
    ];
    if let Some(path) = &health.path {
        settings.push((BALANCER, "healthcheck-path", path.clone()));
        settings.push((BALANCER, "success-codes", health.success_codes.clone()));
    }
    let group = app.manifests.ingress_group.as_ref().and_then(|name| {
        app.plan
            .ingress_groups
            .iter()
            .find(|group| group.name == *name)
    });
    settings
        .extend(group.map(|group| (BALANCER, "load-balancer-attributes", load_balancer(group))));
    let certificate = entrance
        .listeners
        .iter()
        .flat_map(|listener| &listener.certificates)
        .next();
    settings.extend(certificate.map(|arn| (BALANCER, "certificate-arn", arn.clone())));
    settings.extend(
        entrance
            .listeners
            .iter()
            .find_map(|listener| listener.tls_policy.clone())
            .map(|policy| (BALANCER, "ssl-policy", policy)),
    );
    settings.extend(
        entrance
            .dual_stack
            .then(|| (BALANCER, "ip-address-type", "dualstack".to_owned())),
    );
    settings.extend(
        process
            .tls
            .then(|| (BALANCER, "backend-protocol", "HTTPS".to_owned())),
    );
    for (name, ids) in [
        ("security-groups", &entrance.security_groups),
        ("subnets", &entrance.subnets),
    ] {
        settings.extend((!ids.is_empty()).then(|| (BALANCER, name, ids.join(","))));
    }
    settings
}
