//! Bin by bin: the largest item that is left, and with it what leaves the least of the bin.
//!
//! Minimum bin slack (Gupta & Ho, Production Planning & Control 10, 1999) with the largest item set
//! beforehand (Fleszar & Hindi, Computers & Operations Research 29, 2002), here in a mixture of the
//! resources. Large items are tried first, and the first filling that wastes no more than the target
//! allows is taken, so that small items, which fill any bin, are left for the last ones.

use super::Budget;
use super::bins::Bins;
use super::bound::{MIXED, mixture};
use super::problem::{Problem, give, take};

/// Mixtures tried: how much less a resource weighs the less scarce it is.
const SHARPNESSES: [u32; 5] = [4, 6, 3, 5, 8];
/// Looks at items for one bin.
const LOOKS: u64 = 3000;
/// How often in a packing the mixture follows what is left.
const MIXTURES: usize = 100;
/// Of the scarcest resource.
const MOST_WEIGHT: u128 = 1000;
/// A look is a few nanoseconds.
pub(super) const LOOKS_IN_A_STEP: u64 = 250;
const ROWS_IN_A_STEP: u64 = 16;

/// The smallest packing of several; no more are tried once one needs only `target` bins, or half of the
/// budget is spent. Nothing when it ends before the first.
pub(super) fn least_slack<'a>(
    problem: &'a Problem,
    target: u32,
    budget: &Budget<'_>,
) -> Option<Bins<'a>> {
    let mut best: Option<Bins<'a>> = None;
    let enough = budget.left() / 2;
    for sharpness in SHARPNESSES {
        if best
            .as_ref()
            .is_some_and(|best| u32::try_from(best.len()).is_ok_and(|bins| bins <= target))
            || budget.left() < enough
        {
            break;
        }
        let Some(bins) = bin_by_bin(problem, target, sharpness, budget) else {
            break;
        };
        if best.as_ref().is_none_or(|best| bins.len() < best.len()) {
            best = Some(bins);
        }
    }
    best
}

/// Nothing when the budget ends first.
fn bin_by_bin<'a>(
    problem: &'a Problem,
    target: u32,
    sharpness: u32,
    budget: &Budget<'_>,
) -> Option<Bins<'a>> {
    let mut bins = Bins::empty(problem, 0);
    let mut left: Vec<u32> = (0..problem.types())
        .map(|item| problem.demand(item))
        .collect();
    let target = usize::try_from(target).unwrap_or(usize::MAX);
    loop {
        let mut order = Order::new(problem, left.iter().copied().enumerate(), sharpness);
        if order.items.is_empty() {
            return Some(bins);
        }
        let mut steps = order.steps();
        for _ in 0..(target / MIXTURES).max(1) {
            let Some((filling, looks)) = order.next_bin(target.saturating_sub(bins.len()), LOOKS)
            else {
                break;
            };
            steps += looks / LOOKS_IN_A_STEP + 1;
            bins.push();
            for item in filling {
                left[item] -= 1;
                bins.put(item, bins.len() - 1);
            }
        }
        if budget.spend(steps) {
            return None;
        }
    }
}

/// Types of items that are left, by what they take of a mixture of the resources, most first.
#[derive(Debug)]
pub(super) struct Order<'a> {
    problem: &'a Problem,
    items: Vec<usize>,
    /// What one item of each takes of the mixture.
    sizes: Vec<u64>,
    /// How many of each are left.
    left: Vec<u32>,
    /// What all that are left take.
    volume: u64,
    capacity: u64,
}

impl<'a> Order<'a> {
    /// A resource weighs as much as its load by these items, compared with that of the scarcest one, to the
    /// power of `sharpness`.
    pub(super) fn new(
        problem: &'a Problem,
        left: impl Iterator<Item = (usize, u32)>,
        sharpness: u32,
    ) -> Self {
        let left: Vec<(usize, u32)> = left.filter(|&(_, left)| left > 0).collect();
        let load = |resource: usize| {
            let volume: u128 = left
                .iter()
                .map(|&(item, left)| u128::from(problem.sizes(item)[resource]) * u128::from(left))
                .sum();
            volume * u128::from(MIXED) / u128::from(problem.capacity()[resource].max(1))
        };
        let loads: Vec<u128> = (0..problem.resources()).map(load).collect();
        let most = loads.iter().copied().max().unwrap_or(0).max(1);
        let weight = |load: u128| {
            u64::try_from((0..sharpness).fold(MOST_WEIGHT, |weight, _| weight * load / most))
                .unwrap_or(0)
                .max(1)
        };
        let weights: Vec<u64> = loads.into_iter().map(weight).collect();
        // What takes less than the mixture's unit would never seem worth adding.
        let sized =
            |&(item, left): &(usize, u32)| (mixture(problem, item, &weights).max(1), item, left);
        let mut rows: Vec<(u64, usize, u32)> = left.iter().map(sized).collect();
        rows.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        Self {
            problem,
            items: rows.iter().map(|&(_, item, _)| item).collect(),
            sizes: rows.iter().map(|&(size, ..)| size).collect(),
            left: rows.iter().map(|&(.., left)| left).collect(),
            volume: rows
                .iter()
                .map(|&(size, _, left)| size * u64::from(left))
                .sum(),
            capacity: MIXED * weights.iter().sum::<u64>(),
        }
    }

    /// What one item of each type takes, by type; 0 where none is left.
    pub(super) fn sizes_by_item(&self) -> Vec<u64> {
        let mut sizes = vec![0; self.problem.types()];
        for (&item, &size) in self.items.iter().zip(&self.sizes) {
            sizes[item] = size;
        }
        sizes
    }

    /// What it costs to make.
    fn steps(&self) -> u64 {
        u64::try_from(self.items.len()).unwrap_or(u64::MAX) / ROWS_IN_A_STEP + 1
    }

    /// What goes into the next of `open` bins, and the looks that took; nothing when nothing is left.
    pub(super) fn next_bin(&mut self, open: usize, most_looks: u64) -> Option<(Vec<usize>, u64)> {
        let first = self.left.iter().position(|&left| left > 0)?;
        let open = u64::try_from(open).unwrap_or(u64::MAX).max(1);
        let mut search = Search {
            order: self,
            inside: Vec::new(),
            free: self.problem.capacity().to_vec(),
            tolerance: open
                .saturating_mul(self.capacity)
                .saturating_sub(self.volume)
                / open,
            least: u64::MAX,
            best: Vec::new(),
            looks: 0,
            most_looks,
        };
        search.put(first);
        search.from(first, 1, self.capacity.saturating_sub(self.sizes[first]));
        let (best, looks) = (search.best, search.looks);
        for &place in &best {
            self.left[place] -= 1;
            self.volume -= self.sizes[place];
        }
        Some((
            best.into_iter().map(|place| self.items[place]).collect(),
            looks,
        ))
    }

    /// Every item that is left, by itself.
    pub(super) fn rest(&self) -> Vec<usize> {
        self.items
            .iter()
            .zip(&self.left)
            .flat_map(|(&item, &left)| (0..left).map(move |_| item))
            .collect()
    }
}

struct Search<'a> {
    order: &'a Order<'a>,
    /// Places in the order of what is in the bin, ascending.
    inside: Vec<usize>,
    /// What is free of each resource.
    free: Vec<u64>,
    /// Slack that is small enough to stop.
    tolerance: u64,
    least: u64,
    /// What was inside then.
    best: Vec<usize>,
    looks: u64,
    most_looks: u64,
}

impl Search<'_> {
    fn put(&mut self, place: usize) {
        take(
            &mut self.free,
            self.order.problem.sizes(self.order.items[place]),
        );
        self.inside.push(place);
    }

    fn is_over(&self) -> bool {
        self.least <= self.tolerance || self.looks >= self.most_looks
    }

    /// Adds items from `place` on, of which `copies` are inside; `slack` of the mixture is free.
    fn from(&mut self, place: usize, copies: u32, slack: u64) {
        if slack < self.least {
            self.least = slack;
            self.best.clone_from(&self.inside);
        }
        // Sizes fall along the order: those that are too large come first.
        let start = place + self.order.sizes[place..].partition_point(|&size| size > slack);
        for next in start..self.order.items.len() {
            if self.is_over() {
                return;
            }
            self.looks += 1;
            let already = if next == place { copies } else { 0 };
            let item = self.order.items[next];
            if self.order.left[next] > already && self.order.problem.fits(item, &self.free) {
                self.put(next);
                self.from(next, already + 1, slack - self.order.sizes[next]);
                self.inside.pop();
                give(&mut self.free, self.order.problem.sizes(item));
            }
        }
    }
}
