//! `eb2eks explain`: a plan and the name of an app in, every step to its numbers out.

use super::arguments::{DocumentFormat, ExplainArguments};
use super::read_plan::read_plan;
use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::render::{self, ExplainError, RenderError};

pub(super) fn run(arguments: &ExplainArguments) -> Result<Exit, CommandError> {
    let plan = read_plan(&arguments.plan)?;
    let (app, width) = (&arguments.app, terminal::width());
    match arguments.output {
        DocumentFormat::Table if arguments.options => terminal::show(
            &render::explain_options(&plan, app, arguments.language, width).map_err(unclear)?,
        )?,
        DocumentFormat::Table => terminal::show(
            &render::explain(&plan, app, arguments.language, width).map_err(unclear)?,
        )?,
        DocumentFormat::Json => print(render::json(&render::part(&plan, app).map_err(unclear)?))?,
        DocumentFormat::Yaml => print(render::yaml(&render::part(&plan, app).map_err(unclear)?))?,
    }
    Ok(Exit::Complete)
}

fn unclear(error: ExplainError) -> CommandError {
    CommandError::new(Exit::Usage, error)
}

/// Writes a document, if there is one.
pub(super) fn print(document: Result<String, RenderError>) -> Result<(), CommandError> {
    terminal::print(
        document
            .map_err(|error| CommandError::new(Exit::Failure, error))?
            .as_bytes(),
    )
}
