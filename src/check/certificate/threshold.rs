//! The argument for prices that follow sizes. Comes in: a certificate. Goes out: whether its prices need
//! no search. Invariant: where it holds, no content of a bin costs more than `best_pattern`.
//!
//! Take one measure of size of which a bin holds no more than C: a resource, or the mixture. If C is at
//! most `best_pattern`, no item costs more than C, and each that costs more than its size leaves less of
//! C than any other item with a price takes, then a bin holds either one such item (at most C), or only
//! items that cost no more than their size (together at most C).

use super::mixture::{mixture, whole};
use crate::plan::Certificate;

pub(super) fn holds(certificate: &Certificate) -> bool {
    let capacity = &certificate.capacity;
    let by_resource = (0..capacity.len()).any(|resource| {
        let sizes = certificate
            .items
            .iter()
            .map(|item| u128::from(item.sizes[resource]));
        holds_for(certificate, sizes, u128::from(capacity[resource]))
    });
    let weights = &certificate.bound.weights;
    let mixed = || {
        certificate
            .items
            .iter()
            .map(|item| mixture(&item.sizes, capacity, weights))
    };
    by_resource || holds_for(certificate, mixed(), whole(weights))
}

fn holds_for(certificate: &Certificate, sizes: impl Iterator<Item = u128>, whole: u128) -> bool {
    let priced = certificate
        .items
        .iter()
        .map(|item| u128::from(item.price))
        .zip(sizes);
    let priced: Vec<(u128, u128)> = priced.filter(|&(price, _)| price > 0).collect();
    let smallest = priced.iter().map(|&(_, size)| size).min().unwrap_or(0);
    whole <= u128::from(certificate.bound.best_pattern)
        && priced
            .iter()
            .all(|&(price, size)| price <= whole && (price <= size || size + smallest > whole))
}
