//! What one replica used, as it is planned: the very series that it is sized by, and tried on.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::replicas::least;
use super::risk::{Fit, Fold, Resource, Training, Trial, Usage, weeks};
use super::rule::Unsized;
use super::subjects::{Machine, UnknownType, lives, machines};
use super::{Stage, UsageHistory, Utilisation, cpu, memory};
use crate::policy::{self, Policy};
use crate::snapshot::{Environment, Metric, Series, Window};
use crate::units::Millicores;

/// A replica of an environment, over all of its history.
pub(super) struct Replica<'a> {
    pub(super) machines: BTreeMap<&'a str, Machine<'a>>,
    pub(super) grid: Grid,
    pub(super) instances_today: u32,
    /// The larger of minimum and desired capacity.
    pub(super) wanted: u32,
    /// How many carry all of the demand as today's instances do.
    pub(super) replicas: u32,
    pub(super) demand: cpu::CpuDemand,
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
    ) -> Result<Self, Unsized> {
        let rules = &policy.sizing;
        let machines = machines(environment, policy)
            .map_err(|UnknownType(name)| Unsized::UnknownInstanceType(name))?;
        let instances_today =
            u32::try_from(environment.running_instances().count()).unwrap_or(u32::MAX);
        // A scale-in or a deployment at the moment of collecting is no reason for fewer replicas.
        let wanted = environment
            .auto_scaling_group
            .as_ref()
            .map_or(0, |group| group.min.max(group.desired));
        if instances_today == 0 {
            return Err(if wanted > 0 {
                Unsized::InstancesMissing { wanted }
            } else {
                Unsized::NoInstances
            });
        }
        let replicas = instances_today.max(wanted).max(least(stage, rules));
        let grid = Grid::for_series(
            series
                .iter()
                .filter(|series| series.metric == Metric::CpuPercent),
            window,
        );
        let demand = cpu::demand(
            series,
            &machines,
            &grid,
            replicas,
            rules.saturation_percent.get(),
        );
        let demand = demand.ok_or_else(|| no_cpu_history(series, &grid, instances_today))?;
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
            percent_of(&demand),
            grid.period_seconds,
            demand.instance_cores,
        );
        Ok(Self {
            machines,
            grid,
            instances_today,
            wanted,
            replicas,
            demand,
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
            &self.demand.cores,
            percent,
            (self.demand.instance_cores, has.unwrap_or_default()),
            hourly,
        )
    }

    /// Both resources, as far as they tell of a replica: the average of a group is nobody's use.
    pub(super) fn judged(&self) -> [(Resource, Option<&Usage>); 2] {
        let cpu = Some(&self.cpu).filter(|_| !self.demand.seen.is_group_average);
        let memory = self.memory.as_ref().filter(|_| !self.seen.is_group_average);
        [(Resource::Cpu, cpu), (Resource::Memory, memory)]
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
fn percent_of(demand: &cpu::CpuDemand) -> Vec<f32> {
    let percent = |&cores: &f32| (f64::from(cores) * 100.0 / demand.instance_cores) as f32;
    demand.cores.iter().map(percent).collect()
}

fn no_cpu_history(series: &[Series], grid: &Grid, instances: u32) -> Unsized {
    let of_cpu = series
        .iter()
        .filter(|series| series.metric == Metric::CpuPercent);
    Unsized::NoCpuHistory {
        expected: u64::from(instances) * grid.slots() as u64,
        rejected: of_cpu.map(|series| u64::from(series.rejected)).sum(),
    }
}
