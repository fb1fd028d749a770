//! What kustomize makes of an app: a base, and an overlay for each cluster.

use serde_json::{Value, json};

use super::app::{App, image};

pub(super) fn of_base(app: &App<'_>, files: &[&str]) -> Value {
    json!({
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "namespace": app.manifests.namespace,
        "resources": files,
    })
}

pub(super) fn of_cluster(app: &App<'_>, files: &[&str]) -> Value {
    let resources: Vec<&str> = std::iter::once("../base")
        .chain(files.iter().copied())
        .collect();
    json!({
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        // Delivery sets the tag; this one is for a first apply by hand.
        "images": [{"name": image(app), "newTag": "initial"}],
        "namespace": app.manifests.namespace,
        "resources": resources,
    })
}
