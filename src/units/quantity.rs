//! How much of something a bill line counts.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A non-negative count with six decimal places (hours, GiB-months), exact; in JSON a decimal string.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

impl Quantity {
    /// A quantity is an integer of millionths.
    pub const SCALE: i64 = 1_000_000;

    /// The value x 1,000,000.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// From parts per million.
    #[must_use]
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// To a thousandth, which is as exact as an estimate is; what is negative or no number is nothing.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "float-to-int casts saturate; the range was checked"
    )]
    pub fn estimated(value: f64) -> Self {
        const MOST: f64 = 4e9;
        if value.is_finite() && value > 0.0 {
            Self((value.min(MOST) * 1_000.0).round() as i64 * 1_000)
        } else {
            Self(0)
        }
    }

    /// `self` x `numerator` / `denominator`, rounded to the nearest millionth; a denominator below one is one.
    #[must_use]
    pub fn scaled(self, numerator: i64, denominator: i64) -> Self {
        let denominator = i128::from(denominator.max(1));
        let exact = i128::from(self.0) * i128::from(numerator) + denominator / 2;
        Self(
            i64::try_from(exact / denominator)
                .unwrap_or(i64::MAX)
                .max(0),
        )
    }

    /// For ratios; never for sums.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }
}

impl From<u32> for Quantity {
    fn from(count: u32) -> Self {
        Self(i64::from(count) * Self::SCALE)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / Self::SCALE, self.0 % Self::SCALE);
        if fraction == 0 {
            return f.pad(&whole.to_string());
        }
        f.pad(format!("{whole}.{fraction:06}").trim_end_matches('0'))
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let wrong = || {
            serde::de::Error::custom(format!(
                "\"{text}\" is not a quantity with at most six decimal places"
            ))
        };
        if fraction.len() > 6 {
            return Err(wrong());
        }
        let fraction = format!("{fraction:0<6}")
            .parse::<u32>()
            .map_err(|_| wrong())?;
        let whole = whole.parse::<u32>().map_err(|_| wrong())?;
        Ok(Self(i64::from(whole) * Self::SCALE + i64::from(fraction)))
    }
}

/// What is written: no more decimal places than the value has.
impl JsonSchema for Quantity {
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "How much of something, exact: a decimal string with at most six places.",
            "type": "string",
            "pattern": r"^[0-9]{1,13}(\.[0-9]{0,5}[1-9])?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_as_short_as_it_is_exact() {
        assert_eq!(Quantity::from(1460_u32).to_string(), "1460");
        assert_eq!(Quantity::from_millionths(12_500_000).to_string(), "12.5");
        let back: Quantity = serde_json::from_str("\"12.5\"").expect("a decimal string");
        assert_eq!(back, Quantity::from_millionths(12_500_000));
        assert!(serde_json::from_str::<Quantity>("\"-1\"").is_err());
        assert!(serde_json::from_str::<Quantity>("\"1.0000001\"").is_err());
    }
}
