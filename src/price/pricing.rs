//! What every line is priced with.

use super::bases::thousandths;
use super::{Driver, Levels, PriceBook, RangedPrice, ThreePoint, UnitPrice};
use crate::policy::{Level, Policy};
use crate::wording::text;

/// Prices, assumptions, and at which end of their ranges they are taken.
#[derive(Debug, Clone, Copy)]
pub struct Pricing<'a> {
    /// Unit prices with their sources.
    pub book: &'a PriceBook,
    /// What nobody can see in a snapshot: assumptions, agents, terms.
    pub policy: &'a Policy,
    /// Whether each uncertain number is taken at its low, expected or high value.
    pub levels: Levels,
    /// What the fleet may have grown by.
    pub growth: Growth,
}

/// Growth in a year, in thousandths of today's load, by the trends that the history shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Growth {
    /// In the low case: 0, or less where the fleet shrinks.
    pub low: i64,
    /// In the high case: 0, or more where it grows.
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

impl Pricing<'_> {
    /// The price of a spot hour: stated, else a share of on-demand.
    pub(super) fn spot(
        &self,
        region: &str,
        instance_type: &str,
        on_demand: UnitPrice,
    ) -> RangedPrice {
        if let Some(stated) = self.book.spot_hour(region, instance_type) {
            return self.adjusted(stated);
        }
        let shares = self
            .levels
            .of(Driver::Spot)
            .of(&self.policy.prices.spot_price_share)
            .map(thousandths);
        self.adjusted(on_demand)
            .times(shares, 1_000, text!("source-share-for-spot"))
    }

    /// By how much the fleet is taken to have grown.
    pub(super) fn growth_thousandths(&self) -> ThreePoint<i64> {
        self.levels.of(Driver::Growth).map(|level| {
            1_000
                + match level {
                    Level::Low => self.growth.low,
                    Level::Expected => 0,
                    Level::High => self.growth.high,
                }
        })
    }
}
