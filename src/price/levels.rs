//! What a bill depends on that nobody knows exactly, and at which end of its range each is taken.

use serde::{Deserialize, Serialize};

use super::ThreePoint;
use crate::policy::Level;
use crate::wording::{Text, text};

/// Something that moves money on both sides, or on one, and is a range.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Driver {
    /// What the requests of the apps will turn out to be.
    Sizing,
    /// What the fleet grows by in a year, as far as its history shows a trend.
    Growth,
    /// Prices from old lists and second hand.
    Prices,
    /// Connections and bytes of the requests that load balancers serve.
    Traffic,
    /// What apps write to CloudWatch Logs.
    Logs,
    /// What leaves private subnets.
    Nat,
    /// What spot instances cost.
    Spot,
    /// The fee of EKS Auto Mode.
    AutoMode,
    /// People's days of the move.
    Effort,
    /// How long both systems run.
    Parallel,
}

impl Driver {
    /// In the order in which reports name them.
    pub const ALL: [Self; 10] = [
        Self::Sizing,
        Self::Growth,
        Self::Prices,
        Self::Traffic,
        Self::Logs,
        Self::Nat,
        Self::Spot,
        Self::AutoMode,
        Self::Effort,
        Self::Parallel,
    ];

    /// A few words for a table.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Sizing => text!("driver-sizing"),
            Self::Growth => text!("driver-growth"),
            Self::Prices => text!("driver-prices"),
            Self::Traffic => text!("driver-traffic"),
            Self::Logs => text!("driver-logs"),
            Self::Nat => text!("driver-nat"),
            Self::Spot => text!("driver-spot"),
            Self::AutoMode => text!("driver-auto-mode"),
            Self::Effort => text!("driver-effort"),
            Self::Parallel => text!("driver-parallel"),
        }
    }

    const fn place(self) -> usize {
        match self {
            Self::Sizing => 0,
            Self::Growth => 1,
            Self::Prices => 2,
            Self::Traffic => 3,
            Self::Logs => 4,
            Self::Nat => 5,
            Self::Spot => 6,
            Self::AutoMode => 7,
            Self::Effort => 8,
            Self::Parallel => 9,
        }
    }
}

/// A level for every driver, in each of the three columns that a line of a bill has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Levels([ThreePoint<Level>; Driver::ALL.len()]);

impl Levels {
    /// Every driver over all of its range: what bills are made with.
    pub const RANGED: Self = Self(
        [ThreePoint {
            low: Level::Low,
            expected: Level::Expected,
            high: Level::High,
        }; Driver::ALL.len()],
    );

    /// Every driver where it is expected, so that lines have no range.
    pub const EXPECTED: Self = Self([ThreePoint::same(Level::Expected); Driver::ALL.len()]);

    /// The same but for one driver, which is at that level in every column.
    #[must_use]
    pub fn with(mut self, driver: Driver, level: Level) -> Self {
        if let Some(slot) = self.0.get_mut(driver.place()) {
            *slot = ThreePoint::same(level);
        }
        self
    }

    /// Where that driver is taken, in each column.
    #[must_use]
    pub fn of(&self, driver: Driver) -> ThreePoint<Level> {
        self.0
            .get(driver.place())
            .copied()
            .unwrap_or(ThreePoint::same(Level::Expected))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_driver_moves_and_the_others_stay() {
        for driver in Driver::ALL {
            let levels = Levels::EXPECTED.with(driver, Level::High);
            for other in Driver::ALL {
                assert_eq!(
                    levels.of(other) == ThreePoint::same(Level::High),
                    other == driver,
                    "{driver:?} {other:?}"
                );
            }
        }
    }
}
