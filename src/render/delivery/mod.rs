//! How a pushed image reaches both clusters, and how clients are led to them.
//!
//! Comes in: the plan. Goes out: a Spinnaker pipeline for each app (or an Argo CD ApplicationSet, by
//! policy), and for each app that the internet reaches a Fastly service in Terraform's JSON, with
//! today's environment as a third origin, so that the cut-over is a change of weights.

mod argo_cd;
mod fastly;
mod readme;
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
                let applications = yaml::document(&argo_cd::application_set(&app))?;
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
    files.insert(
        "delivery/README.md".to_owned(),
        readme::text(plan).into_bytes(),
    );
    Ok(files)
}

fn json(value: &Value) -> Result<Vec<u8>, RenderError> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text.into_bytes())
}
