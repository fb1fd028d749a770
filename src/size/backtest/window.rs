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

/// What one instance used, in cores or bytes, slot by slot (NaN is a gap), and what it has.
#[derive(Debug, Clone)]
pub(super) struct Usage {
    pub(super) resource: Resource,
    pub(super) samples: Vec<f32>,
    pub(super) period_seconds: u32,
    pub(super) capacity: f64,
}

/// The days that a rule may see.
#[derive(Debug)]
pub(super) struct Training<'a> {
    pub(super) resource: Resource,
    /// In time, with gaps; at least half of them are there.
    pub(super) slots: &'a [f32],
    /// Ascending, without gaps, at least one.
    pub(super) sorted: Vec<f32>,
    pub(super) period_seconds: u32,
    /// What the instance has.
    pub(super) capacity: f64,
}

/// The days that judge.
#[derive(Debug)]
pub(super) struct Judge {
    resource: Resource,
    present: Vec<f32>,
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
        let slots = self.samples.get(seen).unwrap_or_default();
        let mut sorted = at_least_half(slots).ok_or(Skip::Training)?;
        let present = at_least_half(self.samples.get(judged).unwrap_or_default()).ok_or(Skip::Test)?;
        sorted.sort_unstable_by(f32::total_cmp);
        let training = Training { resource: self.resource, slots, sorted, period_seconds: self.period_seconds, capacity: self.capacity };
        Ok((training, Judge { resource: self.resource, present }))
    }
}

fn at_least_half(slots: &[f32]) -> Option<Vec<f32>> {
    let present: Vec<f32> = slots.iter().copied().filter(|sample| !sample.is_nan()).collect();
    (!present.is_empty() && present.len() * 2 >= slots.len()).then_some(present)
}

impl Training<'_> {
    /// By nearest rank, as the plan takes it.
    pub(super) fn percentile(&self, percentile: f64) -> f64 {
        self.sorted.get(index_of_rank(self.sorted.len(), percentile)).copied().map_or(0.0, f64::from)
    }

    /// The highest sample.
    pub(super) fn max(&self) -> f64 {
        self.sorted.last().copied().map_or(0.0, f64::from)
    }
}

impl Judge {
    /// What was used on average.
    #[expect(clippy::cast_precision_loss, reason = "a test has few samples")]
    pub(super) fn mean(&self) -> f64 {
        self.present.iter().map(|&sample| f64::from(sample)).sum::<f64>() / self.present.len() as f64
    }

    /// Whether `request` would have been too small.
    pub(super) fn is_violated_by(&self, request: f64) -> bool {
        let above = self.present.iter().filter(|&&sample| f64::from(sample) > request).count();
        self.resource.is_violated(above, self.present.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(samples: Vec<f32>) -> Usage {
        Usage { resource: Resource::Cpu, samples, period_seconds: 300, capacity: 2.0 }
    }

    #[test]
    fn gaps_are_left_out_and_half_of_the_samples_are_enough() {
        let gap = f32::NAN;
        let usage = usage(vec![3.0, gap, 1.0, gap, 5.0, gap, gap, 7.0]);
        let (training, judge) = usage.window(0..4, 4..8).expect("half of each is there");
        assert_eq!((training.sorted.as_slice(), training.max()), ([1.0, 3.0].as_slice(), 3.0));
        assert_eq!(training.slots.len(), 4);
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
            let mut present = vec![1.0_f32; 200];
            present[..high].fill(2.0);
            Judge { resource, present }
        };
        assert!(!judge(Resource::Cpu, 2).is_violated_by(1.0), "2 of 200 are 1 %, not more");
        assert!(judge(Resource::Cpu, 3).is_violated_by(1.0));
        assert!(judge(Resource::Memory, 1).is_violated_by(1.0));
        assert!(!judge(Resource::Memory, 1).is_violated_by(2.0), "a sample at the request is not above it");
    }
}
