//! The first two printed pages: the answer with what it rests on, and what would change it with what to decide.
//!
//! Nothing here grows with the fleet: counts are bounded, and words are cut where names of strangers stand, so that
//! two pages stay two.

use std::fmt::Write as _;

use super::{front_figures as figures, write};
use crate::plan::{EnvironmentPlan, Grade, Plan};
use crate::render::figure::escaped;
use crate::render::report::block::{Block, Cell, Drawing, Line, Table};
use crate::render::report::locale::Locale;
use crate::render::report::{ReportHead, risks};
use crate::render::verdict::VerdictBasis;
use crate::wording::{Text, text};

/// Rows of the risks that stand in front; all are behind.
const RISKS: usize = 3;
/// Letters of what a snapshot says of itself.
const LONGEST_NOTE: usize = 420;
/// Letters of a cell among them.
const LONGEST: usize = 150;

/// The two printed pages that decide.
pub(super) fn write(page: &mut String, plan: &Plan, head: &ReportHead, locale: Locale) {
    let owner = locale.for_owner(plan);
    let basis = VerdictBasis::of(plan);
    page.push_str("<div class=\"front\">");
    first(page, plan, head, basis.as_ref(), owner);
    second(page, plan, head, basis.as_ref(), owner);
    page.push_str("</div>\n");
}

fn first(
    page: &mut String,
    plan: &Plan,
    head: &ReportHead,
    basis: Option<&VerdictBasis<'_>>,
    owner: Locale,
) {
    let _ = write!(
        page,
        "<section id=\"answer\" aria-labelledby=\"answer-title\"><h2 id=\"answer-title\" class=\"verdict\">{}</h2>",
        escaped(&head.verdict)
    );
    for sentence in &head.answer {
        page.push_str("<p class=\"answer\">");
        write::line(page, sentence);
        page.push_str("</p>");
    }
    // Which accounts were not read in full stands in the chapter on coverage.
    for warning in &head.warnings {
        match warning {
            Block::Table(_) => {}
            Block::Notice(note) if is_long(note) => {
                write::blocks(page, &[Block::Notice(shortened(note))]);
            }
            other => write::blocks(page, std::slice::from_ref(other)),
        }
    }
    for table in [&head.columns, &head.levers].into_iter().flatten() {
        if table.id == "levers-short" {
            paragraphs(page, &head.why);
        }
        write::table(page, table);
    }
    if head.levers.is_none() {
        paragraphs(page, &head.why);
    }
    paragraphs(page, &head.next);
    if let Some(basis) = basis {
        write::drawing(page, &figures::alternatives(plan, basis, owner));
        link(page, "alternatives", &text!("link-alternatives"), owner);
    }
    page.push_str("</section>\n");
}

/// Whether a note of the snapshot is cut in front: it then stands in full among the inputs.
fn is_long(note: &Line) -> bool {
    note.plain().chars().count() > LONGEST_NOTE
}

fn shortened(note: &Line) -> Line {
    let kept = note
        .plain()
        .chars()
        .take(LONGEST_NOTE - 1)
        .collect::<String>();
    Line::words(format!("{kept}…"))
}

/// The notes that are cut in front, in full.
pub(super) fn long_notes(head: &ReportHead) -> Vec<Block> {
    let notes = head.warnings.iter().filter_map(|block| match block {
        Block::Notice(note) if is_long(note) => Some(Block::Notice(note.clone())),
        _ => None,
    });
    notes.collect()
}

fn paragraphs(page: &mut String, lines: &[Line]) {
    for line in lines {
        page.push_str("<p>");
        write::line(page, line);
        page.push_str("</p>");
    }
}

fn second(
    page: &mut String,
    plan: &Plan,
    head: &ReportHead,
    basis: Option<&VerdictBasis<'_>>,
    owner: Locale,
) {
    let _ = write!(
        page,
        "<section class=\"second\" id=\"choices\" aria-labelledby=\"choices-title\"><h2 id=\"choices-title\">{}</h2><ol class=\"decisions\">",
        escaped(&owner.say(&text!("decisions-title")))
    );
    for decision in &head.decisions {
        page.push_str("<li>");
        write::line(page, decision);
        page.push_str("</li>");
    }
    page.push_str("</ol>");
    if let Some(basis) = basis {
        write::drawing(page, &figures::paybacks(plan, basis, owner));
        link(page, "move", &text!("link-move"), owner);
        pair(
            page,
            &[
                figures::changes(plan, basis, owner),
                figures::drivers(plan, owner),
            ],
        );
        link(page, "money", &text!("link-money"), owner);
    }
    let _ = write!(
        page,
        "<h2>{}</h2>",
        escaped(&owner.say(&text!("first-risks-title")))
    );
    let all = risks::risks(plan, owner);
    if all.is_empty() {
        let empty = Block::Paragraph(owner.line(&text!("risks-empty")));
        write::blocks(page, &[empty]);
    } else {
        let first = all.get(..RISKS.min(all.len())).unwrap_or_default();
        let cut = bounded(risks::table("first-risks", first, owner));
        write::table(page, &cut);
        link(
            page,
            "risks",
            &text!("link-risks", count = all.len()),
            owner,
        );
    }
    let _ = write!(
        page,
        "<p class=\"basis\">{} {}</p></section>",
        escaped(&trust(plan, owner)),
        escaped(&owner.say(&text!("directional")))
    );
}

/// The same table, with cells that no name of a stranger makes longer than a few lines.
fn bounded(mut table: Table) -> Table {
    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
    for cell in cells {
        let words = cell.line.plain();
        if words.chars().count() > LONGEST {
            let kept: String = words.chars().take(LONGEST - 1).chain(['…']).collect();
            *cell = Cell::words(kept);
        }
    }
    table
}

fn link(page: &mut String, section: &str, words: &Text, locale: Locale) {
    let _ = write!(
        page,
        "<p class=\"more-link\"><a href=\"#{section}\">{}</a></p>",
        escaped(&locale.say(words))
    );
}

fn pair(page: &mut String, drawings: &[Drawing]) {
    page.push_str("<div class=\"pair\">");
    drawings
        .iter()
        .for_each(|drawing| write::drawing(page, drawing));
    page.push_str("</div>");
}

fn trust(plan: &Plan, locale: Locale) -> String {
    let grades = || {
        let planned = plan
            .environments
            .iter()
            .filter_map(EnvironmentPlan::planned);
        planned.map(|(_, sizing)| sizing.evidence.cpu.grade.max(sizing.evidence.memory.grade))
    };
    let firm = grades().filter(|grade| *grade <= Grade::B).count();
    locale.say(&text!(
        "card-trust",
        planned = plan.coverage.planned,
        seen = plan.coverage.seen,
        unknown = plan.coverage.unknown,
        firm = firm,
        thin = grades().count() - firm
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Note;
    use crate::render::report::{decisions, head};
    use crate::render::test_plan::hand_made;
    use crate::wording::Language;

    fn page_of(plan: &Plan) -> String {
        let locale = Locale::new(Language::English);
        let mut page = String::new();
        write(&mut page, plan, &head(plan, locale), locale);
        page
    }

    #[test]
    fn an_unknown_price_is_told_once_and_marked_where_it_is_missing() {
        let plan = hand_made();
        let page = page_of(&plan);
        assert_eq!(page.matches("without a price").count(), 1, "{page}");
        assert!(!page.contains("at least"), "{page}");
        assert!(page.contains("$2,725*"), "{page}");
    }

    #[test]
    fn names_of_strangers_do_not_make_the_pages_longer() {
        let mut plan = hand_made();
        plan.inputs.note = Some("z".repeat(5_000));
        for note in &mut plan.notes {
            note.message = Text::plain("x".repeat(5_000));
            note.hint = Text::plain("y".repeat(5_000));
        }
        let page = page_of(&plan);
        assert!(!page.contains(&"x".repeat(LONGEST)) && !page.contains(&"y".repeat(LONGEST)));
        assert!(!page.contains(&"z".repeat(LONGEST_NOTE)));
        let all = super::super::files(&plan, Language::English);
        assert!(
            all["report.html"].contains(&"z".repeat(4_000)),
            "in full among the inputs"
        );
    }

    #[test]
    fn subnets_without_room_hold_up_everything_and_are_decided_on() {
        let mut plan = hand_made();
        let locale = Locale::new(Language::English);
        let decided = |plan: &Plan| {
            let basis = VerdictBasis::of(plan).expect("it compares");
            decisions::first(plan, &basis, locale)
        };
        let is_of_subnets = |line: &Line| line.plain().contains("enough addresses");
        assert!(!decided(&plan).iter().any(is_of_subnets));
        let note = || {
            Note::warning(
                risks::NO_ROOM,
                "subnet-1",
                Text::plain("no room"),
                Text::plain("a larger one"),
            )
        };
        plan.notes.extend([note(), note()]);
        let risks = risks::risks(&plan, locale);
        assert_eq!(
            (risks[0].what.as_str(), risks[0].subjects.len()),
            ("no room", 1),
            "{risks:?}"
        );
        let decided = decided(&plan);
        assert!(
            decided.len() == 3 && is_of_subnets(&decided[2]),
            "{decided:?}"
        );
    }

    #[test]
    fn findings_that_differ_are_told_by_an_example() {
        let mut plan = hand_made();
        let mut other = plan.notes[0].clone();
        other.subject = Text::plain("another");
        other.message = Text::plain("something else");
        plan.notes.push(other);
        let risks = risks::risks(&plan, Locale::new(Language::English));
        assert!(
            risks
                .iter()
                .any(|risk| risk.what.starts_with("for example ")),
            "{risks:?}"
        );
    }
}
