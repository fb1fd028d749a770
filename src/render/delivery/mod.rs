//! How a pushed image reaches both clusters, and how clients are led to them.
//!
//! Comes in: the plan. Goes out: a Spinnaker pipeline for each app (or an Argo CD application for each app and
//! cluster, by policy), and for each app that the internet reaches a Fastly service in Terraform's JSON, with
//! today's environment as a third origin, so that the cut-over is a change of weights.

mod argo_cd;
mod fastly;
mod spinnaker;

use std::collections::BTreeMap;

use serde_json::Value;

use super::apps::moving;
use super::{RenderError, yaml};
use crate::plan::{Delivery, EntranceKind, Plan, Scheme};

/// All files under `delivery/`.
///
/// # Errors
/// What the JSON or YAML writer refuses.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for app in moving(plan) {
        match plan.inputs.policy.platform.delivery {
            Delivery::Spinnaker => {
                files.insert(
                    format!("delivery/spinnaker/{}.json", app.name),
                    json(&spinnaker::pipeline(&app))?,
                );
            }
            Delivery::ArgoCd => {
                let applications = yaml::documents(&argo_cd::applications(&app))?;
                files.insert(format!("delivery/argo-cd/{}.yaml", app.name), applications);
            }
        }
        let is_public = app.intents().entrance.as_ref().is_some_and(|entrance| {
            entrance.kind == EntranceKind::Application && entrance.scheme == Scheme::InternetFacing
        });
        if is_public {
            let folder = format!("delivery/cdn/{}", app.name);
            files.insert(
                format!("{folder}/main.tf.json"),
                json(&fastly::service(&app))?,
            );
            files.insert(
                format!("{folder}/variables.tf"),
                fastly::VARIABLES.as_bytes().to_vec(),
            );
            files.insert(
                format!("{folder}/fail_over.vcl"),
                fastly::FAIL_OVER.as_bytes().to_vec(),
            );
        }
    }
    files.insert("delivery/README.md".to_owned(), README.as_bytes().to_vec());
    Ok(files)
}

fn json(value: &Value) -> Result<Vec<u8>, RenderError> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text.into_bytes())
}

const README: &str = "# Delivery

A push of an image to ECR is the only thing that an app's repository does; it need not know about clusters.

- `spinnaker/APP.json` (policy `platform.delivery = \"spinnaker\"`): `spin pipeline save --file APP.json`. The pipeline
  bakes `apps/.../CLUSTER` with kustomize, deploys to one cluster, waits until the rollout is stable, lets it run for
  ten minutes, then does the same on the next. A rollout that fails is undone on every cluster that it reached.
  The accounts are called after the clusters; the artifact account of the repository with `apps/` is `apps-repository`.
- `argo-cd/APP.yaml` (policy `\"argo-cd\"`): `kubectl apply -f` them beside Argo CD. An image updater, or a pull
  request that sets `newTag`, brings the image.
- `cdn/APP/` is a Terraform root for Fastly: `terraform init && terraform apply -var domain=www.example.com`. Its origins
  are today's environment and the app on each cluster. The cut-over is a change of `weights`: all on `beanstalk`, then
  5, 25, 50 and 100 per cent on the clusters; back is the same way. An origin whose health check fails gets nothing, and a
  request that one could not answer is tried once on another (`fail_over.vcl`).
  Leave today's environment as an origin of weight 0 until the new ones have been trusted for a week.
";
