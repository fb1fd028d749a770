//! How this room words a finding: what is wrong is never the reader's fault.
//!
//! Comes in: a code, a subject, the numbers. Goes out: a [`Note`]. Refuses nothing. Invariant: every
//! fatal note of this room tells the reader to report it, because no input may lead to a wrong plan.

use crate::plan::Note;
use crate::wording::{Text, text};

/// The plan contradicts itself, its policy or a published formula.
pub(super) fn wrong(code: &str, subject: impl Into<Text>, message: Text) -> Note {
    Note::fatal(code, subject, message, text!("note-defect-hint"))
}
