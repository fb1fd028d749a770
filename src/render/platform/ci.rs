//! What checks and applies the repository that `platform/` becomes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::plan::{Ci, Plan};
use crate::render::versions::version_of;
use crate::render::{RenderError, yaml};

/// With helmfile, helm, helm-diff and kubectl in it, on Alpine.
fn image() -> String {
    const NAME: &str = "ghcr.io/helmfile/helmfile";
    format!("{NAME}:{}", version_of(NAME))
}

/// The image has no AWS CLI, which kubectl and helm ask for a token each time.
fn log_in(cluster: &str, region: &str) -> String {
    format!(
        "apk add --no-cache aws-cli && aws eks update-kubeconfig --name {cluster} --region {region}"
    )
}

/// `NAME@VERSION`
fn action(name: &str) -> String {
    format!("{name}@{}", version_of(name))
}

/// The CI's file by path.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn file(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let (path, content) = match plan.inputs.policy.platform.ci {
        Ci::Circleci => ("platform/.circleci/config.yml", circleci(plan)),
        Ci::GithubActions => ("platform/.github/workflows/platform.yml", github(plan)),
    };
    Ok(BTreeMap::from([(
        path.to_owned(),
        yaml::document(&content)?,
    )]))
}

/// Lint, diff and apply on one cluster. The names of clusters are letters, digits and hyphens.
fn command(step: &str, cluster: &str) -> String {
    match step {
        "lint" => format!("helmfile --file {cluster}/helmfile.yaml lint"),
        "diff" => format!("helmfile --file {cluster}/helmfile.yaml diff --detailed-exitcode=false"),
        _ => format!(
            "helmfile --file {cluster}/helmfile.yaml apply && kubectl apply -f {cluster}/objects"
        ),
    }
}

fn circleci(plan: &Plan) -> Value {
    let mut jobs = serde_json::Map::new();
    let mut workflow: Vec<Value> = Vec::new();
    for cluster in &plan.clusters {
        let (name, region) = (&cluster.name, &cluster.region);
        let login = json!({"run": {"name": "Log in", "command": log_in(name, region)}});
        for step in ["lint", "diff", "apply"] {
            let run = json!({"run": {"name": step, "command": command(step, name)}});
            let steps = if step == "lint" {
                json!(["checkout", run])
            } else {
                json!(["checkout", login, run])
            };
            jobs.insert(
                format!("{step}-{name}"),
                json!({"docker": [{"image": image()}], "steps": steps}),
            );
        }
        workflow.push(json!({format!("lint-{name}"): {}}));
        workflow.push(json!({format!("diff-{name}"): {"context": ["aws"], "requires": [format!("lint-{name}")]}}));
        workflow.push(json!({format!("apply-{name}"): {
            "context": ["aws"],
            "filters": {"branches": {"only": "main"}},
            "requires": [format!("diff-{name}")],
        }}));
    }
    json!({"version": 2.1, "jobs": jobs, "workflows": {"platform": {"jobs": workflow}}})
}

fn github(plan: &Plan) -> Value {
    let mut jobs = serde_json::Map::new();
    for cluster in &plan.clusters {
        let (name, region) = (&cluster.name, &cluster.region);
        let credentials = json!({
            "uses": action("aws-actions/configure-aws-credentials"),
            "with": {"aws-region": region, "role-to-assume": "${{ vars.PLATFORM_ROLE }}"},
        });
        let login = json!({"name": "Log in", "run": log_in(name, region)});
        let step = |step: &str, condition: Option<&str>| {
            yaml::without_empty(json!({"name": step, "run": command(step, name), "if": condition}))
        };
        let steps = [
            json!({"uses": action("actions/checkout")}),
            step("lint", None),
            credentials,
            login,
            step("diff", None),
            step("apply", Some("github.ref == 'refs/heads/main'")),
        ];
        jobs.insert(
            name.clone(),
            json!({"container": image(), "permissions": {"contents": "read", "id-token": "write"}, "runs-on": "ubuntu-latest", "steps": steps}),
        );
    }
    json!({"name": "platform", "on": {"pull_request": {}, "push": {"branches": ["main"]}}, "jobs": jobs})
}
