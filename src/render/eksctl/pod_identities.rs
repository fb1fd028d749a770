//! Which role an app's pods have on a cluster: that of today's instance profile.
//!
//! A file of its own, since the roles must exist and trust Pod Identity first, and a cluster must be there
//! before any app is.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::apps::moving;
use super::super::{RenderError, yaml};
use crate::plan::Plan;

/// `eksctl/pod-identities/CLUSTER.yaml`, for `eksctl create podidentityassociation -f`.
///
/// # Errors
/// What the YAML writer refuses.
pub(in crate::render) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for cluster in &plan.clusters {
        let associations: Vec<Value> = moving(plan)
            .filter(|app| app.manifests.clusters.contains_key(&cluster.name))
            .filter_map(|app| {
                let profile = app.intents().instance_profile.as_ref()?;
                let account = Some(app.environment.account.as_str())
                    .filter(|account| account.bytes().all(|b| b.is_ascii_digit()))?;
                Some(json!({
                    "namespace": app.manifests.namespace,
                    "roleARN": format!("arn:aws:iam::{account}:role/{profile}"),
                    "serviceAccountName": app.name,
                }))
            })
            .collect();
        if associations.is_empty() {
            continue;
        }
        let config = json!({
            "apiVersion": "eksctl.io/v1alpha5",
            "kind": "ClusterConfig",
            "iam": {"podIdentityAssociations": associations},
            "metadata": {"name": cluster.name, "region": cluster.region},
        });
        files.insert(
            format!("eksctl/pod-identities/{}.yaml", cluster.name),
            yaml::document(&config)?,
        );
    }
    Ok(files)
}
