//! How a new version gets onto the instances.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::options::Options;
use super::values;
use crate::wording::Text;

/// So many instances or pods at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Batch {
    /// So many pods, whatever the number of all.
    Count(u32),
    /// Per cent of the pods.
    Percent(u32),
}

impl From<Batch> for Text {
    fn from(batch: Batch) -> Self {
        Self::plain(batch)
    }
}

impl fmt::Display for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}

/// Beanstalk's ways to deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are Beanstalk's")]
pub enum DeploymentPolicy {
    AllAtOnce,
    Rolling,
    RollingWithAdditionalBatch,
    Immutable,
    TrafficSplitting,
    /// None of those that are documented.
    Other,
}

impl DeploymentPolicy {
    const WORDS: [(&'static str, Self); 5] = [
        ("AllAtOnce", Self::AllAtOnce),
        ("Rolling", Self::Rolling),
        (
            "RollingWithAdditionalBatch",
            Self::RollingWithAdditionalBatch,
        ),
        ("Immutable", Self::Immutable),
        ("TrafficSplitting", Self::TrafficSplitting),
    ];

    /// As Beanstalk spells it; nothing for one that is not documented.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        Self::WORDS
            .iter()
            .find(|(_, policy)| *policy == self)
            .map(|(word, _)| *word)
    }
}

/// How a new version gets onto the instances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// Which of Beanstalk's ways; `AllAtOnce` where nothing is set.
    pub policy: DeploymentPolicy,
    /// How many instances at once, where it goes by batches.
    pub batch: Batch,
    /// So long a command may take, in seconds.
    pub command_timeout_seconds: u32,
    /// How the group replaces instances.
    pub rolling: RollingUpdate,
    /// Seconds after a scaling action until the next.
    pub cooldown_seconds: u32,
}

/// How an auto scaling group replaces instances.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RollingUpdate {
    /// Seconds between two batches.
    pub pause_seconds: Option<u32>,
    /// After so many seconds it has failed; absent where it is not switched on.
    pub timeout_seconds: Option<u32>,
    /// So many instances stay in service.
    pub least_in_service: Option<u32>,
}

const COMMAND: &str = "aws:elasticbeanstalk:command";
const ROLLING: &str = "aws:autoscaling:updatepolicy:rollingupdate";

/// Defaults: Elastic Beanstalk Developer Guide, `aws:elasticbeanstalk:command` and `aws:autoscaling:asg`.
pub(super) fn of(options: &Options<'_>) -> Deployment {
    let policy = match options.get(COMMAND, "DeploymentPolicy") {
        None => DeploymentPolicy::AllAtOnce,
        Some(text) => {
            values::choice(text, &DeploymentPolicy::WORDS).unwrap_or(DeploymentPolicy::Other)
        }
    };
    Deployment {
        policy,
        batch: batch(options),
        command_timeout_seconds: options.number(COMMAND, "Timeout", 1, 3_600).unwrap_or(600),
        rolling: RollingUpdate {
            pause_seconds: options.get(ROLLING, "PauseTime").and_then(values::duration),
            timeout_seconds: options
                .get(ROLLING, "Timeout")
                .filter(|_| options.is_on(ROLLING, "RollingUpdateEnabled"))
                .and_then(values::duration),
            least_in_service: options.number(ROLLING, "MinInstancesInService", 1, 10_000),
        },
        cooldown_seconds: options
            .number("aws:autoscaling:asg", "Cooldown", 0, 3_600)
            .unwrap_or(360),
    }
}

fn batch(options: &Options<'_>) -> Batch {
    let is_fixed = options.choice(
        COMMAND,
        "BatchSizeType",
        &[("Fixed", true), ("Percentage", false)],
    ) == Some(true);
    if is_fixed {
        Batch::Count(options.number(COMMAND, "BatchSize", 1, 10_000).unwrap_or(1))
    } else {
        Batch::Percent(options.number(COMMAND, "BatchSize", 1, 100).unwrap_or(100))
    }
}
