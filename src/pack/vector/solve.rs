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
use super::solution::Solution;

/// Column generation of all resources together pays up to so many rows; beyond, the dense inverse of its
/// master takes longer than it is worth.
const MOST_ROWS: usize = 400;
/// And up to so many it takes milliseconds.
const FEW_ROWS: usize = 50;
/// Steps of one refilling for each row, at most a quarter of what is left; it is tried before ejection.
const REFILL: u64 = 250;
/// Steps of one ejection search, at most a quarter of what is left: before column generation, which takes
/// longer and finds more, and after each dive.
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

fn solve_canonical(problem: &Problem, budget: &Budget<'_>) -> Solution {
    let bound = quick(problem);
    let best = construct::best(problem, bound.bins).patterns();
    let mut search = Search {
        problem,
        budget,
        known: best.clone(),
        near: best.clone(),
        best,
        bound,
    };
    search.fill_bin_by_bin();
    search.solve_one_resource();
    // Where rows are few or stand for many items each, column generation is the quicker way.
    let types = problem.types();
    let is_by_item = types > MOST_ROWS
        || types > FEW_ROWS
            && u64::from(problem.items()) <= 4 * u64::try_from(types).unwrap_or(u64::MAX);
    while is_by_item && search.is_open() && search.squeeze(None, search.best.len() - 1, 0) {}
    if search.has_few_rows() {
        search.generate_columns();
    }
    search.dive_until_the_end();
    Solution {
        bins: search.best,
        bound: search.bound,
    }
}

struct Search<'a> {
    problem: &'a Problem,
    budget: &'a Budget<'a>,
    bound: Bound,
    best: Vec<Pattern>,
    /// The last packing into a bin less than the best then had, without what did not fit.
    near: Vec<Pattern>,
    /// Everything seen on the way: patterns of near-misses are good patterns, too.
    known: Vec<Pattern>,
}

impl Search<'_> {
    fn used(&self) -> u32 {
        u32::try_from(self.best.len()).unwrap_or(u32::MAX)
    }

    fn is_open(&self) -> bool {
        self.used() > self.bound.bins && !self.budget.is_over()
    }

    fn has_few_rows(&self) -> bool {
        self.problem.types() <= MOST_ROWS
    }

    fn keep_better(&mut self, bound: Bound) {
        if bound.bins > self.bound.bins {
            self.bound = bound;
        }
    }

    /// Everything into `target` bins, from `start` or the last near-miss; whether that succeeded.
    fn squeeze(&mut self, start: Option<&[Pattern]>, target: usize, seed: u64) -> bool {
        let (bins, is_packed) = squeeze(
            self.problem,
            start.unwrap_or(&self.near),
            target,
            seed,
            self.budget,
        );
        self.known.extend(bins.iter().cloned());
        if is_packed {
            self.best.clone_from(&bins);
        }
        self.near = bins;
        is_packed
    }

    fn fill_bin_by_bin(&mut self) {
        if self.is_open()
            && let Some(bins) = least_slack(self.problem, self.bound.bins, self.budget)
            && bins.len() < self.best.len()
        {
            self.best = bins.patterns();
            self.known.clone_from(&self.best);
            self.near.clone_from(&self.best);
        }
    }

    fn solve_one_resource(&mut self) {
        if self.is_open()
            && let Some(alone) = OneResource::of(self.problem)
        {
            let part = self.budget.part(self.budget.left() / 2);
            let given = part.left();
            let (bound, start) = alone.restored(&solve(alone.problem(), &part));
            self.budget.spend(given - part.left());
            self.keep_better(bound);
            if start.len() < self.best.len() {
                self.squeeze(Some(&start), start.len(), 0);
            }
        }
    }

    fn generate_columns(&mut self) {
        if self.is_open() {
            self.known.sort_unstable();
            self.known.dedup();
            let mut columns = Columns::new(self.problem, std::mem::take(&mut self.known));
            columns.generate(self.used(), usize::MAX, self.budget);
            self.known = columns.master.patterns().to_vec();
            columns
                .bound
                .into_iter()
                .for_each(|bound| self.keep_better(bound));
        }
    }

    fn dive_until_the_end(&mut self) {
        let mut chance = Chance::new(0);
        let mut attempt = 0;
        while self.is_open() {
            attempt += 1;
            // An attempt that is cut short at once still ends the search some day.
            self.budget.spend(1);
            let target = self.used() - 1;
            let start = self.has_few_rows().then(|| {
                dive(
                    self.problem,
                    &mut self.known,
                    target,
                    &mut chance,
                    self.budget,
                )
            });
            self.squeeze(start.as_deref(), self.best.len() - 1, attempt);
        }
    }
}

/// Everything into `target` bins, from the fullest of `start`; whether it succeeded within its steps. The
/// patterns are legal either way.
fn squeeze(
    problem: &Problem,
    start: &[Pattern],
    target: usize,
    seed: u64,
    budget: &Budget<'_>,
) -> (Vec<Pattern>, bool) {
    let mut bins = Bins::empty(problem, target);
    let mut left: Vec<u32> = (0..problem.types())
        .map(|item| problem.demand(item))
        .collect();
    for (bin, pattern) in fullest(problem, start).take(target).enumerate() {
        for &(item, copies) in pattern {
            left[item] -= copies;
            (0..copies).for_each(|_| bins.put(item, bin));
        }
    }
    let mut outside: Vec<usize> = Vec::new();
    for item in left
        .iter()
        .enumerate()
        .flat_map(|(item, &left)| (0..left).map(move |_| item))
    {
        match (0..target).rev().find(|&bin| bins.takes(item, bin)) {
            Some(bin) => bins.put(item, bin),
            None => outside.push(item),
        }
    }
    let refill_steps = u64::try_from(problem.types())
        .unwrap_or(u64::MAX)
        .saturating_mul(REFILL)
        .min(budget.left() / 4);
    let is_packed = refill(
        &mut bins,
        &mut outside,
        &mut Chance::new(seed),
        refill_steps,
        budget,
    ) || Ejection::new(problem.types(), seed).run(
        &mut bins,
        &mut outside,
        EJECTION.min(budget.left() / 4),
        budget,
    );
    // A dive may need fewer bins than the target has.
    let mut patterns = bins.patterns();
    patterns.retain(|pattern| !pattern.is_empty());
    (patterns, is_packed)
}

/// The patterns by the sum of their items' shares of a bin, most first.
fn fullest<'a>(problem: &Problem, patterns: &'a [Pattern]) -> impl Iterator<Item = &'a Pattern> {
    let share = |pattern: &Pattern| {
        pattern
            .iter()
            .map(|&(item, copies)| problem.millionths(item).sum::<u64>() * u64::from(copies))
            .sum::<u64>()
    };
    let mut patterns: Vec<&Pattern> = patterns.iter().collect();
    patterns.sort_by_cached_key(|pattern| std::cmp::Reverse(share(pattern)));
    patterns.into_iter()
}
