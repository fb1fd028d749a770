//! From samples to each number, in words: what `explain` and the reports print.

use super::profile::Profile;
use super::replicas::least;
use super::risk::{Factor, Resource, Stratum};
use super::whole_replica::WholeReplica;
use super::{Autoscaling, Case, Evidence, Limits, Reason, Scaler, Stage};
use crate::policy::{Calibrated, CpuLimit, Policy, Risk};
use crate::units::{Bytes, Millicores, Resources};
use crate::wording::Text;

/// Everything that the reasons tell.
pub(super) struct Story<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) profile: &'a Profile,
    pub(super) whole: &'a WholeReplica,
    pub(super) evidence: &'a Evidence,
    pub(super) pieces: u32,
    pub(super) requests: Resources,
    pub(super) limits: Limits,
    pub(super) full_load: u32,
    pub(super) tested: Calibrated,
    pub(super) autoscaling: &'a Autoscaling,
    pub(super) policy: &'a Policy,
}

/// Adds the step of a load test, where there was one.
fn tested(reason: Reason, found: Option<impl Into<Text>>) -> Reason {
    match found {
        Some(found) => reason.step_by_policy(found, "by pod, as a load test found it; memory only if that is more", "calibrated"),
        None => reason,
    }
}

impl Story<'_> {
    pub(super) fn reasons(&self) -> Vec<Reason> {
        vec![self.cpu_request(), self.cpu_limit(), self.memory_request(), self.memory_limit(), self.replicas(), self.autoscaling()]
    }

    fn cpu_request(&self) -> Reason {
        let rules = &self.policy.sizing;
        let cores = |cores: f64| Millicores::from_cores_rounded_up(cores);
        let cpu = &self.profile.cpu;
        let instances = self.case.environment.instances.len();
        let seen = format!("{} of {} samples", cpu.seen.present_samples, cpu.seen.expected_samples);
        let origin = format!("CPU of {instances} instances from {}; gaps are left out, not counted as idle", cpu.seen.sources.join(", "));
        let per_replica = format!(
            "per time slot the larger of the busiest instance (utilisation x vCPU x speed of its type) and of the total shared by {} replicas",
            self.profile.replicas
        );
        let since = match cpu.fit.days_before_shift {
            0 => format!("highest of the last {} days", cpu.fit_days),
            days => format!("highest of the last {} days; the {days} before those were on another level", cpu.fit_days - whole_days(days)),
        };
        let reason = Reason::of("cpu_request")
            .step(seen, origin)
            .step(format!("mean {}, p99 {}, peak {}", cores(cpu.mean), cores(cpu.p99), cores(cpu.peak)), per_replica)
            .step_by_policy(cores(cpu.fit.start), since, "sizing.fit_days")
            .step_by_policy(
                cores(self.whole.cpu),
                self.risked(Resource::Cpu, cpu.fit.stratum, self.whole.cpu_factor, rules.cpu_risk),
                "sizing.cpu_risk",
            );
        let reason = self.split(reason, cores(self.whole.cpu / f64::from(self.pieces)).to_string());
        tested(reason, self.tested.cpu_request).step_by_policy(
            self.requests.cpu,
            format!("at least {}, rounded up to the next {}", rules.cpu_floor, rules.cpu_step),
            "sizing.cpu_floor",
        )
    }

    /// `x 1.08: enough in 90 % of 412 weeks of apps like it (peak at most 1.2 x its p99)`
    fn risked(&self, resource: Resource, stratum: Stratum, factor: Factor, risk: Risk) -> String {
        let kept = 100.0 * (1.0 - risk.get());
        let own = match factor.own {
            0 => "none of this fleet".to_owned(),
            own => format!("{own} of this fleet"),
        };
        let cpu = &self.profile.cpu;
        let bound = match resource {
            Resource::Cpu if cpu.fit.most > cpu.instance_cores.max(cpu.fit.start) => {
                "not cut off at what the instance has, since it was saturated, but at four times as much"
            }
            Resource::Cpu => "at most what the instance has",
            Resource::Memory => "never under the highest sample, at most what the instance has",
        };
        format!(
            "x {:.2}: that was enough in {kept:.0} % of the weeks after, for apps like it ({}; weeks known: {own}, {} of the shipped prior); {bound}",
            factor.value,
            stratum.words(resource),
            factor.prior
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
        let memory = &self.profile.memory;
        let seen = format!("{} of {} samples", memory.seen.present_samples, memory.seen.expected_samples);
        let needed = shown(Bytes::from_f64_rounded_up(self.whole.memory_by_history));
        let reason = Reason::of("memory_request");
        let reason = match (memory.seen.peak, &memory.fit, self.whole.memory_factors) {
            (Some(peak), Some(fit), Some((factor, _))) => {
                let origin = format!(
                    "memory from {}; about {} of it may be the operating system and agents of the instance, which is not deducted",
                    memory.seen.sources.join(", "),
                    rules.host_memory
                );
                reason
                    .step_by_policy(seen, origin, "sizing.host_memory")
                    .step(shown(peak), format!("highest sample of any instance ({:.1} % of its memory)", memory.seen.peak_percent))
                    .step_by_policy(
                        shown(Bytes::from_f64_rounded_up(fit.start)),
                        format!("highest of the last {} days", self.profile.cpu.fit_days),
                        "sizing.fit_days",
                    )
                    .step_by_policy(
                        needed,
                        self.risked(Resource::Memory, fit.stratum, factor, rules.memory_request_risk),
                        "sizing.memory_request_risk",
                    )
            }
            _ => reason.step(seen, "memory was never reported").step_by_policy(
                needed,
                format!(
                    "ASSUMED, not measured: {:.0} % of the {} that the instance has",
                    100.0 * rules.assumed_memory_share.get(),
                    shown(memory.seen.instance_memory)
                ),
                "sizing.assumed_memory_share",
            ),
        };
        let reason = match &self.profile.floor {
            Some(floor) => {
                let rule = format!("never under what its option settings demand, as far as the instance had it: {}", floor.setting);
                reason.step(shown(Bytes::from_f64_rounded_up(self.whole.memory_demanded)), rule)
            }
            None => reason,
        };
        let piece = Bytes::from_f64_rounded_up(self.whole.memory / f64::from(self.pieces));
        tested(self.split(reason, shown(piece)), self.tested.memory_request.map(shown)).step_by_policy(
            self.requests.memory,
            format!("at least {}, rounded up to the next {}", rules.memory_floor, rules.memory_step),
            "sizing.memory_floor",
        )
    }

    fn memory_limit(&self) -> Reason {
        let rules = &self.policy.sizing;
        let reason = Reason::of("memory_limit");
        let needed = Bytes::from_f64_rounded_up(self.whole.memory_limit / f64::from(self.pieces));
        let reason = match (&self.profile.memory.fit, self.whole.memory_factors) {
            (Some(fit), Some((_, factor))) => {
                let rule = self.risked(Resource::Memory, fit.stratum, factor, rules.memory_limit_risk);
                reason.step_by_policy(shown(needed), rule, "sizing.memory_limit_risk")
            }
            _ => reason.step(shown(needed), "the request: what was never measured has no margin to state"),
        };
        let rule = format!("never under the request, rounded up to the next {}", rules.memory_step);
        reason.step_by_policy(self.limits.memory_bytes, rule, "sizing.memory_step")
    }

    fn replicas(&self) -> Reason {
        let stage = self.case.stage;
        let key = match stage {
            Stage::Production => "sizing.production_min_replicas",
            Stage::Staging => "sizing.staging_min_replicas",
        };
        let rule = format!("instances running today, or the {} that its group wants if they are more", self.profile.wanted);
        let reason = Reason::of("replicas").step(self.profile.instances_today, rule);
        let reason =
            reason.step_by_policy(self.profile.replicas, format!("never under {} for {stage}", least(stage, &self.policy.sizing)), key);
        let reason = self.split(reason, self.profile.replicas.saturating_mul(self.pieces).to_string());
        match self.tested.replicas {
            Some(_) => tested(reason, Some(self.full_load)),
            None => reason,
        }
    }

    fn autoscaling(&self) -> Reason {
        let Autoscaling { scaler, min, max, target_percent } = *self.autoscaling;
        let rhythm = &self.evidence.cpu.rhythm;
        let by = match scaler {
            Scaler::Cpu => "HorizontalPodAutoscaler on CPU",
            Scaler::Queue => "KEDA on the length of the queue; CPU bounds it",
        };
        let year = match rhythm.year_peak {
            Some(peak) => format!("the year's busiest hour was {peak:.2} times that of the days seen"),
            None => "no year was collected: the peak of the days seen stands for it".to_owned(),
        };
        let demand = format!("quiet {}, usual {}, busy {}", rhythm.quiet, rhythm.usual, rhythm.busy);
        Reason::of("autoscaling")
            .step(demand, format!("all instances together, at the 5th, 50th and 99th percentile; {by}"))
            .step_by_policy(
                format!("{target_percent} %"),
                format!("1 / {:.2}, by which demand rose between two samples: new pods start before the request is passed", rhythm.rise),
                "sizing.autoscaling_target_least",
            )
            .step(format!("max {max}"), format!("what all clusters together hold; {year}"))
            .step(format!("{min} to {max}"), "min: the quiet hours at that target, never under what the stage keeps on each cluster")
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

fn whole_days(days: usize) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// Memory for people: whole MiB, rounded up.
fn shown(bytes: Bytes) -> String {
    bytes.rounded_up_to(Bytes::from_mebibytes(1)).to_string()
}
