//! What the instances of an environment used together, slot by slot, in whole numbers: what a replay runs over
//! other machines.

use super::replica::Replica;
use crate::policy;

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

/// How an instance's memory follows its CPU: MiB for each core that it uses, beside what it has anyway. Between these
/// two the history does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MemoryOfACore {
    /// Two standard errors under the slope, and at least 0.
    pub least_mebibytes: u32,
    /// Two standard errors over the slope, and never more than was in use in any slot.
    pub most_mebibytes: u32,
}

impl MemoryOfACore {
    /// Whether the ends are so near that one number says it: within a tenth of the upper one.
    #[must_use]
    pub const fn is_known(self) -> bool {
        (self.most_mebibytes - self.least_mebibytes) * 10 <= self.most_mebibytes
    }
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
    /// In place of millicores, where no instance reported.
    pub const GAP: u32 = u32::MAX;

    /// Of a slot in which nothing was.
    #[must_use]
    pub const fn gap() -> Self {
        Self {
            work_millicores: Self::GAP,
            busiest: 1_000,
            instances: 0,
            memory_most: 0,
            memory_mean: 0,
        }
    }

    /// Of so many instances, all alike, that used so many cores together; nothing is known of memory.
    pub(super) fn of_cpu(cores: f64, instances: u32) -> Self {
        Self {
            work_millicores: whole(cores * 1_000.0).min(Self::GAP - 1),
            instances: u16::try_from(instances).unwrap_or(u16::MAX),
            ..Self::gap()
        }
    }

    /// Whether CPU was reported.
    #[must_use]
    pub const fn is_known(self) -> bool {
        self.work_millicores != Self::GAP
    }
}

impl RecordedLoad {
    pub(super) fn of(replica: &Replica<'_>, rules: &policy::Replay) -> Self {
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
        load.memory_of_a_core = MemoryOfACore::of(&load, rules.memory_follows_load.get());
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

/// Standard errors on either side of a slope that hold it in 95 of 100 cases.
const STANDARD_ERRORS: f64 = 2.0;

const DAY_SECONDS: f64 = 86_400.0;

/// Sums over slots, of an instance's cores and MiB.
#[derive(Debug, Default)]
struct Sums {
    slots: f64,
    cores: f64,
    memory: f64,
    cores_squared: f64,
    memory_squared: f64,
    product: f64,
    /// Of memory over cores, the smallest: so much and no more can have followed the load in that slot.
    least_ratio: f64,
}

impl Sums {
    fn of(load: &RecordedLoad) -> Self {
        let mut sums = Self {
            least_ratio: f64::INFINITY,
            ..Self::default()
        };
        for sample in load
            .samples
            .iter()
            .filter(|sample| sample.is_known() && sample.memory_mean > 0)
        {
            let cores =
                f64::from(sample.work_millicores) / 1_000.0 / f64::from(sample.instances.max(1));
            let memory = f64::from(sample.memory_mean) * f64::from(load.memory_unit_mebibytes);
            if cores > 0.0 {
                sums.least_ratio = sums.least_ratio.min(memory / cores);
            }
            sums.slots += 1.0;
            sums.cores += cores;
            sums.memory += memory;
            sums.cores_squared += cores * cores;
            sums.memory_squared += memory * memory;
            sums.product += cores * memory;
        }
        sums
    }
}

impl MemoryOfACore {
    /// The slope of a regression of memory on CPU, two standard errors to either side. Slots of one day are much alike,
    /// so that a day counts as one observation.
    ///
    /// A history that does not tell leaves a wide interval. A process has memory of its own that no request takes, so
    /// beyond the slope itself no more than `follows_at_most` of what is in use is taken to follow the load; and never
    /// more than was in use in any slot.
    fn of(load: &RecordedLoad, follows_at_most: f64) -> Self {
        let sums = Sums::of(load);
        if !sums.least_ratio.is_finite() {
            return Self::default();
        }
        let days = sums.slots * f64::from(load.period_seconds) / DAY_SECONDS;
        let of_cpu = sums.slots * sums.cores_squared - sums.cores * sums.cores;
        let of_memory = sums.slots * sums.memory_squared - sums.memory * sums.memory;
        let of_both = sums.slots * sums.product - sums.cores * sums.memory;
        let (slope, error) = if of_cpu > 0.0 && days > 2.0 {
            let slope = of_both / of_cpu;
            let unexplained = (of_memory / of_cpu - slope * slope).max(0.0);
            (slope.max(0.0), (unexplained / (days - 2.0)).sqrt())
        } else {
            (0.0, f64::INFINITY)
        };
        let assumed = follows_at_most * sums.memory / sums.cores;
        let most = (slope + STANDARD_ERRORS * error)
            .min(assumed.max(slope))
            .min(sums.least_ratio);
        Self {
            least_mebibytes: whole((slope - STANDARD_ERRORS * error).max(0.0).min(most)),
            most_mebibytes: whole(most),
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

    /// The samples again and again, for so many days of five minutes.
    fn over(days: usize, samples: &[LoadSample]) -> RecordedLoad {
        RecordedLoad {
            period_seconds: 300,
            samples: samples.iter().copied().cycle().take(days * 288).collect(),
            memory_unit_mebibytes: 1,
            is_memory_known: true,
            memory_of_a_core: MemoryOfACore::default(),
        }
    }

    fn ends(load: &RecordedLoad) -> (u32, u32) {
        let found = MemoryOfACore::of(load, 0.25);
        (found.least_mebibytes, found.most_mebibytes)
    }

    #[test]
    fn memory_follows_the_load_as_far_as_cpu_explains_it() {
        // Two instances, 100 MiB and half a MiB for each of the 4 to 200 millicores of one: 500 MiB for a core.
        let following: Vec<LoadSample> = (2..=100)
            .map(|step| sample(4 * step, u16::try_from(100 + step).expect("small")))
            .collect();
        assert_eq!(ends(&over(14, &following)), (500, 500));
        // CPU moved and memory did not: nothing follows.
        let calm: Vec<LoadSample> = (2..=100).map(|step| sample(4 * step, 100)).collect();
        assert_eq!(ends(&over(14, &calm)), (0, 0));
        assert!(MemoryOfACore::of(&over(14, &calm), 0.25).is_known());
    }

    #[test]
    fn what_the_history_does_not_tell_is_assumed() {
        // CPU never moved: a quarter of 100 MiB at 0.2 cores may follow, 125 MiB for a core.
        let still = [sample(400, 100)];
        assert_eq!(ends(&over(14, &still)), (0, 125));
        assert!(!MemoryOfACore::of(&over(14, &still), 0.25).is_known());
        // Two days are no evidence, whatever they look like.
        let steep = [sample(200, 100), sample(400, 150)];
        assert_eq!(ends(&over(2, &steep)).0, 0);
        // A gap is not looked at.
        assert_eq!(
            ends(&over(14, &[sample(LoadSample::GAP, 10), sample(10, 0)])),
            (0, 0)
        );
    }

    #[test]
    fn by_hand() {
        // Half of the slots at 0.1 cores and 90 or 110 MiB, half at 0.2 cores and 100 or 120 MiB: the slope is 100 MiB for
        // a core. Memory varies by 125 MiB^2, of which the slope explains 100^2 x 0.0025 = 25, so 100 are left; over the
        // CPU's 0.0025 that is 40,000, over 34 - 2 days 1,250: a standard error of 35.36. From 29.3 to 170.7.
        let samples = [
            sample(200, 90),
            sample(200, 110),
            sample(400, 100),
            sample(400, 120),
        ];
        assert_eq!(ends(&over(34, &samples)), (29, 171));
        // With fewer days it is up to 241, but a quarter of 105 MiB at 0.15 cores is 175: of an unsure slope no more is taken.
        assert_eq!(ends(&over(10, &samples)), (0, 175));
    }
}
