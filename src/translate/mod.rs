//! What was read of an environment to what Kubernetes needs, with a verdict for every setting.
//!
//! Comes in: the live environments, each with its reading, and the policy. Goes out: a [`Translation`], with one verdict for each
//! setting of each environment (from the table in `options.csv`), and of each environment its
//! [`Intents`] (ports, health checks, how it rolls and stops, what is in front of it, its queue, its
//! schedules, its variables by name) and its [`Blocker`]s. This room refuses to guess: a text that is
//! not of the documented form counts as the documented default, and a name that nobody has documented is
//! `unknown`. It never sees how large an app is; numbers of pods are none of its matter. Invariants: every
//! setting has exactly one verdict; no value of a secret and no text that could begin another setting
//! leaves this room.

mod blocker;
mod derivation;
mod front;
mod intents;
mod process;
mod rollout;
mod runtime;
mod settings;
mod table;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variants;
mod verdict;

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::beanstalk::EnvironmentReading;
use crate::policy::Policy;
use crate::snapshot::{Environment, EnvironmentKey};

pub use blocker::{Blocker, Effort, Owner};
pub use derivation::Derivation;
pub use front::{Entrance, EntranceKind, HostRule, Listener, Route};
pub use intents::Intents;
pub use process::Process;
pub use rollout::{PodShutdown, RolloutIntent};
pub use runtime::Runtime;
pub use settings::{JudgedOption, Settings, VerdictCount};
pub use table::{OptionTable, Rule};
pub use verdict::Verdict;

/// What was made of a fleet's settings.
#[derive(Debug)]
pub struct Translation {
    /// Every option of the fleet, by namespace and name.
    pub options: Vec<JudgedOption>,
    /// How many settings have which verdict.
    pub coverage: BTreeMap<Verdict, VerdictCount>,
    /// What was made of each environment.
    pub environments: BTreeMap<EnvironmentKey, TranslatedEnvironment>,
}

/// What was made of one environment's settings.
#[derive(
    Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct TranslatedEnvironment {
    /// Where each setting stands in the plan's list of options, and what it is set to.
    pub settings: Settings,
    /// What its manifests need beside its size.
    pub intents: Intents,
    /// What only a human can do before it moves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blockers: Vec<Blocker>,
}

/// An environment, and what was read of it.
pub type EnvironmentToTranslate<'a> = (&'a Environment, &'a EnvironmentReading);

/// Translates the settings of `environments`, which were seen at `moment`: what is over by then counts no more.
#[must_use]
pub fn translate(
    environments: &[EnvironmentToTranslate<'_>],
    moment: Timestamp,
    policy: &Policy,
) -> Translation {
    let images = settings::Images::of(environments);
    let judged = settings::judge(environments, &images);
    let options = judged.options();
    let translated = |(environment, reading): &EnvironmentToTranslate<'_>| {
        let intents = Intents::of(reading, moment, policy);
        let blockers = blocker::of(environment, reading, &intents, &images, policy);
        let translated = TranslatedEnvironment {
            settings: judged.settings(environment, reading, &images),
            intents,
            blockers,
        };
        (environment.key(), translated)
    };
    let environments: BTreeMap<EnvironmentKey, TranslatedEnvironment> =
        environments.iter().map(translated).collect();
    let settings = environments.values().map(|translated| &translated.settings);
    let coverage = settings::count(&options, settings);
    Translation {
        options,
        coverage,
        environments,
    }
}
