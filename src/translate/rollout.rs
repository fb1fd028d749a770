//! How new pods take the place of old ones, and how old ones end.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::derivation::Derivations;
use super::process::Process;
use crate::beanstalk::{Batch, Deployment, DeploymentPolicy, Worker};
use crate::policy::Policy;
use crate::wording::{Text, text};

/// A rolling update as a Deployment has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RolloutIntent {
    /// More pods than wanted, while it runs.
    pub max_surge: Batch,
    /// Fewer pods than wanted, while it runs.
    pub max_unavailable: Batch,
    /// A new pod counts after it was ready for so long.
    pub min_ready_seconds: u32,
    /// After so long without progress the update has failed.
    pub progress_deadline_seconds: u32,
    /// At least so many pods stay through voluntary disruptions; absent: all but one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_available: Option<u32>,
    /// After so long without need for them pods are taken away.
    pub scale_down_window_seconds: u32,
}

impl Default for RolloutIntent {
    fn default() -> Self {
        Self {
            max_surge: Batch::Percent(25),
            max_unavailable: Batch::Count(0),
            min_ready_seconds: 0,
            progress_deadline_seconds: 840,
            min_available: None,
            scale_down_window_seconds: 360,
        }
    }
}

/// How a pod ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PodShutdown {
    /// It serves on for so long after it was told to end, until no balancer sends to it.
    pub pre_stop_seconds: u32,
    /// Then it has the rest of this to end by itself.
    pub grace_seconds: u32,
}

impl Default for PodShutdown {
    fn default() -> Self {
        Self {
            pre_stop_seconds: 25,
            grace_seconds: 55,
        }
    }
}

/// What Beanstalk adds to the time-out of a deployment.
const TIMEOUT_ON_TOP: u32 = 240;
/// Until the controller has told the load balancer that a pod ends: it watches, so that it is quick.
const CONTROLLER_SECONDS: u32 = 5;
/// What Kubernetes gives a pod to end, if nobody says otherwise.
const OWN_GRACE_SECONDS: u32 = 30;

pub(super) fn of(
    deployment: &Deployment,
    stop: PodShutdown,
    policy: &Policy,
    derived: &mut Derivations,
) -> RolloutIntent {
    let planned = percent_of(policy.rollout.max_surge.get());
    let batch = deployment.batch;
    let (max_surge, max_unavailable, why) = match deployment.policy {
        DeploymentPolicy::Rolling => {
            let most = match batch {
                Batch::Percent(percent) => Batch::Percent(percent.min(50)),
                Batch::Count(count) => Batch::Count(count),
            };
            (
                Batch::Count(0),
                most,
                text!("from-rolling", batch = Text::from(batch)),
            )
        }
        DeploymentPolicy::AllAtOnce => (
            planned,
            Batch::Count(0),
            text!("from-all-at-once", planned = Text::from(planned)),
        ),
        named => {
            let wanted = if named == DeploymentPolicy::RollingWithAdditionalBatch {
                batch
            } else {
                Batch::Percent(100)
            };
            let surge = match (wanted, planned) {
                (Batch::Percent(wanted), Batch::Percent(planned)) => {
                    Batch::Percent(wanted.clamp(1, planned.max(1)))
                }
                _ => planned,
            };
            let kind = named
                .word()
                .map_or_else(|| text!("deployment-policy-other"), Text::plain);
            let why = text!(
                "from-deployment-policy",
                policy = kind,
                wanted = Text::from(wanted),
                planned = Text::from(planned)
            );
            (surge, Batch::Count(0), why)
        }
    };
    derived.add("maxSurge", max_surge, why.clone());
    derived.add("maxUnavailable", max_unavailable, why);
    let rolling = deployment.rolling;
    let min_ready_seconds = rolling.pause_seconds.unwrap_or(0).min(3_600);
    let progress_deadline_seconds = (deployment.command_timeout_seconds + TIMEOUT_ON_TOP)
        .max(rolling.timeout_seconds.unwrap_or(0).min(3_600))
        .max(min_ready_seconds + 60)
        .max(stop.grace_seconds + 60);
    derived.add(
        "progressDeadlineSeconds",
        progress_deadline_seconds,
        text!("from-timeouts", seconds = TIMEOUT_ON_TOP),
    );
    let scale_down_window_seconds = deployment.cooldown_seconds;
    derived.add(
        "scaleDown.stabilizationWindowSeconds",
        scale_down_window_seconds,
        text!("from-cooldown"),
    );
    RolloutIntent {
        max_surge,
        max_unavailable,
        min_ready_seconds,
        progress_deadline_seconds,
        min_available: rolling.least_in_service,
        scale_down_window_seconds,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
fn percent_of(share: f64) -> Batch {
    Batch::Percent((share * 100.0).round() as u32)
}

/// Behind a load balancer a pod waits until its requests have ended; a worker finishes what it began.
pub(super) fn stop(
    processes: &BTreeMap<String, Process>,
    has_entrance: bool,
    worker: Option<&Worker>,
    derived: &mut Derivations,
) -> PodShutdown {
    let stop = match worker {
        Some(worker) => {
            let stop = PodShutdown {
                pre_stop_seconds: 0,
                grace_seconds: worker.inactivity_seconds.saturating_add(OWN_GRACE_SECONDS),
            };
            derived.add(
                "terminationGracePeriodSeconds",
                stop.grace_seconds,
                text!(
                    "from-inactivity-timeout",
                    seconds = worker.inactivity_seconds,
                    grace = OWN_GRACE_SECONDS
                ),
            );
            return stop;
        }
        None if has_entrance => {
            let delay = processes
                .values()
                .map(|process| process.deregistration_seconds)
                .max()
                .unwrap_or(0);
            let pre_stop_seconds = delay + CONTROLLER_SECONDS;
            derived.add(
                "preStop sleep",
                pre_stop_seconds,
                text!(
                    "from-deregistration-delay",
                    delay = delay,
                    controller = CONTROLLER_SECONDS
                ),
            );
            PodShutdown {
                pre_stop_seconds,
                grace_seconds: pre_stop_seconds + OWN_GRACE_SECONDS,
            }
        }
        None => PodShutdown {
            pre_stop_seconds: 0,
            grace_seconds: OWN_GRACE_SECONDS,
        },
    };
    derived.add(
        "terminationGracePeriodSeconds",
        stop.grace_seconds,
        text!(
            "from-pre-stop",
            seconds = stop.pre_stop_seconds,
            grace = OWN_GRACE_SECONDS
        ),
    );
    stop
}
