//! Percentiles of samples, and what few days allow to say.

use statrs::distribution::{Beta, ContinuousCDF};

/// How many of the highest of `count` samples may be chance: a thousandth of them, and one where there are a hundred or
/// more, so that no single sample sets a request.
pub(super) fn outliers(count: usize) -> usize {
    (count / 1_000).max(usize::from(count >= 100))
}

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

/// [`nearest_rank`] of several percentiles in ascending order: each is looked for among the samples that the one
/// above it has left. Samples are not negative: the bits of such numbers stand in their order, and are compared sooner.
pub(super) fn nearest_ranks<const COUNT: usize>(
    samples: &mut [f32],
    percentiles: [f64; COUNT],
) -> Option<[f32; COUNT]> {
    let count = samples.len();
    let (mut found, mut left) = ([0.0; COUNT], samples);
    for (found, percentile) in found.iter_mut().zip(percentiles).rev() {
        let index = index_of_rank(count, percentile);
        if index >= left.len() {
            return None;
        }
        *found = *left
            .select_nth_unstable_by_key(index, |sample| sample.to_bits())
            .1;
        left = std::mem::take(&mut left).get_mut(..=index)?;
    }
    Some(found)
}

/// Samples that are looked at together: as many as a processor compares at once, a few times over.
const TOGETHER: usize = 32;

/// The `k`th largest of `samples`, from 1; gaps (NaN) are left out. `None` if there are fewer.
///
/// One pass: most samples are only compared with a bound under which the `k`th largest cannot lie. Those over it are
/// kept, and when they are four times as many as needed, the bound is raised to the `k`th largest of them.
pub(super) fn kth_largest(samples: &[f32], k: usize) -> Option<f32> {
    let last = k.checked_sub(1)?;
    let room = k.saturating_mul(4).max(TOGETHER);
    let mut kept: Vec<f32> = Vec::with_capacity(room + TOGETHER);
    let mut bound = f32::NEG_INFINITY;
    for samples in samples.chunks(TOGETHER) {
        if !samples
            .iter()
            .fold(false, |any, sample| any | (*sample > bound))
        {
            continue;
        }
        kept.extend(samples.iter().filter(|sample| **sample > bound));
        if kept.len() > room {
            bound = *kept.select_nth_unstable_by(last, descending).1;
            kept.truncate(k);
        }
    }
    (kept.len() >= k).then(|| *kept.select_nth_unstable_by(last, descending).1)
}

fn descending(one: &f32, other: &f32) -> std::cmp::Ordering {
    other.total_cmp(one)
}

/// The 99th percentile of `samples` by nearest rank; gaps (NaN) are left out. `None` of nothing.
pub(super) fn top_percent(samples: &[f32]) -> Option<f32> {
    let count = samples.iter().filter(|sample| !sample.is_nan()).count();
    kth_largest(samples, count - index_of_rank(count, 99.0).min(count))
}

/// The highest of `samples` that are not negative; gaps (NaN) are left out, of nothing else it is 0.
pub(super) fn highest(samples: &[f32]) -> f32 {
    let higher = |one: f32, other: f32| if other > one { other } else { one };
    let (together, rest) = samples.as_chunks::<TOGETHER>();
    let mut lanes = [0.0; TOGETHER];
    for samples in together {
        lanes
            .iter_mut()
            .zip(samples)
            .for_each(|(lane, sample)| *lane = higher(*lane, *sample));
    }
    lanes.iter().chain(rest).copied().fold(0.0, higher)
}

/// Where the nearest rank stands among `count` ascending samples, counted from zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rank between 1 and n"
)]
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 samples are more than any history has"
)]
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
    Beta::new(f64::from(bad) + 1.0, f64::from(days - bad))
        .map_or(1.0, |beta| beta.inverse_cdf(0.95))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranks_are_those_of_quantile_disc() {
        let hundred: Vec<f32> = (1..=100_u8).map(f32::from).collect();
        for (percentile, expected) in [
            (99.0, 99.0),
            (99.5, 100.0),
            (100.0, 100.0),
            (50.0, 50.0),
            (50.5, 51.0),
        ] {
            assert_eq!(
                nearest_rank(&mut hundred.clone(), percentile),
                Some(expected),
                "p{percentile}"
            );
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
            let with_gaps: Vec<f32> = samples.into_iter().chain([f32::NAN; 3]).collect();
            prop_assert_eq!(kth_largest(&with_gaps, k), expected);
        }

        #[test]
        fn the_kth_largest_of_many_that_rise_and_are_alike(step in 1_u16..9, k in 1_usize..60) {
            let samples: Vec<f32> = (0..4_000_u16).map(|slot| f32::from(slot / step)).collect();
            prop_assert_eq!(kth_largest(&samples, k), samples.get(4_000 - k).copied());
        }

        #[test]
        fn several_percentiles_are_those_asked_for_one_by_one(samples in prop::collection::vec(0.0_f32..5.0, 0..300)) {
            let percentiles = [5.0, 50.0, 99.0];
            let one_by_one = percentiles.map(|percentile| nearest_rank(&mut samples.clone(), percentile));
            let together = nearest_ranks(&mut samples.clone(), percentiles);
            prop_assert_eq!(together.map_or([None; 3], |found| found.map(Some)), one_by_one);
        }

        #[test]
        fn the_highest_is_the_last_in_order(samples in prop::collection::vec(prop::option::of(0.0_f32..5.0), 0..100)) {
            let with_gaps: Vec<f32> = samples.iter().map(|sample| sample.unwrap_or(f32::NAN)).collect();
            prop_assert_eq!(highest(&with_gaps), samples.into_iter().flatten().fold(0.0, f32::max));
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
