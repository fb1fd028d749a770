//! What one of today's instances needs, before floors, steps and splitting.

use super::profile::Profile;
use super::risk::{Calibration, Factor, Fit, Resource};
use crate::policy::{Policy, Risk};
use crate::units::{Bytes, Millicores, Resources};

/// In cores and bytes.
pub(super) struct WholeReplica {
    pub(super) cpu: f64,
    pub(super) cpu_factor: Factor,
    /// What the week after needs in one case of two, and at most in all but one of fifty.
    pub(super) cpu_range: (f64, f64),
    pub(super) memory: f64,
    /// Before what option settings demand.
    pub(super) memory_by_history: f64,
    /// By option settings.
    pub(super) memory_demanded: f64,
    pub(super) memory_limit: f64,
    /// Of the request and of the limit; absent if memory was never reported.
    pub(super) memory_factors: Option<(Factor, Factor)>,
    pub(super) memory_range: (f64, f64),
}

/// Risks of the ends of a range.
const LOW: f64 = 0.5;
const HIGH: f64 = 0.02;

impl WholeReplica {
    pub(super) fn of(profile: &Profile, calibration: &Calibration, policy: &Policy) -> Self {
        let rules = &policy.sizing;
        let cpu = Asked::of(&profile.cpu.fit, Resource::Cpu, calibration, rules.cpu_risk);
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
        let fit = profile.memory.fit.as_ref();
        let asked = |risk| fit.map(|fit| Asked::of(fit, Resource::Memory, calibration, risk));
        // A request stops at what the machine had; what the app may have wanted at its ceiling does not.
        let unbounded = fit
            .filter(|_| profile.is_at_ceiling(policy))
            .map(|fit| Fit {
                most: f64::INFINITY,
                ..*fit
            });
        let wanted = unbounded.map_or(0.0, |fit| {
            Asked::of(&fit, Resource::Memory, calibration, rules.memory_limit_risk).high
        });
        let has = profile.memory.seen.instance_memory.as_f64();
        // The machine ran with these settings, so they cannot have taken more than it has.
        let demanded = profile
            .floor
            .as_ref()
            .map_or(0.0, |floor| floor.memory.as_f64().min(has));
        let (request, limit, low, high, factors) = match (
            asked(rules.memory_request_risk),
            asked(rules.memory_limit_risk),
        ) {
            (Some(request), Some(limit)) => (
                request.request,
                limit.request.max(request.request),
                request.low,
                request.high,
                Some((request.factor, limit.factor)),
            ),
            _ => {
                let assumed = has * rules.assumed_memory_share.get();
                (assumed, assumed, 0.0, has, None)
            }
        };
        Self {
            cpu: cpu.request,
            cpu_factor: cpu.factor,
            cpu_range: (
                (cpu.low - rules.host_cpu.cores()).max(0.0),
                cpu_high.max(cpu.request),
            ),
            memory: request.max(demanded),
            memory_by_history: request,
            memory_demanded: demanded,
            memory_limit: limit.max(demanded),
            memory_factors: factors,
            memory_range: (
                (low - rules.host_memory.as_f64()).max(0.0),
                high.max(wanted).max(request).max(demanded),
            ),
        }
    }

    /// The requests of one of `pieces` equal pods.
    pub(super) fn piece(&self, pieces: u32, policy: &Policy) -> Resources {
        let rules = &policy.sizing;
        let cpu =
            Millicores::from_cores_rounded_up(self.cpu / f64::from(pieces)).max(rules.cpu_floor);
        let memory =
            Bytes::from_f64_rounded_up(self.memory / f64::from(pieces)).max(rules.memory_floor);
        Resources {
            cpu: cpu.rounded_up_to(rules.cpu_step),
            memory: memory.rounded_up_to(rules.memory_step),
        }
    }
}

/// One fit at three risks.
struct Asked {
    request: f64,
    factor: Factor,
    low: f64,
    high: f64,
}

impl Asked {
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
