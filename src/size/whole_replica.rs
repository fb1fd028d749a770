//! What one replica needs as one of today's instances, before floors, steps and splitting.

use super::headroom::Level;
use super::profile::Profile;
use super::risk::{Calibration, Factor, Fit, Resource};
use crate::policy::{Policy, Risk};
use crate::units::{Bytes, Millicores, Resources};

/// In cores and bytes.
pub(super) struct WholeReplica {
    /// Of one of the replicas that carry everything.
    pub(super) cpu: f64,
    pub(super) cpu_factor: Factor,
    /// What the week after needs in one case of two, and at most in all but one of fifty.
    pub(super) cpu_range: (f64, f64),
    /// What it usually holds; what is assumed where memory was never reported.
    pub(super) memory_usual: f64,
    /// The most that it was ever seen to hold, and what its settings demand: a limit is never under it.
    pub(super) memory_seen: f64,
    /// In bytes: what its settings keep for the runtime, such as the heap of a JVM; 0 if none do.
    pub(super) memory_demanded: f64,
    /// Before a node bounds it.
    pub(super) memory_limit: f64,
    /// Of the limit; absent if memory was never reported.
    pub(super) memory_factor: Option<Factor>,
    pub(super) memory_range: (f64, f64),
    /// What another rule requests; nothing where ours does.
    memory_request: Option<f64>,
}

/// Risks of the ends of a range.
const LOW: f64 = 0.5;
const HIGH: f64 = 0.02;

/// A limit and the factor that made it.
pub(super) struct MemoryLimit {
    /// In bytes.
    pub(super) value: f64,
    pub(super) factor: Factor,
}

/// What a replica may hold: over it, it is killed.
pub(super) fn memory_limit(fit: &Fit, calibration: &Calibration, policy: &Policy) -> MemoryLimit {
    let factor = calibration.factor(
        Resource::Memory,
        fit.stratum,
        policy.sizing.memory_limit_risk,
    );
    MemoryLimit {
        value: fit.request(factor.value),
        factor,
    }
}

impl WholeReplica {
    pub(super) fn of(profile: &Profile, calibration: &Calibration, policy: &Policy) -> Self {
        let rules = &policy.sizing;
        let cpu = RequestAtRisks::of(&profile.cpu.fit, Resource::Cpu, calibration, rules.cpu_risk);
        // What was cut off wanted more than was seen. Without credits it had less than the machine has.
        let with_credits = if profile.is_out_of_credits {
            profile.cpu.instance_cores
        } else {
            0.0
        };
        let cpu_high = cpu
            .high
            .max(profile.cpu.wanted.unwrap_or(0.0))
            .max(with_credits);
        let memory = &profile.memory;
        let has = memory.seen.instance_memory.as_f64();
        // The machine ran with these settings, so they cannot have taken more than it has.
        let demanded = profile
            .floor
            .as_ref()
            .map_or(0.0, |floor| floor.memory.as_f64().min(has));
        let assumed = has * rules.assumed_memory_share.get();
        let of_history = memory.fit.as_ref().map(|fit| {
            let limit = memory_limit(fit, calibration, policy);
            // A limit stops at what the machine had; what the app may have wanted at its ceiling does not.
            let unbounded = Fit {
                most: f64::INFINITY,
                ..*fit
            };
            let wanted = if profile.is_at_ceiling(policy) {
                memory_limit(&unbounded, calibration, policy).value
            } else {
                0.0
            };
            (limit, wanted)
        });
        let peak = memory.seen.peak.map_or(assumed, Bytes::as_f64);
        let (limit, high, factor) = match of_history {
            Some((limit, wanted)) => (limit.value, limit.value.max(wanted), Some(limit.factor)),
            None => (assumed, has, None),
        };
        let usual = memory.usual.unwrap_or(assumed);
        let low = if factor.is_some() { usual } else { 0.0 };
        Self {
            cpu: cpu.request,
            cpu_factor: cpu.factor,
            cpu_range: (
                (cpu.low - rules.host_cpu.cores()).max(0.0),
                cpu_high.max(cpu.request),
            ),
            memory_usual: usual,
            memory_seen: peak.max(demanded),
            memory_demanded: demanded,
            memory_limit: limit.max(demanded),
            memory_factor: factor,
            memory_range: (
                (low - rules.host_memory.as_f64()).max(0.0),
                high.max(demanded),
            ),
            memory_request: None,
        }
    }

    /// The same with the requests of another rule. Limits stay ours: it is requests that take nodes.
    pub(super) fn requesting(self, cpu: f64, memory: Option<f64>) -> Self {
        Self {
            cpu,
            memory_request: memory,
            ..self
        }
    }

    /// The memory limit of one of `pieces` equal pods on nodes that offer so much: what an empty node cannot hold
    /// would be taken from the others on it.
    pub(super) fn limit(&self, pieces: u32, room: Bytes) -> f64 {
        (self.memory_limit / f64::from(pieces)).min(room.as_f64())
    }

    /// Bytes that all pods of a replica have to hold between them, however large their node.
    pub(super) fn unbounded_memory(&self, level: Level) -> f64 {
        let usual = (self.memory_usual * level.growth).min(self.memory_limit);
        usual.max(self.memory_demanded).max(self.memory_seen)
    }

    /// The requests of one of `pieces` equal pods, of which each carries `cpu_share` of what a replica does.
    pub(super) fn piece(
        &self,
        pieces: u32,
        cpu_share: f64,
        (level, room): (Level, Resources),
        policy: &Policy,
    ) -> Resources {
        let rules = &policy.sizing;
        let of_a_piece = f64::from(pieces);
        let limit = self.limit(pieces, room.memory);
        let memory = match (self.memory_request, self.memory_factor) {
            (Some(request), _) => request / of_a_piece,
            (None, Some(_)) => {
                level.request(self.memory_usual / of_a_piece, limit, room.memory.as_f64())
            }
            (None, None) => self.memory_usual / of_a_piece,
        };
        let cpu = Millicores::from_cores_rounded_up(self.cpu * cpu_share / of_a_piece)
            .max(rules.cpu_floor);
        let memory = Bytes::from_f64_rounded_up(memory.max(self.memory_demanded / of_a_piece))
            .max(rules.memory_floor);
        Resources {
            cpu: cpu.rounded_up_to(rules.cpu_step),
            memory: memory.rounded_up_to(rules.memory_step),
        }
    }
}

/// One fit at three risks.
struct RequestAtRisks {
    request: f64,
    factor: Factor,
    low: f64,
    high: f64,
}

impl RequestAtRisks {
    fn of(fit: &Fit, resource: Resource, calibration: &Calibration, risk: Risk) -> Self {
        let factor = |risk| calibration.factor(resource, fit.stratum, risk);
        let at = |risk: f64| Risk::new(risk).map_or(0.0, |risk| fit.request(factor(risk).value));
        Self {
            request: fit.request(factor(risk).value),
            factor: factor(risk),
            low: at(LOW),
            high: at(HIGH),
        }
    }
}
