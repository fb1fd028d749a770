//! What the manifests of an environment need, beside its size.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::derivation::{Derivation, Derivations};
use super::front::{self, Entrance};
use super::process::{self, Process};
use super::rollout::{self, PodShutdown, RolloutIntent};
use super::runtime::{self, Runtime};
use crate::beanstalk::{EnvironmentReading, Schedule, ScheduleWindow, Variable, Worker};
use crate::policy::Policy;
use crate::wording::text;

/// Everything that the settings say about how an app runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub struct Intents {
    /// Its ports by process: those that something leads to.
    pub processes: BTreeMap<String, Process>,
    /// The process that most come to, and that is asked whether a pod is ready.
    pub main_process: String,
    /// What clients reach it through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrance: Option<Entrance>,
    /// How new pods take the place of old ones.
    pub rollout: RolloutIntent,
    /// How a pod ends.
    pub stop: PodShutdown,
    /// Its queue, if it is a worker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worker: Option<Worker>,
    /// Scheduled actions that still happen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<Schedule>,
    /// Names of those that happen no more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules_over: Vec<String>,
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
    /// The process that most come to.
    #[must_use]
    pub fn main(&self) -> Option<&Process> {
        self.processes.get(&self.main_process)
    }

    /// Of a reading of facts that were collected at `moment`.
    pub(super) fn of(reading: &EnvironmentReading, moment: Timestamp, policy: &Policy) -> Self {
        let mut derived = Derivations::default();
        let runtime = runtime::of(reading, policy);
        let entrance = front::of(reading, &mut derived);
        let (processes, main_process) =
            process::of(reading, entrance.as_ref(), &runtime, &mut derived);
        let main = processes.get(&main_process);
        let runtime = runtime.listening_on(main.map(|process| (process.port, process.tls)));
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
        let (over, schedules): (Vec<Schedule>, Vec<Schedule>) = reading
            .schedules
            .iter()
            .cloned()
            .partition(|schedule| schedule.is_over(moment));
        Self {
            window: ScheduleWindow::of(&schedules),
            instance_profile: reading.instances.profile.clone(),
            address: reading.address.clone(),
            log_days: reading.log_days,
            is_traced: reading.instances.is_traced,
            processes,
            main_process,
            entrance,
            rollout,
            stop,
            worker,
            schedules,
            schedules_over: over
                .iter()
                .map(|schedule| front::shown(&schedule.name))
                .collect(),
            variables: reading.variables.usable.clone(),
            unusable_variables: reading.variables.unusable.clone(),
            runtime,
            derivations: derived.0,
        }
    }
}
