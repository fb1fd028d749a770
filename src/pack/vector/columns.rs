//! Column generation: the bound of Gilmore & Gomory, and patterns that good packings are made of.
//!
//! The restricted master prices the items, the dearest pattern at these prices joins it, until none
//! costs more than a bin. Prices are smoothed towards the best bound so far (Wentges 1997; Pessoa et al.
//! 2018), without which they would jump for most of the time. Any prices bound (Farley 1990), so that
//! the search may end at any moment.

use super::Budget;
use super::bound::{Bound, Rule};
use super::master::Master;
use super::pricing::Pricer;
use super::problem::{Pattern, Problem};

/// Prices are integers of this many parts of a bin.
const BIN: u32 = 1_000_000;
/// Branch-and-bound nodes for a pattern that is only to be good.
const QUICK_NODES: u64 = 2_000;
/// And for the dearest one. Where items are tiny even that is not enough: then a bound that the tables
/// give stands in, and column generation ends a little early.
const EXACT_NODES: u64 = 400_000;
/// How near the prices stay to the best ones so far.
const SMOOTHING: f64 = 0.7;

pub(super) struct Columns<'a> {
    problem: &'a Problem,
    pub(super) master: Master,
    pricer: Pricer<'a>,
    most: Vec<u32>,
    /// The best prices, scaled so that no pattern costs more than 1.
    centre: Vec<f64>,
    centre_value: f64,
    pub(super) bound: Option<Bound>,
    /// No pattern can improve the master.
    pub(super) is_complete: bool,
}

impl<'a> Columns<'a> {
    /// Starts from patterns of known packings.
    pub(super) fn new(problem: &'a Problem, known: impl IntoIterator<Item = Pattern>) -> Self {
        let demand: Vec<u32> = (0..problem.types())
            .map(|item| problem.demand(item))
            .collect();
        let mut master = Master::new(problem, &perturbed(&demand));
        known.into_iter().for_each(|pattern| master.add(pattern));
        Self {
            problem,
            master,
            pricer: Pricer::new(problem),
            most: (0..problem.types())
                .map(|item| problem.most(item))
                .collect(),
            centre: vec![0.0; problem.types()],
            centre_value: 0.0,
            bound: None,
            is_complete: false,
        }
    }

    /// Adds patterns until the bound reaches `enough`, or can rise no more, or the budget ends.
    pub(super) fn generate(&mut self, enough: u32, rounds: usize, budget: &Budget<'_>) {
        for _ in 0..rounds {
            if budget.is_over() || self.is_complete {
                return;
            }
            self.master.optimise(budget);
            let value = self.master.value();
            let bins = self.bound.as_ref().map_or(0, |bound| bound.bins);
            if bins >= enough {
                return;
            }
            if f64::from(bins) >= value - 1e-6 {
                self.is_complete = true;
                return;
            }
            self.step(budget);
        }
    }

    /// One round: prices nearer and nearer to the master's, until a pattern improves it.
    fn step(&mut self, budget: &Budget<'_>) {
        let mut smoothing = if self.centre_value > 0.0 {
            SMOOTHING
        } else {
            0.0
        };
        loop {
            let prices = self.between(smoothing);
            let (mut is_better, mut is_exact) = self.price(&prices, QUICK_NODES, budget);
            if !is_better && !is_exact {
                (is_better, is_exact) = self.price(&prices, EXACT_NODES, budget);
            }
            if is_better || budget.is_over() {
                return;
            }
            if smoothing == 0.0 || !is_exact {
                self.is_complete = true;
                return;
            }
            smoothing = if smoothing > 0.2 {
                smoothing / 2.0
            } else {
                0.0
            };
        }
    }

    /// Looks for patterns at these prices: whether any improves the master, and whether the dearest was found.
    fn price(&mut self, prices: &[u32], nodes: u64, budget: &Budget<'_>) -> (bool, bool) {
        let found = self.pricer.dearest(prices, &self.most, 0, nodes, budget);
        self.learn(prices, found.at_most);
        let (mut is_better, is_exact) = (false, found.is_exact);
        for (_, pattern) in found.patterns.into_iter().rev().take(8) {
            if self.master.reduced_cost(&pattern) < -1e-7 {
                self.master.add(pattern);
                is_better = true;
            }
        }
        (is_better, is_exact)
    }

    /// Keeps the prices if they bound better than those before.
    fn learn(&mut self, prices: &[u32], at_most: u64) {
        let priced = prices
            .iter()
            .enumerate()
            .map(|(item, &price)| u64::from(price) * u64::from(self.problem.demand(item)));
        let value = as_float(priced.sum()) / as_float(at_most.max(1));
        if value <= self.centre_value {
            return;
        }
        self.centre_value = value;
        self.centre = prices
            .iter()
            .map(|&price| f64::from(price) / as_float(at_most.max(1)))
            .collect();
        let prices = prices.iter().map(|&price| u64::from(price)).collect();
        self.bound = Some(Bound::of(
            self.problem,
            Rule::Patterns,
            prices,
            at_most.max(1),
            self.pricer.weights().to_vec(),
        ));
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float-to-int casts saturate; any price is valid"
    )]
    fn between(&self, smoothing: f64) -> Vec<u32> {
        let price = |(&out, &centre): (&f64, &f64)| {
            ((centre * smoothing + out.max(0.0) * (1.0 - smoothing)) * f64::from(BIN)) as u32
        };
        self.master
            .prices()
            .iter()
            .zip(&self.centre)
            .map(price)
            .collect()
    }
}

/// A little more demand of each type, by other amounts, so that few of the basis' values are zero.
fn perturbed(demand: &[u32]) -> Vec<f64> {
    demand
        .iter()
        .enumerate()
        .map(|(item, &demand)| f64::from(demand) + 1e-8 * f64::from(scattered(item)))
        .collect()
}

/// From 1 to 1,000, without a pattern over neighbours.
fn scattered(item: usize) -> u32 {
    u32::try_from(item % (1 << 16))
        .unwrap_or(0)
        .wrapping_mul(2_654_435_761)
        % 1000
        + 1
}

#[expect(
    clippy::cast_precision_loss,
    reason = "guides the search; what is claimed is computed in integers"
)]
const fn as_float(number: u64) -> f64 {
    number as f64
}
