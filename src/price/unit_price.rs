//! A price and where it is from.

use super::ThreePoint;
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

    /// The price at each of these ends of what it may be.
    #[must_use]
    pub fn ranged(self, levels: ThreePoint<Level>) -> RangedPrice {
        let off = i64::from(self.doubt);
        let at = |level, usd: Money| match level {
            Level::Low => usd.scaled(1_000 - off, 1_000),
            Level::Expected => usd,
            Level::High => usd.scaled(1_000 + off, 1_000),
        };
        RangedPrice {
            usd: self.usd.map(|usd| levels.map(|level| at(level, usd))),
            source: self.source,
        }
    }
}

/// The price of one unit at both ends of what it may be, or the knowledge that nobody knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RangedPrice {
    /// In US dollars; absent if unknown.
    pub usd: Option<ThreePoint<Money>>,
    /// Where it is from; if unknown, the policy key that would provide it.
    pub source: Text,
}

impl From<&UnitPrice> for RangedPrice {
    fn from(price: &UnitPrice) -> Self {
        price.clone().ranged(ThreePoint::same(Level::Expected))
    }
}

impl From<&RangedPrice> for RangedPrice {
    fn from(price: &RangedPrice) -> Self {
        price.clone()
    }
}

impl RangedPrice {
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
    pub fn times(self, numerators: ThreePoint<i64>, denominator: i64, why: Text) -> Self {
        let part = |usd: ThreePoint<Money>| {
            usd.with(numerators, |usd, numerator| {
                usd.scaled(numerator, denominator)
            })
        };
        Self {
            usd: self.usd.map(part),
            ..self
        }
        .remarked(why)
    }
}
