//! How many nodes it takes, when chance has a say.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Numbers of nodes that do in so many per cent of the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// In one of twenty: whoever tries once and is lucky needs no more.
    pub p5: u32,
    /// In every second.
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
    /// Of a number that each order gives.
    pub(super) fn of(mut nodes: Vec<u32>) -> Self {
        nodes.sort_unstable();
        let orders = nodes.len();
        // The smallest number that is enough for so many per cent of them.
        let at = |percent: usize| nodes.get((orders * percent).div_ceil(100).max(1) - 1).copied().unwrap_or(0);
        Self { p5: at(5), p50: at(50), p95: at(95), p99: at(99), orders: u32::try_from(orders).unwrap_or(u32::MAX) }
    }

    /// Of a condition: `works` says whether in this order so many nodes do. A number counts as enough for `p` per
    /// cent if it, and every larger one, works in so many of the orders. None if `most` nodes are not enough.
    pub(super) fn of_fewest(at_least: u32, most: u32, orders: u32, works: impl Fn(u32, u32) -> bool + Sync) -> Option<Self> {
        let successes = |nodes: u32, orders: u32| (0..orders).into_par_iter().filter(|&order| works(nodes, order)).count();
        let (mut nodes, mut step) = (at_least, 1);
        while successes(nodes, SCOUTS.min(orders)) < SCOUTS.min(orders) as usize {
            if nodes >= most {
                return None;
            }
            nodes = (nodes + step).min(most);
            step *= 2;
        }
        // From there down until hardly any order works, and up until all do.
        let mut swept: Vec<(u32, usize)> = vec![(nodes, successes(nodes, orders))];
        let is_rare = |count: usize| count * 20 < orders as usize;
        while swept[0].0 > at_least && !(swept.len() > IN_A_ROW && swept.iter().take(IN_A_ROW).all(|&(_, count)| is_rare(count))) {
            let below = swept[0].0 - 1;
            swept.insert(0, (below, successes(below, orders)));
        }
        let is_settled = |swept: &[(u32, usize)]| swept.iter().rev().take(IN_A_ROW).all(|&(_, count)| count == orders as usize);
        while !(swept.len() >= IN_A_ROW && is_settled(&swept)) {
            let above = swept.last().map_or(at_least, |&(nodes, _)| nodes + 1);
            if above > most {
                break;
            }
            swept.push((above, successes(above, orders)));
        }
        let at = |percent: usize| {
            let enough = swept.iter().rev().take_while(|&&(_, count)| count * 100 >= percent * orders as usize);
            enough.last().map(|&(nodes, _)| nodes)
        };
        Some(Self { p5: at(5)?, p50: at(50)?, p95: at(95)?, p99: at(99)?, orders })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_numbers_are_numbers_that_occur() {
        let hundred = Distribution::of((1..=100).collect());
        assert_eq!((hundred.p5, hundred.p50, hundred.p95, hundred.p99), (5, 50, 95, 99));
        let three = Distribution::of(vec![9, 7, 8]);
        assert_eq!((three.p5, three.p50, three.p95, three.p99), (7, 8, 9, 9));
    }

    #[test]
    fn what_worked_once_is_not_what_works_always() {
        // Order `o` needs 10 + o nodes: of 100 orders, 5 % do with 14, half with 59, 95 % with 104, 99 % with 108.
        let found = Distribution::of_fewest(1, 1000, 100, |nodes, order| nodes >= 10 + order).expect("enough nodes");
        assert_eq!(found, Distribution { p5: 14, p50: 59, p95: 104, p99: 108, orders: 100 });
    }

    #[test]
    fn a_number_counts_only_if_every_larger_one_is_as_good() {
        // 12 works always, 13 and 14 in every second order, from 15 on always.
        let works = |nodes: u32, order: u32| match nodes {
            0..=11 => false,
            13 | 14 => order.is_multiple_of(2),
            _ => true,
        };
        let found = Distribution::of_fewest(10, 100, 50, works).expect("enough nodes");
        assert_eq!((found.p50, found.p95), (12, 15));
    }

    #[test]
    fn a_guard_ends_the_search() {
        assert_eq!(Distribution::of_fewest(1, 50, 10, |nodes, _| nodes > 50), None);
    }
}
