//! The dearest pattern: which items fill one bin with the highest sum of prices. Exact, in integers.
//!
//! A branch and bound, items by price for their size. What it can still gain is bounded by tables: for
//! each resource alone, and for a mixture of all of them, the dearest filling of any room from any item
//! on (dynamic programming). Dropping the other resources, and rounding sizes down to the table's grid,
//! can only raise these values, so that the bound holds.

use super::Budget;
use super::bound::{MIXED, mixture};
use super::problem::{Pattern, Problem, give, take};

/// The dearest pattern that [`Pricer::dearest`] found.
#[derive(Debug, Clone)]
pub(super) struct Dearest {
    /// No pattern costs more.
    pub(super) at_most: u64,
    /// It is what the dearest one costs.
    pub(super) is_exact: bool,
    /// Patterns found on the way, the dearest last.
    pub(super) patterns: Vec<(u64, Pattern)>,
}

/// Finds dearest patterns for one price list after another.
#[derive(Debug)]
pub(super) struct Pricer<'a> {
    problem: &'a Problem,
    /// Weights of the resources in the mixture; kept, since the next price list is much like the last.
    weights: Vec<u64>,
}

/// Entries of a table, over all items: a few megabytes.
const TABLE_ENTRIES: usize = 500_000;
/// A finer grid would not pay.
const MOST_ROOM: u64 = 4096;
const LEAST_ROOM: u64 = 64;
/// Where there is but one resource, so fine a grid that it need not round makes the table exact.
pub(super) const EXACT_ROOM: u64 = 16_384;

impl<'a> Pricer<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self {
            problem,
            weights: vec![16; problem.resources()],
        }
    }

    /// The weights of the mixture of resources that bounded the last price list best.
    pub(super) fn weights(&self) -> &[u64] {
        &self.weights
    }

    /// The dearest pattern of at most `most` copies of each type, and in any case those above `floor`. Where
    /// the budget ends first, `at_most` is a bound that no pattern reaches.
    pub(super) fn dearest(
        &mut self,
        prices: &[u32],
        most: &[u32],
        floor: u64,
        nodes: u64,
        budget: &Budget<'_>,
    ) -> Dearest {
        let mut items: Vec<usize> = (0..self.problem.types())
            .filter(|&item| prices[item] > 0 && most[item] > 0)
            .collect();
        self.improve_weights(&items, prices, most);
        let mixed = |item: usize| mixture(self.problem, item, &self.weights);
        let ratio = |item: usize| f64::from(prices[item]) / as_float(mixed(item).max(1));
        items.sort_by(|&a, &b| ratio(b).total_cmp(&ratio(a)).then(a.cmp(&b)));
        let room = match self.problem.capacity() {
            &[alone] if alone <= EXACT_ROOM => alone,
            _ => u64::try_from(TABLE_ENTRIES / (items.len() + 1))
                .unwrap_or(MOST_ROOM)
                .clamp(LEAST_ROOM, MOST_ROOM),
        };
        let mut tables: Vec<Table> = Vec::new();
        let list: Vec<(u32, u32)> = items
            .iter()
            .map(|&item| (prices[item], most[item].min(self.problem.most(item))))
            .collect();
        for resource in 0..self.problem.resources() {
            let sizes = items.iter().map(|&item| self.problem.sizes(item)[resource]);
            tables.push(Table::of(
                &list,
                sizes,
                self.problem.capacity()[resource],
                room,
            ));
        }
        if self.problem.resources() > 1 {
            let capacity = MIXED * self.weights.iter().sum::<u64>();
            tables.push(Table::of(
                &list,
                items.iter().map(|&item| mixed(item)),
                capacity,
                room,
            ));
        }
        let mut search = Search {
            problem: self.problem,
            rooms: tables.iter().map(|table| table.room).collect(),
            free: self.problem.capacity().to_vec(),
            items: &items,
            list: &list,
            tables: &tables,
            chosen: Vec::new(),
            best: floor,
            found: Vec::new(),
            nodes: 0,
            most_nodes: nodes,
            budget,
            is_cut: false,
        };
        let all = search.at_most(0);
        search.from(0, 0);
        let at_most = if search.is_cut { all } else { search.best };
        budget.spend(u64::try_from(items.len()).unwrap_or(0) * room / 1000);
        Dearest {
            at_most,
            is_exact: !search.is_cut,
            patterns: search.found,
        }
    }

    /// A few steps towards the weights for which a bin filled in fractions by the mixture costs least.
    fn improve_weights(&mut self, items: &[usize], prices: &[u32], most: &[u32]) {
        if self.problem.resources() < 2 {
            return;
        }
        let mut shares: Vec<(f64, f64, f64)> = Vec::with_capacity(items.len());
        let mut value = |weights: &[u64]| {
            shares.clear();
            shares.extend(items.iter().map(|&item| {
                let size = as_float(mixture(self.problem, item, weights).max(1));
                let price = f64::from(prices[item]);
                (
                    price / size,
                    size,
                    f64::from(most[item].min(self.problem.most(item))),
                )
            }));
            shares.sort_by(|a, b| b.0.total_cmp(&a.0));
            let mut left = as_float(MIXED * weights.iter().sum::<u64>());
            let mut value = 0.0;
            for &(ratio, size, copies) in &shares {
                let used = left.min(size * copies);
                value += ratio * used;
                left -= used;
                if left <= 0.0 {
                    break;
                }
            }
            value
        };
        let mut best = value(&self.weights);
        for step in [8, 4, 2, 1] {
            for resource in 0..self.weights.len() {
                for is_up in [true, false] {
                    let mut tried = self.weights.clone();
                    tried[resource] = if is_up {
                        (tried[resource] + step).min(MOST_WEIGHT)
                    } else {
                        tried[resource].saturating_sub(step)
                    };
                    if tried == self.weights || tried.iter().all(|&weight| weight == 0) {
                        continue;
                    }
                    let tried_value = value(&tried);
                    if tried_value < best {
                        best = tried_value;
                        self.weights = tried;
                        break;
                    }
                }
            }
        }
    }
}

const MOST_WEIGHT: u64 = 64;

#[expect(
    clippy::cast_precision_loss,
    reason = "orders items and picks weights; the bound holds for any order and weights"
)]
const fn as_float(number: u64) -> f64 {
    number as f64
}

/// The dearest filling of any room with items from any position on, for one resource.
#[derive(Debug)]
struct Table {
    room: usize,
    sizes: Vec<usize>,
    /// Row by row: from which item on; then by room.
    values: Vec<u64>,
}

impl Table {
    fn of(
        list: &[(u32, u32)],
        sizes: impl Iterator<Item = u64>,
        capacity: u64,
        most_room: u64,
    ) -> Self {
        let room = capacity.min(most_room);
        let on_grid = |size: u64| {
            let size = u128::from(size) * u128::from(room) / u128::from(capacity.max(1));
            usize::try_from(size).unwrap_or(usize::MAX)
        };
        let sizes: Vec<usize> = sizes.map(on_grid).collect();
        let room = usize::try_from(room).unwrap_or(0);
        let width = room + 1;
        let mut values = vec![0_u64; (list.len() + 1) * width];
        for (row, (&(price, copies), &size)) in list.iter().zip(&sizes).enumerate().rev() {
            let (before, after) = values.split_at_mut((row + 1) * width);
            let (into, from) = (&mut before[row * width..], &after[..width]);
            into.copy_from_slice(from);
            // What takes no room is always taken, and all of it.
            if size == 0 {
                into.iter_mut()
                    .for_each(|value| *value += u64::from(copies) * u64::from(price));
                continue;
            }
            for copies in 1..=u64::from(copies) {
                let gain = copies * u64::from(price);
                let used = usize::try_from(copies)
                    .unwrap_or(usize::MAX)
                    .saturating_mul(size);
                if used > room {
                    break;
                }
                for (value, &rest) in into[used..].iter_mut().zip(from) {
                    *value = (*value).max(rest + gain);
                }
            }
        }
        Self {
            room,
            sizes,
            values,
        }
    }

    fn at(&self, row: usize, room: usize) -> u64 {
        self.values[row * (self.room + 1) + room]
    }
}

struct Search<'a> {
    problem: &'a Problem,
    items: &'a [usize],
    /// Price and most copies of each of `items`.
    list: &'a [(u32, u32)],
    tables: &'a [Table],
    free: Vec<u64>,
    rooms: Vec<usize>,
    chosen: Pattern,
    best: u64,
    found: Vec<(u64, Pattern)>,
    nodes: u64,
    most_nodes: u64,
    budget: &'a Budget<'a>,
    is_cut: bool,
}

impl Search<'_> {
    fn at_most(&self, row: usize) -> u64 {
        self.tables
            .iter()
            .zip(&self.rooms)
            .map(|(table, &room)| table.at(row, room))
            .min()
            .unwrap_or(0)
    }

    fn from(&mut self, start: usize, value: u64) {
        self.nodes += 1;
        if self.nodes >= self.most_nodes
            || (self.nodes.is_multiple_of(1 << 14) && self.budget.spend(1 << 10))
        {
            self.is_cut = true;
        }
        if value > self.best {
            self.best = value;
            let mut pattern = self.chosen.clone();
            pattern.sort_unstable();
            self.found.push((value, pattern));
        }
        for row in start..self.items.len() {
            if self.is_cut || value + self.at_most(row) <= self.best {
                return;
            }
            let item = self.items[row];
            let (price, most) = self.list[row];
            let mut copies = 0;
            while copies < most && self.problem.fits(item, &self.free) {
                self.add(row);
                copies += 1;
            }
            while copies > 0 {
                self.chosen.push((item, copies));
                self.from(row + 1, value + u64::from(price) * u64::from(copies));
                self.chosen.pop();
                self.remove(row);
                copies -= 1;
            }
        }
    }

    fn add(&mut self, row: usize) {
        take(&mut self.free, self.problem.sizes(self.items[row]));
        for (room, table) in self.rooms.iter_mut().zip(self.tables) {
            *room -= table.sizes[row];
        }
    }

    fn remove(&mut self, row: usize) {
        give(&mut self.free, self.problem.sizes(self.items[row]));
        for (room, table) in self.rooms.iter_mut().zip(self.tables) {
            *room += table.sizes[row];
        }
    }
}
