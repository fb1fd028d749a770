//! Are requests and limits within what the policy and the evidence allow?
//!
//! Comes in: the sizing of each planned app. Goes out: a note for each number that breaks a floor, its
//! own limit or its own evidence. Refuses to size again: whether a percentile is the right one is not
//! its business. Invariant: without a fatal note, no limit is under its request or under what the app
//! was seen to use, and no assumption looks like a measurement.

use super::finding::wrong;
use crate::plan::{Flag, MemoryEvidence, MemoryOrigin, Note, Plan, Sizing};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let together = &plan.coincidence;
    if together.peak_of_sum > together.sum_of_peaks {
        let message =
            format!("all apps together peak at {}, more than the {} of their own peaks", together.peak_of_sum, together.sum_of_peaks);
        notes.push(wrong("evidence-order", "every app", message));
    }
    for env in &plan.environments {
        if let Some((_, sizing)) = env.planned() {
            floors_and_limits(plan, &env.name, sizing, &mut notes);
            memory(plan, &env.name, sizing, &mut notes);
            evidence(&env.name, sizing, &mut notes);
        }
    }
    notes
}

fn floors_and_limits(plan: &Plan, app: &str, sizing: &Sizing, notes: &mut Vec<Note>) {
    let (rules, requests, limits) = (&plan.inputs.policy.sizing, sizing.requests, sizing.limits);
    if requests.cpu < rules.cpu_floor {
        let message = format!("CPU request {} is under the floor of {}", requests.cpu, rules.cpu_floor);
        notes.push(wrong("request-under-floor", app, message));
    }
    if requests.memory < rules.memory_floor {
        let message = format!("memory request {} is under the floor of {}", requests.memory, rules.memory_floor);
        notes.push(wrong("request-under-floor", app, message));
    }
    if limits.memory_bytes < requests.memory {
        let message = format!("memory limit {} is under the request of {}", limits.memory_bytes, requests.memory);
        notes.push(wrong("limit-under-request", app, message));
    }
    if let Some(limit) = limits.cpu_millicores.filter(|limit| *limit < requests.cpu) {
        notes.push(wrong("limit-under-request", app, format!("CPU limit {limit} is under the request of {}", requests.cpu)));
    }
}

fn memory(plan: &Plan, app: &str, sizing: &Sizing, notes: &mut Vec<Note>) {
    let MemoryEvidence { origin, present_samples, peak, instance_memory, .. } = &sizing.evidence.memory;
    let is_measured = *origin == MemoryOrigin::Measured;
    let is_marked = sizing.flags.contains(&Flag::MemoryAssumed);
    if is_measured != (*present_samples > 0) || is_measured != peak.is_some() || is_measured == is_marked {
        let message = format!(
            "memory is {} on {present_samples} samples, {} and {} as assumed",
            if is_measured { "measured" } else { "assumed" },
            if peak.is_some() { "with a peak" } else { "without a peak" },
            if is_marked { "marked" } else { "not marked" },
        );
        notes.push(wrong("memory-origin", app, message));
    }
    let pods = sizing.replicas.pods_per_instance;
    if let Some(peak) = peak {
        if u128::from(sizing.limits.memory_bytes.0) * u128::from(pods) < u128::from(peak.0) {
            let message = format!("{pods} x the memory limit {} is under the {peak} that one instance used", sizing.limits.memory_bytes);
            notes.push(wrong("limit-under-peak", app, message));
        }
        if peak > instance_memory {
            notes.push(wrong("evidence-order", app, format!("memory peak {peak} is over the {instance_memory} of the instance")));
        }
    }
    // No more than an instance has and one step of rounding can be argued for, unless its settings demand it.
    let rules = &plan.inputs.policy.sizing;
    let most = instance_memory.as_f64() + rules.memory_step.as_f64();
    if sizing.requests.memory > rules.memory_floor && sizing.requests.memory.as_f64() > most {
        let message = format!("memory request {} is more than an instance of {instance_memory} has", sizing.requests.memory);
        notes.push(Note::warning("request-over-instance", app, message, "eb2eks explain shows how the request came about"));
    }
}

fn evidence(app: &str, sizing: &Sizing, notes: &mut Vec<Note>) {
    let cpu = &sizing.evidence.cpu;
    if cpu.p99 > cpu.peak || cpu.mean > cpu.peak {
        let message = format!("CPU mean {} or p99 {} is over the peak of {}", cpu.mean, cpu.p99, cpu.peak);
        notes.push(wrong("evidence-order", app, message));
    }
    if cpu.days_over_request > cpu.days_observed {
        let message = format!("{} days over the request of {} observed", cpu.days_over_request, cpu.days_observed);
        notes.push(wrong("evidence-order", app, message));
    }
    for (resource, record) in [("CPU", cpu.record), ("memory", sizing.evidence.memory.record)] {
        if record.violated > record.weeks {
            let message = format!("{resource} would have been too small in {} of {} weeks", record.violated, record.weeks);
            notes.push(wrong("evidence-order", app, message));
        }
    }
    let memory = &sizing.evidence.memory;
    if cpu.range.0 > cpu.range.1 || memory.range.0 > memory.range.1 {
        notes.push(wrong("evidence-order", app, "a range ends below its beginning".to_owned()));
    }
    let scaling = &sizing.autoscaling;
    if scaling.min > scaling.max || scaling.min == 0 || !(1..=100).contains(&scaling.target_percent) {
        let message = format!("the autoscaler goes from {} to {} pods at {} %", scaling.min, scaling.max, scaling.target_percent);
        notes.push(wrong("autoscaling-bounds", app, message));
    }
    if !(sizing.evidence.days.is_finite() && sizing.evidence.days >= 0.0) {
        notes.push(wrong("not-a-number", app, format!("evidence of {} days", sizing.evidence.days)));
    }
    if !(0.0..=1.0).contains(&cpu.days_over_request_at_most) {
        let message = format!("share of days over the request is at most {}, not from 0 to 1", cpu.days_over_request_at_most);
        notes.push(wrong("not-a-number", app, message));
    }
}
