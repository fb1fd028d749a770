//! Whether an environment is production or staging, by its name.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::policy::Stages;
use crate::snapshot::Environment;
use crate::wording::{Text, text};

/// How much an environment matters to those who use it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Runs on every cluster, survives what the policy names.
    Production,
    /// Runs on one cluster, may wait while a node is replaced.
    Staging,
}

impl Stage {
    /// By tag, then by name, else production; see `[stages]` in the policy.
    #[must_use]
    pub fn of(environment: &Environment, stages: &Stages) -> Self {
        let is_staging = match environment.tags.get(&stages.tag) {
            Some(value) => stages
                .staging_tag_values
                .iter()
                .any(|staging| staging.eq_ignore_ascii_case(value)),
            None => stages
                .staging_names
                .iter()
                .any(|pattern| pattern.matches(&environment.name)),
        };
        if is_staging {
            Self::Staging
        } else {
            Self::Production
        }
    }

    /// What plans and reports call it.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Production => text!("stage-production"),
            Self::Staging => text!("stage-staging"),
        }
    }
}

/// As names and files have it; for readers there is [`Stage::text`].
impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Production => "production",
            Self::Staging => "staging",
        })
    }
}
