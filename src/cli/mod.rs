//! The command line: arguments in, text on stdout, messages on stderr, files in one folder, an exit code.
//!
//! Comes in: what the user typed. Goes out: results on stdout (clean for machines), everything else on
//! stderr. This room refuses to compute: it reads, calls, writes. Invariant: an output folder is either
//! whole or not there.

mod arguments;
mod backtest;
mod backtest_table;
mod calibrate;
#[cfg(feature = "aws")]
mod collect;
mod compare;
mod completions;
#[cfg(feature = "aws")]
mod doctor;
mod exit;
mod explain;
mod help;
mod import;
mod man;
mod mistakes;
mod new_app;
mod next_commands;
mod output_folder;
mod panic_hook;
mod plan;
mod policy;
#[cfg(feature = "aws")]
mod prices;
mod progress;
mod read_plan;
mod replay;
mod report;
mod report_error;
mod rows;
mod sample;
mod schema;
mod simulate;
mod snapshot;
mod solve;
mod temporary_folder;
mod terminal;
mod verify_certificate;

pub use arguments::{Arguments, Command};
pub use exit::Exit;

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use clap::FromArgMatches;
use clap::error::ErrorKind;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    panic_hook::install();
    let typed: Vec<OsString> = env::args_os().collect();
    let parsed = help::command()
        .try_get_matches_from(&typed)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let exit = match parsed {
        Ok(arguments) => run(arguments).unwrap_or_else(|error| terminal::report(&error)),
        // Help and version are results. A closed pipe is the reader's choice.
        Err(error) if !error.use_stderr() => {
            drop(error.print());
            Exit::Complete
        }
        // Of a program that is given nothing, the help is the answer.
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            drop(error.print());
            Exit::Usage
        }
        Err(error) => {
            let message = mistakes::in_plain_words(&error, &help::command(), &typed);
            terminal::report(&report_error::CommandError::new(Exit::Usage, message))
        }
    };
    exit.into()
}

fn run(arguments: Arguments) -> Result<Exit, report_error::CommandError> {
    match arguments.command {
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::NewApp(arguments) => new_app::run(&arguments),
        Command::Backtest(arguments) => backtest::run(&arguments),
        Command::Policy => policy::run(),
        Command::Schema => schema::run(),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Sample(arguments) => sample::run(&arguments),
        Command::Solve(arguments) => solve::run(&arguments),
        Command::VerifyCertificate(arguments) => verify_certificate::run(&arguments),
        Command::Replay(arguments) => replay::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        #[cfg(feature = "aws")]
        Command::Collect(arguments) => collect::run(&arguments),
        #[cfg(feature = "aws")]
        Command::Prices { command } => prices::run(&command),
        #[cfg(feature = "aws")]
        Command::Doctor(arguments) => doctor::run(&arguments),
        #[cfg(feature = "aws")]
        Command::IamPolicy { roles } => doctor::iam_policy(&roles),
        #[cfg(not(feature = "aws"))]
        Command::Collect(_) => Err(not_built("collect")),
        #[cfg(not(feature = "aws"))]
        Command::Prices(_) => Err(not_built("prices")),
        #[cfg(not(feature = "aws"))]
        Command::Doctor(_) => Err(not_built("doctor")),
        #[cfg(not(feature = "aws"))]
        Command::IamPolicy(_) => Err(not_built("iam-policy")),
    }
}

/// What a build says that was made without what talks to AWS.
#[cfg(not(feature = "aws"))]
fn not_built(command: &str) -> report_error::CommandError {
    report_error::CommandError::new(
        Exit::Usage,
        format!(
            "this build has no eb2eks {command}: it was made without what talks to AWS (--no-default-features)\n\
             hint: cargo install --path . installs one that has it"
        ),
    )
}
