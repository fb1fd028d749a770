//! What checks and applies the repository that `platform/` becomes: everything is checked first, then one cluster is
//! applied, and the next when somebody has seen that the first is well.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::plan::{Ci, Plan};
use crate::render::bootstrap::ci_role;
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
        _ => format!("helmfile --file {cluster}/helmfile.yaml apply"),
    }
}

/// Where CircleCI's token of a job is put, by which AWS knows it.
const TOKEN: &str = "/tmp/circleci-token";

fn circleci(plan: &Plan) -> Value {
    let on_main = json!({"branches": {"only": "main"}});
    let mut jobs = serde_json::Map::new();
    let mut workflow: Vec<Value> = Vec::new();
    let mut before: Option<String> = None;
    for cluster in &plan.clusters {
        let (name, region) = (&cluster.name, &cluster.region);
        let identify = json!({"run": {
            "name": "Identify",
            "command": format!("printf '%s' \"$CIRCLE_OIDC_TOKEN_V2\" >{TOKEN}"),
        }});
        let login = json!({"run": {"name": "Log in", "command": log_in(name, region)}});
        for step in ["lint", "diff", "apply"] {
            let run = json!({"run": {"name": step, "command": command(step, name)}});
            let job = if step == "lint" {
                json!({"docker": [{"image": image()}], "steps": ["checkout", run]})
            } else {
                json!({
                    "docker": [{"image": image()}],
                    "environment": {"AWS_ROLE_ARN": ci_role(plan), "AWS_WEB_IDENTITY_TOKEN_FILE": TOKEN},
                    "steps": ["checkout", identify, login, run],
                })
            };
            jobs.insert(format!("{step}-{name}"), job);
        }
        workflow.push(json!({format!("lint-{name}"): {}}));
        workflow.push(json!({format!("diff-{name}"): {"context": ["aws"], "requires": [format!("lint-{name}")]}}));
        let mut needed = vec![format!("diff-{name}")];
        if let Some(before) = before {
            let approval = format!("approve-{name}");
            workflow.push(json!({approval.as_str(): {
                "type": "approval",
                "filters": on_main,
                "requires": [before],
            }}));
            needed.push(approval);
        }
        workflow.push(json!({format!("apply-{name}"): {
            "context": ["aws"],
            "filters": on_main,
            "requires": needed,
        }}));
        before = Some(format!("apply-{name}"));
    }
    json!({"version": 2.1, "jobs": jobs, "workflows": {"platform": {"jobs": workflow}}})
}

/// An apply waits for whoever must approve deployments to the environment that is called after its cluster.
fn github(plan: &Plan) -> Value {
    let mut jobs = serde_json::Map::new();
    let mut before: Option<String> = None;
    for cluster in &plan.clusters {
        let (name, region) = (&cluster.name, &cluster.region);
        let run = |step: &str| json!({"name": step, "run": command(step, name)});
        let log_in = [
            json!({
                "uses": action("aws-actions/configure-aws-credentials"),
                "with": {"aws-region": region, "role-to-assume": ci_role(plan)},
            }),
            json!({"name": "Log in", "run": log_in(name, region)}),
        ];
        let steps = |first: Vec<Value>, last: Value| {
            let mut steps = vec![json!({"uses": action("actions/checkout")})];
            steps.extend(first);
            steps.extend(log_in.clone());
            steps.push(last);
            steps
        };
        let job = |steps: Vec<Value>| {
            json!({
                "container": image(),
                "permissions": {"contents": "read", "id-token": "write"},
                "runs-on": "ubuntu-latest",
                "steps": steps,
            })
        };
        jobs.insert(
            format!("diff-{name}"),
            job(steps(vec![run("lint")], run("diff"))),
        );
        let mut apply = job(steps(Vec::new(), run("apply")));
        apply["environment"] = json!(name);
        apply["if"] = json!("github.ref == 'refs/heads/main'");
        apply["needs"] = Value::Array(
            std::iter::once(format!("diff-{name}"))
                .chain(before)
                .map(Value::String)
                .collect(),
        );
        jobs.insert(format!("apply-{name}"), apply);
        before = Some(format!("apply-{name}"));
    }
    json!({"name": "platform", "on": {"pull_request": {}, "push": {"branches": ["main"]}}, "jobs": jobs})
}
