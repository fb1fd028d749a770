//! What to decide next, by whom, out of what the plan found.

use super::block::{Block, Line, Section};
use super::locale::Locale;
use super::risks::NO_ROOM;
use crate::plan::{Alternative, EnvironmentPlan, Grade, MemoryOrigin, Plan};
use crate::render::answer;
use crate::render::verdict::{Verdict, VerdictBasis};
use crate::wording::text;

/// Those that do not stand beside the answer; nothing where there are none.
pub(super) fn section(plan: &Plan, locale: Locale) -> Option<Section> {
    let rest = rest(plan, locale);
    let further = rest.get(1..).filter(|further| !further.is_empty())?;
    let finding = text!("finding-decisions", count = further.len());
    let title = locale.say(&text!("decisions-further-title"));
    Some(
        Section::new("decisions", title, locale.line(&finding)).with(Block::List(further.to_vec())),
    )
}

/// The three that come first, each with its owner: which plan, what budget, and what unlocks the start.
pub(in crate::render) fn first(plan: &Plan, basis: &VerdictBasis<'_>, locale: Locale) -> Vec<Line> {
    let best = basis.best;
    let monthly = |one: &Alternative| locale.whole_money(one.monthly);
    let which = match basis.verdict {
        Verdict::AsAsked => text!("decide-as-asked", monthly = monthly(best)),
        Verdict::Otherwise => text!(
            "decide-recommended",
            monthly = monthly(best),
            asked = monthly(basis.asked)
        ),
        Verdict::Not => text!(
            "decide-not",
            loss = locale.whole_money(answer::unsigned(best.cumulative)),
            months = plan.economics.move_.curve.len()
        ),
    };
    let paid_back = |one: &Alternative| one.payback_month.unwrap_or_default();
    let budget = match (basis.verdict, basis.elsewhere(plan)) {
        (Verdict::Not, Some(other)) => text!(
            "decide-elsewhere",
            title = locale.say(&other.title),
            saving = locale.whole_money(other.saving),
            once = locale.whole_money(other.once),
            month = paid_back(other)
        ),
        (Verdict::Not, None) => text!("decide-hold", once = locale.whole_money(best.once)),
        (Verdict::AsAsked | Verdict::Otherwise, _) => text!(
            "decide-budget",
            once = locale.whole_money(best.once),
            month = paid_back(best),
            cumulative = locale.whole_money(best.cumulative),
            months = plan.economics.move_.curve.len()
        ),
    };
    let mut lines = vec![locale.line(&which), locale.line(&budget)];
    let unlocks = rest(plan, locale).into_iter().next();
    lines.extend(unlocks.map(|line| locale.line(&text!("decide-owner-platform")).and_line(line)));
    lines
}

/// What somebody has to settle before apps move, in the order in which it unlocks the others.
fn rest(plan: &Plan, locale: Locale) -> Vec<Line> {
    let mut lines = Vec::new();
    let without_room = plan
        .notes
        .iter()
        .filter(|note| note.code == NO_ROOM)
        .count();
    if without_room > 0 {
        lines.push(locale.line(&text!("decide-subnets", count = without_room)));
    }
    if plan.coverage.unknown > 0 {
        lines.push(locale.line(&text!("decide-unknown", count = plan.coverage.unknown)));
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
        lines.push(locale.line(&text!("decide-memory", count = assumed)));
    }
    let thin = planned()
        .filter(|evidence| evidence.cpu.grade.max(evidence.memory.grade) >= Grade::C)
        .count();
    if thin > 0 {
        lines.push(locale.line(&text!("decide-load-tests", count = thin)));
    }
    let blocked = plan
        .environments
        .iter()
        .filter(|environment| !environment.translation.blockers.is_empty())
        .count();
    if blocked > 0 {
        lines.push(locale.line(&text!("decide-blockers", count = blocked)));
    }
    if let Some(first) = plan
        .economics
        .move_
        .waves
        .first()
        .filter(|wave| !wave.environments.is_empty())
    {
        let names = Line::names(
            first.environments.iter().take(3).map(String::as_str),
            locale.comma(),
        );
        lines.push(
            locale
                .line(&text!("decide-pilot", count = first.environments.len()))
                .and_line(names),
        );
    }
    lines
}
