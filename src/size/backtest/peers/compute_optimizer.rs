//! AWS Compute Optimizer with its default preferences.
//!
//! Source: the API documentation of `CustomizableMetricParameters` and the user guide's page on
//! rightsizing preferences: CPU threshold P99_5 with 20 % headroom, memory headroom 20 %, 14 days. The
//! headroom is a share of what is recommended, so the use is divided by 0.8. Left out: that it then
//! chooses an instance type, which only adds to the request. It is not cut off at what the instance
//! has, because its recommendation is not.

use crate::size::risk::{Resource, Training};

/// The threshold `P99_5`, its default for CPU.
const CPU_PERCENTILE: f64 = 99.5;
/// `PERCENT_20` of headroom leave this much to be used.
const USABLE_SHARE: f64 = 0.8;

pub(in crate::size::backtest) fn recommended(training: &Training<'_>) -> f64 {
    let used = match training.resource {
        Resource::Cpu => training.percentile(CPU_PERCENTILE),
        Resource::Memory => training.max(),
    };
    used / USABLE_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::backtest::peers::examples::{falling, fitted, usage};

    #[test]
    fn the_headroom_is_a_share_of_what_is_recommended() {
        // 1 to 1,000: p99.5 is 995; 995 / 0.8 = 1243.75.
        assert!(
            (fitted(
                &usage(Resource::Cpu, &falling(1000), 300, 100.0),
                recommended
            ) - 1243.75)
                .abs()
                < 1e-9
        );
        assert!(
            (fitted(
                &usage(Resource::Memory, &falling(1000), 300, 100.0),
                recommended
            ) - 1250.0)
                .abs()
                < 1e-9
        );
    }
}
