//! Does a certificate prove what it claims?
//!
//! Comes in: a [`Certificate`], from a plan or a file. Goes out: what it proves, or why it proves
//! nothing. This room refuses to believe any number in it: loads, demands and the sum of prices are
//! added up again, and that no content of a bin costs more than `best_pattern` is proven again, by
//! arguments of its own. Invariants: a certificate of any content, however corrupt, gives an answer and
//! never a panic; every sum is in integers too wide to overflow; the work has a limit.

mod certificate_error;
mod dearest;
mod instance;
mod mixture;
mod packing;
mod single;
#[cfg(test)]
mod tests;
mod threshold;

pub use certificate_error::CertificateError;
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
