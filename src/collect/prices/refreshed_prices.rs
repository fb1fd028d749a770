//! What a refresh came to.

use std::collections::BTreeMap;

use super::super::region::RegionName;
use super::super::wire::Tally;
use super::pick::ListPrice;

/// Prices that were read, and those that were not.
#[derive(Debug, Clone)]
pub struct RefreshedPrices {
    /// By key of the price book.
    pub prices: BTreeMap<String, ListPrice>,
    /// Every other key that was wanted, in the order of the keys.
    pub missing: Vec<MissingPrice>,
    /// By the service's clock: `2026-11-27`.
    pub day: String,
    /// The region whose price list was asked.
    pub endpoint: RegionName,
    /// How many questions there were.
    pub queries: usize,
    /// Products of the answers that are of another shape than the list documents; they were left out.
    pub unreadable: usize,
    /// What left for the network.
    pub calls: Tally,
}

/// A key without a price.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingPrice {
    /// As it was wanted.
    pub key: String,
    /// The reason, on one printable line.
    pub why: String,
}
