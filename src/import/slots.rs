//! Values on a regular grid, in little memory, whatever their order.

use std::collections::BTreeMap;

/// Slots that are reserved together: with 5 minutes nearly a day, 2 KiB.
const BLOCK: i64 = 256;

/// The values of one series. Only blocks of time that hold a value take memory: 8 bytes a slot.
#[derive(Debug, Default)]
pub(super) struct Slots(BTreeMap<i64, Box<[Slot]>>);

/// What fell into one slot. Whole numbers, so that the order of rows cannot change a sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Slot {
    /// In thousandths of a percent.
    sum: u32,
    /// In hundredths of a percent.
    highest: u16,
    count: u16,
}

/// More than any slot needs (an hour of seconds of ten instances), and the sum still fits.
const MOST_VALUES: u16 = 40_000;

/// A stretch of samples; NaN is a gap.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Samples {
    /// Of the first sample: a slot since 1970.
    pub(super) first: i64,
    /// Slots from one sample to the next.
    pub(super) step: i64,
    /// The average of each slot in percent; NaN where no row fell into it.
    pub(super) averages: Vec<f32>,
    /// Highest values in percent.
    pub(super) highest: Vec<f32>,
}

impl Slots {
    /// Adds a value of 0 to 100 percent.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 100,000, and 0 to 255"
    )]
    pub(super) fn add(&mut self, slot: i64, percent: f64) {
        let block = self
            .0
            .entry(slot.div_euclid(BLOCK))
            .or_insert_with(|| vec![Slot::default(); BLOCK as usize].into());
        let slot = &mut block[slot.rem_euclid(BLOCK) as usize];
        if slot.count < MOST_VALUES {
            slot.sum += (percent * 1000.0).round() as u32;
            slot.count += 1;
        }
        slot.highest = slot.highest.max((percent * 100.0).round() as u16);
    }

    fn present(&self) -> impl Iterator<Item = (i64, Slot)> {
        let slots = self
            .0
            .iter()
            .flat_map(|(block, slots)| (block * BLOCK..).zip(slots.iter().copied()));
        slots.filter(|(_, slot)| slot.count > 0)
    }

    /// First and last slot with a value.
    pub(super) fn ends(&self) -> Option<(i64, i64)> {
        let first = self.present().next()?.0;
        let (block, slots) = self.0.last_key_value()?;
        let last = (block * BLOCK..)
            .zip(slots.iter())
            .filter(|(_, slot)| slot.count > 0)
            .last()?
            .0;
        Some((first, last))
    }

    /// The distance at which most values follow each other; of equals the smaller; one if there are
    /// not two of them.
    pub(super) fn step(&self) -> i64 {
        let mut distances: BTreeMap<i64, u32> = BTreeMap::new();
        let mut before = None;
        for (slot, _) in self.present() {
            if let Some(before) = before.replace(slot) {
                *distances.entry(slot - before).or_default() += 1;
            }
        }
        distances
            .into_iter()
            .max_by_key(|&(distance, count)| (count, -distance))
            .map_or(1, |(distance, _)| distance)
    }

    /// How many samples there are `step` slots apart, gaps counted; none without a value.
    pub(super) fn length(&self, step: i64) -> Option<usize> {
        let (first, last) = self.ends()?;
        usize::try_from((last - first) / step + 1).ok()
    }

    /// How many slots have a value.
    pub(super) fn values(&self) -> usize {
        self.present().count()
    }

    /// The samples `step` slots apart, from the first value to the last.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a rounded percentage"
    )]
    pub(super) fn samples(&self, step: i64) -> Option<Samples> {
        let (first, _) = self.ends()?;
        let length = self.length(step)?;
        let (mut sums, mut highest) = (vec![(0_u64, 0_u32); length], vec![f32::NAN; length]);
        for (slot, found) in self.present() {
            let at = usize::try_from((slot - first) / step).ok()?;
            sums[at] = (
                sums[at].0 + u64::from(found.sum),
                sums[at].1 + u32::from(found.count),
            );
            highest[at] = highest[at].max(f32::from(found.highest) / 100.0);
        }
        let average = |(sum, count): (u64, u32)| match count {
            0 => f32::NAN,
            // To hundredths of a percent, as everywhere in a snapshot.
            count => ((sum as f64 / f64::from(count) / 10.0).round() / 100.0) as f32,
        };
        Some(Samples {
            first,
            step,
            averages: sums.into_iter().map(average).collect(),
            highest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[(i64, f64)]) -> Slots {
        let mut slots = Slots::default();
        values
            .iter()
            .for_each(|&(slot, percent)| slots.add(slot, percent));
        slots
    }

    fn shown(values: &[f32]) -> Vec<Option<f32>> {
        values
            .iter()
            .map(|value| (!value.is_nan()).then_some(*value))
            .collect()
    }

    #[test]
    fn several_values_of_a_slot_are_averaged_and_their_highest_is_known() {
        let samples = of(&[(1000, 10.0), (1003, 0.0), (1000, 20.0), (1001, 12.34)])
            .samples(1)
            .expect("values");
        assert_eq!(samples.first, 1000);
        assert_eq!(
            shown(&samples.averages),
            [Some(15.0), Some(12.34), None, Some(0.0)]
        );
        assert_eq!(
            shown(&samples.highest),
            [Some(20.0), Some(12.34), None, Some(0.0)]
        );
    }

    #[test]
    fn the_order_changes_nothing() {
        let values: Vec<(i64, f64)> = (0..2000)
            .map(|n| {
                (
                    n * 7 % 600,
                    f64::from(i32::try_from(n * 31 % 1000).expect("small")) / 9.9,
                )
            })
            .collect();
        let backwards: Vec<_> = values.iter().copied().rev().collect();
        let (one, other) = (
            of(&values).samples(1).expect("values"),
            of(&backwards).samples(1).expect("values"),
        );
        assert_eq!(shown(&one.averages), shown(&other.averages));
    }

    #[test]
    fn the_step_is_that_of_most_values() {
        let hourly: Vec<(i64, f64)> = [0, 12, 24, 48, 61, 72].map(|slot| (slot, 1.0)).into();
        let slots = of(&hourly);
        assert_eq!(slots.step(), 12, "one is missing, one is late");
        assert_eq!(
            shown(&slots.samples(12).expect("values").averages),
            [
                Some(1.0),
                Some(1.0),
                Some(1.0),
                None,
                Some(1.0),
                Some(1.0),
                Some(1.0)
            ]
        );
        assert_eq!(of(&[(5, 1.0)]).step(), 1);
        assert_eq!(Slots::default().samples(1), None);
    }

    #[test]
    fn a_century_between_two_values_takes_two_blocks() {
        assert_eq!(of(&[(0, 1.0), (10_000_000, 1.0)]).0.len(), 2);
    }
}
