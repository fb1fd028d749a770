//! `eb2eks compare`

use super::arguments::{CompareArguments, CompareFormat};
use super::explain::read_plan;
use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::plan;
use crate::render;

pub(super) fn run(arguments: &CompareArguments) -> Result<Exit, CommandError> {
    let plans = arguments.plans.iter().map(|path| read_plan(path)).collect::<Result<Vec<_>, _>>()?;
    let compared = plan::compare(&plans).map_err(|error| CommandError::new(Exit::Failure, error))?;
    let text = match arguments.output {
        CompareFormat::Table => {
            let names: Vec<String> = arguments.plans.iter().map(|path| path.display().to_string()).collect();
            render::comparison(&compared, &names, terminal::width())
        }
        CompareFormat::Json => {
            serde_json::to_string_pretty(&compared).map(|text| text + "\n").map_err(|error| CommandError::new(Exit::Failure, error))?
        }
    };
    terminal::print(text.as_bytes())?;
    Ok(Exit::Complete)
}
