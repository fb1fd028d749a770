//! One instance or replica: the days that a request may be made from, and the days that judge it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::size::grid::DAY_SECONDS;
use crate::size::percentile::{highest, index_of_rank, kth_largest, outliers};

/// What a pod requests, and in which unit it is judged here.
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
    percent: Vec<f32>,
    pub(in crate::size) period_seconds: u32,
    /// Cores or bytes that it had.
    pub(in crate::size) capacity: f64,
    /// Of each 24 hours from the first slot: days are in several windows, and looked through once.
    days: Vec<Day>,
}

/// 24 hours of it, in per cent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    /// The smallest request that it would not have violated; NaN if no sample came.
    pub(super) needed: f32,
    /// Whether at least half of the slots have a sample.
    pub(super) is_half_there: bool,
    /// The highest sample; 0 of nothing.
    highest: f32,
}

impl Day {
    fn each(resource: Resource, slots: &[f32], period_seconds: u32) -> Vec<Self> {
        let day = |slots: &[f32]| {
            let (count, highest) = (present(slots).count(), highest(slots));
            let needed = match resource.tolerated(count) {
                0 => (count > 0).then_some(highest),
                tolerated => kth_largest(slots, tolerated + 1),
            };
            Self {
                needed: needed.unwrap_or(f32::NAN),
                is_half_there: is_half(count, slots),
                highest,
            }
        };
        slots
            .chunks(slots_in_a_day(period_seconds))
            .map(day)
            .collect()
    }
}

fn slots_in_a_day(period_seconds: u32) -> usize {
    usize::try_from(DAY_SECONDS / u64::from(period_seconds.max(1)))
        .unwrap_or(1)
        .max(1)
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
    /// Each 24 hours from the first slot on.
    days: Cow<'a, [Day]>,
    pub(in crate::size) period_seconds: u32,
    /// Cores or bytes that it had.
    pub(in crate::size) capacity: f64,
    /// Per cent, ascending, without gaps; only for whoever asks for it, since sorting is slow.
    sorted: OnceCell<Vec<f32>>,
}

/// The days that judge.
#[derive(Debug)]
pub(in crate::size) struct Judge<'a> {
    pub(super) resource: Resource,
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
    /// `percent` of `capacity`, slot by slot; NaN is a gap.
    pub(in crate::size) fn new(
        resource: Resource,
        percent: Vec<f32>,
        period_seconds: u32,
        capacity: f64,
    ) -> Self {
        let days = Day::each(resource, &percent, period_seconds);
        Self {
            resource,
            percent,
            period_seconds,
            capacity,
            days,
        }
    }

    /// Cuts out one window; refuses it if less than half of the slots of either part have a sample.
    pub(in crate::size) fn window(
        &self,
        seen: Range<usize>,
        judged: Range<usize>,
    ) -> Result<(Training<'_>, Judge<'_>), Skip> {
        let training = self.training(seen).ok_or(Skip::Training)?;
        let slots = self.percent.get(judged).unwrap_or_default();
        if !is_half_there(slots) {
            return Err(Skip::Test);
        }
        Ok((
            training,
            Judge {
                resource: self.resource,
                slots,
                capacity: self.capacity,
            },
        ))
    }

    /// Per cent of what it had, slot by slot; NaN is a gap.
    pub(in crate::size) fn percent(&self) -> &[f32] {
        &self.percent
    }

    /// All of it, however little came.
    pub(in crate::size) fn whole(&self) -> Training<'_> {
        self.seen(0..self.percent.len())
    }

    /// Of each day with a sample the smallest request, in cores or bytes, that it would not have violated.
    pub(in crate::size) fn daily_needs(&self) -> Vec<f64> {
        let known = self
            .days
            .iter()
            .map(|day| day.needed)
            .filter(|needed| !needed.is_nan());
        known.map(|needed| amount(needed, self.capacity)).collect()
    }

    /// The highest sample before a slot, in cores or bytes; nothing of nothing.
    pub(in crate::size) fn highest_before(&self, slot: usize) -> f64 {
        amount(
            highest(self.percent.get(..slot).unwrap_or_default()),
            self.capacity,
        )
    }

    /// Cuts out what may be seen; `None` if less than half of the slots have a sample.
    pub(in crate::size) fn training(&self, seen: Range<usize>) -> Option<Training<'_>> {
        is_half_there(self.percent.get(seen.clone()).unwrap_or_default()).then(|| self.seen(seen))
    }

    fn seen(&self, range: Range<usize>) -> Training<'_> {
        let &Self {
            resource,
            period_seconds,
            capacity,
            ..
        } = self;
        let slots = self.percent.get(range.clone()).unwrap_or_default();
        let day = slots_in_a_day(period_seconds);
        let is_of_days = range.start.is_multiple_of(day)
            && (range.end.is_multiple_of(day) || range.end == self.percent.len());
        let days = match self.days.get(range.start / day..range.end.div_ceil(day)) {
            Some(days) if is_of_days => Cow::Borrowed(days),
            _ => Cow::Owned(Day::each(resource, slots, period_seconds)),
        };
        Training {
            resource,
            slots,
            days,
            period_seconds,
            capacity,
            sorted: OnceCell::new(),
        }
    }
}

fn present(slots: &[f32]) -> impl Iterator<Item = f32> {
    slots.iter().copied().filter(|sample| !sample.is_nan())
}

fn is_half_there(slots: &[f32]) -> bool {
    is_half(present(slots).count(), slots)
}

const fn is_half(count: usize, slots: &[f32]) -> bool {
    count > 0 && count * 2 >= slots.len()
}

/// The smallest request, in per cent, that `slots` would not have violated: the highest sample but for those
/// that may be over it, which for CPU is the 99th percentile. `None` if no sample came.
fn needed(resource: Resource, slots: &[f32]) -> Option<f32> {
    match present(slots).count() {
        0 => None,
        count => match resource.tolerated(count) {
            0 => Some(highest(slots)),
            tolerated => kth_largest(slots, tolerated + 1),
        },
    }
}

impl Training<'_> {
    /// Of each 24 hours from the start what they needed, in per cent; NaN for those of which less than half came.
    pub(super) fn days(&self) -> impl Iterator<Item = f64> {
        self.days.iter().map(|day| {
            if day.is_half_there {
                f64::from(day.needed)
            } else {
                f64::NAN
            }
        })
    }

    /// All but so many days at the start.
    pub(super) fn without_days(&self, days: usize) -> Training<'_> {
        let slots = self
            .slots
            .get(days * slots_in_a_day(self.period_seconds)..)
            .unwrap_or_default();
        let days = Cow::Borrowed(self.days.get(days..).unwrap_or_default());
        let &Self {
            resource,
            period_seconds,
            capacity,
            ..
        } = self;
        Training {
            resource,
            slots,
            days,
            period_seconds,
            capacity,
            sorted: OnceCell::new(),
        }
    }

    /// What it needed, in cores or bytes; nothing of nothing.
    pub(super) fn needed(&self) -> f64 {
        needed(self.resource, self.slots).map_or(0.0, |percent| amount(percent, self.capacity))
    }

    /// The share of its samples at or above so many per cent of what it had; 0 of nothing.
    #[expect(
        clippy::cast_precision_loss,
        reason = "2^53 samples are more than any history has"
    )]
    pub(super) fn share_from(&self, percent: f64) -> f64 {
        let from = self
            .slots
            .iter()
            .filter(|sample| f64::from(**sample) >= percent)
            .count();
        from as f64 / self.count().max(1) as f64
    }

    /// The slots that have a sample, in time: (slot, cores or bytes).
    pub(in crate::size) fn present(&self) -> impl DoubleEndedIterator<Item = (usize, f64)> {
        let samples = self
            .slots
            .iter()
            .enumerate()
            .filter(|(_, percent)| !percent.is_nan());
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
        sorted
            .get(index)
            .or(sorted.last())
            .map_or(0.0, |&percent| amount(percent, self.capacity))
    }

    /// By nearest rank; nothing of nothing.
    pub(in crate::size) fn percentile(&self, percentile: f64) -> f64 {
        match self.sorted.get() {
            Some(sorted) => self.ascending(index_of_rank(sorted.len(), percentile)),
            None => {
                let count = self.count();
                let from_the_top = count - index_of_rank(count, percentile).min(count);
                kth_largest(self.slots, from_the_top)
                    .map_or(0.0, |percent| amount(percent, self.capacity))
            }
        }
    }

    /// The highest sample, outliers left out; 0 where there are no samples.
    pub(super) fn usual_max(&self) -> f64 {
        let outliers = outliers(present(self.slots).count());
        kth_largest(self.slots, outliers + 1).map_or(0.0, |percent| amount(percent, self.capacity))
    }

    /// The highest sample; nothing of nothing.
    pub(in crate::size) fn max(&self) -> f64 {
        amount(
            self.days.iter().map(|day| day.highest).fold(0.0, f32::max),
            self.capacity,
        )
    }
}

impl Judge<'_> {
    /// What was used on average, in cores or bytes.
    #[expect(clippy::cast_precision_loss, reason = "a test has few samples")]
    pub(in crate::size) fn mean(&self) -> f64 {
        let sum: f64 = present(self.slots)
            .map(|percent| amount(percent, self.capacity))
            .sum();
        sum / present(self.slots).count() as f64
    }

    /// The smallest request, in cores or bytes, that these days would not have violated.
    pub(in crate::size) fn needed(&self) -> f64 {
        needed(self.resource, self.slots).map_or(0.0, |percent| amount(percent, self.capacity))
    }

    /// Whether each of so many cores or bytes would have been too small.
    pub(in crate::size) fn are_violated_by<const RULES: usize>(
        &self,
        requests: [f64; RULES],
    ) -> [bool; RULES] {
        let needed = self.needed();
        requests.map(|request| is_more(needed, request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On an instance of 100, so that per cent and amounts are the same.
    fn usage(percent: Vec<f32>) -> Usage {
        Usage::new(Resource::Cpu, percent, 300, 100.0)
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
        assert_eq!(
            [0, 1, 2].map(|index| training.ascending(index)),
            [1.0, 3.0, 3.0]
        );
        assert!((judge.mean() - 6.0).abs() < 1e-12);
        // One of three is less than half.
        assert_eq!(usage.window(1..4, 4..8).err(), Some(Skip::Training));
        assert_eq!(usage.window(0..4, 5..8).err(), Some(Skip::Test));
        assert_eq!(usage.window(0..0, 4..8).err(), Some(Skip::Training));
        assert_eq!(usage.window(0..4, 8..9).err(), Some(Skip::Test));
    }

    #[test]
    fn a_percentile_is_the_same_sorted_or_not() {
        let usage = usage(
            (0..500_u16)
                .map(|slot| f32::from(slot * 7 % 500) / 5.0)
                .collect(),
        );
        let training = usage.training(0..500).expect("no gaps");
        let unsorted = training.percentile(99.0);
        assert!(
            (training.ascending(494) - unsorted).abs() < 1e-12,
            "the 495th of 500"
        );
        assert!((training.percentile(99.0) - unsorted).abs() < 1e-12);
    }

    #[test]
    fn days_of_which_less_than_half_came_are_unknown() {
        let gap = f32::NAN;
        let percent = vec![1.0, 2.0, gap, gap, 9.0, gap, gap, gap, 4.0, 5.0, 6.0, 7.0];
        let usage = Usage::new(Resource::Cpu, percent, 21_600, 100.0);
        let known = |training: &Training<'_>| {
            training
                .days()
                .map(|day| (!day.is_nan()).then_some(day))
                .collect::<Vec<_>>()
        };
        let training = usage.training(0..12).expect("enough");
        assert_eq!(known(&training), [Some(2.0), None, Some(7.0)]);
        assert!((training.without_days(1).max() - 9.0).abs() < 1e-9);
        assert_eq!(usage.daily_needs().len(), 3, "any sample will do");
        // Days from the middle of one to the middle of another are other days.
        assert_eq!(
            known(&usage.training(6..12).expect("enough")),
            [Some(5.0), Some(7.0)]
        );
    }

    #[test]
    fn one_per_cent_is_allowed_for_cpu_and_nothing_for_memory() {
        let is_violated = |resource, high: usize, request| {
            let mut slots = vec![10.0_f32; 200];
            slots[..high].fill(20.0);
            is_violated(
                &Judge {
                    resource,
                    slots: &slots,
                    capacity: 4.0,
                },
                request,
            )
        };
        assert!(
            !is_violated(Resource::Cpu, 2, 0.4),
            "2 of 200 are 1 %, not more"
        );
        assert!(is_violated(Resource::Cpu, 3, 0.4));
        assert!(is_violated(Resource::Memory, 1, 0.4));
        assert!(
            !is_violated(Resource::Memory, 1, 0.8),
            "a sample at the request is not above it"
        );
    }

    #[test]
    fn binary_noise_is_not_above() {
        let judge = Judge {
            resource: Resource::Memory,
            slots: &[23.0],
            capacity: 1.0,
        };
        let request: f64 = 1.15 * 0.2;
        assert!(request.total_cmp(&0.23).is_lt(), "the noise");
        assert!(!is_violated(&judge, request));
        assert!(is_violated(&judge, 0.229_999));
    }
}
