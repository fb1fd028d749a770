//! What needs a human: one paragraph for each kind of finding.

use super::markdown::{code, prose};
use crate::plan::Plan;
use crate::render::note_groups::{NoteGroup, groups, severity};

const ROOM: usize = 10_000;
/// Subjects named before the rest is a number.
const NAMED: usize = 12;

/// The groups of notes, worst first, as long as there is room.
pub(super) fn section(plan: &Plan) -> String {
    let groups = groups(plan);
    if groups.is_empty() {
        return "## What needs a human\n\nNo finding: nothing in this plan waits for a decision.".to_owned();
    }
    let mut text = "## What needs a human".to_owned();
    let mut room = ROOM;
    for (shown, group) in groups.iter().enumerate() {
        let paragraph = paragraph(group);
        let size = paragraph.chars().count();
        if size > room {
            text.push_str(&format!("\n\n{} more kinds of findings are in `plan.json`.", groups.len() - shown));
            break;
        }
        room -= size;
        text.push_str(if shown == 0 { "\n\n" } else { "\n" });
        text.push_str(&paragraph);
    }
    text
}

fn paragraph(group: &NoteGroup<'_>) -> String {
    let first = group.first;
    let hint = if first.hint.is_empty() { String::new() } else { format!(" **To do:** {}", prose(&first.hint)) };
    let head = format!("- **{}** {}", severity(first.severity), code(&first.code));
    let count = group.notes.len();
    if count == 1 {
        return format!("{head}: {}: {}.{hint}", code(&first.subject), prose(&first.message));
    }
    let subjects: Vec<_> = group.notes.iter().take(NAMED).map(|note| code(&note.subject)).collect();
    let rest = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    let example = if group.notes.iter().all(|note| note.message == first.message) { "" } else { "for example " };
    format!("{head}, {count} times: {}{rest}; {example}{}.{hint}", subjects.join(", "), prose(&first.message))
}
