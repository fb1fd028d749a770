//! Whether a run goes on.

use std::io;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use super::call_error::CallError;
use super::outcome::Outcome;

/// Why a run ended before its work was done. What it has learnt stands in the journals.
#[derive(Debug)]
#[non_exhaustive]
pub enum Stop {
    /// Somebody asked for it.
    Interrupted(Signal),
    /// Credentials that were good are no longer: whose, and in whose words.
    Expired {
        /// Profile or role, and region.
        scope: String,
        /// What happened, on one printable line.
        message: String,
    },
    /// A file could not be written.
    Disk(io::Error),
}

/// What asked the program to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C in the terminal.
    Interrupt,
    /// SIGTERM: a `kill`, or a shutdown.
    Terminate,
}

/// Shared by all tasks of a run; the first reason to stop is the one that counts.
#[derive(Debug, Default)]
pub(super) struct Control {
    stop: Mutex<Option<Stop>>,
    changed: Notify,
}

impl Control {
    pub(super) fn stop(&self, why: Stop) {
        self.stop
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(why);
        self.changed.notify_waiters();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Returns when there is a reason to stop.
    pub(super) async fn stopped(&self) {
        loop {
            let changed = self.changed.notified();
            if self.is_stopped() {
                return;
            }
            changed.await;
        }
    }

    /// The reason, once; a later call finds none.
    pub(super) fn take(&self) -> Option<Stop> {
        self.stop
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Stops the run if `refused` says that credentials have ended. Those that never were good stop only
    /// the scope that they belong to.
    pub(super) fn look_at(&self, refused: &CallError, scope: &str) {
        if refused.outcome == Outcome::CredentialsExpired {
            self.stop(Stop::Expired {
                scope: scope.to_owned(),
                message: refused.message.clone(),
            });
        }
    }
}
