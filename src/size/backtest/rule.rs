//! The rules that are compared: the plan's own, and the peers.

use std::fmt;

use serde::{Serialize, Serializer};

use super::peers::{Vpa, compute_optimizer, krr, plain};
use super::window::{Resource, Training};
use crate::policy::Policy;
use crate::size::whole_replica::{cpu_with_margin, memory_with_margin};
use crate::units::Bytes;

/// A way to make a request from samples. In JSON and tables by [`Rule::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// What `eb2eks plan` does for one instance, before floors, steps and splitting.
    Eb2eks,
    /// Robusta KRR, strategy `simple`.
    KrrSimple,
    /// Robusta KRR, strategy `simple_limit`; its request, not its limit.
    KrrSimpleLimit,
    /// The Vertical Pod Autoscaler's target.
    VpaTarget,
    /// The Vertical Pod Autoscaler's upper bound, taken as a request.
    VpaUpper,
    /// AWS Compute Optimizer with its default thresholds and headrooms.
    ComputeOptimizer,
    /// The 95th percentile.
    P95,
    /// The 99th percentile.
    P99,
    /// The highest sample.
    Max,
    /// All that the instance has.
    Provisioned,
}

impl Rule {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Eb2eks,
        Self::KrrSimple,
        Self::KrrSimpleLimit,
        Self::VpaTarget,
        Self::VpaUpper,
        Self::ComputeOptimizer,
        Self::P95,
        Self::P99,
        Self::Max,
        Self::Provisioned,
    ];

    /// As scripts know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eb2eks => "eb2eks",
            Self::KrrSimple => "krr-simple",
            Self::KrrSimpleLimit => "krr-simple-limit",
            Self::VpaTarget => "vpa-target",
            Self::VpaUpper => "vpa-upper",
            Self::ComputeOptimizer => "compute-optimizer",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::Max => "max",
            Self::Provisioned => "provisioned",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What each rule asks for after `training`, in cores or bytes, in the order of [`Rule::ALL`].
pub(super) fn requests(training: &Training<'_>, policy: &Policy) -> [f64; Rule::ALL.len()] {
    let vpa = Vpa::watching(training);
    Rule::ALL.map(|rule| match rule {
        Rule::Eb2eks => of_the_plan(training, policy),
        Rule::KrrSimple => krr::simple(training),
        Rule::KrrSimpleLimit => krr::simple_limit(training),
        Rule::VpaTarget => vpa.target(),
        Rule::VpaUpper => vpa.upper_bound(),
        Rule::ComputeOptimizer => compute_optimizer::recommended(training),
        Rule::P95 => plain::percentile(training, 95.0),
        Rule::P99 => plain::percentile(training, 99.0),
        Rule::Max => plain::max(training),
        Rule::Provisioned => plain::provisioned(training),
    })
}

fn of_the_plan(training: &Training<'_>, policy: &Policy) -> f64 {
    let rules = &policy.sizing;
    match training.resource {
        Resource::Cpu => cpu_with_margin(training.percentile(rules.cpu_percentile.get()), rules),
        Resource::Memory => {
            let bytes = Bytes::from_f64_rounded_up;
            memory_with_margin(bytes(training.max()), bytes(training.capacity), rules)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy;
    use crate::size::backtest::window::Usage;

    fn request(resource: Resource, percent: &[f32], capacity: f64, policy: &str) -> f64 {
        let usage = Usage { resource, percent: percent.to_vec(), period_seconds: 300, capacity };
        let all = 0..percent.len();
        let (training, _) = usage.window(all.clone(), all).expect("no gaps");
        requests(&training, &policy::read("p", policy).expect("valid"))[0]
    }

    #[test]
    fn the_plans_rule_obeys_the_policy() {
        // 0.5 to 100 % of 200 cores are 1 to 200: p99 is the 198th; plus 15 % 227.7. p90 is the 180th; plus half 270.
        let percent: Vec<f32> = (1..=200_u8).map(|core| f32::from(core) / 2.0).collect();
        assert!((request(Resource::Cpu, &percent, 200.0, "") - 227.7).abs() < 1e-9);
        let text = "[sizing]\ncpu_percentile = 90.0\ncpu_margin = 0.5\n";
        assert!((request(Resource::Cpu, &percent, 200.0, text) - 270.0).abs() < 1e-9);
    }

    #[test]
    fn the_plans_memory_ends_where_the_instance_ends() {
        let gibibytes = |gibibytes| Bytes::from_gibibytes(gibibytes).as_f64();
        let of = |peak: f32| request(Resource::Memory, &[25.0, peak, 25.0], gibibytes(4), "") / gibibytes(1);
        // Half of 4 GiB and 20 % are 2.4 (up to the next byte); 3.5 and 20 % would be 4.2 of 4.
        assert!((of(50.0) - 2.4).abs() < 1e-8);
        assert!((of(87.5) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn names_are_those_that_scripts_rely_on() {
        let names = Rule::ALL.map(Rule::name).join(" ");
        let expected = "eb2eks krr-simple krr-simple-limit vpa-target vpa-upper compute-optimizer p95 p99 max provisioned";
        assert_eq!(names, expected);
    }
}
