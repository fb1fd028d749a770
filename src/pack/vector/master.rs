//! The restricted master: how often to use each known pattern, in fractions, so that all demand is met
//! with the fewest bins; and the prices of the items that prove it.
//!
//! A revised simplex with a dense inverse of the basis. In floating point, which is enough: what is claimed in the end is proven in integers from
//! the prices, whatever they are.

use super::Budget;
use super::problem::{Pattern, Problem};

#[derive(Debug, Clone)]
pub(super) struct Master {
    rows: usize,
    patterns: Vec<Pattern>,
    /// `patterns[..]`, then what is covered beyond the demand of each type.
    basis: Vec<Variable>,
    /// The inverse of the basis, row by row.
    inverse: Vec<f64>,
    /// The basis' values, in its order.
    values: Vec<f64>,
    demand: Vec<f64>,
    prices: Vec<f64>,
    is_basic: Vec<bool>,
    pivots: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variable {
    Pattern(usize),
    Surplus(usize),
}

/// Reduced costs nearer to zero than this are noise.
const NOISE: f64 = 1e-9;
/// Pivots after which the inverse is computed anew.
const FRESH_AFTER: usize = 400;

impl Master {
    /// With one pattern for each type: as many copies as fit.
    pub(super) fn new(problem: &Problem, demand: &[f64]) -> Self {
        let rows = problem.types();
        let patterns: Vec<Pattern> = (0..rows)
            .map(|item| vec![(item, problem.most(item).max(1))])
            .collect();
        let copies = |item: usize| f64::from(problem.most(item).max(1));
        let mut inverse = vec![0.0; rows * rows];
        for item in 0..rows {
            inverse[item * rows + item] = 1.0 / copies(item);
        }
        Self {
            rows,
            basis: (0..rows).map(Variable::Pattern).collect(),
            inverse,
            values: (0..rows).map(|item| demand[item] / copies(item)).collect(),
            demand: demand.to_vec(),
            prices: (0..rows).map(|item| 1.0 / copies(item)).collect(),
            is_basic: vec![true; rows],
            patterns,
            pivots: 0,
        }
    }

    pub(super) fn add(&mut self, pattern: Pattern) {
        self.patterns.push(pattern);
        self.is_basic.push(false);
    }

    pub(super) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    pub(super) fn prices(&self) -> &[f64] {
        &self.prices
    }

    /// The value of the linear program: bins in fractions.
    pub(super) fn value(&self) -> f64 {
        self.demand
            .iter()
            .zip(&self.prices)
            .map(|(demand, price)| demand * price)
            .sum()
    }

    /// How often each used pattern is used.
    pub(super) fn uses(&self) -> Vec<(usize, f64)> {
        let used = self
            .basis
            .iter()
            .zip(&self.values)
            .filter_map(|(&variable, &value)| match variable {
                Variable::Pattern(pattern) if value > 1e-6 => Some((pattern, value)),
                _ => None,
            });
        let mut used: Vec<_> = used.collect();
        used.sort_by_key(|&(pattern, _)| pattern);
        used
    }

    pub(super) fn reduced_cost(&self, pattern: &Pattern) -> f64 {
        1.0 - pattern
            .iter()
            .map(|&(item, copies)| self.prices[item] * f64::from(copies))
            .sum::<f64>()
    }

    /// Primal simplex over the known patterns. Gives up quietly when the budget ends.
    pub(super) fn optimise(&mut self, budget: &Budget<'_>) {
        loop {
            let mut best: Option<(f64, Variable)> = None;
            for (index, pattern) in self.patterns.iter().enumerate() {
                if !self.is_basic[index] {
                    let cost = self.reduced_cost(pattern);
                    if cost < best.map_or(-NOISE, |(cost, _)| cost) {
                        best = Some((cost, Variable::Pattern(index)));
                    }
                }
            }
            for (item, &price) in self.prices.iter().enumerate() {
                if price < best.map_or(-NOISE, |(cost, _)| cost) {
                    best = Some((price, Variable::Surplus(item)));
                }
            }
            let Some((_, enters)) = best else { return };
            let column = self.column(enters);
            let mut leaves: Option<(f64, usize)> = None;
            for (row, &step) in column.iter().enumerate() {
                if step > 1e-7 {
                    let ratio = self.values[row].max(0.0) / step;
                    let is_better = leaves.is_none_or(|(least, at)| {
                        ratio < least - 1e-12 || (ratio < least + 1e-12 && step > column[at])
                    });
                    if is_better {
                        leaves = Some((ratio, row));
                    }
                }
            }
            let Some((_, row)) = leaves else { return };
            self.pivot(enters, row, &column);
            if budget.spend(self.cost()) {
                return;
            }
        }
    }

    fn cost(&self) -> u64 {
        u64::try_from((self.rows * self.rows + 4 * self.patterns.len()) / 1000)
            .unwrap_or(0)
            .max(1)
    }

    fn times_inverse(&self, right: &[f64]) -> Vec<f64> {
        self.inverse
            .chunks_exact(self.rows)
            .map(|line| line.iter().zip(right).map(|(a, b)| a * b).sum())
            .collect()
    }

    fn column(&self, variable: Variable) -> Vec<f64> {
        let line = |row: usize| &self.inverse[row * self.rows..(row + 1) * self.rows];
        match variable {
            Variable::Pattern(index) => {
                let pattern = &self.patterns[index];
                let at = |row: usize| {
                    pattern
                        .iter()
                        .map(|&(item, copies)| line(row)[item] * f64::from(copies))
                        .sum()
                };
                (0..self.rows).map(at).collect()
            }
            Variable::Surplus(item) => (0..self.rows).map(|row| -line(row)[item]).collect(),
        }
    }

    fn pivot(&mut self, enters: Variable, row: usize, column: &[f64]) {
        let cost = match enters {
            Variable::Pattern(index) => self.reduced_cost(&self.patterns[index]),
            Variable::Surplus(item) => self.prices[item],
        };
        if let Variable::Pattern(index) = self.basis[row] {
            self.is_basic[index] = false;
        }
        if let Variable::Pattern(index) = enters {
            self.is_basic[index] = true;
        }
        self.basis[row] = enters;
        self.pivots += 1;
        if self.pivots.is_multiple_of(FRESH_AFTER) && self.refresh() {
            return;
        }
        let rows = self.rows;
        let scale = 1.0 / column[row];
        let step = self.values[row] * scale;
        let line: Vec<f64> = self.inverse[row * rows..(row + 1) * rows]
            .iter()
            .map(|value| value * scale)
            .collect();
        for (other, &factor) in column.iter().enumerate() {
            if other != row && factor != 0.0 {
                self.values[other] -= factor * step;
                for (value, pivot) in self.inverse[other * rows..(other + 1) * rows]
                    .iter_mut()
                    .zip(&line)
                {
                    *value -= factor * pivot;
                }
            }
        }
        self.values[row] = step;
        for (price, pivot) in self.prices.iter_mut().zip(&line) {
            *price += cost * pivot;
        }
        self.inverse[row * rows..(row + 1) * rows].copy_from_slice(&line);
    }

    /// Computes inverse, values and prices from the basis alone; `false`, and nothing changed, where the
    /// basis is singular to working precision.
    fn refresh(&mut self) -> bool {
        let rows = self.rows;
        let width = 2 * rows;
        let mut work = vec![0.0; rows * width];
        for (column, &variable) in self.basis.iter().enumerate() {
            match variable {
                Variable::Pattern(index) => {
                    for &(item, copies) in &self.patterns[index] {
                        work[item * width + column] = f64::from(copies);
                    }
                }
                Variable::Surplus(item) => work[item * width + column] = -1.0,
            }
        }
        for row in 0..rows {
            work[row * width + rows + row] = 1.0;
        }
        for column in 0..rows {
            let best = (column..rows).max_by(|&a, &b| {
                work[a * width + column]
                    .abs()
                    .total_cmp(&work[b * width + column].abs())
            });
            let Some(best) = best.filter(|&row| work[row * width + column].abs() > 1e-9) else {
                return false;
            };
            if best != column {
                for at in column..width {
                    work.swap(column * width + at, best * width + at);
                }
            }
            let scale = 1.0 / work[column * width + column];
            work[column * width..(column + 1) * width]
                .iter_mut()
                .for_each(|value| *value *= scale);
            let line = work[column * width..(column + 1) * width].to_vec();
            for row in (0..rows).filter(|&row| row != column) {
                let factor = work[row * width + column];
                if factor != 0.0 {
                    for (value, pivot) in work[row * width..(row + 1) * width].iter_mut().zip(&line)
                    {
                        *value -= factor * pivot;
                    }
                }
            }
        }
        for row in 0..rows {
            self.inverse[row * rows..(row + 1) * rows]
                .copy_from_slice(&work[row * width + rows..(row + 1) * width]);
        }
        self.values = self.times_inverse(&self.demand);
        let mut prices = vec![0.0; rows];
        for (row, _) in self
            .basis
            .iter()
            .enumerate()
            .filter(|(_, variable)| matches!(variable, Variable::Pattern(_)))
        {
            for (price, value) in prices
                .iter_mut()
                .zip(&self.inverse[row * rows..(row + 1) * rows])
            {
                *price += value;
            }
        }
        self.prices = prices;
        true
    }
}
