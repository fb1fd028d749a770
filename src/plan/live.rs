//! The environments that live, read once.

use std::collections::BTreeMap;

use crate::beanstalk::EnvironmentReading;
use crate::snapshot::{Environment, EnvironmentKey, Inventory};

/// An environment that lives, with its reading.
#[derive(Debug)]
pub(super) struct LiveEnvironment<'a> {
    pub(super) key: EnvironmentKey,
    /// What was seen, for those who count its instances.
    pub(super) environment: &'a Environment,
    /// What its settings and observations mean.
    pub(super) reading: EnvironmentReading,
    /// What bills and notes call it by.
    pub(super) label: String,
}

/// All of them, sorted by application and name, so that the order in the inventory does not matter.
#[derive(Debug)]
pub(super) struct LiveEnvironments<'a> {
    sorted: Vec<LiveEnvironment<'a>>,
    places: BTreeMap<EnvironmentKey, usize>,
}

impl<'a> LiveEnvironments<'a> {
    pub(super) fn of(inventory: &'a Inventory) -> Self {
        let mut live: Vec<&Environment> = inventory
            .environments
            .iter()
            .filter(|environment| !environment.is_terminated())
            .collect();
        live.sort_by_key(|environment| {
            (
                &environment.application,
                &environment.name,
                environment.key(),
            )
        });
        let mut names: BTreeMap<&str, u32> = BTreeMap::new();
        for environment in &live {
            *names.entry(&environment.name).or_default() += 1;
        }
        let label = |environment: &Environment| match names.get(environment.name.as_str()) {
            Some(1) => environment.name.clone(),
            _ => format!(
                "{} ({} {})",
                environment.name, environment.account, environment.region
            ),
        };
        let sorted: Vec<LiveEnvironment<'_>> = live
            .into_iter()
            .map(|environment| LiveEnvironment {
                key: environment.key(),
                environment,
                reading: EnvironmentReading::of(environment, inventory),
                label: label(environment),
            })
            .collect();
        let places = sorted
            .iter()
            .enumerate()
            .map(|(place, one)| (one.key.clone(), place))
            .collect();
        Self { sorted, places }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &LiveEnvironment<'a>> {
        self.sorted.iter()
    }

    /// The one of that key.
    pub(super) fn get(&self, key: &EnvironmentKey) -> Option<&LiveEnvironment<'a>> {
        self.sorted.get(*self.places.get(key)?)
    }
}
