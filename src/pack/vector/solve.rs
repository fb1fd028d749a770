//! The order of the steps: quick bound, constructive heuristics, one resource alone, refilling and ejection,
//! column generation, dives.

use super::Budget;
use super::bins::Bins;
use super::bound::{Bound, quick};
use super::canonical::Canonical;
use super::chance::Chance;
use super::columns::Columns;
use super::construct;
use super::dive::dive;
use super::ejection::Ejection;
use super::one_resource::OneResource;
use super::problem::{Pattern, Problem};
use super::refill::refill;
use super::slack::least_slack;

/// A packing, and how few bins there could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// What is in each bin.
    pub bins: Vec<Pattern>,
    /// No packing has fewer bins than this proves.
    pub bound: Bound,
}

impl Solution {
    /// How many bins are used.
    #[must_use]
    pub fn used(&self) -> u32 {
        u32::try_from(self.bins.len()).unwrap_or(u32::MAX)
    }

    /// Whether no packing has fewer bins.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.used() == self.bound.bins
    }
}

/// Column generation of all resources together pays up to so many rows; beyond, the dense inverse of its
/// master takes longer than it is worth.
const MOST_ROWS: usize = 400;
/// Steps of one refilling, at most a quarter of what is left; it is tried before ejection.
const REFILL: u64 = 200_000;
/// Steps of one ejection search, at most a quarter of what is left: before column generation, which takes longer and finds more, and after
/// each dive.
const EJECTION: u64 = 200_000;

/// The fewest bins that the budget finds. Any budget gives a packing, none of them an illegal one; the
/// same steps give the same packing, and the order of the items does not change how many bins it has.
#[must_use]
pub fn solve(problem: &Problem, budget: &Budget<'_>) -> Solution {
    let canonical = Canonical::of(problem);
    canonical.restored(solve_canonical(&canonical.problem, budget), problem.types())
}

/// A bound that takes milliseconds at any size.
#[must_use]
pub fn quick_bound(problem: &Problem) -> Bound {
    let canonical = Canonical::of(problem);
    canonical.restored_bound(quick(&canonical.problem), problem.types())
}

fn keep_better(bound: &mut Bound, other: Option<Bound>) {
    if let Some(other) = other.filter(|other| other.bins > bound.bins) {
        *bound = other;
    }
}

fn solve_canonical(problem: &Problem, budget: &Budget<'_>) -> Solution {
    let mut bound = quick(problem);
    let mut best = construct::best(problem, bound.bins).patterns();
    let is_open = |best: &[Pattern], bound: &Bound| u32::try_from(best.len()).is_ok_and(|bins| bins > bound.bins) && !budget.is_over();
    if is_open(&best, &bound) {
        let other = least_slack(problem, bound.bins, budget).map(|bins| bins.patterns());
        best = other.filter(|other| other.len() < best.len()).unwrap_or(best);
    }
    // Everything seen on the way: patterns of near-misses are good patterns, too.
    let mut known = best.clone();
    let mut near = best.clone();
    if is_open(&best, &bound)
        && let Some(alone) = OneResource::of(problem)
    {
        let part = budget.part(budget.left() / 2);
        let given = part.left();
        let (other, start) = alone.solve(&part);
        budget.spend(given - part.left());
        keep_better(&mut bound, Some(other));
        if start.len() < best.len() {
            let (bins, is_packed) = squeeze(problem, &start, start.len(), 0, budget);
            known.extend(bins.iter().cloned());
            near.clone_from(&bins);
            best = if is_packed { bins } else { best };
        }
    }
    // Where rows stand for many items each, column generation is the quicker way.
    let is_by_item = problem.types() > MOST_ROWS || u64::from(problem.items()) <= 4 * u64::try_from(problem.types()).unwrap_or(u64::MAX);
    while is_by_item && is_open(&best, &bound) {
        let (bins, is_packed) = squeeze(problem, &near, best.len() - 1, 0, budget);
        known.extend(bins.iter().cloned());
        near.clone_from(&bins);
        if !is_packed {
            break;
        }
        best = bins;
    }
    if problem.types() <= MOST_ROWS && is_open(&best, &bound) {
        known.sort_unstable();
        known.dedup();
        let mut columns = Columns::new(problem, std::mem::take(&mut known));
        columns.generate(u32::try_from(best.len()).unwrap_or(u32::MAX), usize::MAX, budget);
        known = columns.master.patterns().to_vec();
        keep_better(&mut bound, columns.bound);
    }
    let mut chance = Chance::new(0);
    let mut attempt = 0;
    while is_open(&best, &bound) {
        attempt += 1;
        // An attempt that is cut short at once still ends the search some day.
        budget.spend(1);
        let target = best.len() - 1;
        let start = if problem.types() <= MOST_ROWS {
            dive(problem, &mut known, u32::try_from(target).unwrap_or(u32::MAX), &mut chance, budget)
        } else {
            near
        };
        let (bins, is_packed) = squeeze(problem, &start, target, attempt, budget);
        known.extend(bins.iter().cloned());
        if is_packed {
            best.clone_from(&bins);
        }
        near = bins;
    }
    Solution { bins: best, bound }
}

/// Everything into `target` bins, from the fullest of `start`; whether it succeeded within its steps. The
/// patterns are legal either way.
fn squeeze(problem: &Problem, start: &[Pattern], target: usize, seed: u64, budget: &Budget<'_>) -> (Vec<Pattern>, bool) {
    let mut bins = Bins::empty(problem, target);
    let mut left: Vec<u32> = (0..problem.types()).map(|item| problem.demand(item)).collect();
    for (bin, pattern) in fullest(problem, start).take(target).enumerate() {
        for &(item, copies) in pattern {
            left[item] -= copies;
            (0..copies).for_each(|_| bins.put(item, bin));
        }
    }
    let mut outside: Vec<usize> = Vec::new();
    for item in left.iter().enumerate().flat_map(|(item, &left)| (0..left).map(move |_| item)) {
        match (0..target).rev().find(|&bin| bins.takes(item, bin)) {
            Some(bin) => bins.put(item, bin),
            None => outside.push(item),
        }
    }
    let is_packed = refill(&mut bins, &mut outside, &mut Chance::new(seed), REFILL.min(budget.left() / 4), budget)
        || Ejection::new(problem.types(), seed).run(&mut bins, &mut outside, EJECTION.min(budget.left() / 4), budget);
    // A dive may need fewer bins than the target has.
    let mut patterns = bins.patterns();
    patterns.retain(|pattern| !pattern.is_empty());
    (patterns, is_packed)
}

/// The patterns by the sum of their items' shares of a bin, most first.
fn fullest<'a>(problem: &Problem, patterns: &'a [Pattern]) -> impl Iterator<Item = &'a Pattern> {
    let share =
        |pattern: &Pattern| pattern.iter().map(|&(item, copies)| problem.millionths(item).sum::<u64>() * u64::from(copies)).sum::<u64>();
    let mut patterns: Vec<&Pattern> = patterns.iter().collect();
    patterns.sort_by_cached_key(|pattern| std::cmp::Reverse(share(pattern)));
    patterns.into_iter()
}
