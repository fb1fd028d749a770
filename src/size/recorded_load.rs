//! What the instances of an environment used together, slot by slot, in whole numbers: what a replay runs over
//! other machines.

use super::replica::Replica;

/// One environment's history, small enough to be kept for a thousand of them: twelve bytes a slot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordedLoad {
    /// Length of a slot; the first begins with the window.
    pub period_seconds: u32,
    /// From the start of the window to its end.
    pub samples: Vec<LoadSample>,
    /// A unit of the samples' memory, in MiB: one, or a power of two where instances are larger than 64 GiB.
    pub memory_unit_mebibytes: u32,
    /// Whether memory was ever reported.
    pub is_memory_known: bool,
    /// How an instance's memory follows its CPU.
    pub memory_of_a_core: MemoryOfACore,
}

/// How an instance's memory follows its CPU: MiB for each core that it uses, beside what it has anyway.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemoryOfACore {
    /// Where CPU explains at least half of how memory varies: the slope of their regression.
    pub known_mebibytes: Option<u32>,
    /// No more than this can it be: at no time was less in use than would have followed the load alone.
    pub most_mebibytes: u32,
}

/// What instances used in one slot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoadSample {
    /// CPU of all instances, in millicores of the planned node; [`LoadSample::GAP`] where none reported.
    pub work_millicores: u32,
    /// The busiest instance over the mean of all, in thousandths; at least 1000.
    pub busiest: u16,
    /// How many instances lived.
    pub instances: u16,
    /// Memory of the instance that used most, in units; 0 where nothing was reported.
    pub memory_most: u16,
    /// Mean memory of the instances that reported, in units.
    pub memory_mean: u16,
}

impl LoadSample {
    /// Nothing was reported.
    pub const GAP: u32 = u32::MAX;

    /// Whether CPU was reported.
    #[must_use]
    pub const fn is_known(self) -> bool {
        self.work_millicores != Self::GAP
    }
}

impl RecordedLoad {
    pub(super) fn of(replica: &Replica<'_>) -> Self {
        let Replica {
            grid,
            used: demand,
            seen: memory,
            ..
        } = replica;
        let highest = replica
            .memory
            .as_ref()
            .map_or(&[][..], |usage| usage.percent());
        let most_mebibytes = memory.peak.unwrap_or_default().0.div_ceil(MEBIBYTE);
        let unit = most_mebibytes
            .div_ceil(u64::from(u16::MAX))
            .max(1)
            .next_power_of_two();
        let has = memory.instance_memory.as_f64() / 100.0 / MEBIBYTE as f64 / unit as f64;
        let sample = |slot: usize| {
            let at = |values: &[f32]| values.get(slot).copied().unwrap_or(f32::NAN);
            let total = f64::from(at(&demand.total_cores));
            let instances = demand.alive.get(slot).copied().unwrap_or(0).max(1);
            let mean = total / f64::from(instances);
            let busiest = f64::from(at(&demand.busiest));
            LoadSample {
                work_millicores: if total.is_nan() {
                    LoadSample::GAP
                } else {
                    whole(total * 1_000.0).min(LoadSample::GAP - 1)
                },
                busiest: if mean > 0.0 {
                    narrow(whole((busiest / mean).max(1.0) * 1_000.0))
                } else {
                    1_000
                },
                instances,
                memory_most: narrow(whole(f64::from(at(highest)) * has)),
                memory_mean: narrow(whole(f64::from(at(&memory.mean)) * has)),
            }
        };
        let mut load = Self {
            period_seconds: grid.period_seconds,
            samples: (0..grid.slots()).map(sample).collect(),
            memory_unit_mebibytes: u32::try_from(unit).unwrap_or(u32::MAX),
            is_memory_known: memory.peak.is_some(),
            memory_of_a_core: MemoryOfACore::default(),
        };
        load.memory_of_a_core = MemoryOfACore::of(&load.samples, load.memory_unit_mebibytes);
        load
    }
}

const MEBIBYTE: u64 = 1 << 20;

/// Rounded to the nearest; nothing of a gap.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float-to-int casts saturate, and a NaN becomes 0"
)]
fn whole(value: f64) -> u32 {
    value.round() as u32
}

fn narrow(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// The least share of the variance of memory that CPU has to explain before a slope is taken for a law.
const LEAST_EXPLAINED: f64 = 0.5;

impl MemoryOfACore {
    /// A process that keeps what it once took looks as if nothing followed its load, and so does one that never moved:
    /// then the slope is not known.
    fn of(samples: &[LoadSample], unit_mebibytes: u32) -> Self {
        let (mut count, mut x, mut y, mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        let mut most = f64::INFINITY;
        for sample in samples
            .iter()
            .filter(|sample| sample.is_known() && sample.memory_mean > 0)
        {
            let cores =
                f64::from(sample.work_millicores) / 1_000.0 / f64::from(sample.instances.max(1));
            let memory = f64::from(sample.memory_mean) * f64::from(unit_mebibytes);
            if cores > 0.0 {
                most = f64::min(most, memory / cores);
            }
            count += 1.0;
            x += cores;
            y += memory;
            xx += cores * cores;
            yy += memory * memory;
            xy += cores * memory;
        }
        if !most.is_finite() {
            return Self::default();
        }
        let (of_cpu, of_memory, of_both) =
            (count * xx - x * x, count * yy - y * y, count * xy - x * y);
        let is_moving = of_cpu > 0.0 && of_memory > 0.0 && of_both > 0.0;
        let explained = of_both * of_both / (of_cpu * of_memory);
        let known = is_moving && explained >= LEAST_EXPLAINED;
        Self {
            known_mebibytes: known.then(|| whole((of_both / of_cpu).min(most))),
            most_mebibytes: whole(most.floor()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(work_millicores: u32, memory_mean: u16) -> LoadSample {
        LoadSample {
            work_millicores,
            busiest: 1_000,
            instances: 2,
            memory_most: memory_mean,
            memory_mean,
        }
    }

    #[test]
    fn memory_follows_the_load_where_cpu_explains_it() {
        // Two instances, 100 MiB and half a MiB for each of the 0 to 200 millicores of one: 500 MiB for a core. In the
        // busiest slot 200 MiB were in use at 0.2 cores, so that it cannot be more than 1000.
        let following: Vec<LoadSample> = (0..=100)
            .map(|step| sample(4 * step, u16::try_from(100 + step).expect("small")))
            .collect();
        let found = MemoryOfACore::of(&following, 1);
        assert_eq!(
            (found.known_mebibytes, found.most_mebibytes),
            (Some(500), 1_000)
        );
        let calm: Vec<LoadSample> = (0..=100).map(|step| sample(4 * step, 100)).collect();
        let found = MemoryOfACore::of(&calm, 1);
        assert_eq!(
            found.known_mebibytes, None,
            "what never moved tells nothing"
        );
        assert_eq!(found.most_mebibytes, 500);
        let leak: Vec<LoadSample> = (0..=100)
            .map(|step| sample(4 * (step % 2), u16::try_from(100 + step).expect("small")))
            .collect();
        assert_eq!(MemoryOfACore::of(&leak, 1).known_mebibytes, None);
        let gaps = [sample(LoadSample::GAP, 10), sample(10, 0)];
        assert_eq!(MemoryOfACore::of(&gaps, 1), MemoryOfACore::default());
    }
}
