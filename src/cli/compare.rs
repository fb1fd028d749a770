//! `eb2eks compare`: plans in, what differs between them out.

use super::arguments::{CompareArguments, DocumentFormat};
use super::explain::print;
use super::read_plan::read_plan;
use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::plan;
use crate::render;

pub(super) fn run(arguments: &CompareArguments) -> Result<Exit, CommandError> {
    let plans = arguments
        .plans
        .iter()
        .map(|path| read_plan(path))
        .collect::<Result<Vec<_>, _>>()?;
    let compared =
        plan::compare(&plans).map_err(|error| CommandError::new(Exit::Failure, error))?;
    match arguments.output {
        DocumentFormat::Table => {
            let names: Vec<String> = arguments
                .plans
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            terminal::show(&render::comparison(
                &compared,
                &names,
                arguments.language,
                terminal::width(),
            ))?;
        }
        DocumentFormat::Json => print(render::json(&compared))?,
        DocumentFormat::Yaml => print(render::yaml(&compared))?,
    }
    // Where no table says it, who reads the document by machine is told as well.
    if !compared.same_snapshot && arguments.output != DocumentFormat::Table {
        terminal::tell(&arguments.language.say(&render::other_snapshots()));
    }
    Ok(Exit::Complete)
}
