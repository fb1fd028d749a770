//! The terminal: its width, whether it shall be coloured, clean output, harmless names.

#![expect(clippy::disallowed_methods, reason = "the edge reads the environment")]

use std::env;
use std::io::{self, ErrorKind, IsTerminal, Write};

use super::Exit;
use super::report_error::CommandError;
use crate::disk;
use crate::render;
use crate::units::spelt;

/// Columns to fill where nobody says how many there are.
const DEFAULT_WIDTH: usize = 100;
/// Narrower than this, tables are unreadable however they are cut.
const LEAST_WIDTH: usize = 40;
/// Wider than this, lines are hard to follow.
const MOST_WIDTH: usize = 100;

/// Columns of stdout: of the terminal, else as `COLUMNS` says.
pub(super) fn width() -> usize {
    let of_terminal = console::Term::stdout()
        .size_checked()
        .map(|(_, columns)| usize::from(columns));
    width_of(of_terminal, env::var("COLUMNS").ok().as_deref())
}

fn width_of(terminal: Option<usize>, columns: Option<&str>) -> usize {
    let stated = || {
        columns?
            .trim()
            .parse()
            .ok()
            .filter(|&columns: &usize| columns > 0)
    };
    terminal
        .or_else(stated)
        .unwrap_or(DEFAULT_WIDTH)
        .clamp(LEAST_WIDTH, MOST_WIDTH)
}

/// Writes a text for people to stdout, with headings emphasised where that is wanted.
pub(super) fn show(text: &str) -> Result<(), CommandError> {
    if wants_emphasis(io::stdout().is_terminal(), |name| env::var(name).ok()) {
        print(render::emphasised(text).as_bytes())
    } else {
        print(text.as_bytes())
    }
}

/// By the conventions of <https://no-color.org> and <https://bixense.com/clicolors>, in this order.
fn wants_emphasis(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let is_on = |name: &str| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    let is_off = |name: &str, off: &str| variable(name).is_some_and(|value| value == off);
    if is_set("NO_COLOR") {
        return false;
    }
    is_on("CLICOLOR_FORCE") || (is_terminal && !is_off("TERM", "dumb") && !is_off("CLICOLOR", "0"))
}

/// Writes a result to stdout. A reader that hangs up early (`| head`) is no error.
pub(super) fn print(bytes: &[u8]) -> Result<(), CommandError> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let hint = "is the disk full, or the file behind it not yours?";
            Err(CommandError::new(
                Exit::Failure,
                format!(
                    "cannot write to stdout: {}\nhint: {hint}",
                    disk::in_words(&error)
                ),
            ))
        }
        _ => Ok(()),
    }
}

/// Writes a message to stderr. `eprintln!` would panic if nobody reads it any more (`2>&1 | head`), and
/// whom to tell then?
pub(super) fn tell(message: &str) {
    drop(writeln!(io::stderr().lock(), "{}", printable(message)));
}

/// Writes an error to stderr, and says how the program ends.
pub(super) fn report(error: &CommandError) -> Exit {
    tell(&format!("eb2eks: {}", error.message()));
    error.exit()
}

/// `text` with what a terminal would obey, and what nobody would see, spelt out; line breaks apart.
pub(super) fn printable(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(spelt).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_knows_its_width_best() {
        assert_eq!(width_of(Some(72), Some("90")), 72);
        assert_eq!(width_of(None, Some("90")), 90);
        assert_eq!(width_of(None, None), 100);
        assert_eq!(
            [Some("0"), Some(""), Some("wide"), Some("-5")].map(|columns| width_of(None, columns)),
            [100; 4]
        );
        assert_eq!(
            (width_of(Some(10), None), width_of(Some(300), None)),
            (40, 100)
        );
    }

    #[test]
    fn emphasis_is_only_where_it_is_wanted() {
        let wanted = |is_terminal: bool, set: &[(&str, &str)]| {
            wants_emphasis(is_terminal, |name| {
                set.iter()
                    .find(|(other, _)| *other == name)
                    .map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(wanted(true, &[]) && wanted(true, &[("TERM", "xterm-256color"), ("NO_COLOR", "")]));
        assert!(
            !wanted(false, &[])
                && !wanted(false, &[("CLICOLOR_FORCE", "0")])
                && !wanted(false, &[("CLICOLOR_FORCE", "")])
        );
        assert!(
            !wanted(true, &[("TERM", "dumb")])
                && !wanted(true, &[("CLICOLOR", "0")])
                && !wanted(true, &[("NO_COLOR", "1")])
        );
        assert!(
            wanted(false, &[("CLICOLOR_FORCE", "1")])
                && wanted(true, &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")])
        );
        assert!(
            !wanted(true, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "0")]),
            "whoever says no is heard"
        );
    }
}
