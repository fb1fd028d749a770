//! What several lines say of their price and their quantity, and shares as bills count them.

use crate::wording::{Text, text};

/// The source of a price that a key of the policy states.
pub(super) fn policy_source(key: &str) -> Text {
    text!("source-policy", key = key)
}

/// How the hours of something that runs all the time were found.
pub(super) fn whole_month() -> Text {
    text!("basis-whole-month")
}

/// A share of the policy in thousandths.
#[expect(clippy::cast_possible_truncation, reason = "a share")]
pub(super) fn thousandths(share: f64) -> i64 {
    (share * 1_000.0).round() as i64
}
