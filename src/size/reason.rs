//! Why a number is what it is.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::wording::{Text, text};

/// A number that the plan gives reasons for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Number {
    CpuRequest,
    CpuLimit,
    MemoryRequest,
    MemoryLimit,
    Replicas,
    Autoscaling,
    /// The one that an app belongs on.
    NodeGroup,
    DesiredCapacity,
    MinSize,
    MaxSize,
}

impl Number {
    /// As plan.json has it: `cpu_request`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CpuRequest => "cpu_request",
            Self::CpuLimit => "cpu_limit",
            Self::MemoryRequest => "memory_request",
            Self::MemoryLimit => "memory_limit",
            Self::Replicas => "replicas",
            Self::Autoscaling => "autoscaling",
            Self::NodeGroup => "node_group",
            Self::DesiredCapacity => "desired_capacity",
            Self::MinSize => "min_size",
            Self::MaxSize => "max_size",
        }
    }

    /// What plans and reports call it.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::CpuRequest => text!("number-cpu-request"),
            Self::CpuLimit => text!("number-cpu-limit"),
            Self::MemoryRequest => text!("number-memory-request"),
            Self::MemoryLimit => text!("number-memory-limit"),
            Self::Replicas => text!("number-replicas"),
            Self::Autoscaling => text!("number-autoscaling"),
            Self::NodeGroup => text!("number-node-group"),
            Self::DesiredCapacity => text!("number-desired-capacity"),
            Self::MinSize => text!("number-min-size"),
            Self::MaxSize => text!("number-max-size"),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// The steps from facts to one number, in order; the last one is the number itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Reason {
    /// The number that the last step arrives at.
    pub number: Number,
    /// From the samples to it.
    pub steps: Vec<Step>,
}

/// What one rule made of the step before.
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
    pub const fn of(number: Number) -> Self {
        Self {
            number,
            steps: Vec::new(),
        }
    }

    /// Adds a step that follows from facts alone.
    #[must_use]
    pub fn step(mut self, value: impl Into<Text>, rule: impl Into<Text>) -> Self {
        self.steps.push(Step {
            value: value.into(),
            rule: rule.into(),
            policy: None,
        });
        self
    }

    /// Adds a step that obeys the policy key `policy`.
    #[must_use]
    pub fn step_by_policy(
        mut self,
        value: impl Into<Text>,
        rule: impl Into<Text>,
        policy: &str,
    ) -> Self {
        self.steps.push(Step {
            value: value.into(),
            rule: rule.into(),
            policy: Some(policy.to_owned()),
        });
        self
    }
}
