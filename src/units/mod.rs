//! The quantities that every room speaks in, as types that cannot be mixed up.
//!
//! Comes in: numbers from facts and policy. Goes out: newtypes whose arithmetic is exact where
//! exactness matters (money is integer) and whose text is the spelling of the tools that read it
//! (Kubernetes quantities, decimal dollars). This room refuses to know anything about Beanstalk,
//! EKS or AWS. Invariant: a value that was built is valid; parsing is the only way to fail.

mod kubernetes_name;
mod lines;
mod money;
mod near_names;
pub mod plain_words;
mod quantity;
mod resources;
mod typed;
mod unseen;

pub use kubernetes_name::{KubernetesName, KubernetesNames};
pub use lines::{line_at, line_of_record};
pub use money::{Money, MoneyError};
pub use near_names::near_names;
pub use quantity::Quantity;
pub use resources::{Bytes, Millicores, ParseQuantityError, Resources};
pub use typed::{positive_number, whole_number};
pub use unseen::{is_unseen, spelt};

/// Hours in a month by the convention of AWS's own price pages (365 x 24 / 12).
pub const HOURS_PER_MONTH: u32 = 730;

/// Divides and rounds up; a divisor of zero counts as one, so that "spread over nothing" is "all at once".
#[must_use]
pub const fn div_ceil(dividend: u32, divisor: u32) -> u32 {
    dividend.div_ceil(if divisor == 0 { 1 } else { divisor })
}
