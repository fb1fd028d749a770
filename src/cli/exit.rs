//! How the program ends; the table of `docs/EXIT_CODES.md`. Codes are a promise to scripts.

use std::process::ExitCode;

/// One meaning, one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything that was asked for is done, and nothing is missing.
    Complete = 0,
    /// Something that should not happen, or the disk refused.
    Failure = 1,
    /// The command line or the policy is wrong.
    Usage = 2,
    /// Done and written, but something is unknown: environments, prices, parts of the snapshot.
    Incomplete = 3,
    /// No credentials, or they expired.
    Credentials = 4,
    /// AWS could not be reached.
    Network = 5,
    /// No plan is possible under the policy, or the check refused it: nothing was written.
    NoPlan = 6,
    /// The snapshot, or a plan to read, is missing, damaged or of another format.
    BadInput = 7,
    /// Ended by Ctrl-C, in order: 128 and the signal's number, as shells have it.
    Interrupted = 130,
    /// Ended by `kill` or a shutdown, in order.
    Terminated = 143,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
