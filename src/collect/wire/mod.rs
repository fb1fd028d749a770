//! Between the SDK's clients and the network: every attempt passes here, retries included.
//!
//! Comes in: a signed request. Goes out: a whole answer, or an error. On the way each attempt is checked
//! against the list of calls (what is not on it does not leave), waits for its turn below the service's
//! limits, is counted, and ends in time. An answer that was cut off in the middle is an error here: the
//! SDK's XML reader takes one for a success with fewer entries.

mod ledger;
mod paced_http_client;
mod paces;
mod rate_limiter;
mod signed_call;
mod trust;
mod whole;

pub(super) use ledger::Ledger;
pub use ledger::Tally;
pub(super) use paced_http_client::{Points, paced_http_client};
pub(super) use paces::{Pace, Paces};
pub use trust::BundleError;
pub(super) use trust::https;
pub(super) use whole::{CutOff, NotAnAnswer, TooFast};
