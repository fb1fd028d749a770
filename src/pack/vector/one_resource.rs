//! One resource alone, as if the others were no limit: fewer rows, a bound, and a packing to start from.
//!
//! Requests come in steps, so that hundreds of apps have a few dozen sizes of memory; all of one size are
//! one type. That leaves few enough rows for column generation where there are thousands of apps, and few
//! enough different rooms for exact pricing. Where one resource is what fills the bins, its bound sees what
//! volume does not, that the sizes at hand do not fill a bin to the brim; and its packing hardly breaks the
//! limits of the others once items of a size are dealt out evenly.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::bins::Bins;
use super::bound::{Bound, Rule};
use super::pricing::EXACT_ROOM;
use super::problem::{ItemType, Pattern, Problem};
use super::solution::Solution;

/// Types that there must be for each size: with fewer, all resources together are as quick.
const TYPES_FOR_TWO_SIZES: usize = 3;

/// The problem of one resource.
#[derive(Debug)]
pub(super) struct OneResource<'a> {
    problem: &'a Problem,
    resource: usize,
    /// Sizes in the problem, ascending, with how many items have them.
    demand: BTreeMap<u64, u32>,
    alone: Problem,
}

impl<'a> OneResource<'a> {
    /// Of the resource of which all items together take most. Nothing where its sizes are too many, or so odd
    /// that prices could be found, and checked by others, only roughly.
    pub(super) fn of(problem: &'a Problem) -> Option<Self> {
        let volume = problem.volume();
        let load = |&resource: &usize| {
            volume[resource] * 1_000_000 / u128::from(problem.capacity()[resource].max(1))
        };
        let resource = (0..problem.resources()).max_by_key(load)?;
        let mut demand: BTreeMap<u64, u32> = BTreeMap::new();
        for item in 0..problem.types() {
            *demand.entry(problem.sizes(item)[resource]).or_default() += problem.demand(item);
        }
        if problem.resources() == 1 || demand.len() * TYPES_FOR_TWO_SIZES > problem.types() * 2 {
            return None;
        }
        // In units of which every size is a whole number: what is left of a unit is never filled.
        let unit = demand
            .keys()
            .copied()
            .fold(0, greatest_common_divisor)
            .max(1);
        let room = problem.capacity()[resource] / unit;
        if room > EXACT_ROOM {
            return None;
        }
        let types: Vec<ItemType> = demand
            .iter()
            .map(|(&size, &demand)| ItemType {
                sizes: vec![size / unit],
                demand,
            })
            .collect();
        let alone = Problem::new(vec![room], &types).ok()?;
        Some(Self {
            problem,
            resource,
            demand,
            alone,
        })
    }

    /// What is to be solved: a type of item for each size.
    pub(super) const fn problem(&self) -> &Problem {
        &self.alone
    }

    /// What a solution of [`Self::problem`] proves of all resources, and a legal packing of most items into as few bins
    /// as hold them all by this resource.
    pub(super) fn restored(&self, solution: &Solution) -> (Bound, Vec<Pattern>) {
        let row: BTreeMap<u64, usize> = self
            .demand
            .keys()
            .enumerate()
            .map(|(row, &size)| (size, row))
            .collect();
        let row_of: Vec<usize> = (0..self.problem.types())
            .map(|item| row[&self.problem.sizes(item)[self.resource]])
            .collect();
        let prices = row_of
            .iter()
            .map(|&row| solution.bound.prices[row])
            .collect();
        let weights = (0..self.problem.resources())
            .map(|other| u64::from(other == self.resource))
            .collect();
        let bound = Bound::of(
            self.problem,
            Rule::OneResource(self.resource),
            prices,
            solution.bound.best_pattern,
            weights,
        );
        (bound, self.dealt_out(&row_of, &solution.bins))
    }

    /// Items into the places that the packing has for their sizes: those that take most of the other
    /// resources first, each into the bin that has most of them left. What fits none is left out.
    fn dealt_out(&self, row_of: &[usize], packing: &[Pattern]) -> Vec<Pattern> {
        let problem = self.problem;
        let mut places: Vec<Vec<(usize, u32)>> = vec![Vec::new(); self.demand.len()];
        for (bin, pattern) in packing.iter().enumerate() {
            pattern
                .iter()
                .for_each(|&(row, copies)| places[row].push((bin, copies)));
        }
        let others: Vec<usize> = (0..problem.resources())
            .filter(|&other| other != self.resource)
            .collect();
        let largest = |item: usize| {
            let shares: Vec<u64> = problem.millionths(item).collect();
            others.iter().map(|&other| shares[other]).max().unwrap_or(0)
        };
        let mut items: Vec<usize> = (0..problem.types()).collect();
        items.sort_by_cached_key(|&item| (Reverse(largest(item)), item));
        let mut bins = Bins::empty(problem, packing.len());
        for item in items {
            let places = &mut places[row_of[item]];
            for _ in 0..problem.demand(item) {
                let scarcest = |bin: usize| {
                    let share = |&other: &usize| {
                        u128::from(bins.free(bin)[other]) * 1_000_000
                            / u128::from(problem.capacity()[other].max(1))
                    };
                    others.iter().map(share).min().unwrap_or(0)
                };
                let open = places
                    .iter_mut()
                    .filter(|(bin, copies)| *copies > 0 && bins.takes(item, *bin));
                let Some((bin, copies)) =
                    open.max_by_key(|(bin, _)| (scarcest(*bin), Reverse(*bin)))
                else {
                    break;
                };
                *copies -= 1;
                bins.put(item, *bin);
            }
        }
        bins.patterns()
    }
}

fn greatest_common_divisor(one: u64, other: u64) -> u64 {
    if other == 0 {
        one
    } else {
        greatest_common_divisor(other, one % other)
    }
}
