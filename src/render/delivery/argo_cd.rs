//! An Argo CD application for each cluster of an app.

use serde_json::{Value, json};

use crate::render::apps::App;

pub(super) fn applications(app: &App<'_>) -> Vec<Value> {
    let of = |cluster: &String| {
        let stem: String = format!("{}-{}", app.name, cluster.to_lowercase())
            .chars()
            .take(63)
            .collect();
        json!({
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": {"name": stem.trim_end_matches('-'), "namespace": "argocd"},
            "spec": {
                "destination": {"name": cluster, "namespace": app.manifests.namespace},
                "project": "default",
                "source": {
                    "path": format!("{}/{cluster}", app.folder()),
                    "repoURL": format!("https://git.{}/apps.git", app.plan.inputs.policy.platform.domain),
                    "targetRevision": "main",
                },
                "syncPolicy": {"automated": {"prune": true, "selfHeal": true}},
            },
        })
    };
    app.manifests.clusters.keys().map(of).collect()
}
