//! What contents take of a bin, all resources together.

/// The share of a bin's resources, weighed, that an item takes: rounded down, in millionths, so that what
/// fits a bin adds up to at most a million for each unit of weight.
pub(super) fn mixture(sizes: &[u64], capacity: &[u64], weights: &[u64]) -> u128 {
    let share = |((&size, &capacity), &weight): ((&u64, &u64), &u64)| {
        let weight = u128::from(weight.min(MOST_WEIGHT));
        if capacity == 0 {
            0
        } else {
            u128::from(size) * weight * 1_000_000 / u128::from(capacity)
        }
    };
    sizes.iter().zip(capacity).zip(weights).map(share).sum()
}

/// Larger weights are read as this one: any weights are a valid argument.
const MOST_WEIGHT: u64 = 1 << 20;

/// What a whole bin is in the mixture.
pub(super) fn whole(weights: &[u64]) -> u128 {
    weights
        .iter()
        .map(|&weight| u128::from(weight.min(MOST_WEIGHT)) * 1_000_000)
        .sum()
}
