//! A verdict for every option setting of every environment.
//!
//! The same option is set in hundreds of environments, so that the plan holds each option once, with its
//! verdict, and of each environment the numbers of its options.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::table::{OptionTable, Rule};
use super::{EnvironmentToTranslate, Verdict};
use crate::beanstalk::{EnvironmentReading, is_machine_image, is_same_value, recorded_settings};
use crate::snapshot::{Environment, OptionSetting};
use crate::wording::{Text, text};

/// An option of the fleet and what becomes of it. One that is judged differently in two environments is two.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct JudgedOption {
    /// `aws:autoscaling:asg`
    pub namespace: String,
    /// `MinSize`
    pub name: String,
    /// The resource that it belongs to, where AWS names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What takes its place, if anything does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Text>,
    /// Why, or what to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// What Beanstalk assumes where nothing is set; empty: nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub default: String,
}

/// The settings of one environment; numbers are places in the plan's list of options, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Settings {
    /// Somebody set it, and to something else than the default. Long values are cut.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<u32, String>,
    /// It has a value that was dropped when it was collected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<u32>,
    /// It has the documented default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default: Vec<u32>,
    /// It has no value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unset: Vec<u32>,
}

impl Settings {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.set.len() + self.redacted.len() + self.default.len() + self.unset.len()
    }
}

/// Settings with one verdict.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct VerdictCount {
    /// Set to something else than the default.
    pub set: u32,
    /// Set, with a value that was dropped when it was collected.
    pub redacted: u32,
    /// At the documented default.
    pub default: u32,
    /// Listed by AWS without a value.
    pub unset: u32,
}

impl VerdictCount {
    /// The four kinds together.
    #[must_use]
    pub const fn all(self) -> u32 {
        self.set + self.redacted + self.default + self.unset
    }
}

/// How many characters of a value the plan keeps; the snapshot has it in full.
const LONGEST_VALUE: usize = 200;

/// Every option of a fleet, by its key, with its place in the plan's list.
pub(super) struct JudgedOptions<'a>(BTreeMap<Key<'a>, u32>);

/// Judges every setting of `environments`.
pub(super) fn judge<'a>(
    environments: &[EnvironmentToTranslate<'a>],
    images: &Images<'_>,
) -> JudgedOptions<'a> {
    let mut numbers: BTreeMap<Key<'a>, u32> = BTreeMap::new();
    for &(environment, reading) in environments {
        for setting in recorded_settings(environment) {
            numbers.insert(Key::of(setting, environment, reading, images), 0);
        }
    }
    for (number, place) in numbers.values_mut().enumerate() {
        *place = u32::try_from(number).unwrap_or(u32::MAX);
    }
    JudgedOptions(numbers)
}

impl JudgedOptions<'_> {
    /// The list of options.
    pub(super) fn options(&self) -> Vec<JudgedOption> {
        self.0.keys().map(Key::option).collect()
    }

    /// The settings of one of the environments.
    pub(super) fn settings(
        &self,
        environment: &Environment,
        reading: &EnvironmentReading,
        images: &Images<'_>,
    ) -> Settings {
        let settings: Vec<(Key<'_>, &OptionSetting)> = recorded_settings(environment)
            .iter()
            .map(|setting| (Key::of(setting, environment, reading, images), setting))
            .collect();
        sort_out(&settings, &self.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    namespace: &'a str,
    name: &'a str,
    resource: Option<&'a str>,
    /// Whether it is an image that other environments of the platform have, too.
    is_platform_image: bool,
}

impl<'a> Key<'a> {
    fn of(
        setting: &'a OptionSetting,
        environment: &Environment,
        reading: &EnvironmentReading,
        images: &Images<'_>,
    ) -> Self {
        Self {
            namespace: &setting.namespace,
            name: &setting.name,
            resource: setting.resource.as_deref(),
            is_platform_image: is_machine_image(setting)
                && images.is_platforms_own(environment, reading),
        }
    }

    fn option(&self) -> JudgedOption {
        let rule = OptionTable::embedded().find(self.namespace, self.name);
        let (verdict, note) = match rule {
            _ if self.is_platform_image => (Verdict::Dropped, Some(text!("option-platform-image"))),
            Some(rule) => (rule.verdict, rule.note()),
            None => (Verdict::Unknown, None),
        };
        JudgedOption {
            namespace: self.namespace.to_owned(),
            name: self.name.to_owned(),
            resource: self.resource.map(str::to_owned),
            verdict,
            target: rule.and_then(Rule::target),
            note,
            default: rule.map_or_else(String::new, |rule| rule.default.clone()),
        }
    }
}

fn sort_out(settings: &[(Key<'_>, &OptionSetting)], numbers: &BTreeMap<Key<'_>, u32>) -> Settings {
    let mut sorted = Settings::default();
    for (key, setting) in settings {
        let number = numbers.get(key).copied().unwrap_or(u32::MAX);
        let default = OptionTable::embedded()
            .find(key.namespace, key.name)
            .map_or("", |rule| rule.default.as_str());
        match setting.value.as_deref().filter(|value| !value.is_empty()) {
            _ if setting.redacted => sorted.redacted.push(number),
            None => sorted.unset.push(number),
            Some(value) if is_same_value(value, default) => sorted.default.push(number),
            Some(value) => {
                sorted.set.insert(number, shortened(value));
            }
        }
    }
    for numbers in [&mut sorted.redacted, &mut sorted.default, &mut sorted.unset] {
        numbers.sort_unstable();
    }
    sorted
}

fn shortened(value: &str) -> String {
    if value.chars().count() <= LONGEST_VALUE {
        value.to_owned()
    } else {
        value.chars().take(LONGEST_VALUE - 1).chain(['…']).collect()
    }
}

/// Which machine images the environments of a platform have: an image that one alone has is its own.
pub(super) struct Images<'a>(BTreeMap<(&'a str, &'a str, &'a str), BTreeMap<&'a str, u32>>);

impl<'a> Images<'a> {
    pub(super) fn of(environments: &[EnvironmentToTranslate<'a>]) -> Self {
        let mut images: BTreeMap<_, BTreeMap<&str, u32>> = BTreeMap::new();
        for (environment, reading) in environments {
            if let Some(image) = reading.instances.image.as_deref() {
                *images
                    .entry(Self::place(environment))
                    .or_default()
                    .entry(image)
                    .or_default() += 1;
            }
        }
        Self(images)
    }

    fn place(environment: &'a Environment) -> (&'a str, &'a str, &'a str) {
        (
            &environment.platform,
            &environment.account,
            &environment.region,
        )
    }

    /// Whether others of its platform, account and region have the same.
    fn is_platforms_own(&self, environment: &Environment, reading: &EnvironmentReading) -> bool {
        let image = reading.instances.image.as_deref();
        let place = (
            environment.platform.as_str(),
            environment.account.as_str(),
            environment.region.as_str(),
        );
        let same = image.and_then(|image| self.0.get(&place)?.get(image));
        same.is_some_and(|count| *count > 1)
    }

    /// Whether others of its platform agree on another image: then its own was chosen.
    pub(super) fn is_custom(
        &self,
        environment: &Environment,
        reading: &EnvironmentReading,
    ) -> bool {
        let place = (
            environment.platform.as_str(),
            environment.account.as_str(),
            environment.region.as_str(),
        );
        let agreed = self
            .0
            .get(&place)
            .is_some_and(|images| images.values().any(|count| *count > 1));
        reading.instances.image.is_some() && agreed && !self.is_platforms_own(environment, reading)
    }
}

/// Counts by verdict over all environments.
pub(super) fn count<'a>(
    options: &[JudgedOption],
    settings: impl Iterator<Item = &'a Settings>,
) -> BTreeMap<Verdict, VerdictCount> {
    let mut counts: BTreeMap<Verdict, VerdictCount> = Verdict::ALL
        .into_iter()
        .map(|verdict| (verdict, VerdictCount::default()))
        .collect();
    let verdict = |number: u32| {
        options
            .get(number as usize)
            .map_or(Verdict::Unknown, |option| option.verdict)
    };
    for settings in settings {
        settings
            .set
            .keys()
            .for_each(|&number| counts.entry(verdict(number)).or_default().set += 1);
        settings
            .redacted
            .iter()
            .for_each(|&number| counts.entry(verdict(number)).or_default().redacted += 1);
        settings
            .default
            .iter()
            .for_each(|&number| counts.entry(verdict(number)).or_default().default += 1);
        settings
            .unset
            .iter()
            .for_each(|&number| counts.entry(verdict(number)).or_default().unset += 1);
    }
    counts
}
