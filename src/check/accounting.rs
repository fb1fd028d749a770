//! Is every environment accounted for, exactly once?
//!
//! Comes in: the environments of a plan and the counts it states. Goes out: a note for each count that
//! the list does not bear out. Refuses to sum up what it is told: it counts. Invariant: without a
//! fatal note, seen = planned + excluded + unknown = the environments listed, and each has a reason
//! or a sizing.

use std::collections::BTreeMap;

use super::finding::{counted, wrong};
use crate::plan::{Note, Outcome, PLAN_FORMAT, Plan};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    if plan.format != PLAN_FORMAT {
        let message = format!("format is \"{}\", this version reads \"{PLAN_FORMAT}\"", plan.format);
        notes.push(Note::fatal("plan-format", "plan", message, "make the plan again with this version of eb2eks"));
    }
    coverage(plan, &mut notes);
    doubles(plan, &mut notes);
    outcomes(plan, &mut notes);
    notes
}

fn coverage(plan: &Plan, notes: &mut Vec<Note>) {
    let count = |belongs: fn(&Outcome) -> bool| plan.environments.iter().filter(|env| belongs(&env.outcome)).count();
    let stated = &plan.coverage;
    let classes = [
        ("planned", stated.planned, count(|outcome| matches!(outcome, Outcome::Planned { .. }))),
        ("excluded", stated.excluded, count(|outcome| matches!(outcome, Outcome::Excluded { .. }))),
        ("unknown", stated.unknown, count(|outcome| matches!(outcome, Outcome::Unknown { .. }))),
        ("seen", stated.seen, plan.environments.len()),
    ];
    for (class, stated, listed) in classes {
        if usize::try_from(stated) != Ok(listed) {
            let message = format!("coverage says {stated} {class}, the plan lists {listed}");
            notes.push(wrong("coverage", "coverage", message));
        }
    }
    let sum = u64::from(stated.planned) + u64::from(stated.excluded) + u64::from(stated.unknown);
    if u64::from(stated.seen) != sum {
        let message = format!("{} seen, but planned + excluded + unknown = {sum}", stated.seen);
        notes.push(wrong("coverage", "coverage", message));
    }
}

fn doubles(plan: &Plan, notes: &mut Vec<Note>) {
    let mut times: BTreeMap<_, (u32, &str)> = BTreeMap::new();
    for env in &plan.environments {
        times.entry((&env.account, &env.region, &env.id)).or_insert((0, &env.name)).0 += 1;
    }
    for ((account, region, id), (count, name)) in times {
        if count > 1 {
            let message = format!("environment {id} of account {account} in {region} is listed {}", counted(count, "time"));
            notes.push(wrong("environment-twice", name, message));
        }
    }
}

fn outcomes(plan: &Plan, notes: &mut Vec<Note>) {
    let scope = &plan.inputs.policy.scope;
    for env in &plan.environments {
        let reason = match &env.outcome {
            Outcome::Planned { .. } => None,
            Outcome::Excluded { reason } | Outcome::Unknown { reason } => Some(reason),
        };
        if reason.is_some_and(|reason| reason.trim().is_empty()) {
            notes.push(wrong("reason-missing", &env.name, format!("environment {} stays without a reason", env.id)));
        }
        let is_left_out = scope.exclude_environments.iter().any(|pattern| pattern.matches(&env.name))
            || scope.exclude_applications.iter().any(|pattern| pattern.matches(&env.application));
        if is_left_out && env.planned().is_some() {
            let message = format!("environment {} is planned, though [scope] of the policy excludes it", env.id);
            notes.push(wrong("exclusion-ignored", &env.name, message));
        }
    }
}
