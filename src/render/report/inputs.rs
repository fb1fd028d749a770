//! What the plan was made from, so that it can be made again; and what was missing from it.

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use crate::plan::{Gap, Plan, Scope};
use crate::render::answer::basis;
use crate::render::region_clock::RegionClock;
use crate::wording::text;

const ROOM: usize = 2_000;
/// Gaps of a scope that are named before the rest is a number.
const GAPS: usize = 5;

/// What must be said next to the number: made-up data, scopes that were not read in full.
pub(super) fn warnings(plan: &Plan, locale: Locale) -> Vec<Block> {
    let inputs = &plan.inputs;
    let mut warnings: Vec<_> = inputs
        .note
        .iter()
        .map(|note| Block::Notice(locale.line(&text!("about-the-data", note = locale.say(note)))))
        .collect();
    let incomplete: Vec<_> = inputs
        .scopes
        .iter()
        .filter(|scope| !scope.is_complete())
        .collect();
    if !incomplete.is_empty() {
        let titles = locale.titles([
            text!("account-column"),
            text!("region-column"),
            text!("status-column"),
            text!("gaps-column"),
        ]);
        let mut table = Table::new(
            "incomplete-scopes",
            locale.say(&text!("scopes-caption")),
            &titles,
            ROOM,
            "plan.json",
        );
        for scope in &incomplete {
            table.row([
                Cell::name(&scope.account),
                Cell::name(&scope.region),
                Cell::words(locale.say(&scope.status)),
                Cell::words(gaps(scope, locale)),
            ]);
        }
        warnings.push(Block::Paragraph(locale.line(&text!(
            "scopes-incomplete",
            count = incomplete.len(),
            all = inputs.scopes.len()
        ))));
        warnings.push(Block::Table(table));
    }
    warnings
}

fn gaps(scope: &Scope, locale: Locale) -> String {
    let gap = |gap: &Gap| {
        locale.say(&text!(
            "gap",
            what = locale.say(&gap.what),
            why = locale.say(&gap.why)
        ))
    };
    let named = locale.clauses(scope.gaps.iter().take(GAPS).map(gap));
    match scope.gaps.len().saturating_sub(GAPS) {
        0 => named,
        more => locale.say(&text!("gaps-and-more", gaps = named, more = more)),
    }
}

/// Tool, dates and fingerprints.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let inputs = &plan.inputs;
    let titles = locale.titles([
        text!("file-column"),
        text!("bytes-column"),
        text!("sha256-column"),
    ]);
    let mut table = Table::new(
        "input-files",
        locale.say(&text!("inputs-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for file in &inputs.files {
        #[expect(clippy::cast_precision_loss, reason = "only to sort by")]
        let order = file.bytes as f64;
        table.row([
            Cell::name(&file.name),
            Cell::number(file.bytes.to_string(), order),
            Cell::name(&file.sha256),
        ]);
    }
    let made = text!(
        "inputs-made",
        format = &plan.format,
        tool = &plan.tool,
        basis = basis(plan, locale),
        collector = &inputs.collected_by,
        moment = locale.moment(inputs.collected_at, &RegionClock::of(plan))
    );
    let finding = text!("finding-inputs", basis = basis(plan, locale));
    let title = locale.say(&text!("inputs-title"));
    Section::new("inputs", title, locale.line(&finding))
        .with(Block::Paragraph(locale.line(&made)))
        .with(Block::Table(table))
}
