//! Demand that was cut off by the machine: what it may have been.

use statrs::distribution::{ContinuousCDF, Normal};

/// The estimate is never more than so many times what the machine has: further than that, samples that
/// were all cut off say nothing.
pub(super) const FURTHEST: f64 = 4.0;
/// Fewer samples under the ceiling make no line.
const LEAST_SAMPLES: usize = 30;

/// What the 99th percentile of `values` may have been had nothing cut them off at `ceiling`: the upper end
/// of a range whose lower end is what was seen.
///
/// Regression on order statistics (Helsel, Statistics for Censored Environmental Data, 2012, chapter 6):
/// the logarithms of the upper half of the values that were not cut off lie about on a line over the
/// normal quantiles of their ranks; the line is continued to 99 %. `None` if too few were not cut off, or
/// the line does not reach the ceiling.
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 samples are more than any history has"
)]
pub(super) fn wanted_at_p99(values: &[f32], ceiling: f64) -> Option<f64> {
    let mut ascending: Vec<f64> = values
        .iter()
        .filter(|value| !value.is_nan())
        .map(|&value| f64::from(value))
        .collect();
    ascending.sort_unstable_by(f64::total_cmp);
    let count = ascending.len();
    let normal = Normal::standard();
    let points = ascending
        .iter()
        .enumerate()
        .skip(count / 2)
        .filter(|(_, value)| **value > 0.0 && **value < ceiling);
    let points: Vec<(f64, f64)> = points
        .map(|(index, value)| {
            (
                normal.inverse_cdf((index as f64 + 0.5) / count as f64),
                value.ln(),
            )
        })
        .collect();
    if points.len() < LEAST_SAMPLES {
        return None;
    }
    let mean =
        |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let spread: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    let slope = points
        .iter()
        .map(|point| (point.0 - x) * (point.1 - y))
        .sum::<f64>()
        / spread;
    let wanted = (y + slope * (normal.inverse_cdf(0.99) - x)).exp();
    (wanted > ceiling).then(|| wanted.min(FURTHEST * ceiling))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10,000 values whose logarithms are normal: median 1, p99 exp(0.5 x 2.326) = 3.2.
    fn lognormal() -> Vec<f32> {
        let normal = Normal::standard();
        #[expect(clippy::cast_possible_truncation, reason = "samples")]
        let value = |index: u32| {
            (0.5 * normal.inverse_cdf((f64::from(index) + 0.5) / 10_000.0)).exp() as f32
        };
        (0..10_000).map(value).collect()
    }

    #[test]
    fn what_a_ceiling_cut_off_is_found_again() {
        let cut: Vec<f32> = lognormal()
            .into_iter()
            .map(|value| value.min(2.0))
            .collect();
        let wanted = wanted_at_p99(&cut, 2.0).expect("an estimate");
        assert!((wanted - 3.2).abs() < 0.05, "{wanted}");
    }

    #[test]
    fn nothing_is_made_up() {
        assert_eq!(
            wanted_at_p99(&lognormal(), 5.0),
            None,
            "a line that stays under the ceiling"
        );
        assert_eq!(
            wanted_at_p99(&[2.0; 1000], 2.0),
            None,
            "everything was cut off"
        );
        assert_eq!(wanted_at_p99(&[], 2.0), None);
    }
}
