//! Where a value of a manifest comes from.

use serde::{Deserialize, Serialize};

use crate::wording::Text;

/// A value, and the settings or the rule that it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Derivation {
    /// The field, by its name in Kubernetes: `terminationGracePeriodSeconds`.
    pub field: String,
    /// Its value, as it is shown.
    pub value: Text,
    /// The setting or the rule that gave the value.
    pub from: Text,
}

/// Derivations in the making.
#[derive(Debug, Default)]
pub(super) struct Derivations(pub(super) Vec<Derivation>);

impl Derivations {
    pub(super) fn add(&mut self, field: &str, value: impl Into<Text>, from: Text) {
        self.0.push(Derivation {
            field: field.to_owned(),
            value: value.into(),
            from,
        });
    }
}
