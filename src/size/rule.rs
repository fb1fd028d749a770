//! The first sizing rule: a percentile with a margin for CPU, the peak with a margin for memory.

use super::cpu::{self, CpuDemand};
use super::grid::{DAY_SECONDS, Grid};
use super::memory::{self, MemoryUse};
use super::replicas::{least, spread};
use super::story::Story;
use super::subjects::{UnknownType, lives, machines};
use super::whole_replica::WholeReplica;
use super::{CpuEvidence, Evidence, Flag, Limits, MemoryEvidence, MemoryOrigin, Replicas, Sizing, Stage, exceedance_upper_bound};
use crate::catalog::Architecture;
use crate::policy::{CpuLimit, Policy};
use crate::snapshot::{Environment, Metric, Series, Window};
use crate::units::{Bytes, Millicores, Resources};

/// One environment to size.
#[derive(Debug)]
pub struct Case<'a> {
    /// The environment.
    pub environment: &'a Environment,
    /// Its history.
    pub series: &'a [Series],
    /// The time that the history covers.
    pub window: Window,
    /// Production or staging.
    pub stage: Stage,
    /// What an empty node of its operating system offers to workloads.
    pub node_room: Resources,
    /// What images on those nodes must be built for.
    pub node_architecture: Architecture,
}

/// Why an environment has no sizing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsized {
    /// The catalogue has no such type.
    #[error("its instance type \"{0}\" is not in the catalogue, so its cores and memory are unknown")]
    UnknownInstanceType(String),
    /// Nothing to size by.
    #[error("its CPU was never reported (0 of {expected} samples{})", impossible(*.rejected))]
    NoCpuHistory {
        /// Samples that its instances should have left.
        expected: u64,
        /// Samples that came but cannot be true.
        rejected: u64,
    },
    /// Not even in the most pieces that the policy allows.
    #[error("a replica needs {needs}, more than {max_split} pods of at most {room} each")]
    TooLarge {
        /// One of today's instances, in requests.
        needs: Resources,
        /// What one pod may have.
        room: Resources,
        /// The policy's limit.
        max_split: u32,
    },
    /// Nothing runs, and nothing should.
    #[error("it runs no instance today")]
    NoInstances,
    /// Nothing ran at the moment of collecting, though something should.
    #[error("it ran no instance when the snapshot was collected, though its group wants {wanted}")]
    InstancesMissing {
        /// The larger of minimum and desired capacity.
        wanted: u32,
    },
}

/// What came but cannot be true, if anything did.
fn impossible(rejected: u64) -> String {
    if rejected == 0 { String::new() } else { format!("; {rejected} came that cannot be true") }
}

/// Days with more than this share of their samples above the request count as over it.
const OVER_REQUEST_SHARE: f64 = 0.01;

/// Sizes one environment; see `docs/METHOD.md` for the formulas with worked examples.
///
/// # Errors
/// When there is too little to go by, or no node could take it; never a made-up number.
pub fn size(case: &Case<'_>, policy: &Policy) -> Result<Sizing, Unsized> {
    let rules = &policy.sizing;
    let machines = machines(case.environment).map_err(|UnknownType(name)| Unsized::UnknownInstanceType(name))?;
    let instances_today = u32::try_from(case.environment.running_instances().count()).unwrap_or(u32::MAX);
    // A scale-in or a deployment at the moment of collecting is no reason for fewer replicas.
    let wanted = case.environment.auto_scaling_group.as_ref().map_or(0, |group| group.min.max(group.desired));
    if instances_today == 0 {
        return Err(if wanted > 0 { Unsized::InstancesMissing { wanted } } else { Unsized::NoInstances });
    }
    let replicas = instances_today.max(wanted).max(least(case.stage, rules));
    let grid = Grid::for_series(case.series.iter().filter(|series| series.metric == Metric::CpuPercent), case.window);
    let cpu =
        cpu::demand(case.series, &machines, &grid, replicas, rules.saturation_percent.get()).ok_or_else(|| Unsized::NoCpuHistory {
            expected: u64::from(instances_today) * grid.slots() as u64,
            rejected: case
                .series
                .iter()
                .filter(|series| series.metric == Metric::CpuPercent)
                .map(|series| u64::from(series.rejected))
                .sum(),
        })?;
    let memory = memory::observe(case.series, &machines, &lives(&machines, case.series, &grid), &grid);

    let whole = WholeReplica::of(&cpu, &memory, policy);
    let room = Resources {
        cpu: share_of(case.node_room.cpu.0, rules.max_node_share.get(), Millicores),
        memory: share_of(case.node_room.memory.0, rules.max_node_share.get(), Bytes),
    };
    // What must be split is split until pieces share a node: one just over half of a node would waste the rest.
    let piece_room = Resources {
        cpu: share_of(case.node_room.cpu.0, rules.split_node_share.get(), Millicores),
        memory: share_of(case.node_room.memory.0, rules.split_node_share.get(), Bytes),
    };
    let fits = |&pieces: &u32| whole.piece(pieces, policy).fits(if pieces == 1 { room } else { piece_room });
    let pieces = (1..=rules.max_split).find(fits).ok_or_else(|| Unsized::TooLarge {
        needs: whole.piece(1, policy),
        room: piece_room,
        max_split: rules.max_split,
    })?;
    let requests = whole.piece(pieces, policy);
    let limits = limits(requests, policy);
    let full_load = replicas.saturating_mul(pieces);

    let evidence = evidence(&cpu, &memory, &whole, &grid, requests.cpu * pieces);
    let mut flags = flags(&cpu, &memory, &evidence, policy);
    if exhausted_credits(case.series, policy) {
        flags.push(Flag::CreditsExhausted);
    }
    if pieces > 1 {
        flags.push(Flag::Split);
    }
    if machines.values().any(|machine| machine.shape.architecture != case.node_architecture) {
        flags.push(Flag::OtherArchitecture);
    }
    flags.sort_unstable();

    let story = Story { case, cpu: &cpu, memory: &memory, whole: &whole, pieces, requests, limits, replicas, policy };
    Ok(Sizing {
        requests,
        limits,
        replicas: Replicas {
            instances_today,
            pods_per_instance: pieces,
            full_load,
            clusters: spread(full_load, case.stage, &policy.topology, rules),
        },
        evidence,
        flags,
        reasons: story.reasons(),
    })
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a node's resources")]
fn share_of<T>(whole: u64, share: f64, unit: impl Fn(u64) -> T) -> T {
    unit((whole as f64 * share).floor() as u64)
}

fn limits(requests: Resources, policy: &Policy) -> Limits {
    let rules = &policy.sizing;
    let cpu = match rules.cpu_limit {
        CpuLimit::None => None,
        CpuLimit::Factor(factor) => Some(Millicores::from_cores_rounded_up(requests.cpu.cores() * factor).rounded_up_to(rules.cpu_step)),
    };
    let memory = Bytes::from_f64_rounded_up(requests.memory.as_f64() * rules.memory_limit_factor.get());
    Limits { cpu_millicores: cpu, memory_bytes: memory.rounded_up_to(rules.memory_step) }
}

fn evidence(cpu: &CpuDemand, memory: &MemoryUse, whole: &WholeReplica, grid: &Grid, request: Millicores) -> Evidence {
    let first = cpu.cores.iter().position(|cores| !cores.is_nan()).unwrap_or(0);
    let last = cpu.cores.iter().rposition(|cores| !cores.is_nan()).unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "2^53 seconds are longer than any history")]
    let days = ((last + 1 - first) as u64 * u64::from(grid.period_seconds)) as f64 / DAY_SECONDS as f64;
    let (over, observed) = days_over(&cpu.cores, grid.slots_in_a_day(), request);
    Evidence {
        days: rounded(days, 100.0),
        cpu: CpuEvidence {
            expected_samples: cpu.expected_samples,
            present_samples: cpu.present_samples,
            rejected_samples: cpu.rejected_samples,
            sources: cpu.sources.clone(),
            mean: Millicores::from_cores_rounded_up(whole.mean),
            percentile: Millicores::from_cores_rounded_up(whole.percentile),
            peak: Millicores::from_cores_rounded_up(whole.peak),
            days_over_request: over,
            days_observed: observed,
            days_over_request_at_most: rounded(exceedance_upper_bound(over, observed), 10_000.0),
        },
        memory: MemoryEvidence {
            origin: if memory.peak.is_some() { MemoryOrigin::Measured } else { MemoryOrigin::Assumed },
            expected_samples: memory.expected_samples,
            present_samples: memory.present_samples,
            rejected_samples: memory.rejected_samples,
            sources: memory.sources.clone(),
            peak: memory.peak,
            instance_memory: memory.instance_memory,
        },
    }
}

/// Days (of 24 hours from the start of the window) on which more than 1 % of the samples were above
/// `request`, and days with any sample.
#[expect(clippy::cast_precision_loss, reason = "a day has few samples")]
fn days_over(cores: &[f32], slots_in_a_day: usize, request: Millicores) -> (u32, u32) {
    let mut over = 0;
    let mut observed = 0;
    for day in cores.chunks(slots_in_a_day) {
        let present = day.iter().filter(|cores| !cores.is_nan());
        let samples = present.clone().count();
        let above = present.filter(|&&cores| f64::from(cores) > request.cores()).count();
        observed += u32::from(samples > 0);
        over += u32::from(above as f64 > OVER_REQUEST_SHARE * samples as f64);
    }
    (over, observed)
}

/// Rounded to `1 / parts`, so that a plan does not depend on the last bits of a mathematical library.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

fn flags(cpu: &CpuDemand, memory: &MemoryUse, evidence: &Evidence, policy: &Policy) -> Vec<Flag> {
    let rules = &policy.sizing;
    #[expect(clippy::cast_precision_loss, reason = "2^53 samples are more than any history has")]
    let share = |part: u64, whole: u64| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let is_thin = evidence.days < rules.min_history_days;
    let has_gaps = share(cpu.present_samples, cpu.expected_samples) < rules.min_coverage.get()
        || (memory.peak.is_some() && share(memory.present_samples, memory.expected_samples) < rules.min_coverage.get());
    let over = share(u64::from(evidence.cpu.days_over_request), u64::from(evidence.cpu.days_observed));
    let is_often_over = over > rules.days_over_request_share.get();
    let candidates = [
        (is_thin, Flag::ThinHistory),
        (memory.silent_instances > 0, Flag::SilentInstances),
        (is_often_over, Flag::OftenOverRequest),
        (has_gaps, Flag::LowCoverage),
        (share(cpu.saturated_samples, cpu.present_samples) > rules.saturation_share.get(), Flag::SaturatedCpu),
        (memory.peak.is_none(), Flag::MemoryAssumed),
        (f64::from(memory.peak_percent) >= rules.memory_ceiling_percent.get(), Flag::MemoryAtCeiling),
        (cpu.is_group_average || memory.is_group_average, Flag::GroupAverageOnly),
        (cpu.rejected_samples + memory.rejected_samples > 0, Flag::InvalidSamples),
        (cpu.is_partial || memory.is_partial, Flag::PartialSeries),
    ];
    candidates.into_iter().filter_map(|(applies, flag)| applies.then_some(flag)).collect()
}

/// A balance under one credit is a minute of CPU: as good as none. A T3 begins its life with none, so a
/// few samples say nothing: it takes the same share of them as saturation does.
fn exhausted_credits(series: &[Series], policy: &Policy) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "2^53 samples are more than any history has")]
    let is_exhausted = |series: &Series| {
        let spent = series.present().filter(|&(_, credits)| credits < 1.0).count();
        spent as f64 > policy.sizing.saturation_share.get() * series.present().count() as f64
    };
    series.iter().filter(|series| series.metric == Metric::CpuCreditBalance).any(is_exhausted)
}
