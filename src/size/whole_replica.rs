//! What one of today's instances needs, before floors, steps and splitting.

use super::cpu::CpuDemand;
use super::memory::MemoryUse;
use super::nearest_rank;
use crate::policy::{self, Policy};
use crate::units::{Bytes, Millicores, Resources};

/// In cores and bytes, as measured and with the policy's margins.
pub(super) struct WholeReplica {
    pub(super) mean: f64,
    pub(super) percentile: f64,
    pub(super) peak: f64,
    pub(super) cpu: f64,
    pub(super) memory: f64,
}

impl WholeReplica {
    pub(super) fn of(cpu: &CpuDemand, memory: &MemoryUse, policy: &Policy) -> Self {
        let rules = &policy.sizing;
        let mut present: Vec<f32> = cpu.cores.iter().copied().filter(|cores| !cores.is_nan()).collect();
        #[expect(clippy::cast_precision_loss, reason = "2^53 samples are more than any history has")]
        let mean = present.iter().map(|&cores| f64::from(cores)).sum::<f64>() / present.len().max(1) as f64;
        let peak = present.iter().copied().fold(0.0, f32::max);
        let percentile = f64::from(nearest_rank(&mut present, rules.cpu_percentile.get()).unwrap_or(0.0));
        let needed = match memory.peak {
            Some(peak) => memory_with_margin(peak, memory.instance_memory, rules),
            None => memory.instance_memory.as_f64() * rules.assumed_memory_share.get(),
        };
        Self { mean, percentile, peak: f64::from(peak), cpu: cpu_with_margin(percentile, rules), memory: needed }
    }

    /// The requests of one of `pieces` equal pods.
    pub(super) fn piece(&self, pieces: u32, policy: &Policy) -> Resources {
        let rules = &policy.sizing;
        let cpu = Millicores::from_cores_rounded_up(self.cpu / f64::from(pieces)).max(rules.cpu_floor);
        let memory = Bytes::from_f64_rounded_up(self.memory / f64::from(pieces)).max(rules.memory_floor);
        Resources { cpu: cpu.rounded_up_to(rules.cpu_step), memory: memory.rounded_up_to(rules.memory_step) }
    }
}

/// Cores to request of a replica whose percentile is `percentile` cores.
pub(super) fn cpu_with_margin(percentile: f64, rules: &policy::Sizing) -> f64 {
    percentile * (1.0 + rules.cpu_margin.get())
}

/// Bytes to request of a replica that peaked at `peak` on an instance that has `ceiling`: the margin
/// ends where the instance ends.
pub(super) fn memory_with_margin(peak: Bytes, ceiling: Bytes, rules: &policy::Sizing) -> f64 {
    (peak.as_f64() * (1.0 + rules.memory_margin.get())).min(ceiling.max(peak).as_f64())
}
