//! Bins taken apart a few at a time and filled anew with the least slack, so that what is outside gets
//! smaller, until nothing is.
//!
//! A large neighbourhood (Shaw 1998) of whole bins: the pool of a few has so many fillings that one
//! without slack is nearly always among them, where exchanges of single items have long run dry.

use super::Budget;
use super::bins::Bins;
use super::chance::Chance;
use super::slack::{LOOKS_IN_A_STEP, Order};

/// Bins taken apart at once, from the first number to below the sum.
const FEWEST_BINS: usize = 2;
const MORE_BINS: usize = 4;
/// One of these at a time, so that fillings differ.
const SHARPNESSES: [u32; 5] = [1, 2, 3, 4, 6];
/// In which what is outside is measured.
const SHARPNESS: u32 = 3;
/// Looks for one bin, at least and more.
const FEWEST_LOOKS: u64 = 100;
const MORE_LOOKS: usize = 1000;
const STEPS_OF_A_ROUND: u64 = 4;

/// Puts every item of `outside` into `bins`; `false` when the budget or `steps` end first, with what is
/// still outside left in `outside`.
pub(super) fn refill(
    bins: &mut Bins<'_>,
    outside: &mut Vec<usize>,
    chance: &mut Chance,
    steps: u64,
    budget: &Budget<'_>,
) -> bool {
    let problem = bins.problem;
    let sizes = Order::new(
        problem,
        (0..problem.types()).map(|item| (item, problem.demand(item))),
        SHARPNESS,
    )
    .sizes_by_item();
    let size = |items: &[usize]| items.iter().map(|&item| sizes[item]).sum::<u64>();
    let mut spent = 0;
    while !outside.is_empty() && spent < steps {
        let chosen = some_bins(bins.len(), chance);
        let mut pool = outside.clone();
        chosen
            .iter()
            .for_each(|&bin| pool.extend(&bins.contents[bin]));
        pool.sort_unstable();
        let rows = pool
            .chunk_by(|one, other| one == other)
            .map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX)));
        let mut order = Order::new(problem, rows, SHARPNESSES[chance.below(SHARPNESSES.len())]);
        let most_looks = FEWEST_LOOKS + u64::try_from(chance.below(MORE_LOOKS)).unwrap_or(0);
        let mut cost = STEPS_OF_A_ROUND;
        let mut fillings = Vec::with_capacity(chosen.len());
        for open in (1..=chosen.len()).rev() {
            let Some((filling, looks)) = order.next_bin(open, most_looks) else {
                break;
            };
            cost += looks / LOOKS_IN_A_STEP;
            fillings.push(filling);
        }
        let rest = order.rest();
        // As much outside as before is welcome, too: other items then have their chance.
        if size(&rest) <= size(outside) {
            *outside = rest;
            chosen.iter().for_each(|&bin| bins.clear(bin));
            for (&bin, filling) in chosen.iter().zip(fillings) {
                filling.into_iter().for_each(|item| bins.put(item, bin));
            }
        }
        spent += cost;
        if budget.spend(cost) {
            break;
        }
    }
    outside.is_empty()
}

/// No two the same.
fn some_bins(bins: usize, chance: &mut Chance) -> Vec<usize> {
    let count = (FEWEST_BINS + chance.below(MORE_BINS)).min(bins);
    let mut chosen: Vec<usize> = Vec::with_capacity(count);
    while chosen.len() < count {
        let bin = chance.below(bins);
        if !chosen.contains(&bin) {
            chosen.push(bin);
        }
    }
    chosen
}
