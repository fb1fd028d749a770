//! What was typed and cannot be meant: said as every other error is, with a hint that names what there is.
//!
//! Comes in: an error of the parser of arguments, and what was typed. Goes out: a lowercase fragment, then a `hint:`
//! line whose options and commands exist in this build.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use crate::units::near_names;

/// What other programs call an option of ours.
const ALSO_CALLED: [(&str, &str); 8] = [
    ("format", "output"),
    ("json", "output"),
    ("language", "lang"),
    ("locale", "lang"),
    ("config", "policy"),
    ("dir", "out"),
    ("out-dir", "out"),
    ("recommended", "choose"),
];

/// Values that are listed; of more, only those that look alike.
const MOST_LISTED: usize = 10;

/// The message for `error`, which `typed` caused.
pub(super) fn in_plain_words(error: &Error, program: &Command, typed: &[OsString]) -> String {
    let mut program = program.clone();
    // Until it is built, an argument does not know how it is shown.
    program.build();
    let program = &program;
    let at = Place::of(program, typed);
    let told = match error.kind() {
        ErrorKind::InvalidSubcommand => no_such_command(error, &at),
        ErrorKind::UnknownArgument => no_such_argument(error, &at, program),
        ErrorKind::InvalidValue => no_such_value(error, &at),
        ErrorKind::ValueValidation => refused_value(error),
        ErrorKind::MissingRequiredArgument => missing(error, &at),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => too_few(error, &at),
        ErrorKind::ArgumentConflict => conflicting(error, &at),
        _ => None,
    };
    let (what, hint) = told.unwrap_or_else(|| {
        let text = error.render().to_string();
        let first = text.lines().next().unwrap_or_default();
        (first.trim_start_matches("error: ").to_owned(), at.help())
    });
    format!("{what}\nhint: {hint}")
}

/// The command that was being typed.
struct Place<'a> {
    command: &'a Command,
    /// `eb2eks plan`
    name: String,
}

impl<'a> Place<'a> {
    fn of(program: &'a Command, typed: &[OsString]) -> Self {
        let mut place = Self {
            command: program,
            name: program.get_name().to_owned(),
        };
        for word in typed.iter().skip(1).filter_map(|word| word.to_str()) {
            match place.command.find_subcommand(word) {
                Some(command) => {
                    place.command = command;
                    place.name = format!("{} {word}", place.name);
                }
                // An option before the command, or what the command is given.
                None if word.starts_with('-') || word == "help" => {}
                None => break,
            }
        }
        place
    }

    fn help(&self) -> String {
        let has_commands = self.command.has_subcommands();
        let what = if has_commands { "commands" } else { "options" };
        format!("{} --help lists the {what}", self.name)
    }

    fn options(&self) -> Vec<&'a str> {
        let visible = self
            .command
            .get_arguments()
            .filter(|arg| !arg.is_hide_set());
        visible.filter_map(Arg::get_long).collect()
    }

    /// The argument that the parser calls `shown`: `--out <DIR>`, `<SNAPSHOT>`
    fn argument(&self, shown: &str) -> Option<&'a Arg> {
        self.command
            .get_arguments()
            .find(|arg| arg.to_string() == shown)
    }
}

fn text(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text),
        _ => None,
    }
}

fn texts(error: &Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        Some(ContextValue::String(text)) => vec![text],
        _ => Vec::new(),
    }
}

/// `--out <DIR>` to `--out`, `<SNAPSHOT>` to `SNAPSHOT`
fn plain(shown: &str) -> String {
    let first = if shown.starts_with('-') {
        shown.split([' ', '=', '[']).next().unwrap_or(shown)
    } else {
        shown
    };
    first.replace(['<', '>', '[', ']'], "").replace("...", "…")
}

fn meant(names: &[&str]) -> Option<String> {
    (!names.is_empty()).then(|| format!("did you mean {}?", names.join(" or ")))
}

fn no_such_command(error: &Error, at: &Place<'_>) -> Option<(String, String)> {
    let asked = text(error, ContextKind::InvalidSubcommand)?;
    let names = at.command.get_subcommands().map(Command::get_name);
    let near = like(asked, names);
    let hint = meant(&near).map_or_else(|| at.help(), |meant| format!("{meant} {}", at.help()));
    Some((format!("there is no command \"{asked}\""), hint))
}

/// Names that differ by a slip, else those that begin as `asked` does or hold it.
fn like<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let names: Vec<&str> = names.collect();
    let near = near_names(asked, names.iter().copied());
    if !near.is_empty() || asked.len() < 3 {
        return near;
    }
    let alike = |name: &&str| name.contains(asked) || asked.contains(*name);
    names.into_iter().filter(alike).collect()
}

fn no_such_argument(error: &Error, at: &Place<'_>, program: &Command) -> Option<(String, String)> {
    let asked = text(error, ContextKind::InvalidArg)?;
    let Some(long) = asked
        .strip_prefix("--")
        .map(|long| long.split('=').next().unwrap_or(long))
    else {
        let what = if asked.starts_with('-') {
            format!("{} has no option {asked}", at.name)
        } else {
            format!("{} does not take \"{asked}\" as well", at.name)
        };
        return Some((what, at.help()));
    };
    let what = format!("{} has no option --{long}", at.name);
    let known = at.options();
    let called = ALSO_CALLED
        .iter()
        .find(|(other, ours)| *other == long && known.contains(ours));
    let near = called.map_or_else(
        || like(long, known.iter().copied()),
        |(_, ours)| vec![*ours],
    );
    let near: Vec<String> = near.iter().map(|name| format!("--{name}")).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    if let Some(meant) = meant(&near) {
        return Some((what, meant));
    }
    let elsewhere: Vec<String> = program
        .get_subcommands()
        .filter(|command| {
            command
                .get_arguments()
                .any(|arg| arg.get_long() == Some(long))
        })
        .map(|command| format!("eb2eks {}", command.get_name()))
        .collect();
    Some((
        what,
        if elsewhere.is_empty() {
            at.help()
        } else {
            format!("{} has it; {}", elsewhere.join(", "), at.help())
        },
    ))
}

fn no_such_value(error: &Error, at: &Place<'_>) -> Option<(String, String)> {
    let shown = text(error, ContextKind::InvalidArg)?;
    let value = text(error, ContextKind::InvalidValue)?;
    let allowed = texts(error, ContextKind::ValidValue);
    let name = plain(shown);
    let listed = format!("allowed are {}", allowed.join(", "));
    if value.is_empty() {
        let wanted = if allowed.is_empty() {
            at.argument(shown)
                .map_or_else(|| at.help(), |arg| described(arg, &name))
        } else {
            listed
        };
        return Some((format!("{name} is given without a value"), wanted));
    }
    let near = like(value, allowed.iter().copied());
    let hint = match meant(&near) {
        Some(meant) if allowed.len() <= MOST_LISTED => format!("{meant} {listed}"),
        Some(meant) => meant,
        None => listed,
    };
    Some((format!("\"{value}\" is no value of {name}"), hint))
}

fn refused_value(error: &Error) -> Option<(String, String)> {
    let name = plain(text(error, ContextKind::InvalidArg)?);
    let value = text(error, ContextKind::InvalidValue)?;
    let why = std::error::Error::source(error)?.to_string();
    Some(match why.split_once("\nhint: ") {
        // The project's own, with its hint.
        Some((why, hint)) => (format!("{name}: {why}"), hint.to_owned()),
        None => (format!("\"{value}\" is no value of {name}"), why),
    })
}

/// `--out DIR: folder to write`
fn described(arg: &Arg, name: &str) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let value = arg
        .get_value_names()
        .filter(|_| name.starts_with('-'))
        .and_then(|names| names.first())
        .map(|value| format!(" {value}"))
        .unwrap_or_default();
    format!("{name}{value}: {help}")
}

fn missing(error: &Error, at: &Place<'_>) -> Option<(String, String)> {
    let shown = texts(error, ContextKind::InvalidArg);
    let names: Vec<String> = shown.iter().map(|shown| plain(shown)).collect();
    let described: Vec<String> = shown
        .iter()
        .zip(&names)
        .filter_map(|(shown, name)| Some(described(at.argument(shown)?, name)))
        .collect();
    let hint = if described.is_empty() {
        at.help()
    } else {
        described.join("; ")
    };
    (!names.is_empty()).then(|| (format!("{} needs {}", at.name, names.join(" and ")), hint))
}

fn too_few(error: &Error, at: &Place<'_>) -> Option<(String, String)> {
    let name = plain(text(error, ContextKind::InvalidArg)?);
    let first = name.split(' ').next().unwrap_or(&name).to_owned();
    let number = |kind| match error.get(kind) {
        Some(ContextValue::Number(number)) => Some(*number),
        _ => None,
    };
    let least =
        number(ContextKind::MinValues).or_else(|| number(ContextKind::ExpectedNumValues))?;
    let given = number(ContextKind::ActualNumValues)?;
    Some((
        format!(
            "{} needs at least {least} of {first}, and {given} is given",
            at.name
        ),
        at.help(),
    ))
}

fn conflicting(error: &Error, at: &Place<'_>) -> Option<(String, String)> {
    let shown = text(error, ContextKind::InvalidArg)?;
    let others = texts(error, ContextKind::PriorArg);
    let name = plain(shown);
    Some(if others.contains(&shown) {
        (
            format!("{name} is given twice"),
            format!("{} takes it once", at.name),
        )
    } else {
        let others: Vec<String> = others.iter().map(|other| plain(other)).collect();
        (
            format!("{name} does not go with {}", others.join(", ")),
            at.help(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help;

    fn told(typed: &[&str]) -> Option<String> {
        let typed: Vec<OsString> = std::iter::once("eb2eks")
            .chain(typed.iter().copied())
            .map(OsString::from)
            .collect();
        let program = help::command();
        let error = program.clone().try_get_matches_from(&typed).err()?;
        error
            .use_stderr()
            .then(|| in_plain_words(&error, &program, &typed))
    }

    /// Every option of every command, given something that nobody means.
    #[test]
    fn no_option_answers_in_words_of_the_implementation() {
        let jargon = [
            "digit found",
            "literal",
            "non-zero",
            "..",
            "parse",
            "tzdb",
            "usize",
            "u32",
            "f64",
            "error:",
            "'-",
            "'<",
            "Usage:",
        ];
        let mut program = help::command();
        program.build();
        let mut asked = 0;
        for command in program.get_subcommands() {
            for arg in command
                .get_arguments()
                .filter(|arg| arg.get_action().takes_values())
            {
                let Some(long) = arg.get_long() else { continue };
                for value in [
                    "",
                    "@",
                    "-1",
                    "0",
                    "zwei",
                    "99999999999999999999999",
                    "1e999",
                ] {
                    let Some(told) = told(&[command.get_name(), &format!("--{long}={value}")])
                    else {
                        continue;
                    };
                    asked += 1;
                    let (what, hint) = told.split_once("\nhint: ").expect("a hint");
                    assert!(!what.is_empty() && !hint.is_empty(), "{told}");
                    assert!(!jargon.iter().any(|word| told.contains(word)), "{told}");
                }
            }
        }
        assert!(asked > 100, "{asked}");
    }

    #[test]
    fn what_was_meant_is_named() {
        for (typed, what, hint) in [
            (
                &["pln"][..],
                "there is no command \"pln\"",
                "did you mean plan?",
            ),
            (
                &["help", "pln"],
                "there is no command \"pln\"",
                "did you mean plan?",
            ),
            (
                &["plan", "s", "--outt", "x"],
                "eb2eks plan has no option --outt",
                "did you mean --out or --output?",
            ),
            (
                &["plan", "s", "--format", "json"],
                "no option --format",
                "did you mean --output?",
            ),
            (
                &["compare", "a", "b", "--set", "x=1"],
                "no option --set",
                "eb2eks plan, eb2eks replay has it",
            ),
            (
                &["plan", "s", "-o", "jsn"],
                "\"jsn\" is no value of --output",
                "did you mean json?",
            ),
            (
                &["plan", "s", "--out"],
                "--out is given without a value",
                "--out DIR: ",
            ),
            (&["plan"], "eb2eks plan needs SNAPSHOT", "SNAPSHOT: "),
            (
                &["compare", "a"],
                "eb2eks compare needs at least 2 of PLAN",
                "eb2eks compare --help",
            ),
            (
                &["plan", "s", "t"],
                "eb2eks plan does not take \"t\" as well",
                "eb2eks plan --help",
            ),
            (
                &["plan", "s", "--out", "a", "--out", "b"],
                "--out is given twice",
                "once",
            ),
            (
                &["calibrate", "p", "r", "--app", "a", "--pods", "0"],
                "\"0\" is no value of --pods",
                "1 or more",
            ),
        ] {
            let told = told(typed).expect("a mistake");
            let (said, hinted) = told.split_once("\nhint: ").expect("a hint");
            assert!(said.contains(what) && hinted.contains(hint), "{told}");
        }
    }
}
