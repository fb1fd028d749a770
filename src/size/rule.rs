//! The first sizing rule: a percentile with a margin for CPU, the peak with a margin for memory.

use super::cpu::{self, CpuDemand};
use super::grid::{DAY_SECONDS, Grid};
use super::memory::{self, MemoryUse};
use super::replicas::{least, spread};
use super::subjects::{UnknownType, machines};
use super::{
    CpuEvidence, Evidence, Flag, Limits, MemoryEvidence, MemoryOrigin, Reason, Replicas, Sizing, Stage, exceedance_upper_bound,
    nearest_rank,
};
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
    #[error("its CPU was never reported (0 of {expected} samples)")]
    NoCpuHistory {
        /// Samples that its instances should have left.
        expected: u64,
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
    /// Nothing runs.
    #[error("it runs no instance today")]
    NoInstances,
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
    if instances_today == 0 {
        return Err(Unsized::NoInstances);
    }
    let replicas = instances_today.max(least(case.stage, rules));
    let grid = Grid::for_series(case.series.iter().filter(|series| series.metric == Metric::CpuPercent), case.window);
    let cpu = cpu::demand(case.series, &machines, &grid, replicas, rules.saturation_percent.get())
        .ok_or(Unsized::NoCpuHistory { expected: u64::from(instances_today) * grid.slots() as u64 })?;
    let memory = memory::observe(case.series, &machines, &grid);

    let whole = WholeReplica::of(&cpu, &memory, policy);
    let room = Resources {
        cpu: share_of(case.node_room.cpu.0, rules.max_node_share.get(), Millicores),
        memory: share_of(case.node_room.memory.0, rules.max_node_share.get(), Bytes),
    };
    let pieces = (1..=rules.max_split).find(|&pieces| whole.piece(pieces, policy).fits(room)).ok_or_else(|| Unsized::TooLarge {
        needs: whole.piece(1, policy),
        room,
        max_split: rules.max_split,
    })?;
    let requests = whole.piece(pieces, policy);
    let limits = limits(requests, policy);
    let full_load = replicas.saturating_mul(pieces);

    let evidence = evidence(&cpu, &memory, &whole, &grid, requests.cpu * pieces);
    let mut flags = flags(&cpu, &memory, &evidence, policy);
    if exhausted_credits(case.series) {
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

/// What one of today's instances needs, before floors, steps and splitting.
struct WholeReplica {
    mean: f64,
    percentile: f64,
    peak: f64,
    cpu: f64,
    memory: f64,
}

impl WholeReplica {
    fn of(cpu: &CpuDemand, memory: &MemoryUse, policy: &Policy) -> Self {
        let rules = &policy.sizing;
        let mut present: Vec<f32> = cpu.cores.iter().copied().filter(|cores| !cores.is_nan()).collect();
        #[expect(clippy::cast_precision_loss, reason = "2^53 samples are more than any history has")]
        let mean = present.iter().map(|&cores| f64::from(cores)).sum::<f64>() / present.len().max(1) as f64;
        let peak = present.iter().copied().fold(0.0, f32::max);
        let percentile = f64::from(nearest_rank(&mut present, rules.cpu_percentile.get()).unwrap_or(0.0));
        let ceiling = memory.instance_memory.as_f64();
        let needed = match memory.peak {
            Some(peak) => (peak.as_f64() * (1.0 + rules.memory_margin.get())).min(ceiling.max(peak.as_f64())),
            None => ceiling * rules.assumed_memory_share.get(),
        };
        Self { mean, percentile, peak: f64::from(peak), cpu: percentile * (1.0 + rules.cpu_margin.get()), memory: needed }
    }

    /// The requests of one of `pieces` equal pods.
    fn piece(&self, pieces: u32, policy: &Policy) -> Resources {
        let rules = &policy.sizing;
        let cpu = Millicores::from_cores_rounded_up(self.cpu / f64::from(pieces)).max(rules.cpu_floor);
        let memory = Bytes::from_f64_rounded_up(self.memory / f64::from(pieces)).max(rules.memory_floor);
        Resources { cpu: cpu.rounded_up_to(rules.cpu_step), memory: memory.rounded_up_to(rules.memory_step) }
    }
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
    let candidates = [
        (is_thin, Flag::ThinHistory),
        (has_gaps, Flag::LowCoverage),
        (share(cpu.saturated_samples, cpu.present_samples) > rules.saturation_share.get(), Flag::SaturatedCpu),
        (memory.peak.is_none(), Flag::MemoryAssumed),
        (f64::from(memory.peak_percent) >= rules.saturation_percent.get(), Flag::MemoryAtCeiling),
        (cpu.is_group_average || memory.is_group_average, Flag::GroupAverageOnly),
        (cpu.rejected_samples + memory.rejected_samples > 0, Flag::InvalidSamples),
        (cpu.is_partial || memory.is_partial, Flag::PartialSeries),
    ];
    candidates.into_iter().filter_map(|(applies, flag)| applies.then_some(flag)).collect()
}

/// A balance under one credit is a minute of CPU: as good as none.
fn exhausted_credits(series: &[Series]) -> bool {
    series
        .iter()
        .filter(|series| series.metric == Metric::CpuCreditBalance)
        .any(|series| series.present().any(|(_, credits)| credits < 1.0))
}

/// Everything that the reasons tell.
struct Story<'a> {
    case: &'a Case<'a>,
    cpu: &'a CpuDemand,
    memory: &'a MemoryUse,
    whole: &'a WholeReplica,
    pieces: u32,
    requests: Resources,
    limits: Limits,
    replicas: u32,
    policy: &'a Policy,
}

impl Story<'_> {
    fn reasons(&self) -> Vec<Reason> {
        vec![self.cpu_request(), self.cpu_limit(), self.memory_request(), self.memory_limit(), self.replicas()]
    }

    fn cpu_request(&self) -> Reason {
        let rules = &self.policy.sizing;
        let cores = |cores: f64| Millicores::from_cores_rounded_up(cores);
        let instances = self.case.environment.instances.len();
        let seen = format!("{} of {} samples", self.cpu.present_samples, self.cpu.expected_samples);
        let origin = format!("CPU of {instances} instances from {}; gaps are left out, not counted as idle", self.cpu.sources.join(", "));
        let per_replica = format!(
            "per time slot the larger of the busiest instance (utilisation x vCPU of its type) and of the total shared by {} replicas",
            self.replicas
        );
        let reason = Reason::of("cpu_request")
            .step(seen, origin)
            .step(format!("mean {}, peak {}", cores(self.whole.mean), cores(self.whole.peak)), per_replica)
            .step_by_policy(cores(self.whole.percentile), format!("percentile {} of these", rules.cpu_percentile), "sizing.cpu_percentile")
            .step_by_policy(
                cores(self.whole.cpu),
                format!("plus a margin of {:.0} %", 100.0 * rules.cpu_margin.get()),
                "sizing.cpu_margin",
            );
        self.split(reason, cores(self.whole.cpu / f64::from(self.pieces)).to_string()).step_by_policy(
            self.requests.cpu,
            format!("at least {}, rounded up to the next {}", rules.cpu_floor, rules.cpu_step),
            "sizing.cpu_floor",
        )
    }

    fn cpu_limit(&self) -> Reason {
        let value = self.limits.cpu_millicores.map_or_else(|| "none".to_owned(), |limit| limit.to_string());
        let rule = match self.policy.sizing.cpu_limit {
            CpuLimit::None => "no limit: CPU that nobody else wants may be used".to_owned(),
            CpuLimit::Factor(factor) => format!("{factor} x the request"),
        };
        Reason::of("cpu_limit").step_by_policy(value, rule, "sizing.cpu_limit")
    }

    fn memory_request(&self) -> Reason {
        let rules = &self.policy.sizing;
        let ceiling = self.memory.instance_memory;
        let seen = format!("{} of {} samples", self.memory.present_samples, self.memory.expected_samples);
        let needed = Bytes::from_f64_rounded_up(self.whole.memory);
        let reason = Reason::of("memory_request");
        let reason = match self.memory.peak {
            Some(peak) => {
                let origin =
                    format!("memory from {}; it includes the operating system and agents of the instance", self.memory.sources.join(", "));
                reason
                    .step(seen, origin)
                    .step(shown(peak), format!("highest sample of any instance ({:.1} % of its memory)", self.memory.peak_percent))
                    .step_by_policy(
                        shown(needed),
                        format!(
                            "plus a margin of {:.0} %, at most the {} that the instance has",
                            100.0 * rules.memory_margin.get(),
                            shown(ceiling)
                        ),
                        "sizing.memory_margin",
                    )
            }
            None => reason.step(seen, "memory was never reported").step_by_policy(
                shown(needed),
                format!(
                    "ASSUMED, not measured: {:.0} % of the {} that the instance has",
                    100.0 * rules.assumed_memory_share.get(),
                    shown(ceiling)
                ),
                "sizing.assumed_memory_share",
            ),
        };
        let piece = Bytes::from_f64_rounded_up(self.whole.memory / f64::from(self.pieces));
        self.split(reason, shown(piece)).step_by_policy(
            self.requests.memory,
            format!("at least {}, rounded up to the next {}", rules.memory_floor, rules.memory_step),
            "sizing.memory_floor",
        )
    }

    fn memory_limit(&self) -> Reason {
        let rule = format!("{} x the request", self.policy.sizing.memory_limit_factor);
        Reason::of("memory_limit").step_by_policy(self.limits.memory_bytes, rule, "sizing.memory_limit_factor")
    }

    fn replicas(&self) -> Reason {
        let stage = self.case.stage;
        let running = self.case.environment.running_instances().count();
        let key = match stage {
            Stage::Production => "sizing.production_min_replicas",
            Stage::Staging => "sizing.staging_min_replicas",
        };
        let reason = Reason::of("replicas").step(running, "instances running today").step_by_policy(
            self.replicas,
            format!("never under {} for {stage}", least(stage, &self.policy.sizing)),
            key,
        );
        self.split(reason, (self.replicas * self.pieces).to_string())
    }

    /// Adds the step of splitting, where there is one.
    fn split(&self, reason: Reason, value: String) -> Reason {
        if self.pieces == 1 {
            return reason;
        }
        let rule = format!("a node offers {}: each of today's instances becomes {} pods", self.case.node_room, self.pieces);
        reason.step_by_policy(value, rule, "sizing.max_node_share")
    }
}

/// Memory for people: whole MiB, rounded up.
fn shown(bytes: Bytes) -> String {
    bytes.rounded_up_to(Bytes::from_mebibytes(1)).to_string()
}
