//! Which role an app's pods have on a cluster: that of today's instance profile.
//!
//! A file for each app, since its role must exist and trust Pod Identity first, and apps move one by one. Windows pods
//! have none: Pod Identity does not exist there, and their ServiceAccount names the role instead.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::apps::moving;
use super::super::{RenderError, yaml};
use crate::plan::Plan;

/// `eksctl/pod-identities/CLUSTER/APP.yaml`, for `eksctl create podidentityassociation -f`.
///
/// # Errors
/// What the YAML writer refuses.
pub(in crate::render) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut files = BTreeMap::new();
    for cluster in &plan.clusters {
        for app in moving(plan)
            .filter(|app| app.manifests.clusters.contains_key(&cluster.name) && !app.is_windows())
        {
            let Some(role) = app.role_arn() else { continue };
            let config = json!({
                "apiVersion": "eksctl.io/v1alpha5",
                "kind": "ClusterConfig",
                "iam": {"podIdentityAssociations": [{
                    "namespace": app.manifests.namespace,
                    "roleARN": role,
                    "serviceAccountName": app.name,
                }]},
                "metadata": {"name": cluster.name, "region": cluster.region},
            });
            files.insert(
                format!("eksctl/pod-identities/{}/{}.yaml", cluster.name, app.name),
                yaml::document(&config)?,
            );
        }
    }
    Ok(files)
}
