//! What one replica used, as it is planned: the very series that it is sized by, and tried on.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::headroom::Week;
use super::percentile::{kth_largest, outliers};
use super::replicas::least;
use super::risk::{Fit, Fold, Resource, Training, Trial, Usage, weeks};
use super::running_instances::RunningInstances;
use super::subjects::{Machine, UnknownType, lives, machines};
use super::{SizingError, Stage, UsageHistory, Utilisation, cpu, memory};
use crate::policy::{self, Policy};
use crate::snapshot::{Environment, Metric, Series, Window};
use crate::units::Millicores;

/// A replica of an environment, over all of its history.
pub(super) struct Replica<'a> {
    pub(super) machines: BTreeMap<&'a str, Machine<'a>>,
    pub(super) grid: Grid,
    pub(super) instances_today: u32,
    /// How many ran in the days that requests are made from.
    pub(super) running: RunningInstances,
    /// How many carry all of the demand as the instances did.
    pub(super) replicas: u32,
    pub(super) used: cpu::CpuUse,
    /// What a replica carries of it, in cores of the planned node, slot by slot.
    pub(super) cores: Vec<f32>,
    /// Its part of what the instances have, each counted as the largest of today.
    pub(super) has_cores: f64,
    /// The demand, as a share of what the largest instance of today has.
    pub(super) cpu: Usage,
    pub(super) seen: memory::MemoryUse,
    /// Of the instance that used most; `None` if nothing was reported.
    pub(super) memory: Option<Usage>,
    pub(super) utilisation: Utilisation,
}

impl<'a> Replica<'a> {
    pub(super) fn of(
        environment: &'a Environment,
        series: &[Series],
        window: Window,
        stage: Stage,
        policy: &Policy,
    ) -> Result<Self, SizingError> {
        let rules = &policy.sizing;
        let machines = machines(environment, policy)
            .map_err(|UnknownType(name)| SizingError::UnknownInstanceType(name))?;
        let instances_today =
            u32::try_from(environment.running_instances().count()).unwrap_or(u32::MAX);
        let group = environment.auto_scaling_group.as_ref();
        let wanted = group.map_or(0, |group| group.min.max(group.desired));
        if instances_today == 0 {
            return Err(if wanted > 0 {
                SizingError::InstancesMissing { wanted }
            } else {
                SizingError::NoInstances
            });
        }
        let grid = Grid::for_series(
            series
                .iter()
                .filter(|series| series.metric == Metric::CpuPercent),
            window,
        );
        let used = cpu::observe(series, &machines, &grid, rules.saturation_percent.get())
            .ok_or_else(|| no_cpu_history(series, &grid, instances_today))?;
        let running = used.running(grid.last_days(rules.memory_request_days.get()));
        // What runs at the moment of collecting is chance where it changes by the hour; where it never did, a
        // scale-in or a deployment at that moment is no reason for fewer.
        let usual = if running.is_steady {
            running.usual.max(instances_today).max(wanted)
        } else {
            running.usual.max(group.map_or(0, |group| group.min))
        };
        let replicas = usual.max(least(stage, rules));
        let cores = used.of_a_replica(usual, replicas);
        let has_cores = used.instance_cores * f64::from(usual.max(1)) / f64::from(replicas.max(1));
        let lives = lives(&machines, series, &grid);
        let mut seen = memory::observe(series, &machines, &lives, &grid);
        let utilisation = Utilisation::of(series, &machines, &lives, &grid);
        let highest = std::mem::take(&mut seen.highest);
        let has = seen.instance_memory.as_f64();
        let memory = seen
            .peak
            .map(|_| Usage::new(Resource::Memory, highest, grid.period_seconds, has));
        let cpu = Usage::new(
            Resource::Cpu,
            percent_of(&cores, has_cores),
            grid.period_seconds,
            has_cores,
        );
        Ok(Self {
            machines,
            grid,
            instances_today,
            running: RunningInstances { usual, ..running },
            replicas,
            used,
            cores,
            has_cores,
            cpu,
            seen,
            memory,
            utilisation,
        })
    }

    /// What it used over time; `hourly` is of all instances together.
    pub(super) fn history(&self, hourly: &[Millicores]) -> UsageHistory {
        let memory = self
            .memory
            .as_ref()
            .map(|usage| (usage.percent(), usage.capacity));
        let (percent, has) = memory.unzip();
        UsageHistory::of(
            &self.grid,
            &self.cores,
            percent,
            (self.has_cores, has.unwrap_or_default()),
            hourly,
        )
    }

    /// Both resources, as far as they tell of a replica: the average of a group is nobody's use.
    pub(super) fn judged(&self) -> [(Resource, Option<&Usage>); 2] {
        let cpu = Some(&self.cpu).filter(|_| !self.used.seen.is_group_average);
        let memory = self.memory.as_ref().filter(|_| !self.seen.is_group_average);
        [(Resource::Cpu, cpu), (Resource::Memory, memory)]
    }

    /// How high its memory went in each week whose end is known, and what was known of it before.
    pub(super) fn memory_weeks(&self, folds: &[Fold], rules: &policy::Sizing) -> Vec<Week> {
        let Some(usage) = self.memory.as_ref().filter(|_| !self.seen.is_group_average) else {
            return Vec::new();
        };
        let of = |(number, fold): (usize, &Fold)| {
            let (seen, judged) = fold.slots(&self.grid);
            let origin = seen.end;
            let (training, _) = usage.window(seen, judged).ok()?;
            let usual = usually_held(usage, &self.grid, origin, rules)?;
            let fit = fit(usage, &training, origin, rules);
            Some(Week::of(usage, &self.grid, (number, fold), fit, usual))
        };
        folds.iter().enumerate().filter_map(of).collect()
    }

    /// Each week whose end is known.
    pub(super) fn trials(&self, folds: &[Fold], rules: &policy::Sizing) -> Vec<Trial> {
        let of = |usage: &Usage| -> Vec<Trial> {
            let judged = weeks(usage, &self.grid, folds)
                .filter_map(|(number, origin, week)| Some((number, origin, week.ok()?)));
            judged
                .map(|(number, origin, (training, judge))| {
                    Trial::of(number, fit(usage, &training, origin, rules), &judge)
                })
                .collect()
        };
        self.judged()
            .into_iter()
            .filter_map(|(_, usage)| usage)
            .flat_map(of)
            .collect()
    }
}

/// Bytes that a replica usually held before the slot `origin`: the highest of the policy's days but for outliers. Of all
/// days before, where those have none.
pub(super) fn usually_held(
    usage: &Usage,
    grid: &Grid,
    origin: usize,
    rules: &policy::Sizing,
) -> Option<f64> {
    let days = usize::try_from(rules.memory_request_days.get()).unwrap_or(usize::MAX);
    let first = origin.saturating_sub(days.saturating_mul(grid.slots_in_a_day()));
    let of = |slots: &[f32]| {
        let count = slots.iter().filter(|sample| !sample.is_nan()).count();
        kth_largest(slots, outliers(count) + 1)
    };
    let percent = usage.percent();
    let recent = percent.get(first..origin).unwrap_or_default();
    let held = of(recent).or_else(|| of(percent.get(..origin).unwrap_or_default()))?;
    Some(f64::from(held) / 100.0 * usage.capacity)
}

/// What a request is made from at the slot `origin`. What a replica's memory once needed, at any time before, it
/// needs again.
pub(super) fn fit(
    usage: &Usage,
    training: &Training<'_>,
    origin: usize,
    rules: &policy::Sizing,
) -> Fit {
    let fit = Fit::of(training, rules);
    match usage.resource {
        Resource::Cpu => fit,
        Resource::Memory => fit.never_under(usage.highest_before(origin)),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "samples are not more exact"
)]
fn percent_of(cores: &[f32], has: f64) -> Vec<f32> {
    let percent = |&cores: &f32| (f64::from(cores) * 100.0 / has) as f32;
    cores.iter().map(percent).collect()
}

fn no_cpu_history(series: &[Series], grid: &Grid, instances: u32) -> SizingError {
    let of_cpu = series
        .iter()
        .filter(|series| series.metric == Metric::CpuPercent);
    SizingError::NoCpuHistory {
        expected: u64::from(instances) * grid.slots() as u64,
        rejected: of_cpu.map(|series| u64::from(series.rejected)).sum(),
    }
}
