//! A number of bins being filled.

use super::problem::{Pattern, Problem, give, take};

/// Which items are where, and what is free.
#[derive(Debug, Clone)]
pub(super) struct Bins<'a> {
    pub(super) problem: &'a Problem,
    /// Of each bin: the type of each item in it.
    pub(super) contents: Vec<Vec<usize>>,
    free: Vec<u64>,
}

impl<'a> Bins<'a> {
    pub(super) fn empty(problem: &'a Problem, bins: usize) -> Self {
        Self {
            problem,
            contents: vec![Vec::new(); bins],
            free: problem.capacity().repeat(bins),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.contents.len()
    }

    /// Opens one more bin.
    pub(super) fn push(&mut self) {
        self.contents.push(Vec::new());
        self.free.extend_from_slice(self.problem.capacity());
    }

    /// What a bin has left of each resource.
    pub(super) fn free(&self, bin: usize) -> &[u64] {
        let width = self.problem.resources();
        &self.free[bin * width..(bin + 1) * width]
    }

    /// Whether one more item of a type fits a bin.
    pub(super) fn takes(&self, item: usize, bin: usize) -> bool {
        self.problem.fits(item, self.free(bin))
    }

    /// Puts an item into a bin, which must have room.
    pub(super) fn put(&mut self, item: usize, bin: usize) {
        let width = self.problem.resources();
        take(
            &mut self.free[bin * width..(bin + 1) * width],
            self.problem.sizes(item),
        );
        self.contents[bin].push(item);
    }

    /// Takes out the item at a place of a bin.
    pub(super) fn remove(&mut self, bin: usize, place: usize) -> usize {
        let item = self.contents[bin].swap_remove(place);
        let width = self.problem.resources();
        give(
            &mut self.free[bin * width..(bin + 1) * width],
            self.problem.sizes(item),
        );
        item
    }

    /// Takes everything out of a bin.
    pub(super) fn clear(&mut self, bin: usize) {
        let width = self.problem.resources();
        self.free[bin * width..(bin + 1) * width].copy_from_slice(self.problem.capacity());
        self.contents[bin].clear();
    }

    /// The bins as patterns, in their order.
    pub(super) fn patterns(&self) -> Vec<Pattern> {
        let pattern = |bin: &Vec<usize>| {
            let mut items = bin.clone();
            items.sort_unstable();
            items
                .chunk_by(|a, b| a == b)
                .map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX)))
                .collect()
        };
        self.contents.iter().map(pattern).collect()
    }
}
