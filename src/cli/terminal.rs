//! The terminal: its width, clean output, harmless names.

use std::io::{self, ErrorKind, Write};

use super::Exit;
use super::report_error::CommandError;
use crate::render;

/// Columns to fill where stdout is no terminal.
const DEFAULT_WIDTH: usize = 100;
/// Narrower than this, tables are unreadable however they are cut.
const LEAST_WIDTH: usize = 40;
/// Wider than this, lines are hard to follow.
const MOST_WIDTH: usize = 120;

/// Columns of stdout.
pub(super) fn width() -> usize {
    let columns = console::Term::stdout().size_checked().map_or(DEFAULT_WIDTH, |(_, columns)| usize::from(columns));
    columns.clamp(LEAST_WIDTH, MOST_WIDTH)
}

/// Writes a result to stdout. A reader that hangs up early (`| head`) is no error.
pub(super) fn print(bytes: &[u8]) -> Result<(), CommandError> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let hint = "is the disk full, or the file behind it not yours?";
            Err(CommandError::new(Exit::Failure, format!("cannot write to stdout: {error}\nhint: {hint}")))
        }
        _ => Ok(()),
    }
}

/// Writes a message to stderr. `eprintln!` would panic if nobody reads it any more (`2>&1 | head`), and
/// whom to tell then?
pub(super) fn tell(message: &str) {
    drop(writeln!(io::stderr().lock(), "{}", printable(message)));
}

/// `text` with what a terminal would obey made visible, line breaks apart.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if render::is_unseen(c) && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
