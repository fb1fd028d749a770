//! What moves the number of pods, and what keeps enough of them.

use serde_json::{Value, json};

use super::app::App;
use crate::plan::ClusterManifest;

/// A HorizontalPodAutoscaler on CPU; KEDA where a queue or a schedule says more.
pub(super) fn autoscaler(app: &App<'_>, manifest: &ClusterManifest) -> (&'static str, Value) {
    let worker = app
        .intents()
        .worker
        .as_ref()
        .filter(|worker| worker.queue_url.is_some());
    if worker.is_some() || manifest.scheduled_replicas.is_some() {
        ("scaled-object.yaml", scaled_object(app, manifest))
    } else {
        ("horizontal-pod-autoscaler.yaml", horizontal(app, manifest))
    }
}

fn behavior(app: &App<'_>) -> Value {
    json!({"scaleDown": {"stabilizationWindowSeconds": app.intents().rollout.scale_down_window_seconds}})
}

fn horizontal(app: &App<'_>, manifest: &ClusterManifest) -> Value {
    json!({
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": app.metadata(app.name.as_str()),
        "spec": {
            "behavior": behavior(app),
            "maxReplicas": manifest.max_replicas,
            "metrics": [{"type": "Resource", "resource": {
                "name": "cpu",
                "target": {"type": "Utilization", "averageUtilization": app.sizing.autoscaling.target_percent},
            }}],
            "minReplicas": manifest.min_replicas,
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": app.name},
        },
    })
}

fn scaled_object(app: &App<'_>, manifest: &ClusterManifest) -> Value {
    let intents = app.intents();
    let mut triggers = Vec::new();
    match intents
        .worker
        .as_ref()
        .and_then(|worker| Some((worker, worker.queue_url.as_ref()?)))
    {
        Some((worker, url)) => triggers.push(json!({
            "type": "aws-sqs-queue",
            "metadata": {
                "awsRegion": worker.queue_region.as_ref().unwrap_or(&app.environment.region),
                // KEDA's own role reads the length of the queue.
                "identityOwner": "operator",
                "queueLength": worker.connections.to_string(),
                "queueURL": url,
            },
        })),
        None => triggers.push(json!({
            "type": "cpu",
            "metricType": "Utilization",
            "metadata": {"value": app.sizing.autoscaling.target_percent.to_string()},
        })),
    }
    if let (Some(window), Some(replicas)) = (&intents.window, manifest.scheduled_replicas) {
        triggers.push(json!({
            "type": "cron",
            "metadata": {"timezone": "Etc/UTC", "start": window.start, "end": window.end, "desiredReplicas": replicas.to_string()},
        }));
    }
    json!({
        "apiVersion": "keda.sh/v1alpha1",
        "kind": "ScaledObject",
        "metadata": app.metadata(app.name.as_str()),
        "spec": {
            "advanced": {"horizontalPodAutoscalerConfig": {"behavior": behavior(app), "name": app.name}},
            "maxReplicaCount": manifest.max_replicas,
            "minReplicaCount": manifest.min_replicas,
            "scaleTargetRef": {"name": app.name},
            "triggers": triggers,
        },
    })
}

/// Voluntary disruptions take one pod at a time, or keep as many as Beanstalk was told to.
pub(super) fn disruption_budget(app: &App<'_>) -> Value {
    let mut spec = json!({"selector": {"matchLabels": app.selector()}, "unhealthyPodEvictionPolicy": "AlwaysAllow"});
    match app.manifests.min_available {
        Some(count) => spec["minAvailable"] = json!(count),
        None => spec["maxUnavailable"] = json!(1),
    }
    json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": app.metadata(app.name.as_str()), "spec": spec})
}
