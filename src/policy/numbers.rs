//! Numbers with a range, so that 15 for 15 % is an error and not a fifteenfold margin.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

macro_rules! ranged_number {
    ($(#[$doc:meta])* $name:ident, $range:expr, $message:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(f64);

        impl $name {
            /// `value`, if it is in range.
            #[must_use]
            pub fn new(value: f64) -> Option<Self> {
                let is_allowed: fn(f64) -> bool = $range;
                is_allowed(value).then_some(Self(value))
            }

            /// The number, in its range.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = f64::deserialize(deserializer)?;
                Self::new(value).ok_or_else(|| serde::de::Error::custom(format!(concat!("{} is out of range; ", $message), value)))
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
    /// A probability that is taken on purpose.
    Risk, |value| (0.005..=0.5).contains(&value), "allowed are risks from 0.005 to 0.5 (0.1 for one week in ten)"
);
ranged_number!(
    /// Work beside other work, 0.1 (a tenth) to 10 times as much.
    Speed, |value| (0.1..=10.0).contains(&value), "allowed are speeds from 0.1 to 10 (1 for that of c5)"
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
