//! What was asked, how often, and how often too fast.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::calls::Call;

/// Counts of one kind of call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Attempts that left, retries included.
    pub attempts: u64,
    /// Of these: refused for speed.
    pub throttled: u64,
    /// Of these: no whole answer (connection, time, cut off).
    pub broken: u64,
}

/// Shared by all clients of a run.
#[derive(Debug, Clone, Default)]
pub(in crate::collect) struct Ledger {
    tallies: Arc<Mutex<BTreeMap<Call, Tally>>>,
    /// The service's clock minus ours, in seconds, by the newest answer that carried a date.
    clock: Arc<Mutex<Option<i64>>>,
}

impl Ledger {
    pub(super) fn count(&self, call: Call, with: impl FnOnce(&mut Tally)) {
        with(
            self.tallies
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .entry(call)
                .or_default(),
        );
    }

    /// By call, in the order of the list.
    pub(in crate::collect) fn tallies(&self) -> BTreeMap<Call, Tally> {
        self.tallies
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn set_clock(&self, offset: i64) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = Some(offset);
    }

    /// Seconds by which the service's clock is ahead of ours; `None` until it has answered.
    pub(in crate::collect) fn clock(&self) -> Option<i64> {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
