//! `eb2eks report`: a plan in, its reports in a language out.

use super::arguments::ReportArguments;
use super::read_plan::read_plan;
use super::report_error::CommandError;
use super::{Exit, output_folder, terminal};
use crate::render;

pub(super) fn run(arguments: &ReportArguments) -> Result<Exit, CommandError> {
    output_folder::refuse_to_swallow(&arguments.out, [Some(arguments.plan.as_path())])?;
    output_folder::refuse_foreign(&arguments.out)?;
    let plan = read_plan(&arguments.plan)?;
    let files = render::report_files(&plan, arguments.language)
        .map_err(|error| CommandError::new(Exit::Failure, error))?;
    output_folder::replace(&arguments.out, &files)?;
    let (language, out) = (arguments.language, arguments.out.display());
    terminal::tell(&render::written(language, files.len(), &out));
    Ok(super::plan::exit_of_written(&plan, language))
}
