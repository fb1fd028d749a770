//! Is every environment accounted for, exactly once?
//!
//! Comes in: the environments of a plan and the counts it states. Goes out: a note for each count that
//! the list does not bear out. Refuses to sum up what it is told: it counts. Invariant: without a
//! fatal note, seen = planned + excluded + unknown = the environments listed, and each has a reason
//! or a sizing.

use std::collections::BTreeMap;

use super::finding::wrong;
use crate::plan::{Note, Outcome, PLAN_FORMAT, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    if plan.format != PLAN_FORMAT {
        let message = text!(
            "note-plan-format",
            found = &plan.format,
            known = PLAN_FORMAT
        );
        notes.push(Note::fatal(
            "plan-format",
            text!("subject-plan"),
            message,
            text!("note-plan-format-hint"),
        ));
    }
    coverage(plan, &mut notes);
    doubles(plan, &mut notes);
    outcomes(plan, &mut notes);
    notes
}

fn coverage(plan: &Plan, notes: &mut Vec<Note>) {
    let count = |belongs: fn(&Outcome) -> bool| {
        plan.environments
            .iter()
            .filter(|env| belongs(&env.outcome))
            .count()
    };
    let stated = &plan.coverage;
    let classes = [
        (
            text!("class-planned"),
            stated.planned,
            count(|outcome| matches!(outcome, Outcome::Planned { .. })),
        ),
        (
            text!("class-excluded"),
            stated.excluded,
            count(|outcome| matches!(outcome, Outcome::Excluded { .. })),
        ),
        (
            text!("class-unknown"),
            stated.unknown,
            count(|outcome| matches!(outcome, Outcome::Unknown { .. })),
        ),
        (text!("class-seen"), stated.seen, plan.environments.len()),
    ];
    for (class, stated, listed) in classes {
        if usize::try_from(stated) != Ok(listed) {
            let message = text!(
                "note-coverage",
                stated = stated.to_string(),
                class = class,
                listed = listed.to_string()
            );
            notes.push(wrong("coverage", text!("subject-coverage"), message));
        }
    }
    let sum = u64::from(stated.planned) + u64::from(stated.excluded) + u64::from(stated.unknown);
    if u64::from(stated.seen) != sum {
        let message = text!(
            "note-coverage-sum",
            seen = stated.seen.to_string(),
            sum = sum.to_string()
        );
        notes.push(wrong("coverage", text!("subject-coverage"), message));
    }
}

fn doubles(plan: &Plan, notes: &mut Vec<Note>) {
    let mut times: BTreeMap<_, (u32, &str)> = BTreeMap::new();
    for env in &plan.environments {
        times
            .entry((&env.account, &env.region, &env.id))
            .or_insert((0, &env.name))
            .0 += 1;
    }
    for ((account, region, id), (count, name)) in times {
        if count > 1 {
            let message = text!(
                "note-environment-twice",
                environment = id,
                account = account,
                region = region,
                times = count
            );
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
        if reason.is_some_and(|reason| reason.to_string().trim().is_empty()) {
            notes.push(wrong(
                "reason-missing",
                &env.name,
                text!("note-reason-missing", environment = &env.id),
            ));
        }
        let is_left_out = scope
            .exclude_environments
            .iter()
            .any(|pattern| pattern.matches(&env.name))
            || scope
                .exclude_applications
                .iter()
                .any(|pattern| pattern.matches(&env.application));
        if is_left_out && env.planned().is_some() {
            let message = text!("note-exclusion-ignored", environment = &env.id);
            notes.push(wrong("exclusion-ignored", &env.name, message));
        }
    }
}
