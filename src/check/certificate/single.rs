//! The argument of one resource. Comes in: a certificate. Goes out: whether one resource alone keeps every
//! content within the claim. Invariant: where it holds, no content of a bin costs more than `best_pattern`.
//!
//! Items of one size and price are one row. Sizes are whole numbers of their greatest common divisor, so
//! that a table of the dearest content of every room, in that unit, is exact and small. The other resources
//! are forgotten, which can only add.

use std::collections::BTreeMap;

use crate::plan::Certificate;

/// Looks at a room of the table before it is not worth it.
const MOST_LOOKS: u64 = 500_000_000;
/// Rooms of the table: 16 megabytes.
const MOST_ROOM: u64 = 1 << 20;

pub(super) fn holds(certificate: &Certificate) -> bool {
    (0..certificate.capacity.len()).any(|resource| {
        dearest(certificate, resource)
            .is_some_and(|dearest| dearest <= u128::from(certificate.bound.best_pattern))
    })
}

/// What the dearest content costs that this resource allows; nothing where finding out takes too long.
fn dearest(certificate: &Certificate, resource: usize) -> Option<u128> {
    let mut rows: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for item in certificate.items.iter().filter(|item| item.price > 0) {
        *rows.entry((item.sizes[resource], item.price)).or_default() += u64::from(item.demand);
    }
    let unit = rows
        .keys()
        .fold(0, |unit, &(size, _)| common_divisor(unit, size))
        .max(1);
    let whole = certificate.capacity[resource] / unit;
    let fit = |size: u64, demand: u64| whole.checked_div(size / unit).map(|fit| fit.min(demand));
    // In lots of 1, 2, 4, … copies, each a look at every room.
    let lots = |fit: u64| u64::from(u64::BITS - fit.leading_zeros());
    let all: u64 = rows
        .iter()
        .filter_map(|(&(size, _), &demand)| fit(size, demand))
        .map(lots)
        .sum();
    // Where nothing with a price takes any, the table is of no room at all.
    let room = if all == 0 { 0 } else { whole };
    if room > MOST_ROOM || all.saturating_mul(room) > MOST_LOOKS {
        return None;
    }
    let width = usize::try_from(room).ok()?;
    let mut most = vec![0_u128; width + 1];
    let mut free = 0_u128;
    for ((size, price), demand) in rows {
        let Some(mut left) = fit(size, demand) else {
            free += u128::from(price) * u128::from(demand);
            continue;
        };
        let mut lot = 1;
        while left > 0 {
            let copies = left.min(lot);
            let (taken, gain) = (
                usize::try_from(copies * (size / unit)).ok()?,
                u128::from(price) * u128::from(copies),
            );
            for room in (taken..=width).rev() {
                most[room] = most[room].max(most[room - taken] + gain);
            }
            left -= copies;
            lot *= 2;
        }
    }
    Some(free + most[width])
}

fn common_divisor(mut one: u64, mut other: u64) -> u64 {
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one
}
