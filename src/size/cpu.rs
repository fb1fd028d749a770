//! What a replica of today used of the CPU, slot by slot.

use std::collections::BTreeMap;
use std::ops::Range;

use super::grid::{Grid, Stretch};
use super::subjects::{Machine, best_series, sources};
use crate::snapshot::{Metric, Series, Subject};

/// CPU demand of one replica over time, in cores of the planned node.
#[derive(Debug)]
pub(super) struct CpuDemand {
    /// One value for each slot of the grid; NaN is a gap.
    pub(super) cores: Vec<f32>,
    /// Of all instances together, silent ones as the average of the others.
    pub(super) total_cores: Vec<f32>,
    /// Of the busiest instance.
    pub(super) busiest: Vec<f32>,
    /// How many instances lived.
    pub(super) alive: Vec<u16>,
    /// What the largest instance of today has.
    pub(super) instance_cores: f64,
    /// What it rests on.
    pub(super) seen: CpuSeen,
}

/// How completely CPU was reported.
#[derive(Debug, Clone)]
pub(super) struct CpuSeen {
    /// Slots x instances in which the instances lived.
    pub(super) expected_samples: u64,
    /// Of those, with a value.
    pub(super) present_samples: u64,
    /// Of those, above the policy's saturation.
    pub(super) saturated_samples: u64,
    /// Samples that could not be true.
    pub(super) rejected_samples: u64,
    /// Where they came from.
    pub(super) sources: Vec<String>,
    /// Whether only the group's average is known.
    pub(super) is_group_average: bool,
    /// Whether any series is marked as not complete.
    pub(super) is_partial: bool,
}

/// Demand of one of `replicas` replicas: in each slot the larger of what the busiest instance used and
/// of what all of them used, shared by `replicas`. The busiest covers uneven load; the shared total
/// covers hours in which more instances ran than there will be replicas. A silent instance counts as
/// the average of those that reported, not as idle.
///
/// `None` if there is no sample at all.
pub(super) fn demand(
    series: &[Series],
    machines: &BTreeMap<&str, Machine<'_>>,
    grid: &Grid,
    replicas: u32,
    saturation_percent: f64,
) -> Option<CpuDemand> {
    let best = best_series(series, &Metric::CpuPercent, "average");
    let is_of_machine = |subject: &Subject| matches!(subject, Subject::Instance(id) if machines.contains_key(id.as_str()));
    let of_instances: Vec<&Series> = best
        .iter()
        .filter(|(subject, _)| is_of_machine(subject))
        .flat_map(|(_, series)| series.clone())
        .collect();
    let is_group_average = of_instances.is_empty();
    let used = if is_group_average {
        best.get(&Subject::Environment)?.clone()
    } else {
        of_instances
    };

    let instance_cores = machines
        .values()
        .filter(|machine| machine.is_running())
        .map(|machine| machine.cores)
        .fold(0.0, f64::max);
    let mut totals = Totals::new(grid, replicas, saturation_percent);
    if is_group_average {
        let percent = grid.stretch(&used, false);
        let first = percent
            .present()
            .next()
            .map_or(grid.slots(), |(slot, _)| slot);
        totals.add(&percent, instance_cores, first..grid.slots());
        // It is the average of all that lived at the time.
        totals.alive = alive(machines, grid);
    } else {
        for (id, machine) in machines {
            // A machine without a series lived all the same, and worked.
            let series = best.get(&Subject::Instance((*id).to_owned()));
            let percent = grid.stretch(series.map_or(&[], Vec::as_slice), false);
            totals.add(&percent, machine.cores, machine.life(grid, &percent));
        }
    }
    let seen = CpuSeen {
        expected_samples: totals.expected.max(totals.present),
        present_samples: totals.present,
        saturated_samples: totals.saturated,
        rejected_samples: used.iter().map(|series| u64::from(series.rejected)).sum(),
        sources: sources(used.iter().copied()),
        is_group_average,
        is_partial: used.iter().any(|series| !series.status.is_complete()),
    };
    let total_cores = totals.of_all();
    let cores = totals.of_a_replica(&total_cores);
    (seen.present_samples > 0).then_some(CpuDemand {
        cores,
        total_cores,
        busiest: totals.busiest,
        alive: totals.alive,
        instance_cores,
        seen,
    })
}

/// How many machines lived in each slot, as far as their launches and ends are known.
fn alive(machines: &BTreeMap<&str, Machine<'_>>, grid: &Grid) -> Vec<u16> {
    let mut alive = vec![0_u16; grid.slots()];
    for slot in machines
        .values()
        .flat_map(|machine| machine.life(grid, &Stretch::default()))
    {
        alive[slot] = alive[slot].saturating_add(1);
    }
    alive
}

/// Sums over the instances, slot by slot.
struct Totals {
    replicas: u32,
    saturation_percent: f32,
    busiest: Vec<f32>,
    sum: Vec<f32>,
    reporting: Vec<u32>,
    alive: Vec<u16>,
    expected: u64,
    present: u64,
    saturated: u64,
}

impl Totals {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "samples are not more exact"
    )]
    fn new(grid: &Grid, replicas: u32, saturation_percent: f64) -> Self {
        let slots = grid.slots();
        Self {
            replicas,
            saturation_percent: saturation_percent as f32,
            busiest: vec![0.0; slots],
            sum: vec![0.0; slots],
            reporting: vec![0; slots],
            alive: vec![0; slots],
            expected: 0,
            present: 0,
            saturated: 0,
        }
    }

    /// Without branches, so that a processor takes several slots at once.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "samples are not more exact"
    )]
    fn add(&mut self, percent: &Stretch<'_>, cores_of_machine: f64, life: Range<usize>) {
        let cores_of_machine = cores_of_machine as f32;
        let saturation_percent = self.saturation_percent;
        self.expected += life.len() as u64;
        self.alive
            .get_mut(life)
            .unwrap_or_default()
            .iter_mut()
            .for_each(|alive| *alive = alive.saturating_add(1));
        let busiest = self.busiest.get_mut(percent.slots()).unwrap_or_default();
        let sum = self.sum.get_mut(percent.slots()).unwrap_or_default();
        let reporting = self.reporting.get_mut(percent.slots()).unwrap_or_default();
        let (mut present, mut saturated) = (0_u32, 0_u32);
        for (((busiest, sum), reporting), &value) in busiest
            .iter_mut()
            .zip(sum)
            .zip(reporting)
            .zip(percent.samples.iter())
        {
            let is_there = !value.is_nan();
            let cores = if is_there {
                value / 100.0 * cores_of_machine
            } else {
                0.0
            };
            *busiest = if cores > *busiest { cores } else { *busiest };
            *sum += cores;
            *reporting += u32::from(is_there);
            present += u32::from(is_there);
            saturated += u32::from(value >= saturation_percent);
        }
        self.present += u64::from(present);
        self.saturated += u64::from(saturated);
    }

    /// In each slot what all of them used, silent ones as the average of the others; NaN, which is nothing by
    /// nothing, where none reported.
    #[expect(clippy::cast_precision_loss, reason = "fewer machines than 2^24")]
    fn of_all(&self) -> Vec<f32> {
        let slots = self.sum.iter().zip(self.reporting.iter().zip(&self.alive));
        let total = |(&sum, (&reporting, &alive)): (&f32, (&u32, &u16))| {
            let reporting = reporting as f32;
            sum / reporting * f32::from(alive).max(reporting)
        };
        slots.map(total).collect()
    }

    /// In each slot the larger of the busiest and of its share in all; NaN where none reported.
    #[expect(clippy::cast_precision_loss, reason = "a replica count is small")]
    fn of_a_replica(&self, of_all: &[f32]) -> Vec<f32> {
        let larger = |(&busiest, &total): (&f32, &f32)| match total.is_nan() {
            true => f32::NAN,
            false => busiest.max(total / self.replicas.max(1) as f32),
        };
        self.busiest.iter().zip(of_all).map(larger).collect()
    }
}
