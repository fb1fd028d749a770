//! What there is: a reader for each kind of answer, and the environments that they add up to.
//!
//! Each reader asks for one thing and returns facts that may be kept: secrets are dropped where an answer
//! is parsed ([`secret`]). Nothing here decides what is sized, packed or moved.

mod activities;
mod anonymous;
mod applications;
mod assembly;
mod balancers;
mod environment_facts;
mod environments;
mod groups;
mod instance_types;
mod instances;
mod network;
pub(in crate::collect) mod pages;
mod region_facts;
mod resources;
mod secret;
mod settings;
mod tags;
mod volumes;

pub(super) use anonymous::anonymize;
pub(super) use environment_facts::{EnvironmentFacts, environment_facts};
pub(super) use environments::{ListedEnvironment, read as list_environments};
pub(super) use groups::read as list_groups;
pub(super) use region_facts::{RegionFacts, region_facts};
