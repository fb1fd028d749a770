//! Chance that can be repeated: the same seed, the same search.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

#[derive(Debug)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From 0, and below `count`; 0 if that is 0. The bias of the remainder does not matter here.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let drawn = usize::try_from(self.0.next_u32()).unwrap_or(0);
        drawn.checked_rem(count).unwrap_or(0)
    }
}
