//! Beanstalk read once: what an environment's settings and what was seen of it say, typed.
//!
//! Comes in: an environment with the inventory that it stands in. Goes out: an [`EnvironmentReading`], made
//! once by [`EnvironmentReading::of`]; `size`, `translate`, `price` and `plan` take every fact from it. This
//! is the only room that reads an option by its name (a test holds the others to it), so that no two outputs
//! of a plan can understand a setting differently. One parser reads booleans, enumerations and numbers of all
//! options: capitals, blanks and quotes make no difference. This room refuses to guess: a text that is not of
//! the documented form counts as not set, and where nothing is set the documented default counts.
//!
//! # The shape
//! - who reaches it: [`ReachReading`] with its evidence; [`PublicAddresses`] of its instances
//! - what is in front: [`Balancer`]s, the first of which is the entrance, with [`Listener`]s by port (protocol,
//!   certificates, default process, names of its rules; of a classic one where it sends to), and [`Rule`]s
//! - what listens: [`Process`]es by name, each with its own port, protocol, check, stickiness and delay
//! - how it runs: [`Platform`], [`RuntimeSettings`] (what each language's own options say), [`Deployment`],
//!   [`Schedule`]s, [`Worker`], [`Variables`]
//! - what it stands on: [`Spot`], [`Volumes`], [`Monitoring`], log days, [`Database`], instance profile, image
//!
//! # Where settings and observations disagree
//! One rule, in `conflict.rs`: what was seen wins; who may reach an app is the narrower of both; and the
//! disagreement is told as a [`Conflict`] with both values.

mod balancer;
mod classic;
mod classic_policies;
mod conflict;
mod database;
mod deployment;
mod environment_reading;
mod health_check;
mod instances;
mod jvm;
mod listener;
mod listener_rule;
mod listeners;
mod logs;
mod monitoring;
mod network;
mod options;
mod platform;
mod process;
mod public_addresses;
mod queue;
mod reach;
mod runtime_settings;
mod schedule;
mod scheme;
mod scheme_reading;
mod settings;
mod spot;
mod stickiness;
#[cfg(test)]
mod tests;
mod values;
mod variables;
mod volumes;

pub use balancer::{Balancer, BalancerKind, BalancerOrigin};
pub use conflict::{Conflict, Fact};
pub use database::{Database, DatabaseEnd};
pub use deployment::{Batch, Deployment, DeploymentPolicy, RollingUpdate};
pub use environment_reading::EnvironmentReading;
pub use health_check::{HealthCheck, HealthCheckReading};
pub use instances::Instances;
pub use jvm::{Heap, Jvm};
pub use listener::{InstancePort, Listener, Protocol};
pub use listener_rule::Rule;
pub use monitoring::Monitoring;
pub use network::Network;
pub use platform::{Platform, PlatformKind};
pub use process::Process;
pub use public_addresses::PublicAddresses;
pub use queue::Worker;
pub use reach::{Reach, ReachReading};
pub use runtime_settings::{
    COMPOSER_OPTIONS, DOCUMENT_ROOT, NODE_COMMAND, NodeSettings, PhpSettings, PythonSettings,
    RuntimeSettings,
};
pub use schedule::{Schedule, ScheduleWindow};
pub use scheme::Scheme;
pub use scheme_reading::ReachEvidence;
pub use settings::{is_machine_image, is_same_value, recorded_settings};
pub use spot::Spot;
pub use stickiness::Stickiness;
pub use variables::{Variable, VariableSource, Variables};
pub use volumes::{ExtraVolume, Volumes};
