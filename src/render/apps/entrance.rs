//! What clients reach an app through: Service, Ingress, or a Service with a network load balancer.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::app::App;
use crate::plan::{
    ClusterManifest, Entrance, EntranceKind, HostRule, IngressGroup, Listener, Process,
};

/// Annotations of the AWS load balancer controller: kubernetes-sigs.github.io/aws-load-balancer-controller,
/// guide/ingress/annotations and guide/service/annotations.
const ALB: &str = "alb.ingress.kubernetes.io";
const NLB: &str = "service.beta.kubernetes.io";
const HOSTNAME: &str = "external-dns.alpha.kubernetes.io/hostname";

/// Inside the cluster, one for each process with its file's name; nobody calls a worker.
pub(super) fn services(app: &App<'_>) -> Vec<(String, Value)> {
    if app.intents().entrance.is_none() {
        return Vec::new();
    }
    let processes = &app.intents().processes;
    let one = |(name, process): (&String, &Process)| {
        let service = app.service_name(name);
        let mut metadata = app.metadata(&service);
        // Of a Service they win over those of an Ingress, which are for all of its processes.
        if processes.len() > 1
            && let Some(fields) = metadata["annotations"].as_object_mut()
        {
            fields.extend(
                of_process(process)
                    .into_iter()
                    .map(|(key, value)| (key, json!(value))),
            );
        }
        let port = json!({"name": "http", "port": 80, "protocol": "TCP", "targetPort": app.port_name(process)});
        let object = json!({
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": metadata,
            "spec": {"ports": [port], "selector": app.selector(), "type": "ClusterIP"},
        });
        (file_of(app, "service", &service), object)
    };
    processes.iter().map(one).collect()
}

/// `service.yaml` of the app's own name, `service-WHAT.yaml` of another.
fn file_of(app: &App<'_>, kind: &str, name: &str) -> String {
    match name.rsplit_once("--") {
        Some((_, what)) if name != app.name.as_str() => format!("{kind}-{what}.yaml"),
        _ => format!("{kind}.yaml"),
    }
}

fn backend(app: &App<'_>, process: &str) -> Value {
    json!({"service": {"name": app.service_name(process), "port": {"name": "http"}}})
}

/// Listeners of an app that one Ingress stands for: the same rules, the same default process, the same TLS.
struct Bundle<'a> {
    listeners: Vec<&'a Listener>,
}

impl<'a> Bundle<'a> {
    fn of(entrance: &'a Entrance) -> Vec<Self> {
        let mut bundles: Vec<Self> = Vec::new();
        for listener in &entrance.listeners {
            match bundles.iter_mut().find(|bundle| bundle.takes(listener)) {
                Some(bundle) => bundle.listeners.push(listener),
                None => bundles.push(Self {
                    listeners: vec![listener],
                }),
            }
        }
        bundles
    }

    fn takes(&self, listener: &Listener) -> bool {
        self.listeners.iter().all(|other| {
            let is_same_tls = !other.tls
                || !listener.tls
                || (&other.tls_policy, &other.certificates)
                    == (&listener.tls_policy, &listener.certificates);
            other.default_process == listener.default_process
                && other.routes == listener.routes
                && is_same_tls
        })
    }
}

/// With their files' names: mostly one; more where ports have rules of their own, which hold on their port alone.
pub(super) fn ingresses(
    app: &App<'_>,
    cluster: &str,
    manifest: &ClusterManifest,
) -> Vec<(String, Value)> {
    let Some(entrance) = app
        .intents()
        .entrance
        .as_ref()
        .filter(|entrance| entrance.kind == EntranceKind::Application)
    else {
        return Vec::new();
    };
    let group = app
        .plan
        .ingress_groups
        .iter()
        .find(|group| Some(&group.name) == app.manifests.ingress_group.as_ref());
    let (Some(host), Some(group)) = (manifest.host.as_deref(), group) else {
        return Vec::new();
    };
    let one = |(index, bundle): (usize, Bundle<'_>)| {
        let first = bundle.listeners.first()?;
        let process = app.intents().processes.get(&first.default_process)?;
        let name = if index == 0 {
            app.name.to_string()
        } else {
            app.beside(&first.port.to_string())
        };
        let own_certificate = app.plan.inputs.policy.platform.certificates.get(cluster);
        let mut annotations =
            annotations(&bundle, group, process, host, (cluster, own_certificate));
        // Rules of several apps for one host: those of an Ingress are all tried before those of the next.
        let place = group
            .order
            .iter()
            .position(|label| *label == app.environment.label);
        annotations
            .extend(place.map(|place| (format!("{ALB}/group.order"), (place + 1).to_string())));
        // All Ingresses of a load balancer name the same one, or the controller stops for all of them.
        let web_acl = app
            .plan
            .inputs
            .policy
            .platform
            .web_acls
            .get(group.scheme.word());
        annotations.extend(web_acl.map(|arn| (format!("{ALB}/wafv2-acl-arn"), arn.clone())));
        let mut metadata = app.metadata(&name);
        if let Some(fields) = metadata["annotations"].as_object_mut() {
            fields.extend(
                annotations
                    .into_iter()
                    .map(|(key, value)| (key, json!(value))),
            );
        }
        let object = json!({
            "apiVersion": "networking.k8s.io/v1",
            "kind": "Ingress",
            "metadata": metadata,
            "spec": {"ingressClassName": "alb", "rules": rules(app, entrance, first, host)},
        });
        Some((file_of(app, "ingress", &name), object))
    };
    Bundle::of(entrance)
        .into_iter()
        .enumerate()
        .filter_map(one)
        .collect()
}

fn annotations(
    bundle: &Bundle<'_>,
    group: &IngressGroup,
    process: &Process,
    host: &str,
    (cluster, own_certificate): (&str, Option<&String>),
) -> BTreeMap<String, String> {
    let mut all = of_process(process);
    let mut set = |name: &str, value: String| {
        all.insert(format!("{ALB}/{name}"), value);
    };
    set(
        "group.name",
        format!("{cluster}-{}", group.name).to_lowercase(),
    );
    set("scheme", group.scheme.word().to_owned());
    set("target-type", "ip".to_owned());
    set("listen-ports", listen_ports(&bundle.listeners));
    let mut certificates: Vec<&str> = bundle
        .listeners
        .iter()
        .flat_map(|listener| &listener.certificates)
        .map(String::as_str)
        .collect();
    certificates.dedup();
    if !certificates.is_empty() {
        // The first is what a client gets that names no host; then the one for the app's own name on the cluster.
        certificates.extend(own_certificate.map(String::as_str));
        set("certificate-arn", certificates.join(","));
    }
    let policy = bundle
        .listeners
        .iter()
        .filter(|listener| listener.tls)
        .find_map(|listener| group.tls_policies.get(&listener.port));
    if let Some(policy) = policy {
        set("ssl-policy", policy.clone());
    }
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

/// What the load balancer is told of one process; an Ingress and a Service take it alike.
fn of_process(process: &Process) -> BTreeMap<String, String> {
    let health = &process.health;
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let mut set = |name: &str, value: String| {
        all.insert(format!("{ALB}/{name}"), value);
    };
    set(
        "backend-protocol",
        if process.tls { "HTTPS" } else { "HTTP" }.to_owned(),
    );
    if process.tls {
        set("healthcheck-protocol", "HTTPS".to_owned());
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

fn listen_ports(listeners: &[&Listener]) -> String {
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
    attributes.extend(
        access_logs(group.access_logs.as_ref())
            .into_iter()
            .flatten(),
    );
    attributes.join(",")
}

fn access_logs(logs: Option<&(String, String)>) -> Option<Vec<String>> {
    let (bucket, prefix) = logs?;
    let mut attributes = vec![
        "access_logs.s3.enabled=true".to_owned(),
        format!("access_logs.s3.bucket={bucket}"),
    ];
    if !prefix.is_empty() {
        attributes.push(format!("access_logs.s3.prefix={prefix}"));
    }
    Some(attributes)
}

/// Today's rules and what comes after them, in their order. The controller keeps the order of an Ingress' rules, but
/// within one it takes paths of the type `Prefix` before those of `ImplementationSpecific` (its source,
/// `pkg/ingress/model_build_listener_rules.go`, `sortIngressPaths`): a path for everything beside others would hide
/// them. So it is a rule of its own, and a host may stand in several.
fn rules(app: &App<'_>, entrance: &Entrance, listener: &Listener, own: &str) -> Vec<Value> {
    let mut by_host: Vec<(&str, bool, Vec<Value>)> = Vec::new();
    for HostRule {
        host,
        path,
        process,
    } in entrance.host_rules(listener)
    {
        let host = host.unwrap_or(own);
        let backend = backend(app, process);
        let entry = match path {
            Some(path) => {
                json!({"path": path, "pathType": "ImplementationSpecific", "backend": backend})
            }
            None => json!({"path": "/", "pathType": "Prefix", "backend": backend}),
        };
        match by_host.last_mut() {
            Some((last, true, paths)) if *last == host && path.is_some() => paths.push(entry),
            _ => by_host.push((host, path.is_some(), vec![entry])),
        }
    }
    by_host
        .into_iter()
        .map(|(host, _, paths)| json!({"host": host, "http": {"paths": paths}}))
        .collect()
}

/// A network load balancer of the app's own: it forwards ports, which apps cannot share.
pub(super) fn network_service(app: &App<'_>, manifest: &ClusterManifest) -> Option<Value> {
    let entrance = app
        .intents()
        .entrance
        .as_ref()
        .filter(|entrance| entrance.kind == EntranceKind::Network)?;
    let process = app.intents().main()?;
    let mut metadata = app.metadata(&network_name(app));
    let is_for_several = app.intents().processes.len() > 1;
    for (name, value) in network_annotations(entrance, process, is_for_several) {
        metadata["annotations"][format!("{NLB}/aws-load-balancer-{name}")] = json!(value);
    }
    if let Some(host) = &manifest.host {
        metadata["annotations"][HOSTNAME] = json!(host);
    }
    let target = |listener: &Listener| {
        let process = app.intents().processes.get(&listener.default_process);
        process.map_or_else(|| "http".to_owned(), |process| app.port_name(process))
    };
    let ports: Vec<Value> = entrance
        .listeners
        .iter()
        .map(|listener| json!({"name": format!("port-{}", listener.port), "port": listener.port, "protocol": "TCP", "targetPort": target(listener)}))
        .collect();
    Some(json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata,
        "spec": {"loadBalancerClass": "service.k8s.aws/nlb", "ports": ports, "selector": app.selector(), "type": "LoadBalancer"},
    }))
}

fn network_annotations(
    entrance: &Entrance,
    process: &Process,
    is_for_several: bool,
) -> Vec<(&'static str, String)> {
    let health = &process.health;
    let mut all = vec![
        ("type", "external".to_owned()),
        ("nlb-target-type", "ip".to_owned()),
        ("scheme", entrance.scheme.word().to_owned()),
        (
            "target-group-attributes",
            format!(
                "deregistration_delay.timeout_seconds={}",
                process.deregistration_seconds
            ),
        ),
        ("healthcheck-interval", health.interval_seconds.to_string()),
        ("healthcheck-timeout", health.timeout_seconds.to_string()),
        (
            "healthcheck-healthy-threshold",
            health.healthy_count.to_string(),
        ),
        (
            "healthcheck-unhealthy-threshold",
            health.unhealthy_count.to_string(),
        ),
    ];
    match health.path.as_ref().filter(|_| !process.tcp) {
        Some(path) => all.extend([
            (
                "healthcheck-protocol",
                if process.tls { "https" } else { "http" }.to_owned(),
            ),
            ("healthcheck-path", path.clone()),
            ("healthcheck-success-codes", health.success_codes.clone()),
        ]),
        None => all.push(("healthcheck-protocol", "tcp".to_owned())),
    }
    // The check is the same for all ports of a Service: all ask the process that it is of.
    if is_for_several {
        all.push(("healthcheck-port", process.port.to_string()));
    }
    let tls: Vec<&Listener> = entrance
        .listeners
        .iter()
        .filter(|listener| listener.tls)
        .collect();
    if !tls.is_empty() {
        let ports: Vec<String> = tls
            .iter()
            .map(|listener| listener.port.to_string())
            .collect();
        let certificates: Vec<&str> = tls
            .iter()
            .flat_map(|listener| &listener.certificates)
            .map(String::as_str)
            .collect();
        all.extend([
            ("ssl-ports", ports.join(",")),
            ("ssl-cert", certificates.join(",")),
        ]);
        all.extend(
            tls.iter()
                .find_map(|listener| listener.tls_policy.clone())
                .map(|policy| ("ssl-negotiation-policy", policy)),
        );
    }
    if process.tls {
        all.push(("backend-protocol", "ssl".to_owned()));
    }
    if entrance.dual_stack {
        all.push(("ip-address-type", "dualstack".to_owned()));
    }
    if !entrance.security_groups.is_empty() {
        all.extend([
            ("security-groups", entrance.security_groups.join(",")),
            ("manage-backend-security-group-rules", "true".to_owned()),
        ]);
    }
    if !entrance.subnets.is_empty() {
        all.push(("subnets", entrance.subnets.join(",")));
    }
    if let Some(logs) = access_logs(entrance.access_logs.as_ref()) {
        all.push(("attributes", logs.join(",")));
    }
    all
}

/// Beside the Service of the same app; a name has at most 63 characters.
fn network_name(app: &App<'_>) -> String {
    let stem: String = app.name.as_str().chars().take(59).collect();
    format!("{}-nlb", stem.trim_end_matches('-'))
}
