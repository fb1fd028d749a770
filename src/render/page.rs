//! Who speaks on a terminal, and how wide its lines are.

use super::inert;
use super::report::locale::Locale;
use super::terminal::{columns, paragraph, readable, table};
use crate::wording::{Language, Text};

/// A language and a width; everything that the terminal prints goes through it.
pub(super) struct Page {
    pub(super) locale: Locale,
    /// In columns, so that tables can live with it.
    pub(super) width: usize,
}

impl Page {
    pub(super) fn new(language: Language, width: usize) -> Self {
        Self {
            locale: Locale::new(language),
            width: readable(width),
        }
    }

    /// Words that have their language.
    pub(super) fn paragraph(&self, words: &str) -> String {
        paragraph(words, 0, self.width)
    }

    /// A text of the catalogue as a paragraph.
    pub(super) fn say(&self, words: &Text) -> String {
        self.said(words, 0)
    }

    /// The same with an indent.
    pub(super) fn said(&self, words: &Text, indent: usize) -> String {
        paragraph(&self.locale.say(words), indent, self.width)
    }

    /// A command to copy, whole on a line of its own: broken at the width it would be two.
    pub(super) fn command(&self, title: &Text, command: &str) -> String {
        format!("{}  {}\n", self.say(title), inert::one_line(command))
    }

    pub(super) fn table<const N: usize>(
        &self,
        titles: [Text; N],
        rows: Vec<Vec<String>>,
        numbers: &[usize],
    ) -> String {
        let titles = self.locale.short_titles(titles);
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        table(&titles, rows, numbers, self.width)
    }

    /// Columns without a header, indented.
    pub(super) fn columns(&self, rows: Vec<Vec<String>>, indent: usize) -> String {
        columns(rows, indent, self.width)
    }

    /// A title over what belongs to it; nothing without content.
    pub(super) fn headed(&self, title: &Text, content: &str) -> String {
        if content.is_empty() {
            String::new()
        } else {
            self.say(title) + content
        }
    }

    /// What there is of these, as one sentence.
    pub(super) fn clauses<const N: usize>(&self, clauses: [Option<Text>; N]) -> String {
        let said = clauses
            .into_iter()
            .flatten()
            .map(|text| self.locale.say(&text));
        self.locale.clauses(said)
    }
}
