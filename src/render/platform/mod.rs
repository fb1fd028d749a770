//! What runs on the clusters beside the apps: charts by helmfile, a few objects, and the repository's checks.
//!
//! Comes in: the plan. Goes out: `platform/CLUSTER/helmfile.yaml` with pinned charts (`charts.csv`) and a
//! values file for each, objects as charts of their own, and the CI's file. Requests are those that the
//! policy names and the nodes were packed with. This room decides nothing. Invariant: what a release waits for
//! is made by a release that it `needs`, so that one `helmfile apply` on an empty cluster ends.

mod ci;
mod cluster;
mod objects;
mod readme;
mod values;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{RenderError, yaml};
use crate::plan::{ClusterPlan, Monitoring, NodeAutoscaler, Plan};
use objects::ObjectsRelease;

pub(super) use cluster::has_windows;
pub(super) use values::{cloudwatch_agents, log_bucket};

/// Charts that are installed: each version with the page that names it and the day on which it was looked at. The keys
/// of their values are held to `tests/charts`, which has those of the same versions. Raise both by pull request: the
/// CI shows what would change.
const CHARTS: &str = include_str!("charts.csv");

#[derive(Debug, Deserialize)]
struct Chart {
    release: String,
    chart: String,
    repository_name: String,
    repository: String,
    version: String,
    namespace: String,
}

fn charts() -> &'static [Chart] {
    static ROWS: LazyLock<Vec<Chart>> = LazyLock::new(|| {
        csv::Reader::from_reader(CHARTS.as_bytes())
            .into_deserialize()
            .filter_map(Result::ok)
            .collect()
    });
    &ROWS
}

/// All files under `platform/`.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for cluster in &plan.clusters {
        let folder = format!("platform/{}", cluster.name);
        let chosen: Vec<(&Chart, Value)> = charts()
            .iter()
            .filter(|chart| is_chosen(&chart.release, cluster, plan))
            .filter_map(|chart| Some((chart, values::of(&chart.release, cluster, plan)?)))
            .collect();
        let objects = objects::of(cluster, plan);
        files.insert(
            format!("{folder}/helmfile.yaml"),
            yaml::document(&helmfile(&chosen, &objects))?,
        );
        for (chart, values) in chosen {
            files.insert(
                format!("{folder}/values/{}.yaml", chart.release),
                yaml::document(&yaml::without_empty(values))?,
            );
        }
        for release in objects {
            let chart = format!("{folder}/objects/{}", release.name);
            files.insert(
                format!("{chart}/Chart.yaml"),
                yaml::document(&release.chart())?,
            );
            files.insert(
                format!("{chart}/templates/{}.yaml", release.name),
                yaml::documents(&release.objects)?,
            );
        }
    }
    files.extend(ci::file(plan)?);
    files.insert(
        "platform/README.md".to_owned(),
        readme::text(plan).into_bytes(),
    );
    Ok(files)
}

fn is_chosen(release: &str, cluster: &ClusterPlan, plan: &Plan) -> bool {
    let platform = &plan.inputs.policy.platform;
    match release {
        "cluster-autoscaler" => platform.node_autoscaler == NodeAutoscaler::ClusterAutoscaler,
        "karpenter" => platform.node_autoscaler == NodeAutoscaler::Karpenter,
        "datadog" => platform.monitoring == Monitoring::Datadog,
        "datadog-windows" => platform.monitoring == Monitoring::Datadog && has_windows(cluster),
        _ => true,
    }
}

/// What a chart waits for, as `NAMESPACE/RELEASE`.
fn needs_of(release: &str) -> &'static [&'static str] {
    match release {
        // Their pods do not start before the key is there, which external-secrets brings.
        "datadog" => &["monitoring/platform-secrets"],
        "datadog-windows" => &["monitoring/datadog"],
        _ => &[],
    }
}

fn helmfile(charts: &[(&Chart, Value)], objects: &[ObjectsRelease]) -> Value {
    let repositories: BTreeMap<&str, &str> = charts
        .iter()
        .filter(|(chart, _)| !chart.repository.is_empty())
        .map(|(chart, _)| (chart.repository_name.as_str(), chart.repository.as_str()))
        .collect();
    let repositories: Vec<Value> = repositories
        .into_iter()
        .map(|(name, url)| json!({"name": name, "url": url}))
        .collect();
    let of_charts = charts.iter().map(|(chart, _)| {
        json!({
            "name": chart.release,
            "namespace": chart.namespace,
            "chart": chart.chart,
            "version": chart.version,
            "needs": needs_of(&chart.release),
            "values": [format!("values/{}.yaml", chart.release)],
        })
    });
    let of_objects = objects.iter().map(|release| {
        json!({
            "name": release.name,
            "namespace": release.namespace,
            "chart": format!("./objects/{}", release.name),
            "needs": release.needs,
            // Before the first apply nobody knows their kinds: the release that they need brings them.
            "disableValidationOnInstall": !release.needs.is_empty(),
        })
    });
    let releases: Vec<Value> = of_charts
        .chain(of_objects)
        .map(yaml::without_empty)
        .collect();
    json!({
        // A release that fails goes back to what it was.
        "helmDefaults": {"atomic": true, "createNamespace": true, "timeout": 600, "wait": true},
        "releases": releases,
        "repositories": repositories,
    })
}
