//! Each app's manifests: `apps/NAMESPACE/APP/base` and a folder for each of its clusters.
//!
//! Comes in: the plan. Goes out: a kustomize tree that `kubectl apply -k apps/NAMESPACE/APP/CLUSTER`
//! applies; what differs from cluster to cluster (names in DNS, bounds of the autoscaler) stands in the
//! cluster's folder, everything else in `base`. This room decides nothing: numbers are the plan's.
//! Invariants: an environment's names and tags are data in every file; every path is made of valid
//! Kubernetes names and lies inside the output folder.

mod app;
mod entrance;
mod kustomization;
mod namespace;
mod scaling;
mod variables;
mod workload;

use std::collections::BTreeMap;

use serde_json::Value;

use super::csv_table::{text, write};
use super::{RenderError, yaml};
use crate::plan::Plan;

pub(super) use app::{App, FILL_IN, image, moving, queue_daemon, registry};
pub(super) use entrance::{asked_over_http, load_balancer, target_group};
pub(super) use namespace::{DELIVERY_GROUP, team_group};
pub(super) use variables::{
    SecretStore, existing_secrets, has_own_secret, secret_name, secret_stores_of,
};

/// All files under `apps/`.
///
/// # Errors
/// What the YAML or CSV writer refuses.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for app in moving(plan) {
        let folder = app.folder();
        let base = base(&app);
        let names: Vec<&str> = base.iter().map(|(name, _)| name.as_str()).collect();
        files.insert(
            format!("{folder}/base/kustomization.yaml"),
            yaml::document(&kustomization::of_base(&app, &names))?,
        );
        for (name, object) in &base {
            files.insert(format!("{folder}/base/{name}"), yaml::document(object)?);
        }
        for (cluster, manifest) in &app.manifests.clusters {
            let own = of_cluster(&app, cluster, manifest);
            let names: Vec<&str> = own.iter().map(|(name, _)| name.as_str()).collect();
            files.insert(
                format!("{folder}/{cluster}/kustomization.yaml"),
                yaml::document(&kustomization::of_cluster(&app, &names))?,
            );
            for (name, object) in &own {
                files.insert(
                    format!("{folder}/{cluster}/{name}"),
                    yaml::document(object)?,
                );
            }
        }
    }
    files.insert("apps/names.csv".to_owned(), names(plan)?);
    files.extend(namespace::files(plan)?);
    Ok(files)
}

/// An app that runs once, or by a cron expression, on the first of its clusters: a batch on two would run twice.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn job_files(
    plan: &Plan,
    schedule: Option<&str>,
) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = namespace::files(plan)?;
    for app in moving(plan) {
        let Some(cluster) = app.manifests.clusters.keys().next() else {
            continue;
        };
        let folder = app.folder();
        let (name, object) = match schedule {
            Some(schedule) => ("cron-job.yaml", workload::cron_job(&app, schedule)),
            None => ("job.yaml", workload::job(&app)),
        };
        let base = [
            (name, object),
            ("service-account.yaml", workload::service_account(&app)),
        ];
        let names: Vec<&str> = base.iter().map(|(name, _)| *name).collect();
        files.insert(
            format!("{folder}/base/kustomization.yaml"),
            yaml::document(&kustomization::of_base(&app, &names))?,
        );
        files.insert(
            format!("{folder}/{cluster}/kustomization.yaml"),
            yaml::document(&kustomization::of_cluster(&app, &[]))?,
        );
        for (name, object) in base {
            files.insert(
                format!("{folder}/base/{name}"),
                yaml::document(&yaml::without_empty(object))?,
            );
        }
    }
    files.retain(|path, _| {
        !path.starts_with("apps/namespaces/")
            || moving(plan).any(|app| {
                app.manifests
                    .clusters
                    .keys()
                    .next()
                    .is_some_and(|first| path.ends_with(&format!("/{first}.yaml")))
            })
    });
    Ok(files)
}

/// What is the same on every cluster, by file.
fn base(app: &App<'_>) -> Vec<(String, Value)> {
    let mut objects = vec![
        ("deployment.yaml".to_owned(), workload::deployment(app)),
        (
            "service-account.yaml".to_owned(),
            workload::service_account(app),
        ),
        (
            "pod-disruption-budget.yaml".to_owned(),
            scaling::disruption_budget(app),
        ),
    ];
    objects.extend(entrance::services(app));
    objects.extend(variables::config_map(app).map(|map| ("config-map.yaml".to_owned(), map)));
    objects.extend(
        variables::external_secret(app).map(|secret| ("external-secret.yaml".to_owned(), secret)),
    );
    sorted(objects)
}

fn of_cluster(
    app: &App<'_>,
    cluster: &str,
    manifest: &crate::plan::ClusterManifest,
) -> Vec<(String, Value)> {
    let (name, autoscaler) = scaling::autoscaler(app, manifest);
    let mut objects = vec![(name.to_owned(), autoscaler)];
    objects.extend(entrance::ingresses(app, cluster, manifest));
    objects.extend(
        entrance::network_service(app, manifest)
            .map(|service| ("network-service.yaml".to_owned(), service)),
    );
    sorted(objects)
}

fn sorted(mut objects: Vec<(String, Value)>) -> Vec<(String, Value)> {
    objects.sort_by(|(one, _), (other, _)| one.cmp(other));
    objects
        .into_iter()
        .map(|(name, object)| (name, yaml::without_empty(object)))
        .collect()
}

/// Which environment became what.
fn names(plan: &Plan) -> Result<Vec<u8>, RenderError> {
    let header = [
        "environment",
        "environment_id",
        "application",
        "namespace",
        "kubernetes_name",
        "folder",
        "clusters",
        "hosts",
        "wave",
    ];
    let row = |app: App<'_>| {
        let clusters: Vec<&str> = app.manifests.clusters.keys().map(String::as_str).collect();
        let hosts: Vec<&str> = app
            .manifests
            .clusters
            .values()
            .filter_map(|manifest| manifest.host.as_deref())
            .collect();
        vec![
            text(&app.environment.name),
            text(&app.environment.id),
            text(&app.environment.application),
            app.manifests.namespace.to_string(),
            app.name.to_string(),
            app.folder(),
            clusters.join(" "),
            hosts.join(" "),
            app.wave(),
        ]
    };
    let rows: Vec<Vec<String>> = moving(plan).map(row).collect();
    Ok(write(&header.map(str::to_owned), &rows)?)
}
