//! What `eb2eks --help` prints: the commands by purpose, in the order in which they are needed.

use clap::{Command, CommandFactory};

use super::arguments::Arguments;

/// The purposes, each with its commands.
const PURPOSES: [(&str, &[&str]); 6] = [
    ("Plan", &["plan", "explain", "replay", "compare", "report"]),
    ("Snapshots", &["sample", "import"]),
    (
        "AWS, read-only",
        &["iam-policy", "doctor", "collect", "prices"],
    ),
    ("During the move", &["calibrate", "new-app"]),
    (
        "Policy, formats, shell",
        &["policy", "schema", "completions", "man"],
    ),
    (
        "Research: the methods by themselves",
        &["backtest", "simulate", "solve", "verify-certificate"],
    ),
];

/// Columns of the longest name and the gap behind it.
const NAME_WIDTH: usize = 20;

/// The program's arguments, with help that groups its commands.
pub(super) fn command() -> Command {
    // As it is called in hints, whatever the file's name is.
    let command = Arguments::command().bin_name("eb2eks");
    let template = format!(
        "{{about}}\n\n{{usage-heading}} {{usage}}\n{}\nOptions:\n{{options}}{{after-help}}",
        listed(&command)
    );
    command.help_template(template)
}

fn listed(command: &Command) -> String {
    let line = |subcommand: &Command| {
        let name = subcommand.get_name();
        let about = subcommand.get_about().map(ToString::to_string);
        let missing = if subcommand.is_hide_set() {
            " (not in this build)"
        } else {
            ""
        };
        format!(
            "  {name:NAME_WIDTH$}{}{missing}\n",
            about.unwrap_or_default()
        )
    };
    PURPOSES
        .iter()
        .map(|(purpose, names)| {
            let there = names
                .iter()
                .filter_map(|name| command.find_subcommand(name));
            format!("\n{purpose}:\n{}", there.map(line).collect::<String>())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_one_purpose_and_fits_a_line() {
        let command = Arguments::command();
        let mut there: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        let mut grouped: Vec<&str> = PURPOSES
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        there.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(grouped, there);
        for line in listed(&command).lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
