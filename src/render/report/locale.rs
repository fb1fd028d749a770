//! How the report speaks: texts, money, dates and shares in its language.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::block::{Cell, Line, Piece};
use super::localisable::Localisable;
use crate::plan::Plan;
use crate::render::region_clock::RegionClock;
use crate::units::Money;
use crate::wording::dollars::{dollars, grouped};
use crate::wording::{Argument, Language, Text, text};

/// A report's language, and how it writes what is no word.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Locale {
    /// The language that everything is said in.
    pub(in crate::render) language: Language,
    /// What amounts without cents are shown in, if not in the dollars of the bills.
    currency: Option<OwnerCurrency>,
}

/// Another currency, at the policy's rate.
#[derive(Debug, Clone, Copy)]
struct OwnerCurrency {
    /// Its code by ISO 4217: `JPY`.
    code: [u8; 3],
    per_usd: Money,
}

/// Stand for the marks of an argument while a text is cut at those of the catalogue: of the private use area, which
/// no name that is shown contains.
const HELD_BACK: [(char, char); 2] = [('`', '\u{e000}'), ('*', '\u{e001}')];

impl Locale {
    /// That speaks this language.
    pub(in crate::render) const fn new(language: Language) -> Self {
        Self {
            language,
            currency: None,
        }
    }

    /// The same, with amounts that decide in the currency of the policy. Bills keep the dollars of AWS.
    pub(in crate::render) fn for_owner(self, plan: &Plan) -> Self {
        let shown = plan.economics.in_currency.as_ref().and_then(|shown| {
            Some(OwnerCurrency {
                code: shown.code.as_bytes().try_into().ok()?,
                per_usd: shown.per_usd,
            })
        });
        Self {
            currency: shown,
            ..self
        }
    }

    /// Whether amounts that decide are in another currency than those of the bills.
    pub(in crate::render) const fn is_converted(&self) -> bool {
        self.currency.is_some()
    }

    /// In words, without markup.
    pub(in crate::render) fn say<S: Localisable + ?Sized>(&self, said: &S) -> String {
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

    /// The same where every column says by its place what is a number; the catalogue marks such titles with a colon.
    pub(in crate::render) fn short_titles<const N: usize>(&self, titles: [Text; N]) -> [String; N] {
        self.titles(titles)
            .map(|title| title.trim_end_matches([':', '：']).to_owned())
    }

    /// Sentences one after the other.
    pub(in crate::render) fn sentences(
        &self,
        sentences: impl IntoIterator<Item = String>,
    ) -> String {
        let between = match self.language {
            Language::English => " ",
            Language::Japanese => "",
        };
        sentences.into_iter().collect::<Vec<_>>().join(between)
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

    /// Whole dollars, or whole units of the owner's currency: cents would claim what no plan knows.
    pub(in crate::render) fn whole_money(&self, amount: Money) -> String {
        self.shown(whole(self.converted(amount)))
    }

    /// To three digits of the larger amount `beside` it, so that the figures of a sentence are equally fine: `$4,900`
    /// beside `$10,100`.
    pub(in crate::render) fn about(&self, amount: Money, beside: Money) -> String {
        let units = whole(self.converted(beside)).unsigned_abs();
        let digits = units.checked_ilog10().unwrap_or(0);
        let step = 10_i64.pow(digits.saturating_sub(2));
        let amount = whole(self.converted(amount));
        let half = if amount < 0 { -step / 2 } else { step / 2 };
        let rounded = (amount + half) / step * step;
        // What is something is never shown as nothing.
        self.shown(if rounded == 0 { amount } else { rounded })
    }

    /// The same with its sign, for what changes: `+$146`, `-$1,761`.
    pub(in crate::render) fn signed_money(&self, amount: Money) -> String {
        let sign = if amount.is_negative() { "" } else { "+" };
        format!("{sign}{}", self.whole_money(amount))
    }

    /// An amount on the axes of figures: in the currency that is shown, so that axes are marked at its round numbers.
    pub(in crate::render) fn on_axis(&self, amount: Money) -> f64 {
        self.converted(amount).as_f64()
    }

    /// For figures: `-$100k`, `$1.5M`; yen in Japanese by ten thousands, as they are counted there.
    pub(in crate::render) fn short_money(&self, amount: Money) -> String {
        self.axis_mark(self.on_axis(amount))
    }

    /// What stands at a mark of an axis.
    pub(in crate::render) fn axis_mark(&self, amount: f64) -> String {
        let size = amount.abs();
        let is_yen = self
            .currency
            .is_some_and(|currency| &currency.code == b"JPY");
        let (value, unit) = match self.language {
            Language::English if size >= 1e6 => (amount / 1e6, "M"),
            Language::English if size >= 1e3 => (amount / 1e3, "k"),
            Language::Japanese if is_yen && size >= 1e8 => (amount / 1e8, "億"),
            Language::Japanese if is_yen && size >= 1e4 => (amount / 1e4, "万"),
            Language::English | Language::Japanese => (amount, ""),
        };
        let digits = if value.abs() >= 100.0 || unit.is_empty() {
            format!("{value:.0}")
        } else {
            format!("{value:.1}")
        };
        let digits = digits.strip_suffix(".0").unwrap_or(&digits);
        let (sign, digits) = digits
            .strip_prefix('-')
            .map_or(("", digits), |digits| ("-", digits));
        let digits = if unit.is_empty() {
            grouped(digits)
        } else {
            format!("{digits}{unit}")
        };
        self.marked(sign, &digits)
    }

    /// In the currency that is shown.
    fn converted(&self, amount: Money) -> Money {
        self.currency.map_or(amount, |currency| {
            amount.scaled(currency.per_usd.nanos(), Money::from_cents(100).nanos())
        })
    }

    fn shown(&self, units: i64) -> String {
        let sign = if units < 0 { "-" } else { "" };
        self.marked(sign, &grouped(&units.unsigned_abs().to_string()))
    }

    /// Digits with the sign of their currency, where the language has it.
    fn marked(&self, sign: &str, digits: &str) -> String {
        let Some(OwnerCurrency { code, .. }) = self.currency else {
            return format!("{sign}${digits}");
        };
        match (&code, self.language) {
            (b"JPY", Language::Japanese) => format!("{sign}{digits}円"),
            (b"JPY", Language::English) => format!("{sign}¥{digits}"),
            _ => format!("{} {sign}{digits}", String::from_utf8_lossy(&code)),
        }
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

    /// A moment to the minute, as clocks of the region show it: `2026-11-15 09:00 JST`, `2026年11月15日 9:00（JST）`.
    pub(in crate::render) fn moment(&self, moment: Timestamp, clock: &RegionClock) -> String {
        let (at, zone) = clock.at(moment);
        let (day, time) = (self.date(at.date()), at.time());
        match self.language {
            Language::English => format!("{day} {:02}:{:02} {zone}", time.hour(), time.minute()),
            Language::Japanese => format!("{day} {}:{:02}（{zone}）", time.hour(), time.minute()),
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

    /// Clauses of one sentence, between semicolons.
    pub(in crate::render) fn clauses(&self, parts: impl IntoIterator<Item = String>) -> String {
        parts.into_iter().collect::<Vec<_>>().join(self.semicolon())
    }

    /// Several, as the language joins them.
    pub(in crate::render) fn list(&self, parts: impl IntoIterator<Item = String>) -> String {
        self.language.list(parts)
    }
}

/// Units without their fraction, half away from zero.
fn whole(amount: Money) -> i64 {
    let unit = Money::from_cents(100).nanos();
    let half = if amount.is_negative() {
        -unit / 2
    } else {
        unit / 2
    };
    amount.nanos().saturating_add(half) / unit
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
        let line = Locale::new(Language::English).line(&text!(
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
            Locale::new(Language::English).line(&text!("move-never-pays-back", months = 36_u32));
        assert!(
            line.0.contains(&Piece::Strong("not".to_owned())),
            "{line:?}"
        );
    }

    #[test]
    fn figures_of_a_sentence_are_equally_fine_in_the_currency_of_their_owner() {
        let usd = |text: &str| text.parse::<Money>().expect("an amount");
        let dollars = Locale::new(Language::English);
        let about = |amount| dollars.about(usd(amount), usd("10062.76"));
        assert_eq!(
            ["10062.76", "4860.29", "-1224.84", "49.00"].map(about),
            ["$10,100", "$4,900", "-$1,200", "$49"]
        );
        let mut plan = crate::render::test_plan::hand_made();
        plan.economics.in_currency = Some(crate::plan::CurrencyTotals {
            code: "JPY".to_owned(),
            per_usd: usd("155.20"),
            rate_date: "2026-11-20".to_owned(),
            decimals: 0,
            rows: Vec::new(),
            today: Money::ZERO,
            after: Money::ZERO,
            saving: Money::ZERO,
            tax_today: Money::ZERO,
            tax_after: Money::ZERO,
        });
        let yen = Locale::new(Language::Japanese).for_owner(&plan);
        // 10,062.76 x 155.20 = 1,561,740.352
        assert_eq!(yen.whole_money(usd("10062.76")), "1,561,740円");
        assert_eq!(yen.about(usd("10062.76"), usd("10062.76")), "1,560,000円");
        assert_eq!(yen.short_money(usd("-10062.76")), "-156万円");
        assert_eq!(
            Locale::new(Language::English)
                .for_owner(&plan)
                .whole_money(usd("-1.00")),
            "-¥155"
        );
    }

    #[test]
    fn a_language_has_its_own_signs() {
        let (english, japanese) = (
            Locale::new(Language::English),
            Locale::new(Language::Japanese),
        );
        assert_eq!(
            (english.percent(0.193, 1), japanese.percent(0.193, 1)),
            ("19.3 %".to_owned(), "19.3%".to_owned())
        );
        let moment = "2026-01-05T09:05:30Z".parse().expect("a moment");
        assert_eq!(
            (
                english.moment(moment, &RegionClock::of_region("nowhere-1")),
                japanese.moment(moment, &RegionClock::of_region("ap-northeast-1"))
            ),
            (
                "2026-01-05 09:05 UTC".to_owned(),
                "2026年1月5日 18:05（JST）".to_owned()
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
