//! A number three times: at its cheap end, as expected, at its dear end.

use crate::policy::{Estimate, Level};
use crate::units::{Money, Quantity};

/// What one pass of pricing carries for everything that is a range, so that the ends of a line are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ThreePoint<T> {
    /// Where everything that is a range is cheap.
    pub low: T,
    /// What the bill counts with.
    pub expected: T,
    /// Where everything that is a range is dear.
    pub high: T,
}

impl<T: Copy> ThreePoint<T> {
    /// Something that is no range.
    #[must_use]
    pub const fn same(value: T) -> Self {
        Self {
            low: value,
            expected: value,
            high: value,
        }
    }

    /// Each of the three through `change`.
    #[must_use]
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> ThreePoint<U> {
        ThreePoint {
            low: change(self.low),
            expected: change(self.expected),
            high: change(self.high),
        }
    }

    /// Each of the three with that of `other`.
    #[must_use]
    pub fn with<U: Copy, V>(self, other: ThreePoint<U>, join: impl Fn(T, U) -> V) -> ThreePoint<V> {
        ThreePoint {
            low: join(self.low, other.low),
            expected: join(self.expected, other.expected),
            high: join(self.high, other.high),
        }
    }

    /// The one at that level.
    #[must_use]
    pub const fn at(self, level: Level) -> T {
        match level {
            Level::Low => self.low,
            Level::Expected => self.expected,
            Level::High => self.high,
        }
    }
}

impl<T: Copy> From<T> for ThreePoint<T> {
    fn from(value: T) -> Self {
        Self::same(value)
    }
}

impl ThreePoint<Level> {
    /// The estimate at each of these levels.
    #[must_use]
    pub fn of(self, estimate: &Estimate) -> ThreePoint<f64> {
        self.map(|level| estimate.at(level))
    }
}

impl ThreePoint<Quantity> {
    /// Whether there is some of it at any end.
    #[must_use]
    pub fn is_some(&self) -> bool {
        [self.low, self.expected, self.high]
            .iter()
            .any(|quantity| quantity.millionths() > 0)
    }

    /// A multiple of each.
    #[must_use]
    pub fn scaled(self, numerator: i64, denominator: i64) -> Self {
        self.map(|quantity| quantity.scaled(numerator, denominator))
    }

    /// Each and that of `other`.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        self.with(other, |one, other| {
            Quantity::from_millionths(one.millionths().saturating_add(other.millionths()))
        })
    }

    /// Each less that of `other`.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        self.with(other, |whole, part| {
            Quantity::from_millionths(whole.millionths() - part.millionths())
        })
    }
}

impl ThreePoint<Money> {
    /// Each less that of `other`.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        self.with(other, |whole, part| whole - part)
    }

    /// The smallest of the three.
    #[must_use]
    pub fn least(self) -> Money {
        self.low.min(self.expected).min(self.high)
    }

    /// The largest of the three.
    #[must_use]
    pub fn most(self) -> Money {
        self.low.max(self.expected).max(self.high)
    }
}
