//! How the report speaks: texts, money, dates and shares in its language.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::block::{Cell, Line, Piece};
use crate::units::Money;
use crate::wording::dollars::{dollars, grouped};
use crate::wording::{Argument, Language, Text, text};

/// A report's language, and how it writes what is no word.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Voice {
    /// The language that everything is said in.
    pub(in crate::render) language: Language,
}

/// Something that can be said in any language.
pub(in crate::render) trait Said {
    /// The text in that language.
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

/// Stand for the marks of an argument while a text is cut at those of the catalogue: of the private use area, which
/// no name that is shown contains.
const HELD_BACK: [(char, char); 2] = [('`', '\u{e000}'), ('*', '\u{e001}')];

impl Voice {
    /// That speaks this language.
    pub(in crate::render) const fn new(language: Language) -> Self {
        Self { language }
    }

    /// In words, without markup.
    pub(in crate::render) fn say<S: Said + ?Sized>(&self, said: &S) -> String {
        said.say(self.language)
    }

    /// A text of the catalogue as a line: what it sets between backticks is a name, what it sets between `**` stands
    /// out. Such marks in arguments stay what they are.
    pub(in crate::render) fn line(&self, text: &Text) -> Line {
        let said = self.say(&held_back(text));
        let mut line = Line::default();
        for (place, part) in said.split('`').enumerate() {
            if place % 2 == 1 {
                line = line.and_name(restored(part));
                continue;
            }
            for (place, part) in part
                .split("**")
                .enumerate()
                .filter(|(_, part)| !part.is_empty())
            {
                line.0.push(if place % 2 == 1 {
                    Piece::Strong(restored(part))
                } else {
                    Piece::Words(restored(part))
                });
            }
        }
        line
    }

    /// A text of the catalogue as a cell.
    pub(in crate::render) fn cell(&self, text: &Text) -> Cell {
        self.line(text).into()
    }

    /// Titles of a table's columns.
    pub(in crate::render) fn titles<const N: usize>(&self, titles: [Text; N]) -> [String; N] {
        titles.map(|title| self.say(&title))
    }

    /// What stands between parts of a sentence or of a cell that may have commas of their own.
    pub(in crate::render) fn semicolon(&self) -> &'static str {
        match self.language {
            Language::English => "; ",
            Language::Japanese => "／",
        }
    }

    /// What stands between the items of a list.
    pub(in crate::render) fn comma(&self) -> &'static str {
        match self.language {
            Language::English => ", ",
            Language::Japanese => "、",
        }
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
        let digits = if value >= 100.0 || unit.is_empty() {
            format!("{value:.0}")
        } else {
            format!("{value:.1}")
        };
        format!(
            "{sign}${}{unit}",
            digits.strip_suffix(".0").unwrap_or(&digits)
        )
    }

    /// A share of one: `19.3 %`, `19.3%`.
    pub(in crate::render) fn percent(&self, share: f64, decimals: usize) -> String {
        self.per_hundred(share * 100.0, decimals)
    }

    /// The same of what is counted in hundredths already, to its last digit.
    pub(in crate::render) fn per_hundred(&self, percent: f64, decimals: usize) -> String {
        match self.language {
            Language::English => format!("{percent:.decimals$} %"),
            Language::Japanese => format!("{percent:.decimals$}%"),
        }
    }

    /// The day of a moment, in UTC: `2026-11-15`, `2026年11月15日`.
    pub(in crate::render) fn day(&self, moment: Timestamp) -> String {
        self.date(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// A moment to the minute, in UTC: `2026-11-15 00:00 UTC`, `2026年11月15日 0:00（UTC）`.
    pub(in crate::render) fn moment(&self, moment: Timestamp) -> String {
        let day = self.day(moment);
        let time = moment.to_zoned(jiff::tz::TimeZone::UTC).time();
        match self.language {
            Language::English => format!("{day} {:02}:{:02} UTC", time.hour(), time.minute()),
            Language::Japanese => format!("{day} {}:{:02}（UTC）", time.hour(), time.minute()),
        }
    }

    /// From low to high: `1560m – 6800m`, `1560m～6800m`.
    pub(in crate::render) fn range(
        &self,
        low: impl fmt::Display,
        high: impl fmt::Display,
    ) -> String {
        match self.language {
            Language::English => format!("{low} – {high}"),
            Language::Japanese => format!("{low}～{high}"),
        }
    }

    /// A day that is named as ISO 8601 writes it; anything else stays what it is.
    pub(in crate::render) fn day_named(&self, name: &str) -> String {
        name.parse()
            .map_or_else(|_| name.to_owned(), |day| self.date(day))
    }

    fn date(self, day: Date) -> String {
        match self.language {
            Language::English => day.to_string(),
            Language::Japanese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }

    /// A whole number with its thousands grouped.
    pub(in crate::render) fn grouped(&self, value: f64) -> String {
        grouped(&format!("{:.0}", value.max(0.0)))
    }

    /// Names of the days, from Monday on.
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

    /// Clauses of one sentence, between semicolons.
    pub(in crate::render) fn clauses(&self, parts: impl IntoIterator<Item = String>) -> String {
        parts.into_iter().collect::<Vec<_>>().join(self.semicolon())
    }

    /// Several, as the language joins them.
    pub(in crate::render) fn list(&self, parts: impl IntoIterator<Item = String>) -> String {
        self.language.list(parts)
    }
}

/// The same text, with the marks of its arguments held back; those of a nested text are the catalogue's.
fn held_back(text: &Text) -> Text {
    match text {
        Text::Plain(value) => {
            Text::Plain(HELD_BACK.iter().fold(value.clone(), |value, (mark, held)| {
                value.replace(*mark, &held.to_string())
            }))
        }
        Text::Entry { id, arguments } => {
            let held = |argument: &Argument| match argument {
                Argument::Count(count) => Argument::Count(*count),
                Argument::Text(text) => Argument::Text(held_back(text)),
                Argument::List(texts) => Argument::List(texts.iter().map(held_back).collect()),
            };
            Text::Entry {
                id: id.clone(),
                arguments: arguments
                    .iter()
                    .map(|(name, argument)| (name.clone(), held(argument)))
                    .collect(),
            }
        }
    }
}

fn restored(part: &str) -> String {
    HELD_BACK
        .iter()
        .fold(part.to_owned(), |part, (mark, held)| {
            part.replace(*held, &mark.to_string())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::text;

    #[test]
    fn marks_are_the_catalogues_and_never_those_of_a_name() {
        let hostile = "a`b**c**`d";
        let line = Voice::new(Language::English).line(&text!(
            "not-billed-of-one",
            item = hostile,
            subject = hostile,
            why = "w"
        ));
        let expected = [
            Piece::Words(format!("{hostile} of ")),
            Piece::Name(hostile.to_owned()),
            Piece::Words(": w.".to_owned()),
        ];
        assert_eq!(line.0, expected);
        let line =
            Voice::new(Language::English).line(&text!("move-never-pays-back", months = 36_u32));
        assert!(
            line.0.contains(&Piece::Strong("never".to_owned())),
            "{line:?}"
        );
    }

    #[test]
    fn a_language_has_its_own_signs() {
        let (english, japanese) = (
            Voice::new(Language::English),
            Voice::new(Language::Japanese),
        );
        assert_eq!(
            (english.percent(0.193, 1), japanese.percent(0.193, 1)),
            ("19.3 %".to_owned(), "19.3%".to_owned())
        );
        let moment = "2026-01-05T09:05:30Z".parse().expect("a moment");
        assert_eq!(
            (english.moment(moment), japanese.moment(moment)),
            (
                "2026-01-05 09:05 UTC".to_owned(),
                "2026年1月5日 9:05（UTC）".to_owned()
            )
        );
        assert_eq!(
            (english.range(1, "2m"), japanese.range(1, "2m")),
            ("1 – 2m".to_owned(), "1～2m".to_owned())
        );
        assert_eq!(
            (
                english.day_named("2026-01-05"),
                japanese.day_named("2026-01-05")
            ),
            ("2026-01-05".to_owned(), "2026年1月5日".to_owned())
        );
        assert_eq!(japanese.day_named("yesterday"), "yesterday");
    }
}
