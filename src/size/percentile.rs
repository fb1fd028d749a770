//! Percentiles of samples, and what few days allow to say.

use statrs::distribution::{Beta, ContinuousCDF};

/// The smallest sample that at least `percentile` per cent of all samples do not exceed: nearest
/// rank, `k = ceil(p / 100 x n)` counted from one, as `quantile_disc` of SQL:2003. Reorders `samples`;
/// `None` if there are none. NaN must have been taken out before.
#[must_use]
pub fn nearest_rank(samples: &mut [f32], percentile: f64) -> Option<f32> {
    if samples.is_empty() {
        return None;
    }
    let index = index_of_rank(samples.len(), percentile);
    Some(*samples.select_nth_unstable_by(index, f32::total_cmp).1)
}

/// Up to so many of the largest are kept in order on the way; more are found faster by selection.
const FEW: usize = 64;

/// The `k`th largest, from 1, of samples that are not NaN; `None` if there are fewer. The highest percentiles of
/// a few weeks are among the first few dozen: one pass without a copy finds them.
pub(super) fn kth_largest(samples: impl Iterator<Item = f32>, k: usize) -> Option<f32> {
    let samples = samples.filter(|sample| !sample.is_nan());
    if k > FEW {
        let mut samples: Vec<f32> = samples.collect();
        let index = samples.len().checked_sub(k)?;
        return Some(*samples.select_nth_unstable_by(index, f32::total_cmp).1);
    }
    // Ascending, so that the one to beat comes first.
    let mut largest: Vec<f32> = Vec::with_capacity(k + 1);
    for sample in samples {
        let is_full = largest.len() == k;
        if is_full && largest.first().is_none_or(|smallest| sample <= *smallest) {
            continue;
        }
        largest.insert(largest.partition_point(|kept| *kept < sample), sample);
        if is_full {
            largest.remove(0);
        }
    }
    (k > 0 && largest.len() == k).then(|| largest.first().copied()).flatten()
}

/// Where the nearest rank stands among `count` ascending samples, counted from zero.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank between 1 and n")]
#[expect(clippy::cast_precision_loss, reason = "2^53 samples are more than any history has")]
pub(super) fn index_of_rank(count: usize, percentile: f64) -> usize {
    // The tolerance keeps 99 % of 100 (99.00000000000001 in binary) from becoming rank 100.
    let rank = ((percentile / 100.0) * count as f64 - 1e-9).ceil() as usize;
    rank.clamp(1, count.max(1)) - 1
}

/// Upper end of the one-sided 95 % Clopper-Pearson interval: `bad` of `days` days were bad; the
/// true share of bad days is at most this, if days are alike and independent.
///
/// Source: Clopper & Pearson, Biometrika 26 (1934) 404-413; the quantile 0.95 of
/// Beta(bad + 1, days - bad). With no bad day this is 1 - 0.05^(1/days), about 3 / days.
#[must_use]
pub fn exceedance_upper_bound(bad: u32, days: u32) -> f64 {
    if bad >= days {
        return 1.0;
    }
    Beta::new(f64::from(bad) + 1.0, f64::from(days - bad)).map_or(1.0, |beta| beta.inverse_cdf(0.95))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranks_are_those_of_quantile_disc() {
        let hundred: Vec<f32> = (1..=100_u8).map(f32::from).collect();
        for (percentile, expected) in [(99.0, 99.0), (99.5, 100.0), (100.0, 100.0), (50.0, 50.0), (50.5, 51.0)] {
            assert_eq!(nearest_rank(&mut hundred.clone(), percentile), Some(expected), "p{percentile}");
        }
        assert_eq!(nearest_rank(&mut [7.0], 99.0), Some(7.0));
        assert_eq!(nearest_rank(&mut [], 99.0), None);
    }

    #[test]
    fn no_bad_day_in_63_leaves_less_than_five_per_cent() {
        // 1 - 0.05^(1/63) = 0.04644; the worked example of docs/METHOD.md.
        assert!((exceedance_upper_bound(0, 63) - 0.046_44).abs() < 1e-4);
        // With two days nearly anything is possible: 1 - sqrt(0.05) = 0.7764.
        assert!((exceedance_upper_bound(0, 2) - 0.776_4).abs() < 1e-4);
        assert!((exceedance_upper_bound(0, 0) - 1.0).abs() < f64::EPSILON);
        assert!((exceedance_upper_bound(5, 5) - 1.0).abs() < f64::EPSILON);
    }

    proptest! {
        #[test]
        fn the_kth_largest_is_where_sorting_puts_it(samples in prop::collection::vec(-1.0_f32..5.0, 0..300), k in 0_usize..200) {
            let mut sorted = samples.clone();
            sorted.sort_unstable_by(|one, other| other.total_cmp(one));
            let expected = k.checked_sub(1).and_then(|index| sorted.get(index)).copied();
            let with_gaps = samples.into_iter().chain([f32::NAN; 3]);
            prop_assert_eq!(kth_largest(with_gaps, k), expected);
        }

        #[test]
        fn the_definition_holds(mut samples in prop::collection::vec(0.0_f32..100.0, 1..200), percentile in 50.0_f64..=100.0) {
            let value = nearest_rank(&mut samples, percentile).expect("there are samples");
            #[expect(clippy::cast_precision_loss, reason = "at most 200")]
            let share = |count: usize| 100.0 * count as f64 / samples.len() as f64;
            let at_most = samples.iter().filter(|&&sample| sample <= value).count();
            let below = samples.iter().filter(|&&sample| sample < value).count();
            prop_assert!(share(at_most) >= percentile - 1e-6);
            prop_assert!(share(below) < percentile);
        }
    }
}
