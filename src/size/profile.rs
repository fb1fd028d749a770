//! All that sizing keeps of an environment's history, once its samples are gone.

use std::collections::BTreeSet;

use super::grid::{DAY_SECONDS, Grid};
use super::headroom::Week;
use super::oddities::Oddities;
use super::percentile::{highest, top_percent};
use super::readings::Readings;
use super::replica::usually_held;
use super::replica::{self, Replica};
use super::risk::{Fit, Fold, Span, Trial, Usage};
use super::running_instances::RunningInstances;
use super::runtime_floor::RuntimeFloor;
use super::year_peak::year_load;
use super::{
    EnvironmentToSize, PeerRequests, RecordedLoad, Rhythm, SizingError, Traffic, UsageHistory,
    Utilisation, censored, cpu, memory,
};
use crate::catalog::Architecture;
use crate::policy::{self, Policy};
use crate::snapshot::{Metric, Series};
use crate::units::Millicores;

/// One environment, without samples: a few kilobytes for a year of a hundred instances.
#[derive(Debug)]
pub struct Profile {
    pub(super) instances_today: u32,
    /// How many ran in the days that requests are made from.
    pub(super) running: RunningInstances,
    /// The most instances that its group may have.
    pub(super) allowed: u32,
    /// Replicas that carry all of the demand as the instances did.
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
    /// Readings that cannot be what they say; see [`Oddities`].
    pub(super) odd: Oddities,
    trials: Vec<Trial>,
    /// The busiest slot of each hour from the start of the window, all instances together.
    hourly: Vec<Millicores>,
    traffic: Traffic,
    history: UsageHistory,
    utilisation: Utilisation,
    /// Kept only where it will be replayed.
    load: Option<RecordedLoad>,
    year: Option<RecordedLoad>,
    /// Kept only where others are compared.
    peers: Option<PeerRequests>,
}

/// CPU of one replica, in cores of the planned node.
#[derive(Debug)]
pub(super) struct CpuProfile {
    pub(super) seen: cpu::CpuSeen,
    /// A replica's part of what the instances have, each counted as the largest of today.
    pub(super) instance_cores: f64,
    /// The 99th percentile of the days that the request is made from, whatever their level.
    pub(super) fit_p99: f64,
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
    /// The busiest instance over the average one.
    pub(super) unevenness: f64,
}

/// Memory of the instance that used most.
#[derive(Debug)]
pub(super) struct MemoryProfile {
    pub(super) seen: memory::MemoryUse,
    /// Of the last days, for the limit; `None` if nothing was reported.
    pub(super) fit: Option<Fit>,
    /// Bytes that it usually holds; see [`usually_held`].
    pub(super) usual: Option<f64>,
    weeks: Vec<Week>,
}

impl Profile {
    /// Reads one environment's history.
    ///
    /// # Errors
    /// When there is too little to go by; never a made-up number.
    pub fn of(case: &EnvironmentToSize<'_>, policy: &Policy) -> Result<Self, SizingError> {
        let rules = &policy.sizing;
        let readings = Readings::of(case.series);
        let series: &[Series] = &readings.series;
        let replica = Replica::of(case.environment, series, case.window, case.stage, policy)?;
        let cores = &replica.cores;
        let first = cores.iter().position(|cores| !cores.is_nan()).unwrap_or(0);
        let last = cores.iter().rposition(|cores| !cores.is_nan()).unwrap_or(0);
        let period_seconds = replica.grid.period_seconds;
        #[expect(
            clippy::cast_precision_loss,
            reason = "2^53 seconds are longer than any history"
        )]
        let days =
            ((last + 1 - first) as u64 * u64::from(period_seconds)) as f64 / DAY_SECONDS as f64;
        let folds = Span::of(policy).folds(case.window);
        let hourly = hourly_peaks(&replica.used.total_cores, period_seconds);
        Ok(Self {
            instances_today: replica.instances_today,
            running: replica.running,
            allowed: case
                .environment
                .auto_scaling_group
                .as_ref()
                .map_or(0, |group| group.max),
            replicas: replica.replicas,
            cpu: CpuProfile::of(&replica, series, policy),
            floor: RuntimeFloor::of(&case.reading.runtime, rules),
            architectures: replica
                .machines
                .values()
                .map(|machine| machine.shape.architecture)
                .collect(),
            is_out_of_credits: exhausted_credits(series, policy),
            period_seconds,
            days,
            traffic: Traffic::of(&hourly, series, case.window),
            history: replica.history(&hourly),
            utilisation: replica.utilisation,
            load: policy
                .replay
                .enabled
                .then(|| RecordedLoad::of(&replica, &policy.replay)),
            year: policy
                .replay
                .enabled
                .then(|| {
                    let cores = &replica.used.total_cores;
                    year_load(series, &replica.grid, cores, replica.instances_today)
                })
                .flatten(),
            peers: None,
            hourly,
            odd: Oddities::of(case, &readings, &replica),
            trials: replica.trials(&folds, rules),
            memory: MemoryProfile::of(replica, &folds, policy),
        })
    }

    /// Whether more of the samples than the policy allows were cut off by the machine.
    pub(super) fn is_saturated(&self, policy: &Policy) -> bool {
        is_more_than(
            policy.sizing.saturation_share.get(),
            self.cpu.seen.saturated_samples,
            self.cpu.seen.present_samples,
        )
    }

    /// Whether memory came close to all that the machine has: the app may have wanted more.
    pub(super) fn is_at_ceiling(&self, policy: &Policy) -> bool {
        f64::from(self.memory.seen.peak_percent) >= policy.sizing.memory_ceiling_percent.get()
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

    /// What a replica used over time.
    #[must_use]
    pub fn history(&self) -> &UsageHistory {
        &self.history
    }

    /// What its instances used together, where the policy asks for a replay.
    #[must_use]
    pub const fn load(&self) -> Option<&RecordedLoad> {
        self.load.as_ref()
    }

    /// What all instances used together in the hours of the year before the window, for a replay; absent if it was not
    /// collected.
    #[must_use]
    pub const fn year(&self) -> Option<&RecordedLoad> {
        self.year.as_ref()
    }

    /// What the rules of others would request, where that was kept.
    pub(super) const fn peers(&self) -> Option<&PeerRequests> {
        self.peers.as_ref()
    }

    /// The same with what they would request.
    #[must_use]
    pub fn with_peers(self, peers: PeerRequests) -> Self {
        Self {
            peers: Some(peers),
            ..self
        }
    }

    /// The same, with nothing to replay.
    #[must_use]
    pub fn without_load(self) -> Self {
        Self {
            load: None,
            year: None,
            ..self
        }
    }

    /// How busy its machines were.
    #[must_use]
    pub fn utilisation(&self) -> Utilisation {
        self.utilisation
    }

    /// How high its memory went in each week whose end is known.
    pub(super) fn weeks(&self) -> &[Week] {
        &self.memory.weeks
    }

    /// What a replica would have needed in each week whose end is known.
    #[must_use]
    pub fn trials(&self) -> &[Trial] {
        &self.trials
    }
}

const HOUR_SECONDS: u32 = 3_600;

fn hourly_peaks(cores: &[f32], period_seconds: u32) -> Vec<Millicores> {
    let slots = usize::try_from((HOUR_SECONDS / period_seconds).max(1)).unwrap_or(1);
    cores
        .chunks(slots)
        .map(|hour| Millicores::from_cores_rounded_up(f64::from(highest(hour))))
        .collect()
}

impl CpuProfile {
    fn of(replica: &Replica<'_>, series: &[Series], policy: &Policy) -> Self {
        let rules = &policy.sizing;
        let Replica {
            used,
            cores,
            has_cores,
            grid,
            cpu: usage,
            ..
        } = replica;
        let ceiling = *has_cores * rules.saturation_percent.get() / 100.0;
        let is_cut_off = is_more_than(
            rules.saturation_share.get(),
            used.seen.saturated_samples,
            used.seen.present_samples,
        );
        let (fit, fit_days) = fit_of_the_end(usage, grid, rules);
        let first = grid.last_days(rules.fit_days.get());
        let fit_p99 = top_percent(cores.get(first..).unwrap_or_default()).map_or(0.0, f64::from);
        Self {
            instance_cores: *has_cores,
            fit_p99,
            mean: mean(cores),
            p99: top_percent(cores).map_or(0.0, f64::from),
            peak: f64::from(highest(cores)),
            fit,
            fit_days,
            daily_needs: usage.daily_needs(),
            wanted: if is_cut_off {
                censored::wanted_at_p99(cores, ceiling)
            } else {
                None
            },
            burst: burst(series, grid),
            rhythm: Rhythm::of(&used.total_cores, grid, series, rules.fit_days.get()),
            unevenness: used.unevenness,
            seen: used.seen.clone(),
        }
    }
}

/// Of what is there; nothing of nothing. Eight sums side by side, since one has to wait for the addition before it.
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 samples are more than any history has"
)]
fn mean(cores: &[f32]) -> f64 {
    let mut sums = [0.0_f64; 8];
    for cores in cores.chunks(sums.len()) {
        sums.iter_mut().zip(cores).for_each(|(sum, cores)| {
            *sum += if cores.is_nan() {
                0.0
            } else {
                f64::from(*cores)
            }
        });
    }
    let count = cores.iter().filter(|cores| !cores.is_nan()).count();
    sums.iter().sum::<f64>() / count.max(1) as f64
}

impl MemoryProfile {
    fn of(replica: Replica<'_>, folds: &[Fold], policy: &Policy) -> Self {
        let rules = &policy.sizing;
        let weeks = replica.memory_weeks(folds, rules);
        let Replica {
            grid, seen, memory, ..
        } = replica;
        let usual = memory
            .as_ref()
            .and_then(|usage| usually_held(usage, &grid, grid.slots(), rules));
        let fit = memory.map(|usage| fit_of_the_end(&usage, &grid, rules).0);
        // To the byte, and of larger machines of the past too.
        let fit = fit
            .zip(seen.peak)
            .map(|(fit, peak)| fit.never_under(peak.as_f64()));
        Self {
            seen,
            fit,
            usual,
            weeks,
        }
    }
}

/// The fit of the last days that the policy names; of all days, where the last ones are mostly gaps.
fn fit_of_the_end(usage: &Usage, grid: &Grid, rules: &policy::Sizing) -> (Fit, u32) {
    let first = grid.last_days(rules.fit_days.get());
    let (training, from) = match usage.training(first..grid.slots()) {
        Some(training) => (training, first),
        None => (usage.whole(), 0),
    };
    let fitted = (grid.slots() - from).div_ceil(grid.slots_in_a_day());
    (
        replica::fit(usage, &training, grid.slots(), rules),
        u32::try_from(fitted).unwrap_or(u32::MAX),
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 samples are more than any history has"
)]
fn is_more_than(share: f64, part: u64, whole: u64) -> bool {
    part as f64 > share * whole as f64
}

/// A balance under one credit is a minute of CPU: as good as none. A T3 begins its life with none, so a
/// few samples say nothing: it takes the same share of them as saturation does.
fn exhausted_credits(series: &[Series], policy: &Policy) -> bool {
    let is_exhausted = |series: &Series| {
        let spent = series
            .present()
            .filter(|&(_, credits)| credits < 1.0)
            .count();
        is_more_than(
            policy.sizing.saturation_share.get(),
            spent as u64,
            series.present().count() as u64,
        )
    };
    series
        .iter()
        .filter(|series| series.metric == Metric::CpuCreditBalance)
        .any(is_exhausted)
}

/// How much higher the maxima inside the slots are than the averages, both at their 99th percentile, on
/// the instance where that is most.
fn burst(series: &[Series], grid: &Grid) -> Option<f64> {
    let averages = super::subjects::best_series(series, &Metric::CpuPercent, "average");
    let maxima = super::subjects::best_series(series, &Metric::CpuPercent, "maximum");
    let p99 = |pieces: &[&Series], highest: bool| {
        top_percent(&grid.stretch(pieces, highest).samples).map(f64::from)
    };
    let of_subject = |(subject, pieces): (&&crate::snapshot::Subject, &Vec<&Series>)| {
        let average = p99(averages.get(*subject)?, false).filter(|average| *average > 0.0)?;
        p99(pieces, true).map(|maximum| maximum / average)
    };
    maxima.iter().filter_map(of_subject).max_by(f64::total_cmp)
}
