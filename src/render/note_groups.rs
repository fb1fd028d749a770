//! Notes of one kind together, so that thirty equal findings are one paragraph.

use crate::plan::{Note, Plan};
use crate::wording::{Text, text};

/// Findings that are alike: the same severity, code and advice.
#[derive(Debug)]
pub(super) struct NoteGroup<'a> {
    /// All of them, in the order of the plan; never empty.
    pub(super) notes: Vec<&'a Note>,
    /// The one that stands for all.
    pub(super) first: &'a Note,
}

impl NoteGroup<'_> {
    /// Whom they are about, each once, in the order of the plan.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &Text> {
        let is_first = |place: usize, note: &Note| {
            self.notes
                .iter()
                .take(place)
                .all(|before| before.subject != note.subject)
        };
        self.notes
            .iter()
            .enumerate()
            .filter(move |(place, note)| is_first(*place, note))
            .map(|(_, note)| &note.subject)
    }

    /// What all of them say, or one of them as an example.
    pub(super) fn message(&self) -> Text {
        let message = self.first.message.clone();
        let is_the_same = self.notes.iter().all(|note| note.message == message);
        if is_the_same {
            message
        } else {
            text!("finding-example", message = message)
        }
    }
}

/// The groups, worst first, then as the plan has them.
pub(super) fn groups(plan: &Plan) -> Vec<NoteGroup<'_>> {
    let mut groups: Vec<NoteGroup<'_>> = Vec::new();
    for note in &plan.notes {
        let is_alike = |group: &&mut NoteGroup<'_>| {
            (group.first.severity, &group.first.code, &group.first.hint)
                == (note.severity, &note.code, &note.hint)
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.notes.push(note),
            None => groups.push(NoteGroup {
                notes: vec![note],
                first: note,
            }),
        }
    }
    groups.sort_by_key(|group| group.first.severity);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::hand_made;

    #[test]
    fn equal_findings_are_one_group_and_none_is_lost() {
        let plan = hand_made();
        let groups = groups(&plan);
        assert_eq!(
            groups.iter().map(|group| group.notes.len()).sum::<usize>(),
            plan.notes.len()
        );
        assert!(groups.len() < plan.notes.len());
        assert!(
            groups
                .windows(2)
                .all(|pair| pair[0].first.severity <= pair[1].first.severity)
        );
    }
}
