//! Errors on their way to the user.

use super::Exit;

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

    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// How the program ends on it.
    pub(super) const fn exit(&self) -> Exit {
        self.exit
    }
}
