//! The most memory that an instance ever used.

use std::collections::BTreeMap;
use std::ops::Range;

use super::grid::{Grid, Stretch};
use super::percentile;
use super::subjects::{Machine, best_series, sources};
use crate::snapshot::{Metric, Series, Subject};
use crate::units::Bytes;

/// What is known of the memory of an environment's instances.
#[derive(Debug)]
pub(super) struct MemoryUse {
    /// The highest sample in bytes; `None` if memory was never reported.
    pub(super) peak: Option<Bytes>,
    /// The highest sample as a share of its machine, 0 to 100.
    pub(super) peak_percent: f32,
    /// What the instance that used most used, slot by slot, in per cent of [`Self::instance_memory`]; NaN is a gap.
    pub(super) highest: Vec<f32>,
    /// Mean of the instances that reported, slot by slot, in the same per cent; NaN is a gap.
    pub(super) mean: Vec<f32>,
    /// Slots x instances in which the instances lived.
    pub(super) expected_samples: u64,
    /// Of those, with a value.
    pub(super) present_samples: u64,
    /// Samples that could not be true; zeros are among them, since nothing runs in no memory.
    pub(super) rejected_samples: u64,
    /// Where they came from.
    pub(super) sources: Vec<String>,
    /// Instances that reported nothing while others did.
    pub(super) silent_instances: u32,
    /// What the largest machine of today has.
    pub(super) instance_memory: Bytes,
    /// Whether only the group's average is known.
    pub(super) is_group_average: bool,
    /// Whether any series is marked as not complete.
    pub(super) is_partial: bool,
}

/// Highest use of any instance at any time, past instances included: what was needed once (a start-up,
/// a cache, a leak) is needed again.
pub(super) fn observe(
    series: &[Series],
    machines: &BTreeMap<&str, Machine<'_>>,
    lives: &BTreeMap<&str, Range<usize>>,
    grid: &Grid,
) -> MemoryUse {
    let running = || machines.values().filter(|machine| machine.is_running());
    let instance_memory = running()
        .map(|machine| machine.shape.memory)
        .max()
        .unwrap_or_default();
    let best = best_of_each(series);
    let knows_instances = best.keys().any(
        |subject| matches!(subject, Subject::Instance(id) if machines.contains_key(id.as_str())),
    );

    let mut used: Vec<&Series> = Vec::new();
    let mut totals = Totals {
        instance_memory,
        highest: vec![f32::NAN; grid.slots()],
        sum: vec![0.0; grid.slots()],
        reporting: vec![0; grid.slots()],
        ..Totals::default()
    };
    if knows_instances {
        for (id, machine) in machines {
            // A machine that never reported lived all the same: its samples are missing, not unexpected.
            let pieces = best
                .get(&Subject::Instance((*id).to_owned()))
                .map_or(&[][..], Vec::as_slice);
            totals.add(
                &grid.stretch(pieces, true),
                machine.shape.memory,
                lives.get(id).map_or(0, ExactSizeIterator::len),
            );
            used.extend(pieces);
        }
    } else {
        let pieces = best
            .get(&Subject::Environment)
            .map_or(&[][..], Vec::as_slice);
        let expected = if pieces.is_empty() {
            running().count() * grid.slots()
        } else {
            grid.slots()
        };
        totals.add(&grid.stretch(pieces, true), instance_memory, expected);
        used.extend(pieces);
    }
    let mean = totals.mean();
    let Totals {
        peak,
        peak_percent,
        highest,
        expected,
        present,
        zeros,
        silent,
        ..
    } = totals;
    MemoryUse {
        peak: (present > 0).then_some(peak),
        peak_percent,
        highest,
        mean,
        silent_instances: if present > 0 { silent } else { 0 },
        expected_samples: expected.max(present),
        present_samples: present,
        rejected_samples: zeros
            + used
                .iter()
                .map(|series| u64::from(series.rejected))
                .sum::<u64>(),
        sources: sources(used.iter().copied()),
        instance_memory,
        is_group_average: present > 0 && !knows_instances,
        is_partial: used.iter().any(|series| !series.status.is_complete()),
    }
}

/// Over the machines, one after the other.
#[derive(Default)]
struct Totals {
    instance_memory: Bytes,
    peak: Bytes,
    peak_percent: f32,
    highest: Vec<f32>,
    sum: Vec<f32>,
    reporting: Vec<u16>,
    expected: u64,
    present: u64,
    zeros: u64,
    silent: u32,
}

impl Totals {
    /// Zero by zero, where none reported, is a gap.
    fn mean(&self) -> Vec<f32> {
        let slots = self.sum.iter().zip(&self.reporting);
        slots
            .map(|(sum, reporting)| sum / f32::from(*reporting))
            .collect()
    }

    fn add(&mut self, percent: &Stretch<'_>, memory: Bytes, expected: usize) {
        // Nothing runs in no memory: a zero is a gap that was written down. A comparison with NaN is false.
        let present = count(&percent.samples, |sample| sample > 0.0);
        let zeros = count(&percent.samples, |sample| sample <= 0.0);
        let peak = percentile::highest(&percent.samples);
        self.peak = self.peak.max(Bytes::from_f64_rounded_up(
            f64::from(peak) / 100.0 * memory.as_f64(),
        ));
        self.peak_percent = self.peak_percent.max(peak);
        let of_todays = memory.as_f64() / self.instance_memory.as_f64();
        let highest = self.highest.get_mut(percent.slots()).unwrap_or_default();
        let sum = self.sum.get_mut(percent.slots()).unwrap_or_default();
        let reporting = self.reporting.get_mut(percent.slots()).unwrap_or_default();
        for (((highest, sum), reporting), percent) in highest
            .iter_mut()
            .zip(sum)
            .zip(reporting)
            .zip(percent.samples.iter())
        {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "samples are not more exact"
            )]
            let percent = (f64::from(*percent) * of_todays) as f32;
            // The maximum with a gap is the other value.
            let is_there = percent > 0.0;
            *highest = highest.max(if is_there { percent } else { f32::NAN });
            *sum += if is_there { percent } else { 0.0 };
            *reporting = reporting.saturating_add(u16::from(is_there));
        }
        self.zeros += zeros;
        self.expected += expected as u64;
        self.present += present;
        self.silent += u32::from(present == 0 && expected > 0);
    }
}

fn count(samples: &[f32], counts: impl Fn(f32) -> bool) -> u64 {
    samples.iter().filter(|sample| counts(**sample)).count() as u64
}

/// The memory series of each subject, averages and maxima: neither may know the whole time.
pub(super) fn best_of_each(series: &[Series]) -> BTreeMap<&Subject, Vec<&Series>> {
    let mut best = best_series(series, &Metric::MemoryPercent, "average");
    for (subject, maxima) in best_series(series, &Metric::MemoryPercent, "maximum") {
        best.entry(subject).or_default().extend(maxima);
    }
    best
}
