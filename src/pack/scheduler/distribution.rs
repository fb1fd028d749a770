//! How many nodes it takes, when chance has a say.

use std::ops::RangeInclusive;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Numbers of nodes that do in so many per cent of the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Distribution {
    /// In one of twenty: whoever tries once and is lucky needs no more. Absent where it was not asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p5: Option<u32>,
    /// Half of the orders take no more.
    pub p50: u32,
    /// In nineteen of twenty.
    pub p95: u32,
    /// In 99 of a hundred; of fewer orders: in all.
    pub p99: u32,
    /// How many orders were simulated at each number of nodes.
    pub orders: u32,
}

/// A number of nodes that is not a multiple of the zones may do worse than a smaller one that is: a search may
/// stop only after so many in a row.
const IN_A_ROW: usize = 3;

/// So many orders are enough to see where a search should begin.
const SCOUTS: u32 = 8;

impl Distribution {
    /// The number of nodes at 99, at 95, or for any other percentile at 50 %.
    #[must_use]
    pub const fn at(&self, percentile: u32) -> u32 {
        match percentile {
            99 => self.p99,
            95 => self.p95,
            _ => self.p50,
        }
    }

    /// Of a number that each order gives.
    pub(super) fn of(mut nodes: Vec<u32>) -> Self {
        nodes.sort_unstable();
        let orders = nodes.len();
        // The smallest number that is enough for so many per cent of them.
        let at = |percent: usize| {
            nodes
                .get((orders * percent).div_ceil(100).max(1) - 1)
                .copied()
                .unwrap_or(0)
        };
        Self {
            p5: Some(at(5)),
            p50: at(50),
            p95: at(95),
            p99: at(99),
            orders: u32::try_from(orders).unwrap_or(u32::MAX),
        }
    }

    /// Of a condition: `works` says whether in this order so many nodes do. A number counts as enough for `p` per
    /// cent if it, and every larger one, works in so many of the orders. None if `most` nodes are not enough. The
    /// search goes down to what does in one of twenty if `goes_down`, else in every second.
    pub(super) fn of_fewest(
        range: RangeInclusive<u32>,
        orders: u32,
        goes_down: bool,
        works: impl Fn(u32, u32) -> bool + Sync,
    ) -> Option<Self> {
        let (at_least, most) = range.into_inner();
        let nodes = fewest(at_least..=most, SCOUTS.min(orders), 100, &works)?;
        let successes = |nodes: u32| {
            (0..orders)
                .into_par_iter()
                .filter(|&order| works(nodes, order))
                .count()
        };
        // From there down until hardly any order works, and up until all do.
        let mut swept: Vec<(u32, usize)> = vec![(nodes, successes(nodes))];
        let lowest = if goes_down { 5 } else { 50 };
        let is_rare = |count: usize| count * 100 < lowest * orders as usize;
        while swept[0].0 > at_least
            && !(swept.len() > IN_A_ROW
                && swept
                    .iter()
                    .take(IN_A_ROW)
                    .all(|&(_, count)| is_rare(count)))
        {
            let below = swept[0].0 - 1;
            swept.insert(0, (below, successes(below)));
        }
        let is_settled = |swept: &[(u32, usize)]| {
            swept
                .iter()
                .rev()
                .take(IN_A_ROW)
                .all(|&(_, count)| count == orders as usize)
        };
        while !(swept.len() >= IN_A_ROW && is_settled(&swept)) {
            let above = swept.last().map_or(at_least, |&(nodes, _)| nodes + 1);
            if above > most {
                break;
            }
            swept.push((above, successes(above)));
        }
        let at = |percent: usize| {
            let enough = swept
                .iter()
                .rev()
                .take_while(|&&(_, count)| count * 100 >= percent * orders as usize);
            enough.last().map(|&(nodes, _)| nodes)
        };
        Some(Self {
            p5: if goes_down { Some(at(5)?) } else { None },
            p50: at(50)?,
            p95: at(95)?,
            p99: at(99)?,
            orders,
        })
    }
}

/// The fewest nodes with which at least `percent` of the orders work, if more nodes never do worse; found by
/// doubling steps and halving, each number given up as soon as too many orders failed.
pub(super) fn fewest(
    range: RangeInclusive<u32>,
    orders: u32,
    percent: u32,
    works: impl Fn(u32, u32) -> bool + Sync,
) -> Option<u32> {
    /// Orders that are tried together: not so many that a hopeless number of nodes costs much.
    const TOGETHER: u32 = 4;
    let allowed = orders - (orders * percent).div_ceil(100);
    let does = |nodes: u32| {
        let mut failed = 0;
        for first in (0..orders).step_by(TOGETHER as usize) {
            let together = first..(first + TOGETHER).min(orders);
            failed += together
                .into_par_iter()
                .filter(|&order| !works(nodes, order))
                .count();
            if failed > allowed as usize {
                return false;
            }
        }
        true
    };
    let (at_least, most) = range.into_inner();
    let (mut fails, mut nodes, mut step) = (at_least.saturating_sub(1), at_least, 1);
    while !does(nodes) {
        if nodes >= most {
            return None;
        }
        (fails, nodes) = (nodes, (nodes + step).min(most));
        step *= 2;
    }
    while nodes - fails > 1 {
        let middle = fails + (nodes - fails) / 2;
        if does(middle) {
            nodes = middle
        } else {
            fails = middle
        }
    }
    Some(nodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_numbers_are_numbers_that_occur() {
        let hundred = Distribution::of((1..=100).collect());
        assert_eq!(
            (hundred.p5, hundred.p50, hundred.p95, hundred.p99),
            (Some(5), 50, 95, 99)
        );
        let three = Distribution::of(vec![9, 7, 8]);
        assert_eq!(
            (three.p5, three.p50, three.p95, three.p99),
            (Some(7), 8, 9, 9)
        );
    }

    #[test]
    fn what_worked_once_is_not_what_works_always() {
        // Order `o` needs 10 + o nodes: of 100 orders, 5 % do with 14, half with 59, 95 % with 104, 99 % with 108.
        let found =
            Distribution::of_fewest(1..=1000, 100, true, |nodes, order| nodes >= 10 + order)
                .expect("enough nodes");
        assert_eq!(
            found,
            Distribution {
                p5: Some(14),
                p50: 59,
                p95: 104,
                p99: 108,
                orders: 100
            }
        );
    }

    #[test]
    fn a_number_counts_only_if_every_larger_one_is_as_good() {
        // 12 works always, 13 and 14 in every second order, from 15 on always.
        let works = |nodes: u32, order: u32| match nodes {
            0..=11 => false,
            13 | 14 => order.is_multiple_of(2),
            _ => true,
        };
        let found = Distribution::of_fewest(10..=100, 50, false, works).expect("enough nodes");
        assert_eq!((found.p50, found.p95), (12, 15));
    }

    #[test]
    fn the_fewest_is_found_wherever_it_is() {
        for needed in 1..70 {
            // Order 9 of ten needs one node more.
            let works = |nodes: u32, order: u32| nodes >= needed + u32::from(order == 9);
            assert_eq!(
                (
                    fewest(1..=100, 10, 90, works),
                    fewest(1..=100, 10, 91, works)
                ),
                (Some(needed), Some(needed + 1))
            );
        }
    }

    #[test]
    fn a_guard_ends_the_search() {
        assert_eq!(
            Distribution::of_fewest(1..=50, 10, true, |nodes, _| nodes > 50),
            None
        );
        assert_eq!(fewest(1..=50, 10, 90, |nodes, _| nodes > 50), None);
    }
}
