//! All that sizing keeps of an environment's history, once its samples are gone.

use std::collections::BTreeSet;

use super::grid::{DAY_SECONDS, Grid};
use super::percentile::nearest_rank;
use super::risk::{self, Fit, Fold, Resource, Span, Trial, Usage};
use super::rule::{Case, Unsized};
use super::runtime_floor::RuntimeFloor;
use super::subjects::{UnknownType, lives, machines};
use super::{Rhythm, Traffic, censored, cpu, memory, replicas};
use crate::catalog::Architecture;
use crate::policy::Policy;
use crate::snapshot::{Metric, Series};
use crate::units::Millicores;

/// One environment, without samples: a few kilobytes for a year of a hundred instances.
#[derive(Debug)]
pub struct Profile {
    pub(super) instances_today: u32,
    /// The larger of minimum and desired capacity.
    pub(super) wanted: u32,
    /// Replicas that carry all of the demand as today's instances do.
    pub(super) replicas: u32,
    pub(super) cpu: CpuProfile,
    pub(super) memory: MemoryProfile,
    pub(super) floor: Option<RuntimeFloor>,
    /// Of all machines, past ones too.
    pub(super) architectures: BTreeSet<Architecture>,
    pub(super) is_out_of_credits: bool,
    pub(super) period_seconds: u32,
    /// From the first sample to the last.
    pub(super) days: f64,
    trials: Vec<Trial>,
    /// The busiest slot of each hour from the start of the window, all instances together.
    hourly: Vec<Millicores>,
    traffic: Traffic,
}

/// CPU of one replica, in cores of the planned node.
#[derive(Debug)]
pub(super) struct CpuProfile {
    pub(super) seen: cpu::CpuSeen,
    pub(super) mean: f64,
    pub(super) p99: f64,
    pub(super) peak: f64,
    /// Of the last days.
    pub(super) fit: Fit,
    /// How many days that is.
    pub(super) fit_days: u32,
    /// For each day the smallest request that it would not have violated.
    pub(super) daily_needs: Vec<f64>,
    /// What the p99 may have been without the machine's ceiling.
    pub(super) wanted: Option<f64>,
    /// The p99 of the maxima inside a slot over that of the averages, where both are known.
    pub(super) burst: Option<f64>,
    pub(super) rhythm: Rhythm,
}

/// Memory of the instance that used most.
#[derive(Debug)]
pub(super) struct MemoryProfile {
    pub(super) seen: memory::MemoryUse,
    /// Of the last days; `None` if nothing was reported.
    pub(super) fit: Option<Fit>,
}

impl Profile {
    /// Reads one environment's history.
    ///
    /// # Errors
    /// When there is too little to go by; never a made-up number.
    pub fn of(case: &Case<'_>, policy: &Policy) -> Result<Self, Unsized> {
        let rules = &policy.sizing;
        let environment = case.environment;
        let machines = machines(environment, policy).map_err(|UnknownType(name)| Unsized::UnknownInstanceType(name))?;
        let instances_today = u32::try_from(environment.running_instances().count()).unwrap_or(u32::MAX);
        // A scale-in or a deployment at the moment of collecting is no reason for fewer replicas.
        let wanted = environment.auto_scaling_group.as_ref().map_or(0, |group| group.min.max(group.desired));
        if instances_today == 0 {
            return Err(if wanted > 0 { Unsized::InstancesMissing { wanted } } else { Unsized::NoInstances });
        }
        let replicas = instances_today.max(wanted).max(replicas::least(case.stage, rules));
        let grid = Grid::for_series(case.series.iter().filter(|series| series.metric == Metric::CpuPercent), case.window);
        let demand = cpu::demand(case.series, &machines, &grid, replicas, rules.saturation_percent.get());
        let demand = demand.ok_or_else(|| no_cpu_history(case, &grid, instances_today))?;
        let first = demand.cores.iter().position(|cores| !cores.is_nan()).unwrap_or(0);
        let last = demand.cores.iter().rposition(|cores| !cores.is_nan()).unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "2^53 seconds are longer than any history")]
        let days = ((last + 1 - first) as u64 * u64::from(grid.period_seconds)) as f64 / DAY_SECONDS as f64;
        let hourly = hourly_peaks(&demand.total_cores, grid.period_seconds);
        let folds: Vec<Fold> = Span::of(policy).folds(case.window);
        let seen = memory::observe(case.series, &machines, &lives(&machines, case.series, &grid), &grid);
        Ok(Self {
            instances_today,
            wanted,
            replicas,
            cpu: CpuProfile::of(demand, &grid, case.series, policy),
            memory: MemoryProfile::of(seen, &grid, policy),
            floor: RuntimeFloor::of(environment, rules),
            architectures: machines.values().map(|machine| machine.shape.architecture).collect(),
            is_out_of_credits: exhausted_credits(case.series, policy),
            period_seconds: grid.period_seconds,
            days,
            traffic: Traffic::of(&hourly, case.series, case.window),
            hourly,
            trials: risk::trials(environment, case.series, case.window, &folds, policy),
        })
    }

    /// Whether more of the samples than the policy allows were cut off by the machine.
    pub(super) fn is_saturated(&self, policy: &Policy) -> bool {
        is_more_than(policy.sizing.saturation_share.get(), self.cpu.seen.saturated_samples, self.cpu.seen.present_samples)
    }

    /// The busiest slot of each hour from the start of the window, all of its instances together.
    #[must_use]
    pub fn hourly(&self) -> &[Millicores] {
        &self.hourly
    }

    /// How busy it is at each hour of the day.
    #[must_use]
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// What its instances would have needed in each week whose end is known.
    #[must_use]
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }
}

const HOUR_SECONDS: u32 = 3_600;

fn hourly_peaks(cores: &[f32], period_seconds: u32) -> Vec<Millicores> {
    let slots = usize::try_from((HOUR_SECONDS / period_seconds).max(1)).unwrap_or(1);
    let peak = |hour: &[f32]| hour.iter().copied().fold(0.0, f32::max);
    cores.chunks(slots).map(|hour| Millicores::from_cores_rounded_up(f64::from(peak(hour)))).collect()
}

fn no_cpu_history(case: &Case<'_>, grid: &Grid, instances: u32) -> Unsized {
    let of_cpu = case.series.iter().filter(|series| series.metric == Metric::CpuPercent);
    Unsized::NoCpuHistory {
        expected: u64::from(instances) * grid.slots() as u64,
        rejected: of_cpu.map(|series| u64::from(series.rejected)).sum(),
    }
}

impl CpuProfile {
    fn of(demand: cpu::CpuDemand, grid: &Grid, series: &[Series], policy: &Policy) -> Self {
        let rules = &policy.sizing;
        let mut present: Vec<f32> = demand.cores.iter().copied().filter(|cores| !cores.is_nan()).collect();
        #[expect(clippy::cast_precision_loss, reason = "2^53 samples are more than any history has")]
        let mean = present.iter().map(|&cores| f64::from(cores)).sum::<f64>() / present.len().max(1) as f64;
        let p99 = f64::from(nearest_rank(&mut present, 99.0).unwrap_or(0.0));
        let peak = f64::from(present.iter().copied().fold(0.0, f32::max));
        let ceiling = demand.instance_cores * rules.saturation_percent.get() / 100.0;
        let is_cut_off = is_more_than(rules.saturation_share.get(), demand.seen.saturated_samples, demand.seen.present_samples);
        let rhythm = Rhythm::of(&demand.total_cores, grid, series, rules.fit_days.get());
        let burst = burst(series, grid);
        let usage = usage_of_cpu(demand.cores, demand.instance_cores, grid);
        let (mut fit, fit_days) = fit_of_the_end(&usage, grid, policy);
        if is_cut_off {
            // What it wanted is not known; the machine that cut it off is no reason to stop there.
            fit.most = f64::INFINITY;
        }
        let day = grid.slots_in_a_day();
        let need = |slots: &[f32]| usage.needed_in(slots);
        Self {
            seen: demand.seen,
            mean,
            p99,
            peak,
            fit,
            fit_days,
            daily_needs: usage.percent.chunks(day).filter_map(need).collect(),
            wanted: if is_cut_off { censored::wanted_at_p99(&present, ceiling) } else { None },
            burst,
            rhythm,
        }
    }
}

impl MemoryProfile {
    fn of(mut seen: memory::MemoryUse, grid: &Grid, policy: &Policy) -> Self {
        let highest = std::mem::take(&mut seen.highest);
        let fit = seen.peak.map(|peak| {
            let capacity = seen.instance_memory.as_f64();
            let usage = Usage { resource: Resource::Memory, percent: highest, period_seconds: grid.period_seconds, capacity };
            let (fit, _) = fit_of_the_end(&usage, grid, policy);
            // What was needed once, at any time, is needed again.
            Fit { least: fit.least.max(peak.as_f64()), most: fit.most.max(peak.as_f64()), ..fit }
        });
        Self { seen, fit }
    }
}

/// Cores as a usage of something that has `capacity`.
#[expect(clippy::cast_possible_truncation, reason = "samples are not more exact")]
fn usage_of_cpu(mut cores: Vec<f32>, capacity: f64, grid: &Grid) -> Usage {
    cores.iter_mut().for_each(|value| *value = (f64::from(*value) * 100.0 / capacity) as f32);
    Usage { resource: Resource::Cpu, percent: cores, period_seconds: grid.period_seconds, capacity }
}

/// The fit of the last days that the policy names; of all days, where the last ones are mostly gaps.
fn fit_of_the_end(usage: &Usage, grid: &Grid, policy: &Policy) -> (Fit, u32) {
    let days = policy.sizing.fit_days.get();
    let first = grid.slots().saturating_sub(usize::try_from(days).unwrap_or(usize::MAX).saturating_mul(grid.slots_in_a_day()));
    let (training, from) = match usage.training(first..grid.slots()) {
        Some(training) => (training, first),
        None => (usage.whole(), 0),
    };
    let fitted = (grid.slots() - from).div_ceil(grid.slots_in_a_day());
    (Fit::of(&training), u32::try_from(fitted).unwrap_or(u32::MAX))
}

#[expect(clippy::cast_precision_loss, reason = "2^53 samples are more than any history has")]
fn is_more_than(share: f64, part: u64, whole: u64) -> bool {
    part as f64 > share * whole as f64
}

/// A balance under one credit is a minute of CPU: as good as none. A T3 begins its life with none, so a
/// few samples say nothing: it takes the same share of them as saturation does.
fn exhausted_credits(series: &[Series], policy: &Policy) -> bool {
    let is_exhausted = |series: &Series| {
        let spent = series.present().filter(|&(_, credits)| credits < 1.0).count();
        is_more_than(policy.sizing.saturation_share.get(), spent as u64, series.present().count() as u64)
    };
    series.iter().filter(|series| series.metric == Metric::CpuCreditBalance).any(is_exhausted)
}

/// How much higher the maxima inside the slots are than the averages, both at their 99th percentile, on
/// the instance where that is most.
fn burst(series: &[Series], grid: &Grid) -> Option<f64> {
    let averages = super::subjects::best_series(series, &Metric::CpuPercent, "average");
    let maxima = super::subjects::best_series(series, &Metric::CpuPercent, "maximum");
    let p99 = |pieces: &[&Series], highest: bool| {
        let mut present: Vec<f32> = grid.fill_all(pieces, highest).into_iter().filter(|value| !value.is_nan()).collect();
        nearest_rank(&mut present, 99.0).map(f64::from)
    };
    let of_subject = |(subject, pieces): (&&crate::snapshot::Subject, &Vec<&Series>)| {
        let average = p99(averages.get(*subject)?, false).filter(|average| *average > 0.0)?;
        p99(pieces, true).map(|maximum| maximum / average)
    };
    maxima.iter().filter_map(of_subject).max_by(f64::total_cmp)
}
