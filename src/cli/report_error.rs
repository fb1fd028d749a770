//! Errors on their way to the user.

#![expect(clippy::print_stderr, reason = "messages go to stderr")]

use super::Exit;
use super::terminal::printable;

/// A message, with its hint, and the exit code that goes with it.
#[derive(Debug)]
pub(super) struct CommandError {
    message: String,
    exit: Exit,
}

impl CommandError {
    pub(super) fn new(exit: Exit, message: impl ToString) -> Self {
        Self { message: message.to_string(), exit }
    }

    /// Prints it; control characters of hostile names stay visible but harmless.
    pub(super) fn tell(self) -> Exit {
        eprintln!("eb2eks: {}", printable(&self.message));
        self.exit
    }
}
