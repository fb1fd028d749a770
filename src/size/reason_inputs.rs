//! From samples to each number, in words: what `explain` and the reports print.

use super::profile::Profile;
use super::replicas::least;
use super::risk::{Factor, Resource, Stratum};
use super::whole_replica::WholeReplica;
use super::{
    Autoscaling, EnvironmentToSize, Evidence, Level, LevelRecord, Limits, Number, Reason, Stage,
};
use crate::policy::{Calibrated, CpuLimit, Policy, Risk};
use crate::units::{Bytes, Millicores, Resources};
use crate::wording::{Text, text};

/// Everything that the reasons tell.
pub(super) struct ReasonInputs<'a> {
    pub(super) case: &'a EnvironmentToSize<'a>,
    pub(super) profile: &'a Profile,
    pub(super) whole: &'a WholeReplica,
    pub(super) evidence: &'a Evidence,
    pub(super) pieces: u32,
    pub(super) requests: Resources,
    pub(super) limits: Limits,
    pub(super) full_load: u32,
    pub(super) tested: Calibrated,
    pub(super) autoscaling: &'a Autoscaling,
    pub(super) level: Level,
    pub(super) tried: LevelRecord,
    /// Pods that run in normal times.
    pub(super) normal: u32,
    pub(super) policy: &'a Policy,
}

/// Adds the step of a load test, where there was one.
fn tested(reason: Reason, found: Option<impl Into<Text>>) -> Reason {
    match found {
        Some(found) => reason.step_by_policy(found, text!("rule-load-test"), "calibrated"),
        None => reason,
    }
}

impl ReasonInputs<'_> {
    pub(super) fn reasons(&self) -> Vec<Reason> {
        vec![
            self.cpu_request(),
            self.cpu_limit(),
            self.memory_request(),
            self.memory_limit(),
            self.replicas(),
            self.autoscaling(),
        ]
    }

    fn cpu_request(&self) -> Reason {
        let rules = &self.policy.sizing;
        let cores = |cores: f64| Millicores::from_cores_rounded_up(cores);
        let cpu = &self.profile.cpu;
        let instances = self.case.environment.instances.len();
        let origin = text!(
            "rule-cpu-seen",
            instances = instances,
            sources = plain(&cpu.seen.sources)
        );
        let since = match cpu.fit.days_before_shift {
            0 => text!("rule-fit-days", days = cpu.fit_days),
            days => text!(
                "rule-fit-days-of-a-level",
                days = cpu.fit_days - whole_days(days),
                before = days
            ),
        };
        let reason = Reason::of(Number::CpuRequest)
            .step(
                samples(cpu.seen.present_samples, cpu.seen.expected_samples),
                origin,
            )
            .step(
                text!(
                    "value-cpu-use",
                    mean = cores(cpu.mean),
                    p99 = cores(cpu.p99),
                    peak = cores(cpu.peak)
                ),
                text!("rule-cpu-use", replicas = self.profile.replicas),
            )
            .step_by_policy(cores(cpu.fit.start), since, "sizing.fit_days")
            .step_by_policy(
                cores(self.whole.cpu),
                self.risked(
                    Resource::Cpu,
                    cpu.fit.stratum,
                    self.whole.cpu_factor,
                    rules.cpu_risk,
                ),
                "sizing.cpu_risk",
            );
        let reason = self.split(reason, cores(self.whole.cpu / f64::from(self.pieces)));
        let reason = if self.normal > self.full_load {
            let share = f64::from(self.full_load) / f64::from(self.normal);
            reason.step(
                cores(self.whole.cpu * share / f64::from(self.pieces)),
                text!("rule-cpu-share", pods = self.normal),
            )
        } else {
            reason
        };
        tested(reason, self.tested.cpu_request).step_by_policy(
            self.requests.cpu,
            text!(
                "rule-floor-and-step",
                floor = rules.cpu_floor,
                step = rules.cpu_step
            ),
            "sizing.cpu_floor",
        )
    }

    /// `x 1.08: enough in 90 % of 412 weeks of apps like it (peak at most 1.2 x its p99)`
    fn risked(&self, resource: Resource, stratum: Stratum, factor: Factor, risk: Risk) -> Text {
        text!(
            "rule-risk",
            factor = format!("{:.2}", factor.value),
            kept = format!("{:.0}", 100.0 * (1.0 - risk.get())),
            alike = stratum.text(resource),
            own = text!("weeks-of-this-fleet", weeks = factor.own),
            prior = factor.prior,
            bound = self.bound(resource)
        )
    }

    /// Where a request stops, whatever the risk.
    fn bound(&self, resource: Resource) -> Text {
        let cpu = &self.profile.cpu;
        match resource {
            Resource::Cpu if cpu.fit.most > cpu.instance_cores.max(cpu.fit.start) => {
                text!("bound-saturated-cpu")
            }
            Resource::Cpu => text!("bound-cpu"),
            Resource::Memory => text!("bound-memory"),
        }
    }

    fn cpu_limit(&self) -> Reason {
        let value = self
            .limits
            .cpu_millicores
            .map_or_else(|| text!("value-no-limit"), Text::from);
        let rule = match self.policy.sizing.cpu_limit {
            CpuLimit::None => text!("rule-no-cpu-limit"),
            CpuLimit::Factor(factor) => text!("rule-cpu-limit", factor = factor.to_string()),
        };
        Reason::of(Number::CpuLimit).step_by_policy(value, rule, "sizing.cpu_limit")
    }

    fn memory_request(&self) -> Reason {
        let rules = &self.policy.sizing;
        let reason = self.memory_by_history(Reason::of(Number::MemoryRequest));
        let reason = match &self.profile.floor {
            Some(floor) => {
                let demanded = shown(Bytes::from_f64_rounded_up(self.whole.memory_demanded));
                let rule = text!(
                    "rule-memory-demanded",
                    demanded = demanded,
                    setting = floor.setting.clone()
                );
                let held = self.whole.memory_usual.max(self.whole.memory_demanded);
                reason.step(shown(Bytes::from_f64_rounded_up(held)), rule)
            }
            None => reason,
        };
        let held = self.whole.memory_usual.max(self.whole.memory_demanded);
        let piece = Bytes::from_f64_rounded_up(held / f64::from(self.pieces));
        let reason = self.split(reason, shown(piece));
        let reason = match self.whole.memory_factor {
            Some(_) => self.of_the_level(reason),
            None => reason,
        };
        tested(reason, self.tested.memory_request.map(shown)).step_by_policy(
            self.requests.memory,
            text!(
                "rule-floor-and-step",
                floor = rules.memory_floor,
                step = rules.memory_step
            ),
            "sizing.memory_floor",
        )
    }

    /// What of the way to the limit is reserved.
    fn of_the_level(&self, reason: Reason) -> Reason {
        let asked = shown(self.requests.memory);
        if self.level.excess <= 0.0 {
            return reason.step_by_policy(
                asked,
                text!("rule-memory-by-itself"),
                "sizing.short_of_memory",
            );
        }
        let LevelRecord {
            pod_weeks,
            short_days,
            prior_pod_weeks,
        } = self.tried;
        let growth = format!("{:.2}", self.level.growth);
        let excess = format!("{:.0}", 100.0 * self.level.excess);
        let named = self.policy.sizing.memory_level;
        if named > 0 {
            let rule = text!(
                "rule-memory-named",
                level = named,
                growth = growth,
                excess = excess
            );
            return reason.step_by_policy(asked, rule, "sizing.memory_level");
        }
        let (weeks, short) = (pod_weeks.to_string(), format!("{short_days:.1}"));
        let prior = prior_pod_weeks.to_string();
        let rule = if self.level.excess < 1.0 {
            text!(
                "rule-memory-level",
                growth = growth,
                excess = excess,
                weeks = weeks,
                short = short,
                prior = prior
            )
        } else {
            text!(
                "rule-memory-creep",
                growth = growth,
                weeks = weeks,
                short = short,
                prior = prior
            )
        };
        reason.step_by_policy(asked, rule, "sizing.short_of_memory")
    }

    fn memory_by_history(&self, reason: Reason) -> Reason {
        let rules = &self.policy.sizing;
        let memory = &self.profile.memory;
        let seen = samples(memory.seen.present_samples, memory.seen.expected_samples);
        let usual = shown(Bytes::from_f64_rounded_up(self.whole.memory_usual));
        match memory.seen.peak {
            Some(peak) => {
                let origin = text!(
                    "rule-memory-seen",
                    sources = plain(&memory.seen.sources),
                    host = rules.host_memory
                );
                reason
                    .step_by_policy(seen, origin, "sizing.host_memory")
                    .step(
                        shown(peak),
                        text!(
                            "rule-memory-peak",
                            percent = format!("{:.1}", memory.seen.peak_percent)
                        ),
                    )
                    .step_by_policy(
                        usual,
                        text!("rule-memory-usual", days = rules.memory_request_days.get()),
                        "sizing.memory_request_days",
                    )
            }
            None => {
                let share = format!("{:.0}", 100.0 * rules.assumed_memory_share.get());
                let rule = text!(
                    "rule-memory-assumed",
                    share = share,
                    memory = shown(memory.seen.instance_memory)
                );
                reason
                    .step(seen, text!("rule-memory-never-reported"))
                    .step_by_policy(usual, rule, "sizing.assumed_memory_share")
            }
        }
    }

    fn memory_limit(&self) -> Reason {
        let rules = &self.policy.sizing;
        let reason = Reason::of(Number::MemoryLimit);
        let needed = shown(Bytes::from_f64_rounded_up(self.whole.memory_limit));
        let reason = match (&self.profile.memory.fit, self.whole.memory_factor) {
            (Some(fit), Some(factor)) => {
                let rule = self.risked(
                    Resource::Memory,
                    fit.stratum,
                    factor,
                    rules.memory_limit_risk,
                );
                reason.step_by_policy(needed, rule, "sizing.memory_limit_risk")
            }
            _ => reason.step(needed, text!("rule-memory-limit-of-nothing")),
        };
        let reason = self.split(
            reason,
            shown(Bytes::from_f64_rounded_up(
                self.whole.memory_limit / f64::from(self.pieces),
            )),
        );
        let room = self.case.node_room.memory;
        let of_a_pod = self.whole.limit(self.pieces, room);
        let reason = if of_a_pod < self.whole.memory_limit / f64::from(self.pieces) {
            let rule = text!("rule-memory-limit-of-a-node");
            reason.step(shown(Bytes::from_f64_rounded_up(of_a_pod)), rule)
        } else {
            reason
        };
        reason.step_by_policy(
            self.limits.memory_bytes,
            text!("rule-memory-limit", step = rules.memory_step),
            "sizing.memory_step",
        )
    }

    fn replicas(&self) -> Reason {
        let stage = self.case.stage;
        let key = match stage {
            Stage::Production => "sizing.production_min_replicas",
            Stage::Staging => "sizing.staging_min_replicas",
        };
        let least = text!(
            "rule-least-replicas",
            least = least(stage, &self.policy.sizing),
            stage = stage.text()
        );
        let reason = Reason::of(Number::Replicas)
            .step(
                self.profile.running.usual,
                text!(
                    "rule-instances-today",
                    most = self.profile.running.most,
                    least = self.profile.running.least.to_string()
                ),
            )
            .step_by_policy(self.profile.replicas, least, key);
        let reason = self.split(reason, self.profile.replicas.saturating_mul(self.pieces));
        match self.tested.replicas {
            Some(_) => tested(reason, Some(self.full_load)),
            None => reason,
        }
    }

    fn autoscaling(&self) -> Reason {
        let Autoscaling {
            scaler,
            min,
            max,
            target_percent,
        } = *self.autoscaling;
        let rhythm = &self.evidence.cpu.rhythm;
        let year = match rhythm.year_peak {
            Some(peak) => text!("peak-of-the-year", times = format!("{peak:.2}")),
            None => text!("peak-of-no-year"),
        };
        Reason::of(Number::Autoscaling)
            .step(
                text!(
                    "value-demand",
                    quiet = rhythm.quiet,
                    usual = rhythm.usual,
                    busy = rhythm.busy
                ),
                text!("rule-demand", scaler = scaler.text()),
            )
            .step_by_policy(
                text!("value-percent", percent = target_percent),
                text!(
                    "rule-autoscaling-target",
                    rise = format!("{:.2}", rhythm.rise)
                ),
                "sizing.autoscaling_target_least",
            )
            .step(
                text!("value-most-pods", max = max),
                text!("rule-most-pods", year = year),
            )
            .step(
                text!("value-pods-between", min = min, max = max),
                text!("rule-least-pods"),
            )
    }

    /// Adds the step of splitting, where there is one.
    fn split(&self, reason: Reason, value: impl Into<Text>) -> Reason {
        if self.pieces == 1 {
            return reason;
        }
        let share = format!("{:.0}", 100.0 * self.policy.sizing.split_node_share.get());
        let rule = text!(
            "rule-split",
            room = self.case.node_room,
            pods = self.pieces,
            share = share
        );
        reason.step_by_policy(value, rule, "sizing.split_node_share")
    }
}

fn samples(present: u64, expected: u64) -> Text {
    text!("value-samples", present = present, expected = expected)
}

/// Names that AWS gave.
fn plain(names: &[String]) -> Vec<Text> {
    names.iter().map(Text::from).collect()
}

fn whole_days(days: usize) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// Memory for people: whole MiB, rounded up.
fn shown(bytes: Bytes) -> String {
    bytes.rounded_up_to(Bytes::from_mebibytes(1)).to_string()
}
