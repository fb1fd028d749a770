//! What an app used of the CPU, slot by slot, and what one of its replicas carries of it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::grid::{Grid, Stretch};
use super::running_instances::RunningInstances;
use super::subjects::{Machine, best_series, sources};
use crate::snapshot::{Metric, Series, Subject};

/// CPU of an app over time, in cores of the planned node.
#[derive(Debug)]
pub(super) struct CpuUse {
    /// Of all instances together, silent ones as the average of the others; NaN is a gap.
    pub(super) total_cores: Vec<f32>,
    /// Of the busiest instance.
    pub(super) busiest: Vec<f32>,
    /// How many instances lived.
    pub(super) alive: Vec<u16>,
    /// What the busiest instance used over what one of them used on average, over all slots of two or more; 1 if it
    /// always ran alone, and where only the group's average is known.
    pub(super) unevenness: f64,
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

/// What all instances used together. A silent instance counts as the average of those that reported, not as
/// idle.
///
/// `None` if there is no sample at all.
pub(super) fn observe(
    series: &[Series],
    machines: &BTreeMap<&str, Machine<'_>>,
    grid: &Grid,
    saturation_percent: f64,
) -> Option<CpuUse> {
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
    let mut totals = Totals::new(grid, saturation_percent);
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
    (seen.present_samples > 0).then(|| CpuUse {
        total_cores: totals.of_all(),
        unevenness: if is_group_average {
            1.0
        } else {
            totals.unevenness()
        },
        busiest: totals.busiest,
        alive: totals.alive,
        instance_cores,
        seen,
    })
}

impl CpuUse {
    /// How many instances ran in the slots from `first` on.
    pub(super) fn running(&self, first: usize) -> RunningInstances {
        RunningInstances::of(self.alive.get(first..).unwrap_or(&self.alive))
    }

    /// What one of `replicas` replicas carries, where so many stand for the `usual` number of instances: its share of
    /// all. While fewer instances ran than usually, fewer replicas run, as the autoscaler has them; while more ran,
    /// the planned ones carry it all. How uneven instances were is told and not planned for: what one pod has over
    /// its share, its node gives it.
    pub(super) fn of_a_replica(&self, usual: u32, replicas: u32) -> Vec<f32> {
        let (usual, replicas) = (as_f32(usual.max(1)), as_f32(replicas.max(1)));
        let share = |(&total, &alive): (&f32, &u16)| {
            let ran = f32::from(alive).clamp(1.0, usual);
            total / (ran * replicas / usual)
        };
        self.total_cores
            .iter()
            .zip(&self.alive)
            .map(share)
            .collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^24 machines")]
const fn as_f32(count: u32) -> f32 {
    count as f32
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
    fn new(grid: &Grid, saturation_percent: f64) -> Self {
        let slots = grid.slots();
        Self {
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

    /// Over the slots in which two or more reported.
    fn unevenness(&self) -> f64 {
        let (mut busiest, mut usual) = (0.0_f64, 0.0_f64);
        for ((&most, &sum), &reporting) in self.busiest.iter().zip(&self.sum).zip(&self.reporting) {
            if reporting > 1 {
                busiest += f64::from(most);
                usual += f64::from(sum) / f64::from(reporting);
            }
        }
        if usual > 0.0 { busiest / usual } else { 1.0 }
    }
}
