//! Lower bounds, each as prices: if no pattern of one bin costs more than M, then bins are at least the
//! sum of all items' prices over M. Here those that take milliseconds at any size.

use super::problem::Problem;

/// A proof that no packing needs fewer bins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Sum of demand times price over `best_pattern`, rounded up.
    pub bins: u32,
    /// Which argument the prices come from.
    pub rule: Rule,
    /// Of one item of each type.
    pub prices: Vec<u64>,
    /// No pattern of one bin costs more.
    pub best_pattern: u64,
    /// Weights of the resources in a mixture that shows so quickly; a hint that needs no trust.
    pub weights: Vec<u64>,
}

/// Which argument gave a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// There is nothing to pack.
    Nothing,
    /// The sizes of one resource, by its position.
    Volume(usize),
    /// Items over half a bin never share one (a dual-feasible function of one resource).
    Large(usize),
    /// The same of a weighted sum of resources.
    LargeMixed,
    /// Items of which no two share a bin.
    Conflicts,
    /// Prices from column generation for one resource alone, by its position.
    OneResource(usize),
    /// Prices from column generation.
    Patterns,
}

impl Bound {
    /// The number of bins that prices prove, by weak duality.
    pub(super) fn of(
        problem: &Problem,
        rule: Rule,
        prices: Vec<u64>,
        best_pattern: u64,
        weights: Vec<u64>,
    ) -> Self {
        let sum: u128 = prices
            .iter()
            .enumerate()
            .map(|(item, &price)| u128::from(price) * u128::from(problem.demand(item)))
            .sum();
        let bins = u32::try_from(sum.div_ceil(u128::from(best_pattern.max(1)))).unwrap_or(u32::MAX);
        Self {
            bins,
            rule,
            prices,
            best_pattern,
            weights,
        }
    }
}

/// Thresholds tried for each resource and mixture at most.
const MOST_THRESHOLDS: usize = 128;

/// The best of the quick bounds; of equal ones the simplest argument.
pub(super) fn quick(problem: &Problem) -> Bound {
    let mut best = Bound::of(
        problem,
        Rule::Nothing,
        vec![0; problem.types()],
        1,
        vec![0; problem.resources()],
    );
    let mut keep = |bound: Bound| {
        if bound.bins > best.bins {
            best = bound;
        }
    };
    let unit = |resource: usize| {
        (0..problem.resources())
            .map(|other| u64::from(other == resource))
            .collect::<Vec<u64>>()
    };
    for resource in 0..problem.resources() {
        let sizes = (0..problem.types())
            .map(|item| problem.sizes(item)[resource])
            .collect();
        keep(Bound::of(
            problem,
            Rule::Volume(resource),
            sizes,
            problem.capacity()[resource].max(1),
            unit(resource),
        ));
    }
    for resource in 0..problem.resources() {
        keep(large(problem, Rule::Large(resource), &unit(resource)));
    }
    if problem.resources() > 1 {
        for weights in mixtures(problem.resources()) {
            keep(large(problem, Rule::LargeMixed, &weights));
        }
    }
    keep(conflicts(problem));
    best
}

/// All equal, and each pair in several proportions.
fn mixtures(resources: usize) -> Vec<Vec<u64>> {
    let mut mixtures = vec![vec![1; resources]];
    for one in 0..resources {
        for other in (0..resources).filter(|&other| other != one) {
            for (mine, theirs) in [(1, 1), (2, 1), (4, 1), (3, 2)] {
                let mut weights = vec![0; resources];
                (weights[one], weights[other]) = (mine, theirs);
                mixtures.push(weights);
            }
        }
    }
    mixtures
}

/// An item's size in a mixture of resources whose capacity is `MIXED` times the weights' sum: rounded
/// down, so that whatever fits the resources fits the mixture.
pub(super) fn mixture(problem: &Problem, item: usize, weights: &[u64]) -> u64 {
    let share = |((&size, &capacity), &weight): ((&u64, &u64), &u64)| {
        u64::try_from(
            u128::from(size) * u128::from(weight) * u128::from(MIXED) / u128::from(capacity.max(1)),
        )
        .unwrap_or(u64::MAX)
    };
    problem
        .sizes(item)
        .iter()
        .zip(problem.capacity())
        .zip(weights)
        .map(share)
        .sum()
}

/// A bin in a mixture, for each unit of weight.
pub(super) const MIXED: u64 = 1_000_000;

/// For a threshold `k` up to half a bin: an item over `capacity - k` costs a whole bin, one under `k`
/// nothing, the rest their size. L2 of Martello & Toth (Discrete Applied Mathematics 28, 1990), here as
/// the dual-feasible function of Fekete & Schepers (Mathematical Programming 91, 2001).
fn large(problem: &Problem, rule: Rule, weights: &[u64]) -> Bound {
    let capacity = match rule {
        Rule::Large(resource) => problem.capacity()[resource],
        _ => MIXED * weights.iter().sum::<u64>(),
    };
    let sizes: Vec<u64> = (0..problem.types())
        .map(|item| match rule {
            Rule::Large(resource) => problem.sizes(item)[resource],
            _ => mixture(problem, item, weights),
        })
        .collect();
    let mut rows: Vec<(u64, u64)> = sizes
        .iter()
        .enumerate()
        .map(|(item, &size)| (size, u64::from(problem.demand(item))))
        .collect();
    rows.sort_unstable();
    // By prefix sums each threshold takes a look at the list and not a walk through it.
    let mut before = vec![(0_u128, 0_u64)];
    for &(size, count) in &rows {
        let &(sum, counted) = before.last().unwrap_or(&(0, 0));
        before.push((sum + u128::from(size) * u128::from(count), counted + count));
    }
    let mut thresholds: Vec<u64> = rows
        .iter()
        .map(|&(size, _)| size)
        .filter(|&size| size <= capacity / 2)
        .collect();
    thresholds.dedup();
    let step = thresholds.len().div_ceil(MOST_THRESHOLDS).max(1);
    let sum = |threshold: u64| {
        let (from, to) = (
            rows.partition_point(|row| row.0 < threshold),
            rows.partition_point(|row| row.0 <= capacity - threshold),
        );
        let all = before[rows.len()].1;
        before[to].0 - before[from].0 + u128::from(all - before[to].1) * u128::from(capacity)
    };
    let best = thresholds
        .into_iter()
        .step_by(step)
        .chain([0])
        .max_by_key(|&threshold| sum(threshold))
        .unwrap_or(0);
    let price = |&size: &u64| {
        if size > capacity - best {
            capacity
        } else if size < best {
            0
        } else {
            size
        }
    };
    Bound::of(
        problem,
        rule,
        sizes.iter().map(price).collect(),
        capacity.max(1),
        weights.to_vec(),
    )
}

/// A set of items of which no two fit one bin, found greedily: each costs a bin.
fn conflicts(problem: &Problem) -> Bound {
    let mut order: Vec<usize> = (0..problem.types())
        .filter(|&item| problem.demand(item) > 0)
        .collect();
    let largest = |item: usize| problem.millionths(item).max().unwrap_or(0);
    order.sort_by_key(|&item| (std::cmp::Reverse(largest(item)), item));
    let share_a_bin = |one: usize, other: usize| {
        let sizes = problem.sizes(one).iter().zip(problem.sizes(other));
        sizes
            .zip(problem.capacity())
            .all(|((one, other), capacity)| one + other <= *capacity)
    };
    let mut set: Vec<usize> = Vec::new();
    for item in order {
        let is_alone = problem.demand(item) == 1 || !share_a_bin(item, item);
        if is_alone && set.iter().all(|&other| !share_a_bin(item, other)) {
            set.push(item);
        }
    }
    let mut prices = vec![0; problem.types()];
    for item in set {
        prices[item] = 1;
    }
    Bound::of(
        problem,
        Rule::Conflicts,
        prices,
        1,
        vec![1; problem.resources()],
    )
}

#[cfg(test)]
mod tests {
    use super::super::ItemType;
    use super::*;

    /// What the sizes of one resource and their volume prove, in bins of 100.
    fn proven(rows: &[(u64, u32)]) -> (u32, u32) {
        let types: Vec<ItemType> = rows
            .iter()
            .map(|&(size, demand)| ItemType {
                sizes: vec![size],
                demand,
            })
            .collect();
        let problem = Problem::new(vec![100], &types).expect("every item fits");
        let sizes = rows.iter().map(|&(size, _)| size).collect();
        let volume = Bound::of(&problem, Rule::Volume(0), sizes, 100, vec![1]);
        (large(&problem, Rule::Large(0), &[1]).bins, volume.bins)
    }

    #[test]
    fn items_over_half_a_bin_need_one_each() {
        // Three of 51 and three of 49: volume 3, and no two of 51 share a bin.
        assert_eq!(proven(&[(51, 3), (49, 3)]), (3, 3));
        // Of 61 and 45 no two share a bin but the small ones: by price 3 bins and 1.35, so 5.
        assert_eq!(proven(&[(61, 3), (45, 3)]), (5, 4));
    }

    #[test]
    fn an_item_of_exactly_half_shares() {
        assert_eq!(proven(&[(50, 4)]), (2, 2));
    }

    #[test]
    fn nothing_needs_no_bin() {
        assert_eq!(proven(&[]), (0, 0));
    }
}
