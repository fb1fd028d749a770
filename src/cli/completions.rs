//! `eb2eks completions`: the name of a shell in, a script for it out.

use clap::CommandFactory;

use super::arguments::{Arguments, CompletionsArguments};
use super::report_error::CommandError;
use super::{Exit, terminal};

pub(super) fn run(arguments: &CompletionsArguments) -> Result<Exit, CommandError> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    // Into memory first: the crate panics where it cannot write, and a reader may hang up.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    terminal::print(&script)?;
    Ok(Exit::Complete)
}
