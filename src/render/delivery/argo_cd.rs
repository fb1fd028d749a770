//! An Argo CD ApplicationSet for each app: an application for each of its clusters, one cluster after the other.

use serde_json::{Value, json};

use crate::render::apps::App;

/// A rolling sync goes on to the next cluster when the applications of the one before are healthy; it is what Argo CD
/// calls progressive syncs, and needs `applicationsetcontroller.enable.progressive.syncs`. The controller syncs by
/// itself then: no `automated`.
pub(super) fn application_set(app: &App<'_>) -> Value {
    let clusters: Vec<&String> = app.manifests.clusters.keys().collect();
    let elements: Vec<Value> = clusters
        .iter()
        .map(|cluster| json!({"cluster": cluster}))
        .collect();
    let steps: Vec<Value> = clusters
        .iter()
        .map(|cluster| {
            json!({"matchExpressions": [{"key": "cluster", "operator": "In", "values": [cluster]}]})
        })
        .collect();
    let folder = app.folder();
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ApplicationSet",
        "metadata": {"name": app.name, "namespace": "argocd"},
        "spec": {
            "generators": [{"list": {"elements": elements}}],
            "goTemplate": true,
            "goTemplateOptions": ["missingkey=error"],
            "strategy": {"type": "RollingSync", "rollingSync": {"steps": steps}},
            "template": {
                "metadata": {
                    "labels": {"cluster": "{{.cluster}}"},
                    "name": format!("{}-{{{{.cluster | lower}}}}", app.name),
                },
                "spec": {
                    "destination": {"name": "{{.cluster}}", "namespace": app.manifests.namespace},
                    "project": "default",
                    "source": {
                        "path": format!("{folder}/{{{{.cluster}}}}"),
                        "repoURL": app.apps_repository(),
                        "targetRevision": "main",
                    },
                },
            },
        },
    })
}
