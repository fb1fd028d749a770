//! Is the packing one? Comes in: a certificate. Goes out: its number of bins, or the bin or item that is
//! wrong. Refuses to trust any sum in it. Invariant: an accepted packing holds each item exactly as often
//! as it is wanted, and no bin more than it offers.

use super::CertificateError;
use crate::plan::Certificate;

pub(super) fn verify(certificate: &Certificate) -> Result<u64, CertificateError> {
    let mut packed = vec![0_u128; certificate.items.len()];
    let mut bins = 0_u64;
    for equal in &certificate.packing {
        bins += u64::from(equal.bins);
        let mut loads = vec![0_u128; certificate.capacity.len()];
        for &(position, copies) in &equal.content {
            let Some(item) = certificate.items.get(position) else {
                return Err(CertificateError::NoSuchItem {
                    position,
                    items: certificate.items.len(),
                });
            };
            packed[position] += u128::from(copies) * u128::from(equal.bins);
            for (load, &size) in loads.iter_mut().zip(&item.sizes) {
                *load += u128::from(size) * u128::from(copies);
            }
        }
        for (resource, (&load, &capacity)) in loads.iter().zip(&certificate.capacity).enumerate() {
            if load > u128::from(capacity) {
                return Err(CertificateError::Overfull {
                    resource: resource + 1,
                    load,
                    capacity,
                });
            }
        }
    }
    for (position, (item, &packed)) in certificate.items.iter().zip(&packed).enumerate() {
        if packed != u128::from(item.demand) {
            return Err(CertificateError::Demand {
                position,
                packed,
                demand: item.demand,
            });
        }
    }
    Ok(bins)
}
