//! `eb2eks sample`: a seed, environments and days in, a snapshot of a made-up fleet out.

use super::Exit;
use super::arguments::SampleArguments;
use super::output_folder;
use super::report_error::CommandError;
use crate::sample::{self, Recipe};

pub(super) fn run(arguments: &SampleArguments) -> Result<Exit, CommandError> {
    let recipe = Recipe {
        environments: arguments.environments,
        days: arguments.days,
        seed: arguments.seed,
        end: arguments.end,
    };
    output_folder::create(&arguments.out, |folder| {
        sample::write_snapshot(&recipe, folder)
            .map_err(|error| CommandError::new(Exit::Failure, error))
    })?;
    Ok(Exit::Complete)
}
