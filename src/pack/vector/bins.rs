//! A fixed number of bins being filled, under rules of spread.

use super::problem::{Pattern, Problem, give, take};

/// How many copies of a type may be together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pack) struct Spread {
    /// Of each type in one bin.
    pub(in crate::pack) per_bin: Vec<u32>,
    /// Of each type in the bins of one zone.
    pub(in crate::pack) per_zone: Vec<u32>,
    /// The zones that the bins go round.
    pub(in crate::pack) zones: usize,
}

impl Spread {
    /// No rule but the capacities.
    pub(in crate::pack) fn any(problem: &Problem) -> Self {
        Self { per_bin: vec![u32::MAX; problem.types()], per_zone: vec![u32::MAX; problem.types()], zones: 1 }
    }

    /// As even over `bins` bins in `zones` zones as the numbers allow.
    pub(in crate::pack) fn even(problem: &Problem, bins: usize, zones: usize) -> Self {
        let zones = zones.clamp(1, bins.max(1));
        let over = |parts: usize| {
            let parts = u32::try_from(parts.max(1)).unwrap_or(u32::MAX);
            (0..problem.types()).map(|item| problem.demand(item).div_ceil(parts)).collect()
        };
        Self { per_bin: over(bins), per_zone: over(zones), zones }
    }
}

/// Which items are where, and what is free.
#[derive(Debug, Clone)]
pub(in crate::pack) struct Bins<'a> {
    pub(super) problem: &'a Problem,
    pub(super) spread: &'a Spread,
    /// Of each bin: the type of each item in it.
    pub(super) contents: Vec<Vec<usize>>,
    free: Vec<u64>,
    /// Of each type in each zone; empty where there is one zone.
    in_zone: Vec<u32>,
}

impl<'a> Bins<'a> {
    pub(in crate::pack) fn empty(problem: &'a Problem, spread: &'a Spread, bins: usize) -> Self {
        let in_zone = if spread.zones > 1 { vec![0; problem.types() * spread.zones] } else { Vec::new() };
        Self { problem, spread, contents: vec![Vec::new(); bins], free: problem.capacity().repeat(bins), in_zone }
    }

    pub(in crate::pack) fn len(&self) -> usize {
        self.contents.len()
    }

    /// One more, empty.
    pub(super) fn push(&mut self) {
        self.contents.push(Vec::new());
        self.free.extend_from_slice(self.problem.capacity());
    }

    /// What a bin has left of each resource.
    pub(in crate::pack) fn free(&self, bin: usize) -> &[u64] {
        let width = self.problem.resources();
        &self.free[bin * width..(bin + 1) * width]
    }

    pub(super) const fn zone(&self, bin: usize) -> usize {
        bin % self.spread.zones
    }

    pub(super) fn in_zone(&self, item: usize, zone: usize) -> u32 {
        if self.in_zone.is_empty() { 0 } else { self.in_zone[item * self.spread.zones + zone] }
    }

    pub(super) fn copies(&self, item: usize, bin: usize) -> u32 {
        u32::try_from(self.contents[bin].iter().filter(|&&other| other == item).count()).unwrap_or(u32::MAX)
    }

    /// Whether one more item of a type may go into a bin: room and rules.
    pub(in crate::pack) fn takes(&self, item: usize, bin: usize) -> bool {
        self.problem.fits(item, self.free(bin)) && self.is_allowed(item, bin)
    }

    /// Whether the rules of spread allow one more item of a type in a bin.
    pub(super) fn is_allowed(&self, item: usize, bin: usize) -> bool {
        let per_bin = self.spread.per_bin[item];
        (self.in_zone.is_empty() || self.in_zone(item, self.zone(bin)) < self.spread.per_zone[item])
            && (per_bin >= self.problem.most(item) || self.copies(item, bin) < per_bin)
    }

    pub(in crate::pack) fn put(&mut self, item: usize, bin: usize) {
        let width = self.problem.resources();
        take(&mut self.free[bin * width..(bin + 1) * width], self.problem.sizes(item));
        self.contents[bin].push(item);
        if !self.in_zone.is_empty() {
            self.in_zone[item * self.spread.zones + bin % self.spread.zones] += 1;
        }
    }

    /// Takes out the item at a place of a bin.
    pub(super) fn remove(&mut self, bin: usize, place: usize) -> usize {
        let item = self.contents[bin].swap_remove(place);
        let width = self.problem.resources();
        give(&mut self.free[bin * width..(bin + 1) * width], self.problem.sizes(item));
        if !self.in_zone.is_empty() {
            self.in_zone[item * self.spread.zones + bin % self.spread.zones] -= 1;
        }
        item
    }

    /// The bins as patterns, in their order.
    pub(in crate::pack) fn patterns(&self) -> Vec<Pattern> {
        let pattern = |bin: &Vec<usize>| {
            let mut items = bin.clone();
            items.sort_unstable();
            items.chunk_by(|a, b| a == b).map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX))).collect()
        };
        self.contents.iter().map(pattern).collect()
    }
}
