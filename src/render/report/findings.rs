//! What needs a human: one paragraph for each kind of finding.

use super::block::{Block, Line, LongList, Section};
use super::locale::Locale;
use crate::plan::{Plan, Severity};
use crate::render::note_groups::{NoteGroup, groups};
use crate::wording::{Text, text};

const ROOM: usize = 5_500;
/// Subjects named before the rest is a number.
const NAMED: usize = 12;

/// The groups of notes, worst first.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let items: Vec<Line> = groups(plan)
        .iter()
        .map(|group| item(group, locale))
        .collect();
    let groups = groups(plan);
    let is_advice = |group: &&NoteGroup<'_>| group.first.severity == Severity::Advice;
    let advice = groups.iter().filter(is_advice).count();
    let finding = if items.is_empty() {
        text!("findings-none")
    } else {
        text!(
            "finding-findings",
            warnings = groups.len() - advice,
            advice = advice
        )
    };
    let title = locale.say(&text!("findings-title"));
    let section = Section::new("findings", title, locale.line(&finding));
    if items.is_empty() {
        return section;
    }
    section.with(Block::LongList(LongList {
        items,
        room: ROOM,
        left_out: |count| text!("findings-cut", count = count),
    }))
}

fn item(group: &NoteGroup<'_>, locale: Locale) -> Line {
    let first = group.first;
    let (severity, code, message) = (first.severity.text(), &first.code, group.message());
    let hint = if first.hint.is_empty() {
        Text::plain("")
    } else {
        text!("finding-hint", hint = locale.say(&first.hint))
    };
    let count = group.notes.len();
    if count == 1 {
        let subject = locale.say(&first.subject);
        return locale.line(&text!(
            "finding",
            severity = severity,
            code = code,
            subject = subject,
            message = message,
            hint = hint
        ));
    }
    let subjects: Vec<Text> = group
        .subjects()
        .take(NAMED)
        .map(|subject| text!("name", name = locale.say(subject)))
        .collect();
    let others = group.subjects().count().saturating_sub(NAMED);
    let rest = if others > 0 {
        text!("finding-others", count = others)
    } else {
        Text::plain("")
    };
    locale.line(&text!(
        "finding-of-many",
        severity = severity,
        code = code,
        count = count,
        subjects = subjects,
        rest = rest,
        message = message,
        hint = hint
    ))
}
