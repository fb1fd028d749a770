//! Robusta KRR: percentiles for CPU, the peak and a margin for memory.
//!
//! Source: robusta-dev/krr @d6baa74 (v1.8.2-dev), strategies `simple` and `simple_limit`. (Its README
//! says p99 where the code of `simple` has 95.) KRR takes the maximum over an app's pods; here each
//! instance is one. Left out: its least requests (10m, 100 MiB), rounding, and that it leaves apps with
//! a horizontal autoscaler alone.

use crate::size::risk::{Resource, Training};

/// `cpu_percentile` of `simple`.
const SIMPLE_CPU: f64 = 0.95;
/// `cpu_request` of `simple_limit`. Its `cpu_limit` (0.96) is a limit, which this test does not judge.
const SIMPLE_LIMIT_CPU: f64 = 0.66;
/// `memory_buffer_percentage`, 15 on top of the highest sample.
const MEMORY_FACTOR: f64 = 1.15;

pub(in crate::size::backtest) fn simple(training: &Training<'_>) -> f64 {
    request(training, SIMPLE_CPU)
}

pub(in crate::size::backtest) fn simple_limit(training: &Training<'_>) -> f64 {
    request(training, SIMPLE_LIMIT_CPU)
}

fn request(training: &Training<'_>, cpu_quantile: f64) -> f64 {
    match training.resource {
        Resource::Cpu => interpolated(training, cpu_quantile),
        Resource::Memory => training.max() * MEMORY_FACTOR,
    }
}

/// The quantile between the two nearest samples, at position `quantile x (n - 1)` counted from zero:
/// `quantile_over_time` of Prometheus (`simple`), `numpy.percentile` (`simple_limit`).
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 samples are more than any history has"
)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position between 0 and n - 1"
)]
fn interpolated(training: &Training<'_>, quantile: f64) -> f64 {
    let position = quantile * (training.count() - 1) as f64;
    let below = position.floor() as usize;
    let weight = position - position.floor();
    training.ascending(below) * (1.0 - weight) + training.ascending(below + 1) * weight
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::backtest::peers::examples::{falling, fitted, usage};

    #[test]
    fn quantiles_lie_between_samples() {
        // 1 to 101: position 0.95 x 100 is the sample 96, 0.66 x 100 the sample 67.
        let exact = usage(Resource::Cpu, &falling(101), 300, 100.0);
        assert!((fitted(&exact, simple) - 96.0).abs() < 1e-9);
        assert!((fitted(&exact, simple_limit) - 67.0).abs() < 1e-9);
        // 1 to 11: position 9.5 is between 10 and 11; position 6.6 is 7.6.
        let between = usage(Resource::Cpu, &falling(11), 300, 100.0);
        assert!((fitted(&between, simple) - 10.5).abs() < 1e-9);
        assert!((fitted(&between, simple_limit) - 7.6).abs() < 1e-9);
        assert!((fitted(&usage(Resource::Cpu, &[7.0], 300, 100.0), simple) - 7.0).abs() < 1e-12);
    }

    #[test]
    fn memory_is_the_peak_and_a_margin() {
        let usage = usage(Resource::Memory, &[10.0, 40.0, 20.0], 300, 1000.0);
        assert!((fitted(&usage, simple) - 460.0).abs() < 1e-9);
        assert!((fitted(&usage, simple_limit) - 460.0).abs() < 1e-9);
    }
}
