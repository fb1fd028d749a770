//! The most memory that an instance ever used.

use std::collections::BTreeMap;

use super::grid::Grid;
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
    /// Slots x instances in which the instances lived.
    pub(super) expected_samples: u64,
    /// Of those, with a value.
    pub(super) present_samples: u64,
    /// Samples that could not be true.
    pub(super) rejected_samples: u64,
    /// Where they came from.
    pub(super) sources: Vec<String>,
    /// What the largest machine of today has.
    pub(super) instance_memory: Bytes,
    /// Whether only the group's average is known.
    pub(super) is_group_average: bool,
    /// Whether any series is marked as not complete.
    pub(super) is_partial: bool,
}

/// Highest use of any instance at any time, past instances included: what was needed once (a start-up,
/// a cache, a leak) is needed again.
pub(super) fn observe(series: &[Series], machines: &BTreeMap<&str, Machine<'_>>, grid: &Grid) -> MemoryUse {
    let running = || machines.values().filter(|machine| machine.instance.terminated_at.is_none());
    let instance_memory = running().map(|machine| machine.shape.memory).max().unwrap_or_default();
    let best = best_of_each(series);
    let knows_instances = best.keys().any(|subject| matches!(subject, Subject::Instance(id) if machines.contains_key(id.as_str())));

    let mut used = Vec::new();
    let mut highest = (Bytes::default(), 0.0_f32);
    let (mut expected, mut present) = (0, 0);
    for (subject, series) in best {
        let machine = match subject {
            Subject::Instance(id) => machines.get(id.as_str()),
            Subject::Environment => None,
        };
        if machine.is_none() && (knows_instances || *subject != Subject::Environment) {
            continue;
        }
        let percent = grid.fill_all(&series, true);
        let life = machine.map_or(0..grid.slots(), |machine| machine.life(grid, &percent));
        let memory = machine.map_or(instance_memory, |machine| machine.shape.memory);
        let seen = percent.iter().filter(|sample| !sample.is_nan());
        present += seen.clone().count() as u64;
        expected += life.len() as u64;
        let peak = seen.copied().fold(0.0, f32::max);
        let bytes = Bytes::from_f64_rounded_up(f64::from(peak) / 100.0 * memory.as_f64());
        highest = (highest.0.max(bytes), highest.1.max(peak));
        used.extend(series);
    }
    if present == 0 {
        // What was expected is what the running instances should have reported over the window.
        expected = running().count() as u64 * grid.slots() as u64;
    }
    MemoryUse {
        peak: (present > 0).then_some(highest.0),
        peak_percent: highest.1,
        expected_samples: expected.max(present),
        present_samples: present,
        rejected_samples: used.iter().map(|series| u64::from(series.rejected)).sum(),
        sources: sources(used.iter().copied()),
        instance_memory,
        is_group_average: present > 0 && !knows_instances,
        is_partial: used.iter().any(|series| !series.status.is_complete()),
    }
}

/// The memory series of each subject, averages and maxima: neither may know the whole time.
pub(super) fn best_of_each(series: &[Series]) -> BTreeMap<&Subject, Vec<&Series>> {
    let mut best = best_series(series, &Metric::MemoryPercent, "average");
    for (subject, maxima) in best_series(series, &Metric::MemoryPercent, "maximum") {
        best.entry(subject).or_default().extend(maxima);
    }
    best
}
