//! How many option settings have which verdict, what blocks the move, and in which order it goes.

use std::collections::BTreeMap;

use super::block::{Block, Cell, Line, Section, Table};
use super::locale::Locale;
use crate::plan::{Blocker, Plan, Verdict};
use crate::wording::{Text, text};

/// Characters for the blockers.
const ROOM: usize = 3_000;
/// Names of environments in a row; handover/ has them all.
const NAMES: usize = 6;

/// The section; `None` for a plan without translation.
pub(super) fn section(plan: &Plan, locale: Locale) -> Option<Section> {
    if plan.option_coverage.is_empty() {
        return None;
    }
    let all: u32 = plan.option_coverage.values().map(|count| count.all()).sum();
    let verdicts = match plan
        .option_coverage
        .get(&Verdict::Unknown)
        .copied()
        .unwrap_or_default()
        .all()
    {
        0 => text!("settings-known"),
        unknown => text!("settings-unknown", count = unknown),
    };
    let intro = text!(
        "settings-intro",
        settings = all,
        environments = plan.coverage.seen,
        verdicts = verdicts
    );
    Some(
        Section::new(
            "options",
            locale.say(&text!("settings-title")),
            locale.line(&intro),
        )
        .with(Block::Table(verdict_counts(plan, locale)))
        .with(Block::Table(phases(plan, locale)))
        .with(blockers(plan, locale)),
    )
}

fn verdict_counts(plan: &Plan, locale: Locale) -> Table {
    let titles = locale.titles([
        text!("verdict-column"),
        text!("set-column"),
        text!("redacted-column"),
        text!("default-column"),
        text!("unset-column"),
        text!("all-column"),
    ]);
    let mut table = Table::new(
        "settings-by-verdict",
        locale.say(&text!("settings-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for verdict in Verdict::ALL {
        let count = plan
            .option_coverage
            .get(&verdict)
            .copied()
            .unwrap_or_default();
        let counts = [
            count.set,
            count.redacted,
            count.default,
            count.unset,
            count.all(),
        ];
        table.row(
            std::iter::once(Cell::words(locale.say(&verdict.text())))
                .chain(counts.map(Cell::count)),
        );
    }
    table
}

fn phases(plan: &Plan, locale: Locale) -> Table {
    let titles = locale.titles([
        text!("phase-column"),
        text!("waves-column"),
        text!("environments-column"),
        text!("which-column"),
    ]);
    let mut table = Table::new(
        "phases",
        locale.say(&text!("phases-caption")),
        &titles,
        ROOM,
        "handover/waves.md",
    );
    for phase in &plan.phases {
        let waves = match phase.waves {
            None => String::new(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => locale.range(first, last),
        };
        table.row([
            Cell::count(phase.number),
            Cell::words(waves),
            Cell::count(phase.environments),
            Cell::words(locale.say(&phase.title)),
        ]);
    }
    table
}

/// By kind, since the same thing blocks many.
fn blockers(plan: &Plan, locale: Locale) -> Block {
    let mut by_code: BTreeMap<&str, (&Blocker, Vec<&str>)> = BTreeMap::new();
    for environment in plan
        .environments
        .iter()
        .filter(|environment| environment.planned().is_some())
    {
        for blocker in &environment.translation.blockers {
            by_code
                .entry(&blocker.code)
                .or_insert_with(|| (blocker, Vec::new()))
                .1
                .push(&environment.label);
        }
    }
    if by_code.is_empty() {
        return Block::Paragraph(locale.line(&text!("blockers-none")));
    }
    let titles = locale.titles([
        text!("blocker-column"),
        text!("owner-column"),
        text!("effort-column"),
        text!("environments-column"),
        text!("which-column"),
    ]);
    let mut table = Table::new(
        "blockers",
        locale.say(&text!("blockers-caption")),
        &titles,
        ROOM,
        "handover/",
    );
    for (kind, (blocker, labels)) in &by_code {
        let order = u32::try_from(labels.len()).map_or(f64::INFINITY, f64::from);
        table.row([
            Cell::words(*kind),
            Cell::words(locale.say(&blocker.owner.text())),
            Cell::words(locale.say(&blocker.effort.text())),
            Cell::number(labels.len().to_string(), order),
            names(labels, locale).into(),
        ]);
    }
    Block::Folded {
        summary: locale.say(&text!("blockers-summary")),
        blocks: vec![Block::Table(table)],
    }
}

fn names(labels: &[&str], locale: Locale) -> Line {
    let mut names: Vec<Text> = labels
        .iter()
        .take(NAMES)
        .map(|label| text!("name", name = *label))
        .collect();
    if labels.len() > NAMES {
        names.push(text!("and-more", count = labels.len() - NAMES));
    }
    Line::joined(names.iter().map(|name| locale.line(name)), locale.comma())
}
