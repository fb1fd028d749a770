//! What to decide next, by whom, out of what the plan found.

use super::block::{Block, Line, Section};
use super::risks::NO_ROOM;
use super::voice::Voice;
use crate::plan::{Alternative, BillKey, EnvironmentPlan, Grade, MemoryOrigin, Plan};
use crate::render::answer;
use crate::wording::text;

pub(super) fn section(plan: &Plan, voice: Voice) -> Section {
    Section::new("decisions", voice.say(&text!("decisions-title")))
        .with(Block::List(decisions(plan, voice)))
}

/// In the order in which they unlock each other.
pub(in crate::render) fn decisions(plan: &Plan, voice: Voice) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(best) = cheapest(plan).filter(|best| best.saving > plan.saving.per_month) {
        let bound = best.saving_bound(plan.bill(BillKey::TODAY));
        let saving = answer::bounded(voice.whole_money(best.saving), bound);
        let (title, planned) = (voice.say(&best.title), plan.saving.per_month);
        lines.push(voice.line(&if planned.is_negative() {
            text!(
                "decide-alternative-loss",
                title = title,
                saving = saving,
                more = answer::bounded(voice.whole_money(-planned), plan.saving.bound.negated())
            )
        } else {
            text!(
                "decide-alternative",
                title = title,
                saving = saving,
                planned = answer::bounded(voice.whole_money(planned), plan.saving.bound)
            )
        }));
    }
    let move_ = &plan.economics.move_;
    lines.push(match move_.break_even_month {
        Some(month) => voice.line(&text!(
            "decide-budget",
            once = voice.whole_money(move_.once.total),
            month = month
        )),
        None => voice.line(&text!(
            "decide-budget-never",
            once = voice.whole_money(move_.once.total),
            months = move_.curve.len()
        )),
    });
    let without_room = plan
        .notes
        .iter()
        .filter(|note| note.code == NO_ROOM)
        .count();
    if without_room > 0 {
        lines.push(voice.line(&text!("decide-subnets", count = without_room)));
    }
    if plan.coverage.unknown > 0 {
        lines.push(voice.line(&text!("decide-unknown", count = plan.coverage.unknown)));
    }
    let planned = || {
        plan.environments
            .iter()
            .filter_map(EnvironmentPlan::planned)
            .map(|(_, sizing)| &sizing.evidence)
    };
    let assumed = planned()
        .filter(|evidence| evidence.memory.origin == MemoryOrigin::Assumed)
        .count();
    if assumed > 0 {
        lines.push(voice.line(&text!("decide-memory", count = assumed)));
    }
    let thin = planned()
        .filter(|evidence| evidence.cpu.grade.max(evidence.memory.grade) >= Grade::C)
        .count();
    if thin > 0 {
        lines.push(voice.line(&text!("decide-load-tests", count = thin)));
    }
    let blocked = plan
        .environments
        .iter()
        .filter(|environment| !environment.translation.blockers.is_empty())
        .count();
    if blocked > 0 {
        lines.push(voice.line(&text!("decide-blockers", count = blocked)));
    }
    if let Some(first) = move_
        .waves
        .first()
        .filter(|wave| !wave.environments.is_empty())
    {
        let names = Line::names(
            first.environments.iter().take(3).map(String::as_str),
            voice.comma(),
        );
        lines.push(
            voice
                .line(&text!("decide-pilot", count = first.environments.len()))
                .and_line(names),
        );
    }
    lines
}

/// The alternative that saves most at list prices, of those whose every line has a price.
fn cheapest(plan: &Plan) -> Option<&Alternative> {
    plan.economics
        .choosing
        .alternatives
        .iter()
        .filter(|one| one.unpriced_lines == 0)
        .max_by_key(|one| one.saving)
}
