//! Numbers with a range, so that 15 for 15 % is an error and not a fifteenfold margin.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

macro_rules! ranged_number {
    ($(#[$doc:meta])* $name:ident, $range:expr, $message:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $name {
            /// The number, in its range.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = f64::deserialize(deserializer)?;
                let is_allowed: fn(f64) -> bool = $range;
                if is_allowed(value) { Ok(Self(value)) } else { Err(serde::de::Error::custom(format!(concat!("{} is out of range; ", $message), value))) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

ranged_number!(
    /// A part of a whole, 0 to 1.
    Share, |value| (0.0..=1.0).contains(&value), "allowed are shares from 0 to 1 (0.15 for 15 %)"
);
ranged_number!(
    /// Something added on top, 0 (nothing) to 3 (three times as much again).
    Margin, |value| (0.0..=3.0).contains(&value), "allowed are margins from 0 to 3 (0.15 for 15 %)"
);
ranged_number!(
    /// A factor of at least one.
    Factor, |value| (1.0..=10.0).contains(&value), "allowed are factors from 1 to 10"
);
ranged_number!(
    /// A utilisation, 0 to 100.
    Percent, |value| (0.0..=100.0).contains(&value), "allowed are percentages from 0 to 100"
);
ranged_number!(
    /// So many in a second.
    Rate, |value| (0.01..=1e9).contains(&value), "allowed are rates from 0.01 a second"
);
ranged_number!(
    /// A percentile from the median up; 100 is the maximum.
    Percentile, |value| (50.0..=100.0).contains(&value), "allowed are percentiles from 50 to 100 (99 or 99.5)"
);
