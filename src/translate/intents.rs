//! What the manifests of an environment need, beside its size.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::derivation::{Derivation, Derivations};
use super::front::{self, Entrance};
use super::options_of::Options;
use super::process::{self, Process};
use super::rollout::{self, RolloutIntent, Stop};
use super::runtime::{self, Runtime};
use super::schedule::{self, Schedule, Window};
use super::values;
use super::variables::{self, Variable};
use super::worker::{self, Worker};
use crate::policy::Policy;
use crate::snapshot::Environment;

/// Everything that the settings say about how an app runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Intents {
    /// Its ports by process; `default` is always there.
    pub processes: BTreeMap<String, Process>,
    /// What clients reach it through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrance: Option<Entrance>,
    /// How it rolls.
    pub rollout: RolloutIntent,
    /// How a pod ends.
    pub stop: Stop,
    /// Its queue, if it is a worker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worker: Option<Worker>,
    /// Its scheduled actions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Schedule>,
    /// What they come to, where a cron trigger can stand for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Its variables by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// Properties with names that no variable can have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unusable_variables: Vec<String>,
    /// The instance profile whose role its pods take over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_profile: Option<String>,
    /// The name that Beanstalk gave it: where its clients go today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its platform and image.
    pub runtime: Runtime,
    /// Days that its logs are kept, where they are streamed today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_days: Option<u32>,
    /// Whether it is traced today.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_traced: bool,
    /// Where the values come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub derivations: Vec<Derivation>,
}

impl Intents {
    pub(super) fn of(environment: &Environment, policy: &Policy) -> Self {
        let options = Options::of(environment);
        let mut derived = Derivations::default();
        let runtime = runtime::of(environment, &options);
        let processes = process::of(&options, &runtime, &mut derived);
        let entrance = front::of(
            environment,
            &options,
            &processes.keys().map(String::as_str).collect(),
            &mut derived,
        );
        let worker = worker::of(environment, &options, &mut derived);
        let stop = rollout::stop(
            &processes,
            entrance.is_some(),
            worker.as_ref(),
            &mut derived,
        );
        let rollout = rollout::of(&options, stop, policy, &mut derived);
        let schedules = schedule::of(environment);
        let (variables, unusable_variables) = variables::of(environment, &options);
        let logs = "aws:elasticbeanstalk:cloudwatch:logs";
        let is_streamed = options.get(logs, "StreamLogs").and_then(values::flag) == Some(true);
        Self {
            window: schedule::window(&schedules),
            instance_profile: profile(&options),
            address: environment
                .cname
                .as_deref()
                .map(str::to_ascii_lowercase)
                .and_then(|name| values::host(&name)),
            log_days: is_streamed.then(|| {
                options
                    .get(logs, "RetentionInDays")
                    .and_then(|text| values::number(text, 1, 3_653))
                    .unwrap_or(7)
            }),
            is_traced: options
                .get("aws:elasticbeanstalk:xray", "XRayEnabled")
                .and_then(values::flag)
                == Some(true),
            processes,
            entrance,
            rollout,
            stop,
            worker,
            schedules,
            variables,
            unusable_variables,
            runtime,
            derivations: derived.0,
        }
    }
}

/// The profile's name; of an ARN what follows the last slash.
fn profile(options: &Options<'_>) -> Option<String> {
    let named = options
        .get("aws:autoscaling:launchconfiguration", "IamInstanceProfile")
        .and_then(values::identifier)?;
    let name = named
        .rsplit_once('/')
        .map_or(named.as_str(), |(_, name)| name);
    (!name.is_empty()).then(|| name.to_owned())
}
