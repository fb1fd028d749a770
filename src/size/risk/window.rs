//! One instance or replica: the days that a request may be made from, and the days that judge it.

use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::DAY_SECONDS;
use crate::size::percentile::{index_of_rank, kth_largest};

/// What is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

    /// As data files spell it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Memory => "memory",
        }
    }

    /// How many of `samples` samples may be over the request: CPU that is short is shared, so up to 1 %
    /// of the time; memory that is short kills, so none.
    const fn tolerated(self, samples: usize) -> usize {
        match self {
            Self::Cpu => samples / 100,
            Self::Memory => 0,
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

/// Whether `needed` is more than `request`, by more than what binary numbers blur.
pub(super) fn is_more(needed: f64, request: f64) -> bool {
    needed > request * (1.0 + NOISE)
}

/// What one instance or replica used, slot by slot, and what it had.
#[derive(Debug, Clone)]
pub(in crate::size) struct Usage {
    pub(in crate::size) resource: Resource,
    /// Of `capacity`; NaN is a gap.
    pub(in crate::size) percent: Vec<f32>,
    pub(in crate::size) period_seconds: u32,
    /// Cores or bytes that it had.
    pub(in crate::size) capacity: f64,
}

/// Per cent of `capacity` in cores or bytes.
fn amount(percent: f32, capacity: f64) -> f64 {
    f64::from(percent) / 100.0 * capacity
}

/// The days that a rule may see.
#[derive(Debug)]
pub(in crate::size) struct Training<'a> {
    pub(in crate::size) resource: Resource,
    /// Per cent; at least half of the slots have a sample.
    slots: &'a [f32],
    pub(in crate::size) period_seconds: u32,
    /// Cores or bytes that it had.
    pub(in crate::size) capacity: f64,
    /// Per cent, ascending, without gaps; only for whoever asks for it, since sorting is slow.
    sorted: OnceCell<Vec<f32>>,
}

/// The days that judge.
#[derive(Debug)]
pub(in crate::size) struct Judge<'a> {
    resource: Resource,
    /// Per cent; at least one slot has a sample.
    slots: &'a [f32],
    capacity: f64,
}

/// Why a window says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::size) enum Skip {
    /// Too few samples to fit on.
    Training,
    /// Too few samples to judge on.
    Test,
}

impl Usage {
    /// Cuts out one window; refuses it if less than half of the slots of either part have a sample.
    pub(in crate::size) fn window(&self, seen: Range<usize>, judged: Range<usize>) -> Result<(Training<'_>, Judge<'_>), Skip> {
        let training = self.training(seen).ok_or(Skip::Training)?;
        let slots = self.percent.get(judged).unwrap_or_default();
        if !is_half_there(slots) {
            return Err(Skip::Test);
        }
        Ok((training, Judge { resource: self.resource, slots, capacity: self.capacity }))
    }

    /// All of it, however little came.
    pub(in crate::size) fn whole(&self) -> Training<'_> {
        Training::over(&self.percent, self)
    }

    /// The smallest request, in cores or bytes, that `slots` of it would not have violated; `None` if no
    /// sample came.
    pub(in crate::size) fn needed_in(&self, slots: &[f32]) -> Option<f64> {
        let judge = Judge { resource: self.resource, slots, capacity: self.capacity };
        present(slots).next().map(|_| judge.needed())
    }

    /// Cuts out what may be seen; `None` if less than half of the slots have a sample.
    pub(in crate::size) fn training(&self, seen: Range<usize>) -> Option<Training<'_>> {
        let slots = self.percent.get(seen).unwrap_or_default();
        is_half_there(slots).then(|| Training::over(slots, self))
    }
}

fn present(slots: &[f32]) -> impl Iterator<Item = f32> {
    slots.iter().copied().filter(|sample| !sample.is_nan())
}

fn is_half_there(slots: &[f32]) -> bool {
    let count = present(slots).count();
    count > 0 && count * 2 >= slots.len()
}

impl<'a> Training<'a> {
    fn over(slots: &'a [f32], usage: &Usage) -> Self {
        let &Usage { resource, period_seconds, capacity, .. } = usage;
        Self { resource, slots, period_seconds, capacity, sorted: OnceCell::new() }
    }

    fn part(&self, slots: &'a [f32]) -> Self {
        Self { resource: self.resource, slots, period_seconds: self.period_seconds, capacity: self.capacity, sorted: OnceCell::new() }
    }

    fn slots_in_a_day(&self) -> usize {
        usize::try_from(DAY_SECONDS / u64::from(self.period_seconds.max(1))).unwrap_or(1).max(1)
    }

    /// `statistic` of each 24 hours from the start; NaN for those of which less than half came.
    pub(in crate::size) fn daily(&self, statistic: impl Fn(&Self) -> f64) -> Vec<f64> {
        let days = self.slots.chunks(self.slots_in_a_day());
        days.map(|day| if is_half_there(day) { statistic(&self.part(day)) } else { f64::NAN }).collect()
    }

    /// All but so many days at the start.
    pub(in crate::size) fn without_days(&self, days: usize) -> Self {
        self.part(self.slots.get(days * self.slots_in_a_day()..).unwrap_or_default())
    }

    /// The slots that have a sample, in time: (slot, cores or bytes).
    pub(in crate::size) fn present(&self) -> impl DoubleEndedIterator<Item = (usize, f64)> {
        let samples = self.slots.iter().enumerate().filter(|(_, percent)| !percent.is_nan());
        samples.map(|(slot, &percent)| (slot, amount(percent, self.capacity)))
    }

    fn sorted(&self) -> &[f32] {
        self.sorted.get_or_init(|| {
            let mut sorted: Vec<f32> = present(self.slots).collect();
            sorted.sort_unstable_by(f32::total_cmp);
            sorted
        })
    }

    /// How many slots have a sample.
    pub(in crate::size) fn count(&self) -> usize {
        present(self.slots).count()
    }

    /// The sample at `index` in ascending order; past the last, the last.
    pub(in crate::size) fn ascending(&self, index: usize) -> f64 {
        let sorted = self.sorted();
        sorted.get(index).or(sorted.last()).map_or(0.0, |&percent| amount(percent, self.capacity))
    }

    /// By nearest rank; nothing of nothing.
    pub(in crate::size) fn percentile(&self, percentile: f64) -> f64 {
        match self.sorted.get() {
            Some(sorted) => self.ascending(index_of_rank(sorted.len(), percentile)),
            None => {
                let count = self.count();
                let from_the_top = count - index_of_rank(count, percentile).min(count);
                kth_largest(self.slots.iter().copied(), from_the_top).map_or(0.0, |percent| amount(percent, self.capacity))
            }
        }
    }

    /// The highest sample; nothing of nothing.
    pub(in crate::size) fn max(&self) -> f64 {
        amount(present(self.slots).fold(0.0, f32::max), self.capacity)
    }
}

impl Judge<'_> {
    /// What was used on average, in cores or bytes.
    #[expect(clippy::cast_precision_loss, reason = "a test has few samples")]
    pub(in crate::size) fn mean(&self) -> f64 {
        let sum: f64 = present(self.slots).map(|percent| amount(percent, self.capacity)).sum();
        sum / present(self.slots).count() as f64
    }

    /// The smallest request, in cores or bytes, that these days would not have violated: the highest
    /// sample but for those that may be over it.
    pub(in crate::size) fn needed(&self) -> f64 {
        let tolerated = self.resource.tolerated(present(self.slots).count());
        kth_largest(self.slots.iter().copied(), tolerated + 1).map_or(0.0, |percent| amount(percent, self.capacity))
    }

    /// Whether each of so many cores or bytes would have been too small.
    pub(in crate::size) fn are_violated_by<const RULES: usize>(&self, requests: [f64; RULES]) -> [bool; RULES] {
        let needed = self.needed();
        requests.map(|request| is_more(needed, request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On an instance of 100, so that per cent and amounts are the same.
    fn usage(percent: Vec<f32>) -> Usage {
        Usage { resource: Resource::Cpu, percent, period_seconds: 300, capacity: 100.0 }
    }

    fn is_violated(judge: &Judge<'_>, request: f64) -> bool {
        judge.are_violated_by([request]) == [true]
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
    fn a_percentile_is_the_same_sorted_or_not() {
        let usage = usage((0..500_u16).map(|slot| f32::from(slot * 7 % 500) / 5.0).collect());
        let training = usage.training(0..500).expect("no gaps");
        let unsorted = training.percentile(99.0);
        assert!((training.ascending(494) - unsorted).abs() < 1e-12, "the 495th of 500");
        assert!((training.percentile(99.0) - unsorted).abs() < 1e-12);
    }

    #[test]
    fn days_of_which_less_than_half_came_are_unknown() {
        let gap = f32::NAN;
        let usage = Usage { period_seconds: 21_600, ..usage(vec![1.0, 2.0, gap, gap, 9.0, gap, gap, gap, 4.0, 5.0, 6.0, 7.0]) };
        let training = usage.training(0..12).expect("enough");
        let daily = training.daily(Training::max);
        assert_eq!((daily[0].round(), daily[1].is_nan(), daily[2].round()), (2.0, true, 7.0));
        assert!((training.without_days(1).max() - 9.0).abs() < 1e-9);
    }

    #[test]
    fn one_per_cent_is_allowed_for_cpu_and_nothing_for_memory() {
        let is_violated = |resource, high: usize, request| {
            let mut slots = vec![10.0_f32; 200];
            slots[..high].fill(20.0);
            is_violated(&Judge { resource, slots: &slots, capacity: 4.0 }, request)
        };
        assert!(!is_violated(Resource::Cpu, 2, 0.4), "2 of 200 are 1 %, not more");
        assert!(is_violated(Resource::Cpu, 3, 0.4));
        assert!(is_violated(Resource::Memory, 1, 0.4));
        assert!(!is_violated(Resource::Memory, 1, 0.8), "a sample at the request is not above it");
    }

    #[test]
    fn binary_noise_is_not_above() {
        let judge = Judge { resource: Resource::Memory, slots: &[23.0], capacity: 1.0 };
        let request: f64 = 1.15 * 0.2;
        assert!(request.total_cmp(&0.23).is_lt(), "the noise");
        assert!(!is_violated(&judge, request));
        assert!(is_violated(&judge, 0.229_999));
    }
}
