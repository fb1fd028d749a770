//! Errors on their way to the user.

use super::Exit;
use super::terminal;

/// A message, with its hint, and the exit code that goes with it.
#[derive(Debug)]
pub(super) struct CommandError {
    message: String,
    exit: Exit,
}

impl CommandError {
    pub(super) fn new(exit: Exit, message: impl ToString) -> Self {
        Self {
            message: message.to_string(),
            exit,
        }
    }

    /// Prints it to stderr, and says how the program ends.
    pub(super) fn tell(self) -> Exit {
        terminal::tell(&format!("eb2eks: {}", self.message));
        self.exit
    }
}
