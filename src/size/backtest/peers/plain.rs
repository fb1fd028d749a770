//! Rules of thumb: a percentile, the highest sample, or what the instance has.

use crate::size::risk::Training;

/// Of CPU and memory alike, by nearest rank.
pub(in crate::size::backtest) fn percentile(training: &Training<'_>, percentile: f64) -> f64 {
    training.percentile(percentile)
}

pub(in crate::size::backtest) fn max(training: &Training<'_>) -> f64 {
    training.max()
}

/// What Beanstalk reserves today.
pub(in crate::size::backtest) fn provisioned(training: &Training<'_>) -> f64 {
    training.capacity
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::backtest::peers::examples::{falling, fitted, usage};
    use crate::size::risk::Resource;

    #[test]
    fn they_are_what_they_say() {
        let usage = usage(Resource::Memory, &falling(200), 300, 100.0);
        let exactly = |rule: fn(&Training<'_>) -> f64, value: f64| {
            (fitted(&usage, rule) - value).abs() < 1e-12
        };
        assert!(exactly(|training| percentile(training, 95.0), 190.0));
        assert!(exactly(|training| percentile(training, 99.0), 198.0));
        assert!(exactly(max, 200.0));
        assert!(exactly(provisioned, 100.0));
    }
}
