//! A price and where it is from.

use crate::units::Money;

/// The price of one unit, or the knowledge that nobody knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPrice {
    /// In US dollars; absent if unknown.
    pub usd: Option<Money>,
    /// Where it is from; if unknown, the policy key that would provide it.
    pub source: String,
}
