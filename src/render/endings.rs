//! What is said on stderr when files were written, or were not.

use std::fmt::Display;

use super::report::locale::Locale;
use crate::wording::{Language, Text, text};

/// So many files went to `place`.
#[must_use]
pub fn written(language: Language, files: usize, place: &dyn Display) -> String {
    language.say(&text!(
        "terminal-wrote",
        files = files,
        place = place.to_string()
    ))
}

/// No file was, and the command that writes them.
#[must_use]
pub fn nothing_written(language: Language, command: &str) -> String {
    language.say(&text!("terminal-nothing-written", command = command))
}

/// Why a plan ends with exit code 3.
#[must_use]
pub fn incomplete(language: Language, unknown: &[Text]) -> String {
    let locale = Locale::new(language);
    let unknown = locale.clauses(unknown.iter().map(|text| locale.say(text)));
    language.say(&text!("terminal-incomplete-plan", unknown = unknown))
}
