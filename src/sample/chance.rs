//! Chance that can be repeated.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What is drawn. Each subject has a stream of its own, so that one more draw for one of them leaves
/// all others as they were.
#[derive(Debug, Clone, Copy)]
pub(super) enum RandomStream {
    /// The numbers of the case.
    Case,
    /// Ids and dates of the environment.
    Identity,
    /// What its users want from it.
    Demand,
    /// What one of its instances makes of that.
    Instance(u32),
}

/// A stream of numbers for one subject of one environment.
#[derive(Debug)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64, environment: u32, drawn: RandomStream) -> Self {
        let (kind, number) = match drawn {
            RandomStream::Case => (0, 0),
            RandomStream::Identity => (1, 0),
            RandomStream::Demand => (2, 0),
            RandomStream::Instance(number) => (3, number),
        };
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        bytes[8..12].copy_from_slice(&environment.to_le_bytes());
        bytes[12..16].copy_from_slice(&u32::to_le_bytes(kind));
        bytes[16..20].copy_from_slice(&number.to_le_bytes());
        Self(ChaCha8Rng::from_seed(bytes))
    }

    /// From `low`, and below `high`.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// Whether something of this probability happens.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.between(0.0, 1.0) < probability
    }

    /// From 0, and below `count`; 0 if that is 0. The bias of the remainder does not matter here.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        self.0.next_u32().checked_rem(count).unwrap_or(0)
    }

    /// About normal: mean 0, deviation 1, never beyond 3.5. The sum of four uniform numbers has the
    /// deviation 1/sqrt(3), and a sum comes out the same on every platform, which a logarithm does not.
    pub(super) fn noise(&mut self) -> f64 {
        let drawn = self.0.next_u64();
        let sum: u64 = (0..4).map(|part| (drawn >> (16 * part)) & 0xffff).sum();
        let sum = u32::try_from(sum).map_or(0.0, f64::from);
        (sum / 65_536.0 - 2.0) * 1.732_050_8
    }

    /// One of them; `None` only if there are none.
    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.get(self.below(count) as usize)
    }

    /// So many characters of the alphabet.
    pub(super) fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length)
            .filter_map(|_| self.one_of(alphabet).map(|&byte| char::from(byte)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_mean_zero_and_deviation_one() {
        let mut chance = Chance::new(7, 0, RandomStream::Demand);
        let drawn: Vec<f64> = (0..20_000).map(|_| chance.noise()).collect();
        let mean = drawn.iter().sum::<f64>() / 20_000.0;
        let variance = drawn
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum::<f64>()
            / 20_000.0;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!((variance - 1.0).abs() < 0.03, "{variance}");
        assert!(drawn.iter().all(|value| value.abs() <= 3.5));
    }

    #[test]
    fn subjects_do_not_share_a_stream() {
        let first = |seed, environment, drawn| {
            Chance::new(seed, environment, drawn).text(b"0123456789abcdef", 16)
        };
        let all = [
            first(1, 0, RandomStream::Case),
            first(1, 0, RandomStream::Identity),
            first(1, 0, RandomStream::Demand),
            first(1, 0, RandomStream::Instance(0)),
            first(1, 0, RandomStream::Instance(1)),
            first(1, 1, RandomStream::Case),
            first(2, 0, RandomStream::Case),
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
