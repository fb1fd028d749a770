//! Constructive heuristics: each wins on some instances, none on all, so that the best of them is taken.

use std::cmp::Reverse;

use super::bins::Bins;
use super::problem::Problem;

/// By which measure the hardest items come first.
#[derive(Debug, Clone, Copy)]
enum Hardness {
    Sum,
    Largest,
    Product,
    /// Sum, each resource by how much of it all items take together.
    Weighted,
}

/// Items times types up to which the heuristics that look at every type for every item are tried.
const MOST_LOOKS: u64 = 100_000_000;

/// The smallest number of bins that any of the heuristics needs; no more are tried once one needs only
/// `enough`.
pub(super) fn best<'a>(problem: &'a Problem, enough: u32) -> Bins<'a> {
    let scarcity = scarcity(problem);
    let orders = [
        Hardness::Weighted,
        Hardness::Sum,
        Hardness::Largest,
        Hardness::Product,
    ]
    .map(|hardness| ordered(problem, hardness, &scarcity));
    let by_item = orders
        .iter()
        .flat_map(|order| [false, true].map(|is_best_fit| (order, is_best_fit)));
    let by_item =
        by_item.map(|(order, is_best_fit)| item_by_item(problem, order, is_best_fit, &scarcity));
    let looks = u64::from(problem.items()) * u64::try_from(problem.types()).unwrap_or(u64::MAX);
    let is_small = looks <= MOST_LOOKS;
    let by_bin = [false, true]
        .into_iter()
        .filter(|_| is_small)
        .map(|is_norm| bin_by_bin(problem, &scarcity, is_norm));
    let mut best: Option<Bins<'a>> = None;
    for bins in by_item.chain(by_bin) {
        if best.as_ref().is_none_or(|best| bins.len() < best.len()) {
            best = Some(bins);
        }
        if best
            .as_ref()
            .is_some_and(|best| u32::try_from(best.len()).is_ok_and(|bins| bins <= enough))
        {
            break;
        }
    }
    best.unwrap_or_else(|| Bins::empty(problem, 0))
}

/// Thousandths of all bins of a resource that the items take, were there as few as the scarcest allows.
fn scarcity(problem: &Problem) -> Vec<u64> {
    let loads: Vec<u128> = problem
        .volume()
        .iter()
        .zip(problem.capacity())
        .map(|(&volume, &capacity)| volume * 1_000_000 / u128::from(capacity.max(1)))
        .collect();
    let most = loads.iter().copied().max().unwrap_or(0).max(1);
    loads
        .into_iter()
        .map(|load| u64::try_from(load * 1000 / most).unwrap_or(1000).max(1))
        .collect()
}

fn ordered(problem: &Problem, hardness: Hardness, scarcity: &[u64]) -> Vec<usize> {
    let measure = |item: usize| {
        let shares = problem.millionths(item);
        match hardness {
            Hardness::Sum => shares.sum(),
            Hardness::Largest => shares.max().unwrap_or(0),
            Hardness::Product => shares.fold(1_u64, |product, share| {
                (product * share.max(1)).div_ceil(1000)
            }),
            Hardness::Weighted => shares
                .zip(scarcity)
                .map(|(share, scarcity)| share * scarcity)
                .sum(),
        }
    };
    let mut order: Vec<(Reverse<u64>, usize)> = (0..problem.types())
        .map(|item| (Reverse(measure(item)), item))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, item)| item).collect()
}

/// First fit, or the bin with the least left.
fn item_by_item<'a>(
    problem: &'a Problem,
    order: &[usize],
    is_best_fit: bool,
    scarcity: &[u64],
) -> Bins<'a> {
    let mut bins = Bins::empty(problem, 0);
    for &item in order {
        // Bins that did not take the last copy do not take the next one.
        let mut from = 0;
        for _ in 0..problem.demand(item) {
            let mut open = (from..bins.len()).filter(|&bin| bins.takes(item, bin));
            let chosen = if is_best_fit {
                open.min_by_key(|&bin| left(problem, bins.free(bin), scarcity))
            } else {
                open.next()
            };
            let bin = chosen.unwrap_or_else(|| {
                bins.push();
                bins.len() - 1
            });
            bins.put(item, bin);
            if !is_best_fit {
                from = bin;
            }
        }
    }
    bins
}

/// Weighted millionths that are free.
fn left(problem: &Problem, free: &[u64], scarcity: &[u64]) -> u128 {
    let share = |((&free, &capacity), &scarcity): ((&u64, &u64), &u64)| {
        u128::from(free) * u128::from(scarcity) * 1000 / u128::from(capacity.max(1))
    };
    free.iter()
        .zip(problem.capacity())
        .zip(scarcity)
        .map(share)
        .sum()
}

/// Bin by bin, always adding the item that points most into the direction of what is free (dot product
/// of Panigrahy, Talwar, Uyeda & Wieder 2011), or that leaves the least of it (their L2 norm).
fn bin_by_bin<'a>(problem: &'a Problem, scarcity: &[u64], is_norm: bool) -> Bins<'a> {
    let mut bins = Bins::empty(problem, 0);
    let mut outside: Vec<(usize, u32)> = (0..problem.types())
        .map(|item| (item, problem.demand(item)))
        .filter(|&(_, demand)| demand > 0)
        .collect();
    let shares: Vec<Vec<i64>> = (0..problem.types())
        .map(|item| problem.millionths(item).map(signed).collect())
        .collect();
    while !outside.is_empty() {
        bins.push();
        let bin = bins.len() - 1;
        loop {
            let free: Vec<i64> = bins
                .free(bin)
                .iter()
                .zip(problem.capacity())
                .map(|(&free, &capacity)| signed(millionths(free, capacity)))
                .collect();
            let worth = |item: usize| -> i128 {
                let terms = shares[item].iter().zip(&free).zip(scarcity);
                if is_norm {
                    -terms
                        .map(|((share, free), &scarcity)| {
                            i128::from(scarcity) * i128::from(free - share).pow(2)
                        })
                        .sum::<i128>()
                } else {
                    terms
                        .map(|((share, free), &scarcity)| {
                            i128::from(scarcity) * i128::from(*share) * i128::from(*free)
                        })
                        .sum()
                }
            };
            let fitting = outside
                .iter()
                .enumerate()
                .filter(|(_, (item, _))| bins.takes(*item, bin));
            let Some((place, item)) = fitting
                .map(|(place, &(item, _))| (worth(item), Reverse(place), item))
                .max()
                .map(|(_, place, item)| (place.0, item))
            else {
                break;
            };
            bins.put(item, bin);
            outside[place].1 -= 1;
            if outside[place].1 == 0 {
                outside.remove(place);
            }
        }
    }
    bins
}

fn millionths(part: u64, whole: u64) -> u64 {
    u64::try_from(u128::from(part) * 1_000_000 / u128::from(whole.max(1))).unwrap_or(u64::MAX)
}

fn signed(share: u64) -> i64 {
    i64::try_from(share).unwrap_or(i64::MAX)
}
