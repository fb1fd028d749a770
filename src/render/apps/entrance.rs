//! What clients reach an app through: Service, Ingress, or a Service with a network load balancer.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::app::App;
use crate::plan::{
    ClusterManifest, Entrance, EntranceKind, IngressGroup, Listener, Process, Route,
};

/// Annotations of the AWS load balancer controller: kubernetes-sigs.github.io/aws-load-balancer-controller,
/// guide/ingress/annotations and guide/service/annotations.
const ALB: &str = "alb.ingress.kubernetes.io";
const NLB: &str = "service.beta.kubernetes.io";
const HOSTNAME: &str = "external-dns.alpha.kubernetes.io/hostname";

/// Inside the cluster; nobody calls a worker.
pub(super) fn service(app: &App<'_>) -> Option<Value> {
    app.intents().entrance.as_ref()?;
    let ports: Vec<Value> = app
        .ports()
        .into_iter()
        .map(|(name, process, found)| json!({"name": name, "port": service_port(process, found), "protocol": "TCP", "targetPort": name}))
        .collect();
    Some(json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": app.metadata(app.name.as_str()),
        "spec": {"ports": ports, "selector": app.selector(), "type": "ClusterIP"},
    }))
}

/// The default process is reached on the port that everybody expects.
fn service_port(process: &str, found: &Process) -> u16 {
    if process == "default" { 80 } else { found.port }
}

/// The process that a name means; one that shares its port with another goes by the port's name.
fn backend(app: &App<'_>, process: &str) -> Value {
    let ports = app.ports();
    let wanted = app
        .intents()
        .processes
        .get(process)
        .or_else(|| app.intents().processes.get("default"))
        .map(|process| process.port);
    let name = ports
        .iter()
        .find(|(_, _, found)| Some(found.port) == wanted)
        .map_or("http", |(name, ..)| name.as_str());
    json!({"service": {"name": app.name, "port": {"name": name}}})
}

pub(super) fn ingress(app: &App<'_>, cluster: &str, manifest: &ClusterManifest) -> Option<Value> {
    let entrance = app
        .intents()
        .entrance
        .as_ref()
        .filter(|entrance| entrance.kind == EntranceKind::Application)?;
    let host = manifest.host.as_deref()?;
    let group = app
        .plan
        .ingress_groups
        .iter()
        .find(|group| Some(&group.name) == app.manifests.ingress_group.as_ref())?;
    let process = app.intents().processes.get("default")?;
    let own_certificate = app.plan.inputs.policy.platform.certificates.get(cluster);
    let annotations = annotations(entrance, group, process, host, (cluster, own_certificate));
    let mut metadata = app.metadata(app.name.as_str());
    if let Some(fields) = metadata["annotations"].as_object_mut() {
        fields.extend(
            annotations
                .into_iter()
                .map(|(key, value)| (key, json!(value))),
        );
    }
    Some(json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": metadata,
        "spec": {"ingressClassName": "alb", "rules": rules(app, entrance, host)},
    }))
}

fn annotations(
    entrance: &Entrance,
    group: &IngressGroup,
    process: &Process,
    host: &str,
    (cluster, own_certificate): (&str, Option<&String>),
) -> BTreeMap<String, String> {
    let health = &process.health;
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let mut set = |name: &str, value: String| {
        all.insert(format!("{ALB}/{name}"), value);
    };
    set(
        "group.name",
        format!("{cluster}-{}", group.name).to_lowercase(),
    );
    set("scheme", group.scheme.word().to_owned());
    set("target-type", "ip".to_owned());
    set("listen-ports", listen_ports(&entrance.listeners));
    set(
        "backend-protocol",
        if process.tls { "HTTPS" } else { "HTTP" }.to_owned(),
    );
    let certificates: Vec<&str> = entrance
        .listeners
        .iter()
        .flat_map(|listener| &listener.certificates)
        .map(String::as_str)
        .collect();
    if !certificates.is_empty() {
        // The first is what a client gets that names no host; then the one for the app's own name on the cluster.
        let all = certificates
            .into_iter()
            .chain(own_certificate.map(String::as_str));
        set("certificate-arn", all.collect::<Vec<_>>().join(","));
        if let Some(policy) = &group.tls_policy {
            set("ssl-policy", policy.clone());
        }
    }
    let (path, codes) = asked_over_http(process);
    set("healthcheck-path", path);
    set("success-codes", codes);
    set(
        "healthcheck-interval-seconds",
        health.interval_seconds.to_string(),
    );
    set(
        "healthcheck-timeout-seconds",
        health.timeout_seconds.to_string(),
    );
    set("healthy-threshold-count", health.healthy_count.to_string());
    set(
        "unhealthy-threshold-count",
        health.unhealthy_count.to_string(),
    );
    set("target-group-attributes", target_group(process));
    set("load-balancer-attributes", load_balancer(group));
    if group.dual_stack {
        set("ip-address-type", "dualstack".to_owned());
    }
    if !group.security_groups.is_empty() {
        set("security-groups", group.security_groups.join(","));
        // Groups of one's own admit clients; the controller still has to admit the balancer to the pods.
        set("manage-backend-security-group-rules", "true".to_owned());
    }
    if !group.subnets.is_empty() {
        set("subnets", group.subnets.join(","));
    }
    all.insert(HOSTNAME.to_owned(), host.to_owned());
    all
}

/// What an application load balancer asks. It cannot just connect, as a classic one does: the nearest is `/`, where
/// any answer but an error of the server's own counts. Left out, it would be `/` with 200 alone.
pub(in crate::render) fn asked_over_http(process: &Process) -> (String, String) {
    match process.health.path.as_ref().filter(|_| !process.tcp) {
        Some(path) => (path.clone(), process.health.success_codes.clone()),
        None => ("/".to_owned(), "200-499".to_owned()),
    }
}

fn listen_ports(listeners: &[Listener]) -> String {
    let ports: Vec<Value> = listeners
        .iter()
        .map(|listener| {
            if listener.tls {
                json!({"HTTPS": listener.port})
            } else {
                json!({"HTTP": listener.port})
            }
        })
        .collect();
    Value::Array(ports).to_string()
}

/// Attributes of a target group, as `key=value` with commas between.
pub(in crate::render) fn target_group(process: &Process) -> String {
    let mut attributes = vec![format!(
        "deregistration_delay.timeout_seconds={}",
        process.deregistration_seconds
    )];
    if let Some(sticky) = &process.stickiness {
        attributes.push("stickiness.enabled=true".to_owned());
        match &sticky.app_cookie {
            Some(cookie) => attributes.extend([
                "stickiness.type=app_cookie".to_owned(),
                format!("stickiness.app_cookie.cookie_name={cookie}"),
                format!("stickiness.app_cookie.duration_seconds={}", sticky.seconds),
            ]),
            None => {
                attributes.extend([
                    "stickiness.type=lb_cookie".to_owned(),
                    format!("stickiness.lb_cookie.duration_seconds={}", sticky.seconds),
                ]);
            }
        }
    }
    attributes.join(",")
}

/// Attributes of a load balancer, likewise.
pub(in crate::render) fn load_balancer(group: &IngressGroup) -> String {
    let mut attributes = vec![format!(
        "idle_timeout.timeout_seconds={}",
        group.idle_seconds
    )];
    if let Some((bucket, prefix)) = &group.access_logs {
        attributes.extend([
            "access_logs.s3.enabled=true".to_owned(),
            format!("access_logs.s3.bucket={bucket}"),
        ]);
        if !prefix.is_empty() {
            attributes.push(format!("access_logs.s3.prefix={prefix}"));
        }
    }
    attributes.join(",")
}

/// Everything that comes to the app's own name, and today's rules for hosts and paths.
fn rules(app: &App<'_>, entrance: &Entrance, host: &str) -> Vec<Value> {
    let mut by_host: Vec<(String, Vec<Value>)> = Vec::new();
    let mut add =
        |host: &str, path: Value| match by_host.iter_mut().find(|(known, _)| known == host) {
            Some((_, paths)) => paths.push(path),
            None => by_host.push((host.to_owned(), vec![path])),
        };
    let everything = |process: &str| json!({"path": "/", "pathType": "Prefix", "backend": backend(app, process)});
    for Route {
        hosts,
        paths,
        process,
        ..
    } in &entrance.routes
    {
        let hosts: Vec<&str> = if hosts.is_empty() {
            vec![host]
        } else {
            hosts.iter().map(String::as_str).collect()
        };
        for host in hosts {
            for path in paths {
                add(
                    host,
                    json!({"path": path, "pathType": "ImplementationSpecific", "backend": backend(app, process)}),
                );
            }
            if paths.is_empty() {
                add(host, everything(process));
            }
        }
    }
    add(host, everything(&entrance.default_process));
    by_host
        .into_iter()
        .map(|(host, paths)| json!({"host": host, "http": {"paths": paths}}))
        .collect()
}

/// A network load balancer of the app's own: it forwards ports, which apps cannot share.
pub(super) fn network_service(app: &App<'_>, manifest: &ClusterManifest) -> Option<Value> {
    let entrance = app
        .intents()
        .entrance
        .as_ref()
        .filter(|entrance| entrance.kind == EntranceKind::Network)?;
    let process = app.intents().processes.get("default")?;
    let mut metadata = app.metadata(&network_name(app));
    let mut set = |name: String, value: String| metadata["annotations"][name] = json!(value);
    set(
        format!("{NLB}/aws-load-balancer-type"),
        "external".to_owned(),
    );
    set(
        format!("{NLB}/aws-load-balancer-nlb-target-type"),
        "ip".to_owned(),
    );
    set(
        format!("{NLB}/aws-load-balancer-scheme"),
        entrance.scheme.word().to_owned(),
    );
    set(
        format!("{NLB}/aws-load-balancer-target-group-attributes"),
        format!(
            "deregistration_delay.timeout_seconds={}",
            process.deregistration_seconds
        ),
    );
    let health = &process.health;
    let check = |name: &str| format!("{NLB}/aws-load-balancer-healthcheck-{name}");
    let asks = if process.tls { "https" } else { "http" };
    match health.path.as_ref().filter(|_| !process.tcp) {
        Some(path) => {
            set(check("protocol"), asks.to_owned());
            set(check("path"), path.clone());
            set(check("success-codes"), health.success_codes.clone());
        }
        None => set(check("protocol"), "tcp".to_owned()),
    }
    for (name, count) in [
        ("interval", health.interval_seconds),
        ("timeout", health.timeout_seconds),
        ("healthy-threshold", health.healthy_count),
        ("unhealthy-threshold", health.unhealthy_count),
    ] {
        set(check(name), count.to_string());
    }
    let tls: Vec<String> = entrance
        .listeners
        .iter()
        .filter(|listener| listener.tls)
        .map(|listener| listener.port.to_string())
        .collect();
    let certificates: Vec<&str> = entrance
        .listeners
        .iter()
        .flat_map(|listener| &listener.certificates)
        .map(String::as_str)
        .collect();
    if !tls.is_empty() {
        set(format!("{NLB}/aws-load-balancer-ssl-ports"), tls.join(","));
        set(
            format!("{NLB}/aws-load-balancer-ssl-cert"),
            certificates.join(","),
        );
    }
    if let Some(host) = &manifest.host {
        set(HOSTNAME.to_owned(), host.clone());
    }
    let ports: Vec<Value> = entrance
        .listeners
        .iter()
        .map(|listener| json!({"name": format!("port-{}", listener.port), "port": listener.port, "protocol": "TCP", "targetPort": "http"}))
        .collect();
    Some(json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata,
        "spec": {"loadBalancerClass": "service.k8s.aws/nlb", "ports": ports, "selector": app.selector(), "type": "LoadBalancer"},
    }))
}

/// Beside the Service of the same app; a name has at most 63 characters.
fn network_name(app: &App<'_>) -> String {
    let stem: String = app.name.as_str().chars().take(59).collect();
    format!("{}-nlb", stem.trim_end_matches('-'))
}
