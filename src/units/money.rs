//! Amounts of money as integers, so that sums are exact.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Quantity;

/// US dollars in billionths, so that a price per request is as exact as a yearly total.
///
/// A bill line is rounded to the cent once, where quantity meets price ([`Money::for_quantity`]);
/// every total is a sum of such lines, so that columns and rows reconcile to the cent in every
/// output. In JSON a decimal string: a float would lose what the integer keeps.
///
/// Beyond nine billion dollars sums stop at the largest amount. No estate costs that: the input is
/// nonsense, and the check, which sums in wider integers, refuses the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// A text that is no amount of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not an amount in US dollars; allowed are decimals with at most nine places (0.428)"
)]
pub struct MoneyError(pub String);

impl Money {
    /// An amount of nothing, which is known; what is not known is `None`.
    pub const ZERO: Self = Self(0);
    const NANOS_PER_DOLLAR: i64 = 1_000_000_000;
    const NANOS_PER_CENT: i64 = 10_000_000;

    /// The amount in cents, rounded half away from zero.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents.saturating_mul(Self::NANOS_PER_CENT))
    }

    /// Billionths of a dollar: for prices derived by arithmetic.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// The amount in billionths of a dollar: for those who re-derive sums in wider integers.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.0
    }

    /// `quantity` at `self` each, rounded half away from zero to the cent; `None` beyond nine billion dollars.
    #[must_use]
    pub fn for_quantity(self, quantity: Quantity) -> Option<Self> {
        // billionths x millionths, in 128 bits, so that nothing is rounded before the cent.
        let exact = i128::from(self.0) * i128::from(quantity.millionths());
        let per_cent = i128::from(Self::NANOS_PER_CENT) * i128::from(Quantity::SCALE);
        let half = if exact < 0 {
            -per_cent / 2
        } else {
            per_cent / 2
        };
        let cents = (exact + half) / per_cent;
        i64::try_from(cents * i128::from(Self::NANOS_PER_CENT))
            .ok()
            .map(Self)
    }

    /// The amount so many times; saturates at the ends of the integers.
    #[must_use]
    pub const fn times(self, count: i64) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// `self` x `numerator` / `denominator`, to the billionth, half away from zero; a denominator below one is one.
    #[must_use]
    pub fn scaled(self, numerator: i64, denominator: i64) -> Self {
        let exact = i128::from(self.0) * i128::from(numerator);
        let denominator = i128::from(denominator.max(1));
        let half = if exact < 0 {
            -(denominator / 2)
        } else {
            denominator / 2
        };
        i64::try_from((exact + half) / denominator)
            .map_or(Self(if exact < 0 { i64::MIN + 1 } else { i64::MAX }), Self)
    }

    /// To the nearest cent, half away from zero.
    #[must_use]
    pub const fn whole_cents(self) -> Self {
        let half = if self.0 < 0 {
            -Self::NANOS_PER_CENT / 2
        } else {
            Self::NANOS_PER_CENT / 2
        };
        Self(self.0.saturating_add(half) / Self::NANOS_PER_CENT * Self::NANOS_PER_CENT)
    }

    /// Whether it is a whole number of cents, as every bill line is.
    #[must_use]
    pub const fn is_whole_cents(self) -> bool {
        self.0 % Self::NANOS_PER_CENT == 0
    }

    /// Whether it is less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// For ratios (a saving as a share of today); never for sums.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::NANOS_PER_DOLLAR as f64
    }
}

/// `1234.50`: plain decimal, at least two places, as many as the value has.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.0.unsigned_abs();
        let (dollars, fraction) = (
            nanos / Self::NANOS_PER_DOLLAR.unsigned_abs(),
            nanos % Self::NANOS_PER_DOLLAR.unsigned_abs(),
        );
        let digits = format!("{fraction:09}");
        let shown = digits.trim_end_matches('0').len().max(2);
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}{dollars}.{}", &digits[..shown]))
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || MoneyError(text.to_owned());
        let (negative, digits) = text
            .strip_prefix('-')
            .map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty()
            || !all_digits(whole)
            || !all_digits(fraction)
            || fraction.len() > 9
            || digits.ends_with('.')
        {
            return Err(wrong());
        }
        let nanos = format!("{fraction:0<9}")
            .parse::<i64>()
            .map_err(|_| wrong())?;
        let dollars = whole.parse::<i64>().map_err(|_| wrong())?;
        dollars
            .checked_mul(Self::NANOS_PER_DOLLAR)
            .and_then(|value| value.checked_add(nanos))
            .map(|value| Self(if negative { -value } else { value }))
            .ok_or_else(wrong)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// What is written: plain decimals of two to nine places. What is read may have fewer.
impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "US dollars, exact: a decimal string, since a number of JSON would lose what it keeps.",
            "type": "string",
            "pattern": r"^-?[0-9]{1,10}\.[0-9]{2,9}$",
        })
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::ZERO, |sum, part| sum + part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Money {
        text.parse().expect("test amounts are well formed")
    }

    #[test]
    fn text_round_trips() {
        for text in ["0.00", "312.44", "0.000000001", "-17.74", "1234567.89"] {
            assert_eq!(usd(text).to_string(), text);
        }
        assert_eq!(usd("0.428").to_string(), "0.428");
        assert_eq!(usd("5").to_string(), "5.00");
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1e3",
            "+1",
            "1,000",
            "NaN",
            "0.0000000001",
            "99999999999999999999",
        ] {
            assert!(text.parse::<Money>().is_err(), "{text:?} must be refused");
        }
    }

    #[test]
    fn a_month_of_a_node_is_rounded_once_to_the_cent() {
        // c5.2xlarge in Tokyo: 0.428 x 730 = 312.44; two of them are exactly twice that.
        let month = Quantity::from(730_u32);
        assert_eq!(usd("0.428").for_quantity(month), Some(usd("312.44")));
        // 0.0243 x 730 = 17.739: up to 17.74. A negative amount is its mirror.
        assert_eq!(usd("0.0243").for_quantity(month), Some(usd("17.74")));
        assert_eq!(usd("-0.0243").for_quantity(month), Some(usd("-17.74")));
        // Half a cent goes away from zero.
        assert_eq!(
            usd("0.005").for_quantity(Quantity::from(1_u32)),
            Some(usd("0.01"))
        );
    }

    #[test]
    fn a_part_of_a_price_is_rounded_to_the_billionth() {
        assert_eq!(usd("0.428").scaled(3, 10), usd("0.1284"));
        assert_eq!(usd("1").scaled(2, 3), usd("0.666666667"));
        assert_eq!(usd("-1").scaled(2, 3), usd("-0.666666667"));
        assert_eq!(usd("1").scaled(1, 0), usd("1"));
    }

    #[test]
    fn an_amount_too_large_to_hold_is_none_not_a_wrong_number() {
        assert_eq!(usd("9000000000").for_quantity(Quantity::from(2_u32)), None);
    }
}
