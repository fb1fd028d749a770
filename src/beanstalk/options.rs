//! Looking an environment's options up by namespace and name: the only place of the program that does.

use std::collections::{BTreeMap, BTreeSet};

use super::values;
use crate::snapshot::Environment;

/// The options of one environment that have a value: namespace, then name. Of an option in several resources
/// the first counts. Values stand without the blanks and single quotes that Beanstalk writes around some.
#[derive(Debug)]
pub(super) struct Options<'a>(BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>);

impl<'a> Options<'a> {
    pub(super) fn of(environment: &'a Environment) -> Self {
        let mut options: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for setting in &environment.option_settings {
            if let Some(value) = setting
                .value
                .as_deref()
                .map(values::bare)
                .filter(|value| !value.is_empty())
            {
                options
                    .entry(&setting.namespace)
                    .or_default()
                    .entry(&setting.name)
                    .or_insert(value);
            }
        }
        Self(options)
    }

    /// The value, if it is set to something.
    pub(super) fn get(&self, namespace: &str, name: &str) -> Option<&'a str> {
        self.0.get(namespace)?.get(name).copied()
    }

    /// Whether it is set to `true`.
    pub(super) fn is_on(&self, namespace: &str, name: &str) -> bool {
        self.flag(namespace, name) == Some(true)
    }

    /// What it is switched to.
    pub(super) fn flag(&self, namespace: &str, name: &str) -> Option<bool> {
        self.get(namespace, name).and_then(values::flag)
    }

    /// A whole number between `least` and `most`.
    pub(super) fn number(&self, namespace: &str, name: &str, least: u32, most: u32) -> Option<u32> {
        self.get(namespace, name)
            .and_then(|text| values::number(text, least, most))
    }

    /// One of the words that are known, in any case of its letters.
    pub(super) fn choice<T: Copy>(
        &self,
        namespace: &str,
        name: &str,
        known: &[(&str, T)],
    ) -> Option<T> {
        self.get(namespace, name)
            .and_then(|text| values::choice(text, known))
    }

    /// All of a namespace.
    pub(super) fn all(&self, namespace: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .get(namespace)
            .into_iter()
            .flatten()
            .map(|(name, value)| (*name, *value))
    }

    /// What follows `prefix` in the namespaces that begin with it.
    pub(super) fn parts(&self, prefix: &str) -> BTreeSet<&'a str> {
        self.0
            .keys()
            .filter_map(|namespace| namespace.strip_prefix(prefix))
            .filter(|part| !part.is_empty())
            .collect()
    }
}
