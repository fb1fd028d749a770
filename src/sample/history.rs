//! What the instances of an environment made of the demand: the series that CloudWatch would hold.

use jiff::Timestamp;

use crate::snapshot::{Environment, Instance, Metric, Series, SeriesStatus, Subject};

use super::case::{Case, Peculiarity};
use super::chance::{Chance, RandomStream};
use super::credits::Credits;
use super::demand::{self, Moment};
use super::recipe::{PERIOD_SECONDS, Recipe};

/// What one instance did, on its part of the grid.
struct InstanceHistory {
    /// The slot of the first sample.
    first: usize,
    cpu: Vec<f32>,
    memory: Vec<f32>,
    /// Only for T instances.
    credits: Option<Vec<f32>>,
}

/// The series of one environment.
pub(super) fn of(
    recipe: &Recipe,
    number: u32,
    case: &Case,
    environment: &Environment,
) -> Vec<Series> {
    let start = recipe.window().start.as_second();
    let times: Vec<i64> = demand::slots(start, recipe.days).collect();
    let demand = demand::over(
        start,
        recipe.days,
        case,
        &mut Chance::new(recipe.seed, number, RandomStream::Demand),
    );
    let running = running_at(&times, &environment.instances);
    let lives = (0..).zip(&environment.instances).map(|(turn, instance)| {
        let mut chance = Chance::new(recipe.seed, number, RandomStream::Instance(turn));
        let lived = lived(&times, instance);
        let shared = |slot: usize| {
            demand[slot] * f64::from(case.instances) / f64::from(running[slot].max(1))
        };
        let wanted: Vec<(i64, f64)> = lived
            .clone()
            .map(|slot| (times[slot], shared(slot)))
            .collect();
        InstanceHistory::new(case, instance, lived.start, &wanted, &mut chance)
    });
    let lives: Vec<InstanceHistory> = lives.collect();
    let series = SeriesWriter {
        case,
        environment,
        times: &times,
    };
    if case.peculiarity == Peculiarity::GroupMetrics {
        return series.of_group(&lives);
    }
    let mut all: Vec<Series> = environment
        .instances
        .iter()
        .zip(lives)
        .flat_map(|(instance, life)| series.of_instance(instance, life))
        .collect();
    if case.peculiarity == Peculiarity::PartialSeries {
        answer_in_part(&mut all);
    }
    if case.peculiarity == Peculiarity::Scaled {
        all.push(series.of_instance_count(&running));
    }
    all
}

/// The slots in which an instance reports: those that lie wholly in its life.
fn lived(times: &[i64], instance: &Instance) -> std::ops::Range<usize> {
    let launched = instance.launched_at.map_or(i64::MIN, Timestamp::as_second);
    let terminated = instance
        .terminated_at
        .map_or(i64::MAX, Timestamp::as_second);
    let first = times.partition_point(|&time| time < launched);
    let end = times.partition_point(|&time| time < terminated);
    first..end
}

/// How many instances there are in each slot.
fn running_at(times: &[i64], instances: &[Instance]) -> Vec<u32> {
    let mut running = vec![0; times.len()];
    for instance in instances {
        for slot in lived(times, instance) {
            running[slot] += 1;
        }
    }
    running
}

impl InstanceHistory {
    /// `wanted` is the demand of each slot that the instance lived, by time.
    fn new(
        case: &Case,
        instance: &Instance,
        first: usize,
        wanted: &[(i64, f64)],
        chance: &mut Chance,
    ) -> Self {
        let bias = chance.between(0.94, 1.06);
        let level = case.memory + chance.between(-1.5, 1.5);
        let credits = Credits::of(&instance.instance_type);
        let mut balance = credits.map(Credits::full);
        let mut life = Self {
            first,
            cpu: Vec::new(),
            memory: Vec::new(),
            credits: credits.map(|_| Vec::new()),
        };
        let mut drift = 0.0;
        for &(time, demand) in wanted {
            let wanted =
                (demand * bias * (1.0 + 0.05 * chance.noise()) + 0.1 * chance.noise()).max(0.1);
            // An instance at its limit reports a little less than 100 %.
            let mut used = wanted.min(99.6 + 0.15 * chance.noise()).min(100.0);
            if let (Some(balance), Some(series)) = (&mut balance, &mut life.credits) {
                let left;
                (used, left) = balance.spend(used);
                series.push(rounded(left, 100.0));
            }
            life.cpu.push(rounded(used, 100.0));
            // Caches fill during the week and start anew with the release; heaps follow the load a little.
            drift = 0.995 * drift + 0.04 * chance.noise();
            let memory = level
                + case.memory / 20.0 * (Moment::of(time).since_release() - 0.5)
                + 0.02 * used.min(60.0)
                + drift;
            // Memory moves slowly: tenths are what it is known to, and they compress well.
            life.memory.push(rounded(memory.clamp(1.0, 97.0), 10.0));
        }
        for series in [&mut life.cpu, &mut life.memory] {
            if chance.happens(0.4) {
                lose_some(series, chance);
            }
        }
        life
    }
}

/// To so many parts of one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "percentages and credits have fewer digits than f32"
)]
fn rounded(value: f64, parts: f64) -> f32 {
    ((value * parts).round() / parts) as f32
}

/// An agent that restarts, a source that was late: a gap of up to two hours about every other day.
fn lose_some(samples: &mut [f32], chance: &mut Chance) {
    let mut missing = 0;
    for sample in samples {
        if missing == 0 && chance.happens(0.0015) {
            missing = 1 + chance.below(24);
        }
        if missing > 0 {
            missing -= 1;
            *sample = f32::NAN;
        }
    }
}

/// The first memory series lacks its first fifth and says so.
fn answer_in_part(all: &mut [Series]) {
    if let Some(series) = all
        .iter_mut()
        .find(|series| series.metric == Metric::MemoryPercent)
    {
        let fifth = series.samples.len() / 5;
        series
            .samples
            .iter_mut()
            .take(fifth)
            .for_each(|sample| *sample = f32::NAN);
        series.status = SeriesStatus("partial".to_owned());
    }
}

/// Series in the words of the snapshot.
struct SeriesWriter<'a> {
    case: &'a Case,
    environment: &'a Environment,
    times: &'a [i64],
}

impl SeriesWriter<'_> {
    fn of_instance(&self, instance: &Instance, life: InstanceHistory) -> Vec<Series> {
        let of = format!("InstanceId={}", instance.id);
        let series = |metric, source: &str, samples| {
            self.series(
                Subject::Instance(instance.id.clone()),
                metric,
                format!("{source} {of}"),
                life.first,
                samples,
            )
        };
        let mut all = vec![series(
            Metric::CpuPercent,
            "AWS/EC2 CPUUtilization",
            life.cpu,
        )];
        if self.case.peculiarity != Peculiarity::NoMemory {
            all.push(series(
                Metric::MemoryPercent,
                self.memory_source(),
                life.memory,
            ));
        }
        all.extend(life.credits.map(|credits| {
            series(
                Metric::CpuCreditBalance,
                "AWS/EC2 CPUCreditBalance",
                credits,
            )
        }));
        all
    }

    /// The agent as Beanstalk's own guide configures it reports for the group only, and so here does
    /// whoever collected the CPU: averages over the instances.
    fn of_group(&self, lives: &[InstanceHistory]) -> Vec<Series> {
        let mean = |of: fn(&InstanceHistory) -> &[f32]| -> Vec<f32> {
            (0..self.times.len())
                .map(|slot| mean_at(lives, slot, of))
                .collect()
        };
        let of = format!("AutoScalingGroupName={}", self.group());
        let series = |metric, source: &str, samples| {
            self.series(
                Subject::Environment,
                metric,
                format!("{source} {of}"),
                0,
                samples,
            )
        };
        vec![
            series(
                Metric::CpuPercent,
                "AWS/EC2 CPUUtilization",
                mean(|life| &life.cpu),
            ),
            series(
                Metric::MemoryPercent,
                self.memory_source(),
                mean(|life| &life.memory),
            ),
        ]
    }

    fn of_instance_count(&self, running: &[u32]) -> Series {
        let samples = running
            .iter()
            .map(|&count| rounded(f64::from(count), 1.0))
            .collect();
        let source = format!(
            "AWS/AutoScaling GroupInServiceInstances AutoScalingGroupName={}",
            self.group()
        );
        self.series(
            Subject::Environment,
            Metric::Other("instances".to_owned()),
            source,
            0,
            samples,
        )
    }

    fn group(&self) -> &str {
        self.environment
            .auto_scaling_group
            .as_ref()
            .map_or("", |group| &group.name)
    }

    const fn memory_source(&self) -> &'static str {
        if self.case.platform.is_windows() {
            "CWAgent Memory % Committed Bytes In Use"
        } else {
            "CWAgent mem_used_percent"
        }
    }

    fn series(
        &self,
        subject: Subject,
        metric: Metric,
        source: String,
        first: usize,
        samples: Vec<f32>,
    ) -> Series {
        let start = self.times.get(first).copied().unwrap_or(0);
        Series {
            subject,
            metric,
            statistic: "average".to_owned(),
            period_seconds: PERIOD_SECONDS,
            start: Timestamp::from_second(start).unwrap_or(Timestamp::UNIX_EPOCH),
            source,
            status: SeriesStatus("complete".to_owned()),
            samples,
            rejected: 0,
        }
    }
}

/// The average of those that reported in that slot, or a gap.
fn mean_at(lives: &[InstanceHistory], slot: usize, of: fn(&InstanceHistory) -> &[f32]) -> f32 {
    let reported = lives
        .iter()
        .filter_map(|life| of(life).get(slot.checked_sub(life.first)?))
        .filter(|value| !value.is_nan());
    let (sum, count) = reported.fold((0.0, 0.0), |(sum, count), &value| {
        (sum + f64::from(value), count + 1.0)
    });
    if count > 0.0 {
        rounded(sum / count, 100.0)
    } else {
        f32::NAN
    }
}
