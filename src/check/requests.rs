//! Are requests and limits within what the policy and the evidence allow?
//!
//! Comes in: the sizing of each planned app. Goes out: a note for each number that breaks a floor, its
//! own limit or its own evidence. Refuses to size again: whether a percentile is the right one is not
//! its business. Invariant: without a fatal note, no limit is under its request or under what the app
//! was seen to use, and no assumption looks like a measurement.

use super::finding::wrong;
use crate::plan::{Flag, MemoryEvidence, MemoryOrigin, Note, Plan, Sizing};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let together = &plan.coincidence;
    if together.peak_of_sum > together.sum_of_peaks {
        let message = text!(
            "note-evidence-together",
            together = together.peak_of_sum,
            sum = together.sum_of_peaks
        );
        notes.push(wrong("evidence-order", text!("subject-every-app"), message));
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
        let message = text!(
            "note-cpu-under-floor",
            request = requests.cpu,
            floor = rules.cpu_floor
        );
        notes.push(wrong("request-under-floor", app, message));
    }
    if requests.memory < rules.memory_floor {
        let message = text!(
            "note-memory-under-floor",
            request = requests.memory,
            floor = rules.memory_floor
        );
        notes.push(wrong("request-under-floor", app, message));
    }
    if limits.memory_bytes < requests.memory {
        let message = text!(
            "note-memory-limit-under-request",
            limit = limits.memory_bytes,
            request = requests.memory
        );
        notes.push(wrong("limit-under-request", app, message));
    }
    if let Some(limit) = limits.cpu_millicores.filter(|limit| *limit < requests.cpu) {
        notes.push(wrong(
            "limit-under-request",
            app,
            text!(
                "note-cpu-limit-under-request",
                limit = limit,
                request = requests.cpu
            ),
        ));
    }
}

fn memory(plan: &Plan, app: &str, sizing: &Sizing, notes: &mut Vec<Note>) {
    let MemoryEvidence {
        origin,
        present_samples,
        peak,
        instance_memory,
        ..
    } = &sizing.evidence.memory;
    let is_measured = *origin == MemoryOrigin::Measured;
    let is_marked = sizing.flags.contains(&Flag::MemoryAssumed);
    if is_measured != (*present_samples > 0)
        || is_measured != peak.is_some()
        || is_measured == is_marked
    {
        let message = text!(
            "note-memory-origin",
            origin = if is_measured {
                text!("memory-is-measured")
            } else {
                text!("memory-is-assumed")
            },
            samples = *present_samples,
            peak = if peak.is_some() {
                text!("memory-with-peak")
            } else {
                text!("memory-without-peak")
            },
            mark = if is_marked {
                text!("memory-is-marked")
            } else {
                text!("memory-is-unmarked")
            }
        );
        notes.push(wrong("memory-origin", app, message));
    }
    let pods = sizing.replicas.pods_per_instance;
    if let Some(peak) = peak {
        if u128::from(sizing.limits.memory_bytes.0) * u128::from(pods) < u128::from(peak.0) {
            let message = text!(
                "note-limit-under-peak",
                pods = pods.to_string(),
                limit = sizing.limits.memory_bytes,
                peak = *peak
            );
            notes.push(wrong("limit-under-peak", app, message));
        }
        if peak > instance_memory {
            notes.push(wrong(
                "evidence-order",
                app,
                text!(
                    "note-evidence-memory-peak",
                    peak = *peak,
                    has = *instance_memory
                ),
            ));
        }
    }
    // No more than an instance has and one step of rounding can be argued for, unless its settings demand it.
    let rules = &plan.inputs.policy.sizing;
    let most = instance_memory.as_f64() + rules.memory_step.as_f64();
    if sizing.requests.memory > rules.memory_floor && sizing.requests.memory.as_f64() > most {
        let message = text!(
            "note-request-over-instance",
            request = sizing.requests.memory,
            has = *instance_memory
        );
        notes.push(Note::warning(
            "request-over-instance",
            app,
            message,
            text!("note-request-over-instance-hint"),
        ));
    }
}

fn evidence(app: &str, sizing: &Sizing, notes: &mut Vec<Note>) {
    let cpu = &sizing.evidence.cpu;
    if cpu.p99 > cpu.peak || cpu.mean > cpu.peak {
        let message = text!(
            "note-evidence-cpu-peak",
            mean = cpu.mean,
            p99 = cpu.p99,
            peak = cpu.peak
        );
        notes.push(wrong("evidence-order", app, message));
    }
    if cpu.days_over_request > cpu.days_observed {
        let message = text!(
            "note-evidence-days",
            over = cpu.days_over_request,
            observed = cpu.days_observed.to_string()
        );
        notes.push(wrong("evidence-order", app, message));
    }
    for (resource, record) in [
        (text!("resource-cpu"), cpu.record),
        (text!("resource-memory"), sizing.evidence.memory.record),
    ] {
        if record.violated > record.weeks {
            let message = text!(
                "note-evidence-weeks",
                resource = resource,
                violated = record.violated.to_string(),
                weeks = record.weeks
            );
            notes.push(wrong("evidence-order", app, message));
        }
    }
    let memory = &sizing.evidence.memory;
    if cpu.range.0 > cpu.range.1 || memory.range.0 > memory.range.1 {
        notes.push(wrong("evidence-order", app, text!("note-evidence-range")));
    }
    let scaling = &sizing.autoscaling;
    if scaling.min > scaling.max || scaling.min == 0 || !(1..=100).contains(&scaling.target_percent)
    {
        let message = text!(
            "note-autoscaling-bounds",
            min = scaling.min.to_string(),
            max = scaling.max,
            percent = scaling.target_percent.to_string()
        );
        notes.push(wrong("autoscaling-bounds", app, message));
    }
    if !(sizing.evidence.days.is_finite() && sizing.evidence.days >= 0.0) {
        notes.push(wrong(
            "not-a-number",
            app,
            text!(
                "note-days-not-a-number",
                days = sizing.evidence.days.to_string()
            ),
        ));
    }
    if !(0.0..=1.0).contains(&cpu.days_over_request_at_most) {
        let message = text!(
            "note-share-not-a-number",
            share = cpu.days_over_request_at_most.to_string()
        );
        notes.push(wrong("not-a-number", app, message));
    }
}
