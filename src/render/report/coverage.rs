//! What was looked at: accounts and regions, environments, and how good the evidence is.

use std::collections::BTreeMap;

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use crate::plan::{EnvironmentPlan, Grade, Plan};
use crate::wording::text;

const ROOM: usize = 2_500;

/// Two tables; what is complete says so.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let scopes = &plan.inputs.scopes;
    let incomplete = scopes.iter().filter(|scope| !scope.is_complete()).count();
    let says = match (incomplete, plan.coverage.unknown) {
        (0, 0) if scopes.iter().any(|scope| !scope.gaps.is_empty()) => {
            text!(
                "coverage-complete-but",
                scopes = scopes.len(),
                seen = plan.coverage.seen
            )
        }
        (0, 0) => text!(
            "coverage-complete",
            scopes = scopes.len(),
            seen = plan.coverage.seen
        ),
        _ => text!(
            "coverage-incomplete",
            incomplete = incomplete,
            scopes = scopes.len(),
            unknown = plan.coverage.unknown
        ),
    };
    let title = locale.say(&text!("coverage-title"));
    Section::new("coverage", title, locale.line(&says))
        .with(Block::Table(places(plan, locale)))
        .with(Block::Table(grades(plan, locale)))
}

fn places(plan: &Plan, locale: Locale) -> Table {
    let titles = [
        text!("account-column"),
        text!("region-column"),
        text!("environments-column"),
        text!("status-column"),
        text!("gaps-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let mut table = Table::new(
        "coverage-scopes",
        locale.say(&text!("coverage-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for scope in &plan.inputs.scopes {
        let is_here = |environment: &&EnvironmentPlan| {
            environment.account == scope.account && environment.region == scope.region
        };
        let seen = plan.environments.iter().filter(is_here).count();
        let status = if scope.is_complete() {
            locale.say(&text!("complete"))
        } else {
            scope.status.clone()
        };
        let gaps = scope
            .gaps
            .iter()
            .map(|gap| format!("{}: {}", gap.what, gap.why));
        table.row([
            Cell::name(scope.account.as_str()),
            Cell::name(scope.region.as_str()),
            Cell::words(seen.to_string()),
            Cell::words(status),
            Cell::from(super::block::Line::names(
                gaps.collect::<Vec<_>>().iter().map(String::as_str),
                locale.comma(),
            )),
        ]);
    }
    table
}

/// How many apps have which grade.
fn grades(plan: &Plan, locale: Locale) -> Table {
    let titles = [
        text!("grade-column"),
        text!("cpu-apps-column"),
        text!("memory-apps-column"),
        text!("meaning-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let mut table = Table::new(
        "coverage-grades",
        locale.say(&text!("grades-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    let mut counts: BTreeMap<Grade, (u32, u32)> = BTreeMap::new();
    for (_, sizing) in plan
        .environments
        .iter()
        .filter_map(EnvironmentPlan::planned)
    {
        counts.entry(sizing.evidence.cpu.grade).or_default().0 += 1;
        counts.entry(sizing.evidence.memory.grade).or_default().1 += 1;
    }
    for grade in [Grade::A, Grade::B, Grade::C, Grade::D] {
        let (cpu, memory) = counts.get(&grade).copied().unwrap_or_default();
        let meaning = match grade {
            Grade::A => text!("grade-a"),
            Grade::B => text!("grade-b"),
            Grade::C => text!("grade-c"),
            Grade::D => text!("grade-d"),
        };
        table.row([
            Cell::words(grade.to_string()),
            Cell::number(cpu.to_string(), f64::from(cpu)),
            Cell::number(memory.to_string(), f64::from(memory)),
            Cell::words(locale.say(&meaning)),
        ]);
    }
    table
}
