//! What people size by today, written from what each peer documents.
//!
//! Comes in: the days that a rule may see. Goes out: a request in cores or bytes. These files leave out
//! what a peer does beside its rule (least requests, rounding, reactions to OOM kills, choosing an
//! instance type), and say so. Invariant: no peer knows what happened after its training.

pub(super) mod compute_optimizer;
pub(super) mod krr;
pub(super) mod plain;
mod vpa;

pub(super) use vpa::Vpa;

#[cfg(test)]
pub(super) mod examples {
    use crate::size::risk::{Resource, Usage};

    /// A history of `percent` at `period_seconds` on an instance that has `capacity`.
    pub(in crate::size::backtest) fn usage(
        resource: Resource,
        percent: &[f32],
        period_seconds: u32,
        capacity: f64,
    ) -> Usage {
        Usage::new(resource, percent.to_vec(), period_seconds, capacity)
    }

    /// Fits `rule` on all of `usage`.
    pub(in crate::size::backtest) fn fitted(
        usage: &Usage,
        rule: impl Fn(&crate::size::risk::Training<'_>) -> f64,
    ) -> f64 {
        rule(&usage.whole())
    }

    /// 1, 2, … `count`, in falling order: a rule has to sort for itself.
    pub(in crate::size::backtest) fn falling(count: u16) -> Vec<f32> {
        (1..=count).rev().map(f32::from).collect()
    }
}
