//! How the report speaks: texts, money, dates and shares in its language.

use jiff::Timestamp;

use super::block::{Cell, Line, Piece};
use crate::render::dollars::{dollars, grouped};
use crate::units::Money;
use crate::wording::{Argument, Language, Text, text};

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

    /// The same with its sign, for what changes: `+$146`, `-$1,761`.
    pub(in crate::render) fn signed_money(&self, amount: Money) -> String {
        let sign = if amount.is_negative() { "" } else { "+" };
        format!("{sign}{}", self.whole_money(amount))
    }

    /// For axes: `-$100k`, `$1.5M`; ten thousands in Japanese, as they are counted there.
    pub(in crate::render) fn short_money(&self, dollars: f64) -> String {
        let sign = if dollars < 0.0 { "-" } else { "" };
        let amount = dollars.abs();
        let (value, unit) = match self.language {
            Language::English if amount >= 1e6 => (amount / 1e6, "M"),
            Language::English if amount >= 1e3 => (amount / 1e3, "k"),
            Language::Japanese if amount >= 1e8 => (amount / 1e8, "億"),
            Language::Japanese if amount >= 1e4 => (amount / 1e4, "万"),
            Language::English | Language::Japanese => (amount, ""),
        };
        let digits = if value >= 100.0 || unit.is_empty() { format!("{value:.0}") } else { format!("{value:.1}") };
        format!("{sign}${}{unit}", digits.strip_suffix(".0").unwrap_or(&digits))
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

    /// What stands between the parts of a list.
    pub(in crate::render) fn separator(&self) -> String {
        self.language.separator().to_owned()
    }

    /// A whole number with its thousands grouped.
    pub(in crate::render) fn grouped(&self, value: f64) -> String {
        grouped(&format!("{:.0}", value.max(0.0)))
    }

    /// From Monday on.
    pub(in crate::render) fn weekdays(&self) -> [String; 7] {
        [
            text!("monday"),
            text!("tuesday"),
            text!("wednesday"),
            text!("thursday"),
            text!("friday"),
            text!("saturday"),
            text!("sunday"),
        ]
        .map(|day| self.say(&day))
    }

    /// By how much the clock of the reader is ahead of UTC: Japan has one and no summer time; English is read anywhere.
    pub(in crate::render) const fn hours_ahead_of_utc(&self) -> usize {
        match self.language {
            Language::English => 0,
            Language::Japanese => 9,
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
