//! Does a certificate prove what it claims?
//!
//! Comes in: a [`Certificate`], from a plan or a file. Goes out: what it proves, or why it proves
//! nothing. This room refuses to believe any number in it: loads, demands and the sum of prices are
//! added up again, and that no content of a bin costs more than `best_pattern` is proven again, by
//! arguments of its own. Invariants: a certificate of any content, however corrupt, gives an answer and
//! never a panic; every sum is in integers too wide to overflow; the work has a limit.

mod dearest;
mod instance;
mod packing;
mod single;
#[cfg(test)]
mod tests;
mod threshold;

use std::fmt;

pub use instance::is_about;

use crate::plan::{CERTIFICATE_FORMAT, Certificate};
use crate::wording::{Text, text};

/// What a certificate proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProvenCertificate {
    /// A packing of everything has so many bins.
    pub bins: u64,
    /// No packing has fewer.
    pub bound: u64,
}

impl ProvenCertificate {
    /// Whether no packing has fewer bins than the one shown.
    #[must_use]
    pub const fn is_optimal(&self) -> bool {
        self.bins == self.bound
    }
}

/// Why a certificate proves nothing.
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

/// Far above what nodes offer, far below what 128 bits hold of products.
const MOST: u64 = 1 << 60;

/// What a certificate proves.
///
/// # Errors
/// The first thing in it that does not hold.
pub fn verify(certificate: &Certificate) -> Result<ProvenCertificate, CertificateError> {
    if certificate.format != CERTIFICATE_FORMAT {
        return Err(CertificateError::Format(
            certificate.format.chars().take(60).collect(),
        ));
    }
    shape(certificate)?;
    let bins = packing::verify(certificate)?;
    let bound = bound(certificate)?;
    Ok(ProvenCertificate { bins, bound })
}

fn shape(certificate: &Certificate) -> Result<(), CertificateError> {
    let resources = certificate.capacity.len();
    let same = |what: Text, len: usize| {
        if len == resources {
            Ok(())
        } else {
            Err(CertificateError::Length {
                what,
                len,
                resources,
            })
        }
    };
    let small = |what: Text, number: u64| {
        if number <= MOST {
            Ok(())
        } else {
            Err(CertificateError::TooLarge(what))
        }
    };
    same(
        text!("certificate-weights"),
        certificate.bound.weights.len(),
    )?;
    small(Text::plain("best_pattern"), certificate.bound.best_pattern)?;
    certificate
        .capacity
        .iter()
        .try_for_each(|&capacity| small(text!("certificate-capacity"), capacity))?;
    for (position, item) in certificate.items.iter().enumerate() {
        same(
            text!("certificate-item", position = position.to_string()),
            item.sizes.len(),
        )?;
        small(
            text!("certificate-price", position = position.to_string()),
            item.price,
        )?;
        item.sizes.iter().try_for_each(|&size| {
            small(
                text!("certificate-size", position = position.to_string()),
                size,
            )
        })?;
    }
    Ok(())
}

fn bound(certificate: &Certificate) -> Result<u64, CertificateError> {
    let stated = &certificate.bound;
    let (claimed, best_pattern) = (stated.bins, stated.best_pattern);
    let sum: u128 = certificate
        .items
        .iter()
        .map(|item| u128::from(item.price) * u128::from(item.demand))
        .sum();
    let proven = sum.div_ceil(u128::from(best_pattern.max(1)));
    if proven != u128::from(claimed) || best_pattern == 0 {
        return Err(CertificateError::Bound {
            claimed,
            sum,
            best_pattern,
            proven,
        });
    }
    if !threshold::holds(certificate) && !single::holds(certificate) {
        dearest::none_above(certificate)?;
    }
    Ok(u64::from(claimed))
}

/// The share of a bin's resources, weighed, that an item takes: rounded down, in millionths, so that what
/// fits a bin adds up to at most a million for each unit of weight.
fn mixture(sizes: &[u64], capacity: &[u64], weights: &[u64]) -> u128 {
    let share = |((&size, &capacity), &weight): ((&u64, &u64), &u64)| {
        let weight = u128::from(weight.min(MOST_WEIGHT));
        if capacity == 0 {
            0
        } else {
            u128::from(size) * weight * 1_000_000 / u128::from(capacity)
        }
    };
    sizes.iter().zip(capacity).zip(weights).map(share).sum()
}

/// Larger weights are read as this one: any weights are a valid argument.
const MOST_WEIGHT: u64 = 1 << 20;

/// What a whole bin is in the mixture.
fn whole(weights: &[u64]) -> u128 {
    weights
        .iter()
        .map(|&weight| u128::from(weight.min(MOST_WEIGHT)) * 1_000_000)
        .sum()
}
