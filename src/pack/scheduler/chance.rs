//! Chance that can be repeated: the scheduler's ties, the order of creation, which node comes up first.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of numbers of its own for each order that is simulated.
#[derive(Debug, Clone)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of the `order`-th order; `number_of` keeps different questions about it apart.
    pub(super) fn new(order: u32, number_of: u32) -> Self {
        Self(ChaCha8Rng::seed_from_u64(
            (u64::from(number_of) << 32) | u64::from(order),
        ))
    }

    /// From 0, and below `count`, which is at least 1. The bias, `count` in 2^32, does not matter here.
    pub(super) fn below(&mut self, count: usize) -> usize {
        ((u64::from(self.0.next_u32()) * count as u64) >> 32) as usize
    }

    /// Brings the items in an order by chance, each equally likely, as Fisher and Yates did.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
