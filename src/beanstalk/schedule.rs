//! Scheduled actions: more instances at known times.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::values;
use crate::snapshot::Environment;

/// A scheduled action of an auto scaling group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Schedule {
    /// As somebody called it.
    pub name: String,
    /// Cron expression, UTC; absent for one that happens once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// Least instances from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// Most instances from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// Instances at that moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desired: Option<u32>,
    /// Whether it is switched off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspended: bool,
    /// When it first happens; of one that does not recur, when it happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Timestamp>,
    /// After this it happens no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Timestamp>,
}

impl Schedule {
    /// Whether it happens no more after `moment`.
    #[must_use]
    pub fn is_over(&self, moment: Timestamp) -> bool {
        self.end.is_some_and(|end| end <= moment)
            || (self.recurrence.is_none() && self.start.is_some_and(|start| start <= moment))
    }

    /// Whether it takes the group to no instance at all.
    #[must_use]
    pub fn is_to_zero(&self) -> bool {
        self.max == Some(0) || self.floor() == Some(0)
    }

    /// What it keeps at least.
    pub(crate) const fn floor(&self) -> Option<u32> {
        match (self.min, self.desired) {
            (Some(min), Some(desired)) => Some(if min > desired { min } else { desired }),
            (Some(only), None) | (None, Some(only)) => Some(only),
            (None, None) => None,
        }
    }
}

/// Times with more instances than otherwise: what one action raises and another lowers again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ScheduleWindow {
    /// Cron expression of its start, UTC.
    pub start: String,
    /// And of its end.
    pub end: String,
    /// Instances that it keeps.
    pub instances: u32,
}

impl ScheduleWindow {
    /// The window that the actions make, if they are the ones that a cron trigger can stand for: exactly two that
    /// recur, one of which raises what the other lowers.
    #[must_use]
    pub fn of(actions: &[Schedule]) -> Option<Self> {
        let active: Vec<&Schedule> = actions.iter().filter(|action| !action.suspended).collect();
        let [one, other] = active.as_slice() else {
            return None;
        };
        let (raise, lower) = if one.floor()? > other.floor()? {
            (one, other)
        } else {
            (other, one)
        };
        // A window keeps more than the least; it takes nothing to zero.
        (raise.floor()? > lower.floor()? && !lower.is_to_zero())
            .then(|| {
                Some(Self {
                    start: raise.recurrence.clone()?,
                    end: lower.recurrence.clone()?,
                    instances: raise.floor()?,
                })
            })
            .flatten()
    }
}

const ACTION: &str = "aws:autoscaling:scheduledaction";

/// All scheduled actions by name.
pub(super) fn of(environment: &Environment) -> Vec<Schedule> {
    let mut actions: BTreeMap<&str, Schedule> = BTreeMap::new();
    for setting in environment
        .option_settings
        .iter()
        .filter(|setting| setting.namespace == ACTION)
    {
        let (Some(resource), Some(value)) = (
            setting.resource.as_deref(),
            setting
                .value
                .as_deref()
                .map(values::bare)
                .filter(|value| !value.is_empty()),
        ) else {
            continue;
        };
        let action = actions.entry(resource).or_insert_with(|| Schedule {
            name: resource.to_owned(),
            ..Schedule::default()
        });
        let number = || values::number(value, 0, 10_000);
        match setting.name.as_str() {
            "Recurrence" => action.recurrence = values::cron(value),
            "MinSize" => action.min = number(),
            "MaxSize" => action.max = number(),
            "DesiredCapacity" => action.desired = number(),
            "StartTime" => action.start = values::moment(value),
            "EndTime" => action.end = values::moment(value),
            "Suspend" => action.suspended = values::flag(value) == Some(true),
            _ => {}
        }
    }
    actions.into_values().collect()
}
