//! What runs on the clusters beside the apps: charts by helmfile, a few objects, and the repository's checks.
//!
//! Comes in: the plan. Goes out: `platform/CLUSTER/helmfile.yaml` with pinned charts (`charts.csv`) and a
//! values file for each, objects to apply beside them, and the CI's file. Requests are those that the
//! policy names and the nodes were packed with. This room decides nothing.

mod ci;
mod objects;
mod readme;
mod values;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{RenderError, yaml};
use crate::plan::{ClusterPlan, Monitoring, NodeAutoscaler, Plan};

/// Charts that are installed: each version with the page that names it and the day on which it was looked at. Raise
/// them by pull request: the CI shows what would change.
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
            .filter(|chart| is_chosen(&chart.release, plan))
            .filter_map(|chart| Some((chart, values::of(&chart.release, cluster, plan)?)))
            .collect();
        files.insert(
            format!("{folder}/helmfile.yaml"),
            yaml::document(&helmfile(&chosen))?,
        );
        for (chart, values) in chosen {
            files.insert(
                format!("{folder}/values/{}.yaml", chart.release),
                yaml::document(&yaml::without_empty(values))?,
            );
        }
        for (name, objects) in objects::of(cluster, plan) {
            files.insert(
                format!("{folder}/objects/{name}"),
                yaml::documents(&objects)?,
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

fn is_chosen(release: &str, plan: &Plan) -> bool {
    let platform = &plan.inputs.policy.platform;
    match release {
        "cluster-autoscaler" => platform.node_autoscaler == NodeAutoscaler::ClusterAutoscaler,
        "karpenter" => platform.node_autoscaler == NodeAutoscaler::Karpenter,
        "datadog" => platform.monitoring == Monitoring::Datadog,
        _ => true,
    }
}

fn helmfile(charts: &[(&Chart, Value)]) -> Value {
    let repositories: BTreeMap<&str, &str> = charts
        .iter()
        .filter(|(chart, _)| !chart.repository.is_empty())
        .map(|(chart, _)| (chart.repository_name.as_str(), chart.repository.as_str()))
        .collect();
    let repositories: Vec<Value> = repositories
        .into_iter()
        .map(|(name, url)| json!({"name": name, "url": url}))
        .collect();
    let releases: Vec<Value> = charts
        .iter()
        .map(|(chart, _)| {
            json!({
                "name": chart.release,
                "namespace": chart.namespace,
                "chart": chart.chart,
                "version": chart.version,
                "values": [format!("values/{}.yaml", chart.release)],
            })
        })
        .collect();
    json!({
        // A release that fails goes back to what it was.
        "helmDefaults": {"atomic": true, "createNamespace": true, "timeout": 600, "wait": true},
        "releases": releases,
        "repositories": repositories,
    })
}

/// The cluster's VPC, where it is known.
fn vpc(cluster: &ClusterPlan) -> Option<&str> {
    cluster.network.as_ref().map(|network| network.vpc.as_str())
}
