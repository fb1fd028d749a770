//! What nobody has measured: three numbers instead of one.

use serde::{Deserialize, Serialize};

/// Where in its range a number is taken. By what it costs: `Low` is cheap, `High` is dear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The end at which the bill is smallest.
    Low,
    /// What the bill counts with.
    Expected,
    /// The end at which the bill is largest.
    High,
}

/// A number that the operator knows or that has to be assumed: `{ low = 1, expected = 5, high = 20 }`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// The end at which the bill is smallest.
    pub low: f64,
    /// What the bill counts with.
    pub expected: f64,
    /// The end at which the bill is largest.
    pub high: f64,
}

impl Estimate {
    /// The number at that level.
    #[must_use]
    pub const fn at(&self, level: Level) -> f64 {
        match level {
            Level::Low => self.low,
            Level::Expected => self.expected,
            Level::High => self.high,
        }
    }

    /// Whether it is three numbers from 0 to `most`, in order.
    pub(super) fn is_sound(&self, most: f64) -> bool {
        self.low >= 0.0
            && self.low <= self.expected
            && self.expected <= self.high
            && self.high <= most
    }
}
