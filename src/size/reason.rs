//! Why a number is what it is.

use serde::{Deserialize, Serialize};

use crate::wording::Text;

/// The steps from facts to one number, in order; the last one is the number itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reason {
    /// Which number: `cpu_request`, `replicas`, `desired_capacity`, …
    pub number: String,
    /// From the samples to it.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Step {
    /// What is known after this step, with its unit: `1240m`, `18144 of 18144 samples`.
    pub value: Text,
    /// The rule, in words that a reader can check.
    pub rule: Text,
    /// The policy key that the rule obeys, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
}

impl Reason {
    /// A number without steps yet.
    #[must_use]
    pub fn of(number: &str) -> Self {
        Self { number: number.to_owned(), steps: Vec::new() }
    }

    /// Adds a step that follows from facts alone.
    #[must_use]
    pub fn step(mut self, value: impl Into<Text>, rule: impl Into<Text>) -> Self {
        self.steps.push(Step { value: value.into(), rule: rule.into(), policy: None });
        self
    }

    /// Adds a step that obeys the policy key `policy`.
    #[must_use]
    pub fn step_by_policy(mut self, value: impl Into<Text>, rule: impl Into<Text>, policy: &str) -> Self {
        self.steps.push(Step { value: value.into(), rule: rule.into(), policy: Some(policy.to_owned()) });
        self
    }
}
