//! Why a certificate proves nothing.

use std::fmt;

use crate::plan::CERTIFICATE_FORMAT;
use crate::wording::{Text, text};

/// The first thing in it that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateError {
    /// The document says another format than the one that is verified here; its format.
    Format(String),
    /// Rows of another length than the capacities.
    Length {
        /// Which bin or item is wrong.
        what: Text,
        /// How many numbers it has.
        len: usize,
        /// How many resources there are.
        resources: usize,
    },
    /// Numbers that no sum should have to hold.
    TooLarge(Text),
    /// A bin that holds what does not exist.
    NoSuchItem {
        /// Place of the bin in the document.
        position: usize,
        /// How many there are.
        items: usize,
    },
    /// A bin over capacity.
    Overfull {
        /// Number of the resource, from 1.
        resource: usize,
        /// What is in it.
        load: u128,
        /// What a bin holds of that resource.
        capacity: u64,
    },
    /// Not what was to be packed.
    Demand {
        /// Place of the item in the document, from 0.
        position: usize,
        /// In all bins together.
        packed: u128,
        /// How many of the item the document asks for.
        demand: u32,
    },
    /// The division does not give what is claimed.
    Bound {
        /// The bound that the document claims.
        claimed: u32,
        /// Of demand times price.
        sum: u128,
        /// The dearest pattern, as the document states it.
        best_pattern: u64,
        /// Their quotient, rounded up.
        proven: u128,
    },
    /// A bin can cost more than is claimed.
    Dearer {
        /// A content that was found.
        found: u128,
        /// The dearest pattern, as the document states it.
        best_pattern: u64,
    },
    /// Nothing was proven, nothing was refuted.
    Unsettled {
        /// The dearest pattern, as the document states it.
        best_pattern: u64,
        /// Steps after which the search was given up.
        steps: u64,
    },
}

impl CertificateError {
    /// Why it was refused, as a sentence.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Format(found) => {
                text!("refused-format", found = found, known = CERTIFICATE_FORMAT)
            }
            Self::Length {
                what,
                len,
                resources,
            } => {
                text!(
                    "refused-length",
                    what = what.clone(),
                    numbers = len.to_string(),
                    resources = *resources
                )
            }
            Self::TooLarge(what) => text!("refused-too-large", what = what.clone()),
            Self::NoSuchItem { position, items } => text!(
                "refused-no-such-item",
                position = position.to_string(),
                items = *items
            ),
            Self::Overfull {
                resource,
                load,
                capacity,
            } => {
                let (resource, load, capacity) =
                    (resource.to_string(), load.to_string(), capacity.to_string());
                text!(
                    "refused-overfull",
                    resource = resource,
                    load = load,
                    capacity = capacity
                )
            }
            Self::Demand {
                position,
                packed,
                demand,
            } => {
                let (position, packed, demand) =
                    (position.to_string(), packed.to_string(), demand.to_string());
                text!(
                    "refused-demand",
                    position = position,
                    packed = packed,
                    demand = demand
                )
            }
            Self::Bound {
                claimed,
                sum,
                best_pattern,
                proven,
            } => text!(
                "refused-bound",
                bins = *claimed,
                sum = sum.to_string(),
                best_pattern = best_pattern.to_string(),
                proven = proven.to_string()
            ),
            Self::Dearer {
                found,
                best_pattern,
            } => {
                text!(
                    "refused-dearer",
                    found = found.to_string(),
                    best_pattern = best_pattern.to_string()
                )
            }
            Self::Unsettled {
                best_pattern,
                steps,
            } => {
                text!(
                    "refused-unsettled",
                    best_pattern = best_pattern.to_string(),
                    steps = steps.to_string()
                )
            }
        }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for CertificateError {}
