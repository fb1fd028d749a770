//! How this room words a finding: what is wrong is never the reader's fault.
//!
//! Comes in: a code, a subject, the numbers. Goes out: a [`Note`]. Refuses nothing. Invariant: every
//! fatal note of this room tells the reader to report it, because no input may lead to a wrong plan.

use crate::plan::Note;
use crate::wording::Text;

const DEFECT: &str = "this is a defect of eb2eks: please report it with plan.json";

/// The plan contradicts itself, its policy or a published formula.
pub(super) fn wrong(code: &str, subject: &str, message: impl Into<Text>) -> Note {
    Note::fatal(code, subject, message, DEFECT)
}

/// `count` things: `1 replica`, `3 replicas`.
pub(super) fn counted(count: impl Into<u128>, thing: &str) -> String {
    let count = count.into();
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
