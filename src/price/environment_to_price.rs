//! An environment as bills see it.

use std::collections::BTreeMap;

use super::{Pricing, ThreePoint, Usage};
use crate::beanstalk::EnvironmentReading;
use crate::snapshot::Environment;
use crate::units::Quantity;

/// An environment, the name that its lines carry, and what it used.
#[derive(Debug, Clone, Copy)]
pub struct EnvironmentToPrice<'a> {
    /// As the snapshot has it.
    pub environment: &'a Environment,
    /// What its settings say.
    pub reading: &'a EnvironmentReading,
    /// Unique among those that were seen.
    pub label: &'a str,
    /// Hours and machines that its history shows.
    pub usage: &'a Usage,
}

impl EnvironmentToPrice<'_> {
    /// Mean number of instances, and what may come to run of them where the fleet grows.
    pub(super) fn instances(&self, pricing: &Pricing<'_>) -> BTreeMap<&str, ThreePoint<Quantity>> {
        let growth = pricing
            .growth_thousandths()
            .map(|thousandths| self.growth(thousandths));
        let grown = |mean: Quantity| {
            growth.map(|(numerator, denominator)| mean.scaled(numerator, denominator))
        };
        self.usage
            .instances
            .iter()
            .map(|(name, mean)| (name.as_str(), grown(*mean)))
            .collect()
    }

    pub(super) fn instances_in_all(&self, pricing: &Pricing<'_>) -> ThreePoint<Quantity> {
        self.instances(pricing)
            .into_values()
            .fold(ThreePoint::default(), ThreePoint::plus)
    }

    /// Only a group that may scale grows with the load, and no further than its maximum.
    fn growth(&self, factor: i64) -> (i64, i64) {
        let mean = self.usage.instances_in_all().millionths();
        let grown =
            i64::try_from(i128::from(mean) * i128::from(factor) / 1_000).unwrap_or(i64::MAX);
        let bounded = match &self.environment.auto_scaling_group {
            Some(group) if group.max > group.min => {
                let (least, most) = (
                    Quantity::from(group.min).millionths(),
                    Quantity::from(group.max).millionths(),
                );
                grown.clamp(least.min(mean), most.max(mean))
            }
            _ => mean,
        };
        (bounded, mean.max(1))
    }
}
