//! A new app from the same templates as those that move: shaped like one of them, under its own name.
//!
//! Comes in: a plan, the app to be like, a name. Goes out: the files of that app alone. This room refuses
//! names that Kubernetes would, and names that are taken. The numbers are those of the app that it is like:
//! a start, until it has a history or a load test of its own.

use std::collections::BTreeMap;

use super::apps::{self, App, moving};
use super::{ExplainError, RenderError, delivery, find, handover, loadtest};
use crate::plan::{EnvironmentPlan, Outcome, Plan, Settings};
use crate::units::{KubernetesName, KubernetesNames};
use crate::wording::text;

/// What the new app is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewAppKind {
    /// Runs for good, like the app that it is like.
    Service,
    /// A Job that runs once.
    Job,
    /// Runs at times, by a cron expression in UTC.
    CronJob {
        /// A cron expression of five fields, UTC.
        schedule: String,
    },
}

/// Why there is no new app.
#[derive(Debug, thiserror::Error)]
pub enum NewAppError {
    /// The app to be like.
    #[error(transparent)]
    Like(#[from] ExplainError),
    /// It does not move, so that there is nothing to copy.
    #[error(
        "\"{name}\" does not move, so that it has no manifests\nhint: name another one with --like; apps/names.csv has them"
    )]
    Stays {
        /// As it was asked for.
        name: String,
    },
    /// A name that Kubernetes does not take.
    #[error(
        "{name:?} is no name for Kubernetes\nhint: 1 to 50 lower-case letters, digits and hyphens, a letter in front"
    )]
    Name {
        /// As it was asked for.
        name: String,
    },
    /// A name of another app or of the platform.
    #[error("\"{name}\" is taken\nhint: apps/names.csv has the names that are")]
    Taken {
        /// As it was asked for.
        name: String,
    },
    /// A schedule that is no cron expression of five fields.
    #[error(
        "{schedule:?} is no cron expression\nhint: five fields of digits, letters and * / , -, as in \"0 3 * * *\", in UTC"
    )]
    Schedule {
        /// As it was asked for.
        schedule: String,
    },
    /// What was made cannot be written.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// The longest: names of a cluster or of a part are put behind it.
const LONGEST: usize = 50;

/// The files of a new app.
///
/// # Errors
/// See [`NewAppError`].
pub fn new_app(
    plan: &Plan,
    like: &str,
    name: &str,
    kind: &NewAppKind,
) -> Result<BTreeMap<String, Vec<u8>>, NewAppError> {
    let pattern = find(plan, like)?;
    let kubernetes_name = named(plan, name)?;
    if let NewAppKind::CronJob { schedule } = kind {
        let is_allowed =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '/' | ',' | '-' | ' ');
        if schedule.split_whitespace().count() != 5 || !schedule.chars().all(is_allowed) {
            return Err(NewAppError::Schedule {
                schedule: schedule.clone(),
            });
        }
    }
    let environment = shaped_like(pattern, kubernetes_name).ok_or_else(|| NewAppError::Stays {
        name: like.to_owned(),
    })?;
    let mut alone = plan.clone();
    alone.environments = vec![environment];
    let files = match kind {
        NewAppKind::Service => {
            let mut files = apps::files(&alone)?;
            files.extend(delivery::files(&alone)?);
            files.extend(loadtest::files(&alone)?);
            files.extend(handover::files(&alone)?);
            files
        }
        NewAppKind::Job => apps::job_files(&alone, None)?,
        NewAppKind::CronJob { schedule } => apps::job_files(&alone, Some(schedule))?,
    };
    // Lists of all apps would say that there is no other.
    Ok(files
        .into_iter()
        .filter(|(path, _)| !matches!(path.as_str(), "apps/names.csv" | "handover/waves.md"))
        .collect())
}

fn named(plan: &Plan, name: &str) -> Result<KubernetesName, NewAppError> {
    if !KubernetesName::is_valid(name) || name.len() > LONGEST {
        return Err(NewAppError::Name {
            name: name.to_owned(),
        });
    }
    let mut names = KubernetesNames::default();
    let taken = moving(plan).flat_map(
        |App {
             name, manifests, ..
         }| [name.as_str(), manifests.namespace.as_str()],
    );
    let of_platform = plan
        .inputs
        .policy
        .addons
        .iter()
        .map(|addon| addon.name.as_str());
    for taken in taken.chain(of_platform).chain([
        "default",
        "kube-system",
        "keda",
        "external-secrets",
        "monitoring",
    ]) {
        names.unique(taken);
    }
    let given = names.unique(name);
    if given.as_str() == name {
        Ok(given)
    } else {
        Err(NewAppError::Taken {
            name: name.to_owned(),
        })
    }
}

/// Its shape, without what belongs to the app alone: variables, certificates, rules, queue, schedules, blockers.
fn shaped_like(pattern: &EnvironmentPlan, name: KubernetesName) -> Option<EnvironmentPlan> {
    let mut new = pattern.clone();
    let old = pattern.planned()?.0.clone();
    let Outcome::Planned {
        kubernetes_name,
        manifests,
        ..
    } = &mut new.outcome
    else {
        return None;
    };
    *kubernetes_name = name.clone();
    manifests.application = name.clone();
    manifests.namespace = name.clone();
    manifests.role_arn = None;
    for manifest in manifests.clusters.values_mut() {
        let suffix = manifest
            .host
            .as_deref()
            .and_then(|host| host.strip_prefix(old.as_str()));
        manifest.host = suffix.map(|suffix| format!("{name}{suffix}"));
        manifest.scheduled_replicas = None;
    }
    manifests.turn = crate::plan::PhaseAssignment {
        phase: 0,
        because: text!("turn-new-app", like = &old),
    };
    let intents = &mut new.translation.intents;
    intents.variables.clear();
    intents.unusable_variables.clear();
    intents.schedules.clear();
    intents.window = None;
    intents.address = None;
    intents.instance_profile = None;
    if let Some(entrance) = &mut intents.entrance {
        for listener in &mut entrance.listeners {
            listener.routes.clear();
        }
    }
    if let Some(worker) = &mut intents.worker {
        worker.queue_url = None;
        manifests.sidecar = None;
    }
    new.translation.settings = Settings::default();
    new.translation.blockers.clear();
    new.application = name.to_string();
    new.name = name.to_string();
    new.label = name.to_string();
    new.id = "new".to_owned();
    Some(new)
}
