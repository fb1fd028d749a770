//! One instance in one fold: what a rule sees, and what it is judged on.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::size::percentile::index_of_rank;

/// What is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Resource {
    /// In cores.
    Cpu,
    /// In bytes.
    Memory,
}

impl Resource {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Cpu, Self::Memory];

    /// Whether `above` of `samples` samples over the request break it: CPU that is short is shared, so
    /// more than 1 % of the time; memory that is short kills, so any sample.
    pub(super) const fn is_violated(self, above: usize, samples: usize) -> bool {
        match self {
            Self::Cpu => above * 100 > samples,
            Self::Memory => above > 0,
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Cpu => "CPU",
            Self::Memory => "memory",
        })
    }
}

/// Requests are computed: 1.15 x 20 % of a core is 0.22999999999999998 cores in binary, which a sample
/// of 23 % is not above. Utilisation comes in whole per cent often enough for this to matter.
const NOISE: f64 = 1e-9;

/// What one instance used, slot by slot, and what it has.
#[derive(Debug, Clone)]
pub(super) struct Usage {
    pub(super) resource: Resource,
    /// Of what the instance has; NaN is a gap.
    pub(super) percent: Vec<f32>,
    pub(super) period_seconds: u32,
    /// Cores or bytes that the instance has.
    pub(super) capacity: f64,
}

/// Per cent of `capacity` in cores or bytes.
fn amount(percent: f32, capacity: f64) -> f64 {
    f64::from(percent) / 100.0 * capacity
}

/// The days that a rule may see.
#[derive(Debug)]
pub(super) struct Training<'a> {
    pub(super) resource: Resource,
    /// Per cent; at least half of the slots have a sample.
    slots: &'a [f32],
    /// Per cent, ascending, without gaps, at least one.
    sorted: Vec<f32>,
    pub(super) period_seconds: u32,
    /// Cores or bytes that the instance has.
    pub(super) capacity: f64,
}

/// The days that judge.
#[derive(Debug)]
pub(super) struct Judge {
    resource: Resource,
    /// Per cent, without gaps, at least one.
    present: Vec<f32>,
    capacity: f64,
}

/// Why a window says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    /// Too few samples to fit on.
    Training,
    /// Too few samples to judge on.
    Test,
}

impl Usage {
    /// Cuts out one window; refuses it if less than half of the slots of either part have a sample.
    pub(super) fn window(&self, seen: Range<usize>, judged: Range<usize>) -> Result<(Training<'_>, Judge), Skip> {
        let &Self { resource, period_seconds, capacity, .. } = self;
        let slots = self.percent.get(seen).unwrap_or_default();
        let mut sorted = at_least_half(slots).ok_or(Skip::Training)?;
        let present = at_least_half(self.percent.get(judged).unwrap_or_default()).ok_or(Skip::Test)?;
        sorted.sort_unstable_by(f32::total_cmp);
        Ok((Training { resource, slots, sorted, period_seconds, capacity }, Judge { resource, present, capacity }))
    }
}

fn at_least_half(slots: &[f32]) -> Option<Vec<f32>> {
    let present: Vec<f32> = slots.iter().copied().filter(|sample| !sample.is_nan()).collect();
    (!present.is_empty() && present.len() * 2 >= slots.len()).then_some(present)
}

impl Training<'_> {
    /// The slots that have a sample, in time: (slot, cores or bytes).
    pub(super) fn present(&self) -> impl DoubleEndedIterator<Item = (usize, f64)> {
        let samples = self.slots.iter().enumerate().filter(|(_, percent)| !percent.is_nan());
        samples.map(|(slot, &percent)| (slot, amount(percent, self.capacity)))
    }

    /// How many slots have a sample; at least one.
    pub(super) fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The sample at `index` in ascending order; past the last, the last.
    pub(super) fn ascending(&self, index: usize) -> f64 {
        self.sorted.get(index).or(self.sorted.last()).map_or(0.0, |&percent| amount(percent, self.capacity))
    }

    /// By nearest rank, as the plan takes it.
    pub(super) fn percentile(&self, percentile: f64) -> f64 {
        self.ascending(index_of_rank(self.count(), percentile))
    }

    /// The highest sample.
    pub(super) fn max(&self) -> f64 {
        self.ascending(self.count())
    }
}

impl Judge {
    /// What was used on average, in cores or bytes.
    #[expect(clippy::cast_precision_loss, reason = "a test has few samples")]
    pub(super) fn mean(&self) -> f64 {
        self.present.iter().map(|&percent| amount(percent, self.capacity)).sum::<f64>() / self.present.len() as f64
    }

    /// Whether a request of so many cores or bytes would have been too small.
    pub(super) fn is_violated_by(&self, request: f64) -> bool {
        let enough = request * (1.0 + NOISE) / self.capacity * 100.0;
        let above = self.present.iter().filter(|&&percent| f64::from(percent) > enough).count();
        self.resource.is_violated(above, self.present.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On an instance of 100, so that per cent and amounts are the same.
    fn usage(percent: Vec<f32>) -> Usage {
        Usage { resource: Resource::Cpu, percent, period_seconds: 300, capacity: 100.0 }
    }

    #[test]
    fn gaps_are_left_out_and_half_of_the_samples_are_enough() {
        let gap = f32::NAN;
        let usage = usage(vec![3.0, gap, 1.0, gap, 5.0, gap, gap, 7.0]);
        let (training, judge) = usage.window(0..4, 4..8).expect("half of each is there");
        assert_eq!(training.count(), 2);
        assert_eq!(training.present().collect::<Vec<_>>(), [(0, 3.0), (2, 1.0)]);
        assert_eq!([0, 1, 2].map(|index| training.ascending(index)), [1.0, 3.0, 3.0]);
        assert!((judge.mean() - 6.0).abs() < 1e-12);
        // One of three is less than half.
        assert_eq!(usage.window(1..4, 4..8).err(), Some(Skip::Training));
        assert_eq!(usage.window(0..4, 5..8).err(), Some(Skip::Test));
        assert_eq!(usage.window(0..0, 4..8).err(), Some(Skip::Training));
        assert_eq!(usage.window(0..4, 8..9).err(), Some(Skip::Test));
    }

    #[test]
    fn one_per_cent_is_allowed_for_cpu_and_nothing_for_memory() {
        let judge = |resource, high: usize| {
            let mut present = vec![10.0_f32; 200];
            present[..high].fill(20.0);
            Judge { resource, present, capacity: 4.0 }
        };
        assert!(!judge(Resource::Cpu, 2).is_violated_by(0.4), "2 of 200 are 1 %, not more");
        assert!(judge(Resource::Cpu, 3).is_violated_by(0.4));
        assert!(judge(Resource::Memory, 1).is_violated_by(0.4));
        assert!(!judge(Resource::Memory, 1).is_violated_by(0.8), "a sample at the request is not above it");
    }

    #[test]
    fn binary_noise_is_not_above() {
        let judge = Judge { resource: Resource::Memory, present: vec![23.0], capacity: 1.0 };
        let request: f64 = 1.15 * 0.2;
        assert!(request.total_cmp(&0.23).is_lt(), "the noise");
        assert!(!judge.is_violated_by(request));
        assert!(judge.is_violated_by(0.229_999));
    }
}
