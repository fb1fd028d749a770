//! `eb2eks report`

use super::arguments::ReportArguments;
use super::report_error::CommandError;
use super::{Exit, explain, output_folder, terminal};
use crate::render;

pub(super) fn run(arguments: &ReportArguments) -> Result<Exit, CommandError> {
    output_folder::refuse_to_swallow(&arguments.out, [Some(arguments.plan.as_path())])?;
    output_folder::refuse_foreign(&arguments.out)?;
    let plan = explain::read_plan(&arguments.plan)?;
    let files = render::report_files(&plan, arguments.language)
        .map_err(|error| CommandError::new(Exit::Failure, error))?;
    output_folder::replace(&arguments.out, &files)?;
    terminal::tell(&format!(
        "wrote {} files to {}; read report.html first",
        files.len(),
        arguments.out.display()
    ));
    Ok(super::plan::exit_of_written(&plan))
}
