//! How the report speaks: texts, money, dates and shares in its language.

use jiff::Timestamp;

use super::block::{Cell, Line, Piece};
use crate::render::dollars::dollars;
use crate::units::Money;
use crate::wording::{Argument, Language, Text};

/// A report's language, and how it writes what is no word.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Voice {
    /// The language.
    pub(in crate::render) language: Language,
}

/// Something that can be said in any language.
pub(in crate::render) trait Said {
    /// In that language.
    fn say(&self, language: Language) -> String;
}

impl Said for Text {
    fn say(&self, language: Language) -> String {
        language.say(self)
    }
}

/// Names, which are the same in every language.
impl Said for String {
    fn say(&self, _: Language) -> String {
        self.clone()
    }
}

impl Said for str {
    fn say(&self, _: Language) -> String {
        self.to_owned()
    }
}

/// Stands for a backtick of an argument while a text is cut at those of the catalogue: of the private use area,
/// which no name that is shown contains.
const HELD_BACK: char = '\u{e000}';

impl Voice {
    /// That speaks this language.
    pub(in crate::render) const fn new(language: Language) -> Self {
        Self { language }
    }

    /// In words, without markup.
    pub(in crate::render) fn say<S: Said + ?Sized>(&self, said: &S) -> String {
        said.say(self.language)
    }

    /// A text of the catalogue as a line: what it sets between backticks is a name. Backticks of arguments stay.
    pub(in crate::render) fn line(&self, text: &Text) -> Line {
        let said = self.say(&held_back(text));
        let pieces = said.split('`').enumerate().filter(|(_, part)| !part.is_empty());
        let restored = |part: &str| part.replace(HELD_BACK, "`");
        let piece = |(place, part): (usize, &str)| if place % 2 == 1 { Piece::Name(restored(part)) } else { Piece::Words(restored(part)) };
        Line(pieces.map(piece).collect())
    }

    /// `$1,234.50`
    pub(in crate::render) fn money(&self, amount: Money) -> String {
        dollars(amount)
    }

    /// Money in a cell, sorted by what it is.
    pub(in crate::render) fn amount(&self, amount: Money) -> Cell {
        Cell::number(self.money(amount), amount.as_f64())
    }

    /// Whole dollars, for sentences that decide: cents would claim what no plan knows.
    pub(in crate::render) fn whole_money(&self, amount: Money) -> String {
        let shown = dollars(amount.scaled(1, 100).whole_cents().times(100));
        shown.strip_suffix(".00").unwrap_or(&shown).to_owned()
    }

    /// A share of one: `19.3 %`, `19.3%`.
    pub(in crate::render) fn percent(&self, share: f64, decimals: usize) -> String {
        match self.language {
            Language::English => format!("{:.decimals$} %", share * 100.0),
            Language::Japanese => format!("{:.decimals$}%", share * 100.0),
        }
    }

    /// The day of a moment, in UTC: `2026-11-15`, `2026年11月15日`.
    pub(in crate::render) fn day(&self, moment: Timestamp) -> String {
        let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
        match self.language {
            Language::English => day.to_string(),
            Language::Japanese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }

    /// Several, as the language joins them.
    pub(in crate::render) fn list(&self, parts: impl IntoIterator<Item = String>) -> String {
        self.language.list(parts)
    }
}

/// The same text, with the backticks of its arguments held back.
fn held_back(text: &Text) -> Text {
    let hold = |value: &str| value.replace('`', &HELD_BACK.to_string());
    match text {
        Text::Plain(value) => Text::Plain(hold(value)),
        Text::Entry { id, arguments } => {
            let held = |argument: &Argument| match argument {
                Argument::Count(count) => Argument::Count(*count),
                Argument::Text(text) => Argument::Text(plain_held_back(text, hold)),
                Argument::List(texts) => Argument::List(texts.iter().map(|text| plain_held_back(text, hold)).collect()),
            };
            Text::Entry { id: id.clone(), arguments: arguments.iter().map(|(name, argument)| (name.clone(), held(argument))).collect() }
        }
    }
}

/// Backticks of names only: those of a nested text are the catalogue's.
fn plain_held_back(text: &Text, hold: impl Fn(&str) -> String) -> Text {
    match text {
        Text::Plain(value) => Text::Plain(hold(value)),
        Text::Entry { .. } => held_back(text),
    }
}
