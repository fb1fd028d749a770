//! `eb2eks man`: one manual page to the terminal, or those of all commands to a folder.

use std::collections::BTreeMap;

use clap_mangen::Man;

use super::arguments::ManArguments;
use super::report_error::CommandError;
use super::{Exit, help, output_folder, terminal};

pub(super) fn run(arguments: &ManArguments) -> Result<Exit, CommandError> {
    let mut command = help::command().disable_help_subcommand(true);
    command.build();
    match &arguments.out {
        None => terminal::print(&page(&Man::new(command))?)?,
        Some(out) => {
            let mut pages = BTreeMap::new();
            add(command, &mut pages)?;
            output_folder::create_with(out, &pages)?;
            terminal::tell(&format!(
                "wrote {} pages to {}; man -l shows one",
                pages.len(),
                out.display()
            ));
        }
    }
    Ok(Exit::Complete)
}

/// The page of `command` and those of its subcommands: `eb2eks-prices-refresh.1`.
fn add(command: clap::Command, pages: &mut BTreeMap<String, Vec<u8>>) -> Result<(), CommandError> {
    for subcommand in command
        .get_subcommands()
        .filter(|subcommand| !subcommand.is_hide_set())
    {
        add(subcommand.clone(), pages)?;
    }
    let man = Man::new(command);
    pages.insert(man.get_filename(), page(&man)?);
    Ok(())
}

fn page(man: &Man) -> Result<Vec<u8>, CommandError> {
    let mut text = Vec::new();
    man.render(&mut text)
        .map_err(|error| CommandError::new(Exit::Failure, error))?;
    Ok(text)
}
