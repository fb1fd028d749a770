//! A price and where it is from.

use crate::policy::Level;
use crate::units::Money;
use crate::wording::{Text, text};

/// The price of one unit, or the knowledge that nobody knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPrice {
    /// In US dollars; absent if unknown.
    pub usd: Option<Money>,
    /// Where it is from; if unknown, the policy key that would provide it.
    pub source: Text,
    /// By how much it may be off, up or down, in thousandths: nothing for a list of this year.
    pub doubt: u32,
}

impl UnitPrice {
    /// A price that somebody states for sure.
    #[must_use]
    pub fn stated(usd: Money, source: impl Into<Text>) -> Self {
        Self {
            usd: Some(usd),
            source: source.into(),
            doubt: 0,
        }
    }

    /// The price at that end of what it may be.
    #[must_use]
    pub fn at(self, level: Level) -> Self {
        let off = i64::from(self.doubt);
        let thousandths = match level {
            Level::Low => 1_000 - off,
            Level::Expected => 1_000,
            Level::High => 1_000 + off,
        };
        Self {
            usd: self.usd.map(|usd| usd.scaled(thousandths, 1_000)),
            ..self
        }
    }

    /// The same price, with a remark on where it is from.
    #[must_use]
    pub fn remarked(self, remark: Text) -> Self {
        Self {
            source: text!("source-remarked", source = self.source, remark = remark),
            ..self
        }
    }

    /// A part or a multiple of it, said so in the source.
    #[must_use]
    pub fn times(self, numerator: i64, denominator: i64, why: Text) -> Self {
        Self {
            usd: self.usd.map(|usd| usd.scaled(numerator, denominator)),
            ..self
        }
        .remarked(why)
    }
}
