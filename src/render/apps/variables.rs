//! ConfigMap and ExternalSecret: names always, values only where they are no secret and known.

use serde_json::{Map, Value, json};

use super::app::App;
use crate::plan::VariableSource;

/// What stands where a value is not in the snapshot: nothing that a program takes for a setting.
pub(in crate::render) const FILL_IN: &str = "FILL-IN";

pub(super) fn config_map(app: &App<'_>) -> Option<Value> {
    let settings = app
        .intents()
        .variables
        .iter()
        .filter_map(|variable| match &variable.source {
            VariableSource::Setting => Some((variable.name.clone(), json!(FILL_IN))),
            VariableSource::Known(value) => Some((variable.name.clone(), json!(value))),
            VariableSource::Secret | VariableSource::ExistingSecret(_) => None,
        });
    let data: Map<String, Value> = settings.collect();
    (!data.is_empty()).then(|| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": app.metadata(app.name.as_str()), "data": data}))
}

/// Where a human puts the app's secrets, in AWS Secrets Manager: one secret with a key for each variable.
pub(in crate::render) fn secret_name(app: &App<'_>) -> String {
    format!("{}/{}", app.manifests.namespace, app.name)
}

pub(super) fn external_secret(app: &App<'_>) -> Option<Value> {
    let ours = secret_name(app);
    let entry = |variable: &crate::plan::Variable| match &variable.source {
        VariableSource::Secret => Some(
            json!({"secretKey": variable.name, "remoteRef": {"key": ours, "property": variable.name}}),
        ),
        VariableSource::ExistingSecret(arn) => {
            Some(json!({"secretKey": variable.name, "remoteRef": {"key": arn}}))
        }
        VariableSource::Setting | VariableSource::Known(_) => None,
    };
    let data: Vec<Value> = app.intents().variables.iter().filter_map(entry).collect();
    (!data.is_empty()).then(|| {
        json!({
            "apiVersion": "external-secrets.io/v1",
            "kind": "ExternalSecret",
            "metadata": app.metadata(app.name.as_str()),
            "spec": {
                "data": data,
                "refreshInterval": "1h0m0s",
                "secretStoreRef": {"kind": "ClusterSecretStore", "name": "aws-secrets-manager"},
                "target": {"creationPolicy": "Owner", "name": app.name},
            },
        })
    })
}
