//! The same apps on Beanstalk, on the cheapest instances that hold what they need.

use super::{Pricing, UnitPrice};
use crate::catalog::{Architecture, InstanceType, InstanceTypes, OperatingSystem};
use crate::units::{Bytes, Millicores};

/// What one instance must offer. Both were measured on whole instances, operating system and agents included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InstanceNeed {
    /// CPU of the busiest replica at the policy's risk, in vCPUs of c5.
    pub cpu: Millicores,
    /// Memory that the week after stays under at the risk of a limit: an instance has no other limit.
    pub memory: Bytes,
}

/// Families that a right-sizing may choose: current, x86, general, compute and memory. Beanstalk's default for
/// new environments is t3; its work is counted at its baseline, since credits are no capacity.
const FAMILIES: [&str; 10] = [
    "t3", "m5", "m6i", "m7i", "c5", "c6i", "c7i", "r5", "r6i", "r7i",
];

/// What a vCPU of t3 delivers for good, in thousandths. Source: Amazon EC2 documentation, baseline utilisation
/// of T3: nano 5 %, micro 10 %, small and medium 20 %, large 30 %, xlarge and 2xlarge 40 %.
fn baseline(instance_type: &InstanceType) -> u64 {
    match instance_type.name.as_str() {
        "t3.nano" => 50,
        "t3.micro" => 100,
        "t3.small" | "t3.medium" => 200,
        "t3.large" => 300,
        "t3.xlarge" | "t3.2xlarge" => 400,
        _ => 1_000,
    }
}

/// The cheapest type in `region` that offers `need`; of equals the first by name. None if none does.
#[must_use]
pub fn right_sized<'a>(
    region: &str,
    system: OperatingSystem,
    need: &InstanceNeed,
    speed: &dyn Fn(&str) -> f64,
    pricing: &Pricing<'a>,
) -> Option<(&'a str, UnitPrice)> {
    let types = InstanceTypes::embedded();
    let is_choice = |name: &&str| {
        name.split_once('.')
            .is_some_and(|(family, _)| FAMILIES.contains(&family))
    };
    let known = pricing
        .book
        .instance_types(region)
        .filter(is_choice)
        .filter_map(|name| Some((name, types.get(name)?)));
    let holds = |shape: &InstanceType| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a few thousand millicores"
        )]
        let cpu = ((shape.cpu().0 * baseline(shape) / 1_000) as f64 * speed(&shape.name)) as u64;
        shape.architecture == Architecture::Amd64
            && cpu >= need.cpu.0
            && shape.memory >= need.memory
    };
    let priced = known
        .filter(|(_, shape)| holds(shape))
        .filter_map(|(name, _)| {
            let price = pricing.book.instance_hour(region, name, system);
            price.usd.map(|usd| (usd, name, price))
        });
    priced
        .min_by_key(|(usd, name, _)| (*usd, *name))
        .map(|(_, name, price)| (name, price))
}
