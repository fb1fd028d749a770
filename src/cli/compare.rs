//! `eb2eks compare`

use super::arguments::{CompareArguments, DocumentFormat};
use super::explain::{print, read_plan};
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
            terminal::show(&render::comparison(&compared, &names, terminal::width()))?;
        }
        DocumentFormat::Json => print(render::json(&compared))?,
        DocumentFormat::Yaml => print(render::yaml(&compared))?,
    }
    Ok(Exit::Complete)
}
