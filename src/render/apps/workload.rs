//! The pods of an app: Deployment and ServiceAccount.

use serde_json::{Value, json};

use super::app::{App, image, queue_daemon};
use crate::plan::{Batch, HealthCheck, Process, VariableSource};
use crate::units::Resources;

/// The user of images that are built on the hinted base images; any that is not root would do.
const USER: u32 = 10_001;

pub(super) fn service_account(app: &App<'_>) -> Value {
    let mut metadata = app.metadata(app.name.as_str());
    // EKS Pod Identity has no agent for Windows: the role is assumed by OpenID Connect there.
    if let Some(role) = app.role_arn().filter(|_| app.is_windows()) {
        metadata["annotations"]["eks.amazonaws.com/role-arn"] = json!(role);
    }
    json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata, "automountServiceAccountToken": false})
}

pub(super) fn deployment(app: &App<'_>) -> Value {
    let rollout = &app.intents().rollout;
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": app.metadata(app.name.as_str()),
        // No replicas: the autoscaler owns them, and an apply would set them back.
        "spec": {
            "minReadySeconds": rollout.min_ready_seconds,
            "progressDeadlineSeconds": rollout.progress_deadline_seconds,
            "revisionHistoryLimit": 5,
            "selector": {"matchLabels": app.selector()},
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {
                "maxSurge": batch(rollout.max_surge),
                "maxUnavailable": batch(rollout.max_unavailable),
            }},
            "template": {"metadata": {"labels": app.labels(), "annotations": {"kubectl.kubernetes.io/default-container": "app"}}, "spec": serving_pod(app)},
        },
    })
}

/// The app; a worker's behind its queue daemon.
///
/// A worker's app is a sidecar in Kubernetes' sense, and the daemon the main container: the daemon starts when the
/// app takes connections, gets SIGTERM first when the pod ends, and only when it has handed over its last message
/// does the app get its own.
fn serving_pod(app: &App<'_>) -> Value {
    let own = container(app);
    match sidecar(app) {
        None => pod(app, vec![own], Value::Null),
        Some(daemon) => {
            let mut own = own;
            own["restartPolicy"] = json!("Always");
            own["startupProbe"] =
                json!({"failureThreshold": 300, "periodSeconds": 2, "tcpSocket": {"port": "http"}});
            pod(app, vec![daemon], json!([own]))
        }
    }
}

/// A pod of the app that ends by itself.
fn job_spec(app: &App<'_>) -> Value {
    let mut pod = pod(app, vec![container(app)], Value::Null);
    pod["restartPolicy"] = json!("Never");
    // Nobody calls it, and nothing is to be spread.
    pod["topologySpreadConstraints"] = Value::Null;
    for container in pod["containers"].as_array_mut().into_iter().flatten() {
        for field in ["ports", "readinessProbe", "lifecycle"] {
            container[field] = Value::Null;
        }
    }
    json!({
        "backoffLimit": 2,
        "template": {"metadata": {"labels": app.labels()}, "spec": pod},
        "ttlSecondsAfterFinished": 86_400,
    })
}

pub(super) fn job(app: &App<'_>) -> Value {
    json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": app.metadata(app.name.as_str()), "spec": job_spec(app)})
}

/// In UTC, as `cron.yaml` and scheduled actions are.
pub(super) fn cron_job(app: &App<'_>, schedule: &str) -> Value {
    json!({
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": app.metadata(app.name.as_str()),
        "spec": {
            // A run that is late for its successor is left out rather than doubled.
            "concurrencyPolicy": "Forbid",
            "failedJobsHistoryLimit": 3,
            "jobTemplate": {"spec": job_spec(app)},
            "schedule": schedule,
            "startingDeadlineSeconds": 600,
            "successfulJobsHistoryLimit": 1,
            "timeZone": "Etc/UTC",
        },
    })
}

fn batch(batch: Batch) -> Value {
    match batch {
        Batch::Count(count) => json!(count),
        Batch::Percent(_) => json!(batch.to_string()),
    }
}

fn pod(app: &App<'_>, containers: Vec<Value>, beside: Value) -> Value {
    let manifests = app.manifests;
    let is_windows = app.is_windows();
    let runtime = &app.intents().runtime;
    let spread = |key: &str, hard: bool| {
        json!({
            "labelSelector": {"matchLabels": app.selector()},
            "maxSkew": 1,
            "minDomains": if hard { manifests.zone_spread.min_domains.map(Value::from) } else { None },
            "topologyKey": key,
            "whenUnsatisfiable": if hard && manifests.zone_spread.min_domains.is_some() { "DoNotSchedule" } else { "ScheduleAnyway" },
            // Counting old pods too would hold back a rollout.
            "matchLabelKeys": ["pod-template-hash"],
        })
    };
    let security = if is_windows {
        Value::Null
    } else {
        json!({
            "fsGroup": if runtime.non_root { Some(USER) } else { None },
            "runAsNonRoot": if runtime.non_root { Some(true) } else { None },
            "runAsUser": if runtime.non_root { Some(USER) } else { None },
            "seccompProfile": {"type": "RuntimeDefault"},
        })
    };
    json!({
        "automountServiceAccountToken": false,
        "containers": containers,
        // One name outside is one query, not five: the names of the cluster are written out in full.
        "dnsConfig": {"options": [{"name": "ndots", "value": "1"}]},
        "initContainers": beside,
        "nodeSelector": {"role": manifests.own_nodes, "kubernetes.io/arch": manifests.architecture, "kubernetes.io/os": app.environment.operating_system.to_string().to_lowercase()},
        "os": {"name": app.environment.operating_system.to_string().to_lowercase()},
        "priorityClassName": manifests.priority.class(),
        "securityContext": security,
        "serviceAccountName": app.name,
        "terminationGracePeriodSeconds": app.intents().stop.grace_seconds,
        "tolerations": tolerations(app),
        // Both: a constraint on zones alone switches the scheduler's own spreading over nodes off.
        "topologySpreadConstraints": [spread("topology.kubernetes.io/zone", true), spread("kubernetes.io/hostname", false)],
        "volumes": if runtime.read_only && !is_windows { json!([{"name": "tmp", "emptyDir": {}}]) } else { Value::Null },
    })
}

/// Nodes that are kept for others have a taint; these are the ones that the app belongs on.
fn tolerations(app: &App<'_>) -> Value {
    let toleration = |key: &str, value: &str| json!([{"key": key, "operator": "Equal", "value": value, "effect": "NoSchedule"}]);
    match &app.manifests.own_nodes {
        _ if app.is_windows() => toleration("os", "windows"),
        Some(group) => toleration("node-group", group),
        None => Value::Null,
    }
}

fn container(app: &App<'_>) -> Value {
    let intents = app.intents();
    let runtime = &intents.runtime;
    let is_windows = app.is_windows();
    let ports: Vec<Value> = app
        .ports()
        .into_iter()
        .map(|(name, port)| json!({"containerPort": port, "name": name, "protocol": "TCP"}))
        .collect();
    let pre_stop = intents.stop.pre_stop_seconds;
    let mut environment: Vec<Value> = Vec::new();
    let is_named = |name: &str| {
        intents
            .variables
            .iter()
            .any(|variable| variable.name == name)
    };
    if let Some(process) = intents.main().filter(|_| !is_named("PORT")) {
        environment.push(json!({"name": "PORT", "value": process.port.to_string()}));
    }
    if let Some(options) = runtime
        .java_options
        .as_ref()
        .filter(|_| !is_named("JAVA_TOOL_OPTIONS"))
    {
        environment.push(json!({"name": "JAVA_TOOL_OPTIONS", "value": options}));
    }
    let has = |is_in: fn(&VariableSource) -> bool| {
        intents
            .variables
            .iter()
            .any(|variable| is_in(&variable.source))
    };
    let mut from: Vec<Value> = Vec::new();
    if has(|source| matches!(source, VariableSource::Setting | VariableSource::Known(_))) {
        from.push(json!({"configMapRef": {"name": app.name}}));
    }
    if has(|source| {
        matches!(
            source,
            VariableSource::Secret | VariableSource::ExistingSecret(_)
        )
    }) {
        from.push(json!({"secretRef": {"name": app.name}}));
    }
    let security = if is_windows {
        Value::Null
    } else {
        json!({
            "allowPrivilegeEscalation": false,
            // An image of the team's own may need what root may; those on the hinted base images do not.
            "capabilities": if runtime.non_root { json!({"drop": ["ALL"]}) } else { Value::Null },
            "readOnlyRootFilesystem": if runtime.read_only { Some(true) } else { None },
        })
    };
    json!({
        "env": environment,
        "envFrom": from,
        "image": image(app),
        "lifecycle": if pre_stop > 0 { json!({"preStop": {"sleep": {"seconds": pre_stop}}}) } else { Value::Null },
        "name": "app",
        "ports": ports,
        "readinessProbe": intents.main().map(readiness),
        "resources": with_storage(app, resources(app.manifests.container, app.sizing.limits.cpu_millicores.map(|cpu| cpu.to_string()), app.manifests.container_memory_limit.to_string())),
        "securityContext": security,
        "volumeMounts": if runtime.read_only && !is_windows { json!([{"name": "tmp", "mountPath": "/tmp"}]) } else { Value::Null },
    })
}

fn resources(requests: Resources, cpu_limit: Option<String>, memory_limit: String) -> Value {
    json!({
        "limits": {"cpu": cpu_limit, "memory": memory_limit},
        "requests": {"cpu": requests.cpu.to_string(), "memory": requests.memory.to_string()},
    })
}

/// What a node's volume was counted with for each pod: all of it in the app's own container, since a sidecar writes
/// nothing. No limit: how much an app writes was never measured, and a pod above a limit is evicted though the volume
/// may be empty. When a volume does fill, kubelet evicts those that are furthest above their request first.
fn with_storage(app: &App<'_>, mut resources: Value) -> Value {
    resources["requests"]["ephemeral-storage"] =
        json!(app.plan.inputs.policy.nodes.pod_storage.to_string());
    resources
}

/// The health check of today. No liveness probe is made of it: one that is wrong kills pods that are well.
fn readiness(process: &Process) -> Value {
    let HealthCheck {
        path,
        interval_seconds,
        timeout_seconds,
        unhealthy_count,
        suits_kubelet,
        ..
    } = &process.health;
    let mut probe = json!({"failureThreshold": unhealthy_count, "periodSeconds": interval_seconds, "timeoutSeconds": timeout_seconds});
    match path.as_ref().filter(|_| *suits_kubelet && !process.tcp) {
        Some(path) => {
            probe["httpGet"] = json!({"path": path, "port": "http", "scheme": if process.tls { "HTTPS" } else { "HTTP" }})
        }
        None => probe["tcpSocket"] = json!({"port": "http"}),
    }
    probe
}

/// The queue's daemon, in a worker whose queue is known: variables of github.com/fterrag/simple-sqsd (MIT).
fn sidecar(app: &App<'_>) -> Option<Value> {
    let worker = app.intents().worker.as_ref()?;
    let share = app.manifests.sidecar?;
    let port = app.intents().main().map_or(80, |process| process.port);
    let variable = |name: &str, value: String| json!({"name": name, "value": value});
    let url = worker.queue_url.clone().unwrap_or_default();
    Some(json!({
        "env": [
            variable("SQSD_QUEUE_REGION", worker.queue_region.clone().unwrap_or_else(|| app.environment.region.clone())),
            variable("SQSD_QUEUE_URL", url),
            variable("SQSD_HTTP_URL", format!("http://127.0.0.1:{port}{}", worker.http_path)),
            variable("SQSD_HTTP_CONTENT_TYPE", worker.mime_type.clone()),
            variable("SQSD_HTTP_MAX_CONNS", worker.connections.to_string()),
            variable("SQSD_HTTP_TIMEOUT", worker.inactivity_seconds.to_string()),
            // A message that is received is handed over at once: one that waited for another in the daemon would
            // come into sight again before its turn.
            variable("SQSD_QUEUE_MAX_MSGS", "1".to_owned()),
        ],
        "image": queue_daemon(app.plan),
        "name": "sqsd",
        "resources": resources(share, None, share.memory.to_string()),
        "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}},
    }))
}
