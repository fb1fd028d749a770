//! ConfigMap and ExternalSecret: names always, values only where they are no secret and known.

use serde_json::{Map, Value, json};

use super::app::{App, FILL_IN};
use crate::plan::VariableSource;

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

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum SecretStore {
    /// Secrets of AWS Secrets Manager, one for each app.
    SecretsManager,
    /// The parameter store of AWS Systems Manager.
    ParameterStore,
}

impl SecretStore {
    pub(in crate::render) const ALL: [Self; 2] = [Self::SecretsManager, Self::ParameterStore];

    /// By the service in an ARN.
    fn of(arn: &str) -> Self {
        if arn.split(':').nth(2) == Some("ssm") {
            Self::ParameterStore
        } else {
            Self::SecretsManager
        }
    }

    /// The name of its ClusterSecretStore.
    pub(in crate::render) const fn name(self) -> &'static str {
        match self {
            Self::SecretsManager => "aws-secrets-manager",
            Self::ParameterStore => "aws-parameter-store",
        }
    }

    /// As external-secrets calls it.
    pub(in crate::render) const fn service(self) -> &'static str {
        match self {
            Self::SecretsManager => "SecretsManager",
            Self::ParameterStore => "ParameterStore",
        }
    }
}

/// The stores that an app takes anything from.
pub(in crate::render) fn secret_stores_of(app: &App<'_>) -> Vec<SecretStore> {
    let mut stores: Vec<SecretStore> = existing_secrets(app).map(SecretStore::of).collect();
    if has_own_secret(app) {
        stores.push(SecretStore::SecretsManager);
    }
    stores
}

/// Whether somebody has to make a secret for it, of the name [`secret_name`].
pub(in crate::render) fn has_own_secret(app: &App<'_>) -> bool {
    app.intents()
        .variables
        .iter()
        .any(|variable| matches!(variable.source, VariableSource::Secret))
}

/// ARNs of secrets and parameters that exist.
pub(in crate::render) fn existing_secrets<'a>(app: &App<'a>) -> impl Iterator<Item = &'a str> {
    let intents: &'a crate::plan::Intents = &app.environment.translation.intents;
    intents
        .variables
        .iter()
        .filter_map(|variable| match &variable.source {
            VariableSource::ExistingSecret(arn) => Some(arn.as_str()),
            _ => None,
        })
}

pub(super) fn external_secret(app: &App<'_>) -> Option<Value> {
    let ours = secret_name(app);
    let entry = |variable: &crate::plan::Variable| match &variable.source {
        VariableSource::Secret => Some(
            json!({"secretKey": variable.name, "remoteRef": {"key": ours, "property": variable.name}}),
        ),
        VariableSource::ExistingSecret(arn) => {
            let mut entry = json!({"secretKey": variable.name, "remoteRef": {"key": arn}});
            let store = SecretStore::of(arn);
            if store != SecretStore::SecretsManager {
                entry["sourceRef"] =
                    json!({"storeRef": {"kind": "ClusterSecretStore", "name": store.name()}});
            }
            Some(entry)
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
                "secretStoreRef": {"kind": "ClusterSecretStore", "name": SecretStore::SecretsManager.name()},
                "target": {"creationPolicy": "Owner", "name": app.name},
            },
        })
    })
}
