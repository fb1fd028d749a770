//! One order of items and one row for each size, whatever order they came in: so that shuffling the
//! items of a problem changes nothing in its solution but their places.

use std::cmp::Reverse;

use super::problem::{ItemType, Pattern, Problem};
use super::{Bound, Solution};

/// A problem as it is solved, and the way back.
pub(super) struct Canonical {
    pub(super) problem: Problem,
    /// For each row: the types that it stands for, with their demand.
    origins: Vec<Vec<(usize, u32)>>,
}

impl Canonical {
    pub(super) fn of(problem: &Problem) -> Self {
        let mut order: Vec<usize> = (0..problem.types())
            .filter(|&item| problem.demand(item) > 0)
            .collect();
        order.sort_by_key(|&item| (Reverse(problem.sizes(item)), item));
        let mut types: Vec<ItemType> = Vec::new();
        let mut origins: Vec<Vec<(usize, u32)>> = Vec::new();
        for item in order {
            let demand = problem.demand(item);
            match (types.last_mut(), origins.last_mut()) {
                (Some(last), Some(origin)) if last.sizes == problem.sizes(item) => {
                    last.demand += demand;
                    origin.push((item, demand));
                }
                _ => {
                    types.push(ItemType {
                        sizes: problem.sizes(item).to_vec(),
                        demand,
                    });
                    origins.push(vec![(item, demand)]);
                }
            }
        }
        Self {
            problem: problem.of_same_bins(&types),
            origins,
        }
    }

    /// The same solution in the numbers of the problem as it came.
    pub(super) fn restored(&self, solution: Solution, types: usize) -> Solution {
        let mut left = self.origins.clone();
        let bins = solution
            .bins
            .iter()
            .map(|pattern| restored_pattern(pattern, &mut left))
            .collect();
        Solution {
            bins,
            bound: self.restored_bound(solution.bound, types),
        }
    }

    pub(super) fn restored_bound(&self, bound: Bound, types: usize) -> Bound {
        let mut prices = vec![0; types];
        for (origin, &price) in self.origins.iter().zip(&bound.prices) {
            origin.iter().for_each(|&(item, _)| prices[item] = price);
        }
        Bound { prices, ..bound }
    }
}

fn restored_pattern(pattern: &Pattern, left: &mut [Vec<(usize, u32)>]) -> Pattern {
    let mut restored = Pattern::new();
    for &(row, copies) in pattern {
        let mut copies = copies;
        while let Some((item, count)) = left[row].last_mut().filter(|_| copies > 0) {
            let taken = copies.min(*count);
            restored.push((*item, taken));
            copies -= taken;
            *count -= taken;
            if *count == 0 {
                left[row].pop();
            }
        }
    }
    restored.sort_unstable();
    restored
}
