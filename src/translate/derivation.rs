//! Where a value of a manifest comes from.

use serde::{Deserialize, Serialize};

/// A value, and the settings or the rule that it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Derivation {
    /// The field: `terminationGracePeriodSeconds`.
    pub field: String,
    /// Its value, as it is shown.
    pub value: String,
    /// From what.
    pub from: String,
}

/// Derivations in the making.
#[derive(Debug, Default)]
pub(super) struct Derivations(pub(super) Vec<Derivation>);

impl Derivations {
    pub(super) fn add(&mut self, field: &str, value: impl ToString, from: impl Into<String>) {
        self.0.push(Derivation { field: field.to_owned(), value: value.to_string(), from: from.into() });
    }
}
