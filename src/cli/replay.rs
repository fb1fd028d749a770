//! `eb2eks replay`: a plan and a history in, what would have happened under other assumptions out.

use super::arguments::{DocumentFormat, ReplayArguments};
use super::explain::print;
use super::progress::Progress;
use super::read_plan::read_plan;
use super::report_error::CommandError;
use super::{Exit, snapshot, terminal};
use crate::plan;
use crate::policy;
use crate::render;

pub(super) fn run(arguments: &ReplayArguments) -> Result<Exit, CommandError> {
    let made = read_plan(&arguments.plan)?;
    let rules = policy::replay_with(&made.inputs.policy.replay, &arguments.settings)
        .map_err(super::policy::hinted)?;
    let snapshot = snapshot::read(&arguments.snapshot)?;
    let progress = Progress::new("reading history");
    let run = plan::replay_over(&made, &snapshot, &rules, &|share| progress.at(share));
    progress.end();
    let run = run.map_err(|error| CommandError::new(Exit::BadInput, error))?;
    match arguments.output {
        DocumentFormat::Table => {
            let is_own = made.inputs.files.iter().any(|file| {
                snapshot
                    .files
                    .iter()
                    .any(|other| other.name == "metrics.parquet" && other.sha256 == file.sha256)
            });
            terminal::show(&render::replay_run(
                &run,
                is_own,
                arguments.language,
                terminal::width(),
            ))?;
        }
        DocumentFormat::Json => print(render::json(&run))?,
        DocumentFormat::Yaml => print(render::yaml(&run))?,
    }
    Ok(Exit::Complete)
}
