//! How long the search may go on, without reading a clock.

use std::cell::Cell;

/// What a search may use up: steps, which are the same on every machine, and a caller's wish to stop.
pub struct Budget<'a> {
    left: Cell<u64>,
    is_over: Cell<bool>,
    since_asked: Cell<u64>,
    stop: &'a dyn Fn() -> bool,
}

/// Steps after which the caller is asked again: about a tenth of a millisecond.
const ASK_EVERY: u64 = 100;

impl<'a> Budget<'a> {
    /// `steps` of about a thousand elementary operations each (a microsecond or less on a machine of 2026),
    /// and no more once `stop` says so.
    #[must_use]
    pub fn new(steps: u64, stop: &'a dyn Fn() -> bool) -> Self {
        Self {
            left: Cell::new(steps),
            is_over: Cell::new(false),
            since_asked: Cell::new(0),
            stop,
        }
    }

    /// Steps that are left.
    #[must_use]
    pub fn left(&self) -> u64 {
        if self.is_over.get() {
            0
        } else {
            self.left.get()
        }
    }

    /// A budget of at most so many of these steps, and the same wish to stop; what it uses is to be spent here, too.
    pub(in crate::pack) fn part(&self, steps: u64) -> Self {
        Self::new(steps.min(self.left()), self.stop)
    }

    /// Uses up steps; whether that was all.
    pub(in crate::pack) fn spend(&self, steps: u64) -> bool {
        let left = self.left.get().saturating_sub(steps);
        self.left.set(left);
        let asked = self.since_asked.get() + steps;
        if asked >= ASK_EVERY {
            self.since_asked.set(0);
            if (self.stop)() {
                self.is_over.set(true);
            }
        } else {
            self.since_asked.set(asked);
        }
        self.is_over()
    }

    pub(in crate::pack) fn is_over(&self) -> bool {
        self.is_over.get() || self.left.get() == 0
    }
}
