//! What the manifests of an environment need, beside its size.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::derivation::{Derivation, Derivations};
use super::front::{self, Entrance};
use super::process::{self, Process};
use super::rollout::{self, RolloutIntent, Stop};
use super::runtime::{self, Runtime};
use crate::beanstalk::{EnvironmentReading, Schedule, ScheduleWindow, Variable, Worker};
use crate::policy::Policy;
use crate::wording::text;

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
    pub window: Option<ScheduleWindow>,
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
    pub(super) fn of(reading: &EnvironmentReading, policy: &Policy) -> Self {
        let mut derived = Derivations::default();
        let runtime = runtime::of(reading);
        let processes = process::of(reading, &runtime, &mut derived);
        let entrance = front::of(reading, &mut derived);
        let worker = reading.worker.clone();
        if let Some(worker) = &worker {
            derived.add(
                "queueLength",
                worker.connections,
                text!("from-http-connections"),
            );
        }
        let stop = rollout::stop(
            &processes,
            entrance.is_some(),
            worker.as_ref(),
            &mut derived,
        );
        let rollout = rollout::of(&reading.deployment, stop, policy, &mut derived);
        Self {
            window: ScheduleWindow::of(&reading.schedules),
            instance_profile: reading.instances.profile.clone(),
            address: reading.address.clone(),
            log_days: reading.log_days,
            is_traced: reading.instances.is_traced,
            processes,
            entrance,
            rollout,
            stop,
            worker,
            schedules: reading.schedules.clone(),
            variables: reading.variables.usable.clone(),
            unusable_variables: reading.variables.unusable.clone(),
            runtime,
            derivations: derived.0,
        }
    }
}
