//! What every line is priced with.

use super::{Driver, Levels, PriceBook, RangedPrice, UnitPrice};
use crate::policy::Policy;

/// Prices, assumptions, and at which end of their ranges they are taken.
#[derive(Debug, Clone, Copy)]
pub struct Pricing<'a> {
    /// Unit prices.
    pub book: &'a PriceBook,
    /// Assumptions, agents, terms.
    pub policy: &'a Policy,
    /// Of each driver.
    pub levels: Levels,
    /// What the fleet may have grown by.
    pub growth: Growth,
}

/// Growth in a year, in thousandths of today's load, by the trends that the history shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Growth {
    /// At most nothing.
    pub low: i64,
    /// At least nothing.
    pub high: i64,
}

impl<'a> Pricing<'a> {
    /// The same at other levels.
    #[must_use]
    pub const fn at(self, levels: Levels) -> Self {
        Self { levels, ..self }
    }

    /// A price with the ends of its doubt, as far as the levels ask for them.
    #[must_use]
    pub fn adjusted(&self, price: UnitPrice) -> RangedPrice {
        price.ranged(self.levels.of(Driver::Prices))
    }
}
