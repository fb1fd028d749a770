//! From samples to each number, in words: what `explain` and the reports print.

use super::cpu::CpuDemand;
use super::memory::MemoryUse;
use super::replicas::least;
use super::whole_replica::WholeReplica;
use super::{Case, Limits, Reason, Stage};
use crate::policy::{CpuLimit, Policy};
use crate::units::{Bytes, Millicores, Resources};

/// Everything that the reasons tell.
pub(super) struct Story<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) cpu: &'a CpuDemand,
    pub(super) memory: &'a MemoryUse,
    pub(super) whole: &'a WholeReplica,
    pub(super) pieces: u32,
    pub(super) requests: Resources,
    pub(super) limits: Limits,
    pub(super) replicas: u32,
    pub(super) policy: &'a Policy,
}

impl Story<'_> {
    pub(super) fn reasons(&self) -> Vec<Reason> {
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
        let wanted = self.case.environment.auto_scaling_group.as_ref().map_or(0, |group| group.min.max(group.desired));
        let rule = format!("instances running today, or the {wanted} that its group wants if they are more");
        let reason = Reason::of("replicas").step(running, rule).step_by_policy(
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
        let share = 100.0 * self.policy.sizing.split_node_share.get();
        let rule = format!(
            "too large for the {} of a node: each of today's instances becomes {} pods, of at most {share:.0} % of a node each",
            self.case.node_room, self.pieces
        );
        reason.step_by_policy(value, rule, "sizing.split_node_share")
    }
}

/// Memory for people: whole MiB, rounded up.
fn shown(bytes: Bytes) -> String {
    bytes.rounded_up_to(Bytes::from_mebibytes(1)).to_string()
}
