//! `eb2eks new-app`: a plan and the shape of an app in, its manifests in a folder out.

use super::arguments::{NewAppArguments, NewAppShape};
use super::read_plan::read_plan;
use super::report_error::CommandError;
use super::{Exit, output_folder, terminal};
use crate::render::{self, NewAppError, NewAppKind};

pub(super) fn run(arguments: &NewAppArguments) -> Result<Exit, CommandError> {
    let plan = read_plan(&arguments.plan)?;
    let kind = match (arguments.kind, &arguments.schedule) {
        (NewAppShape::Service, _) => NewAppKind::Service,
        (NewAppShape::Job, _) => NewAppKind::Job,
        (NewAppShape::CronJob, Some(schedule)) => NewAppKind::CronJob {
            schedule: schedule.clone(),
        },
        (NewAppShape::CronJob, None) => {
            return Err(CommandError::new(
                Exit::Usage,
                "a cron job needs its times\nhint: --schedule \"0 3 * * *\", in UTC",
            ));
        }
    };
    let files =
        render::new_app(&plan, &arguments.like, &arguments.name, &kind).map_err(|error| {
            let exit = if matches!(error, NewAppError::Render(_)) {
                Exit::Failure
            } else {
                Exit::Usage
            };
            CommandError::new(exit, error)
        })?;
    output_folder::create_with(&arguments.out, &files)?;
    terminal::tell(&format!(
        "wrote {} files to {}",
        files.len(),
        arguments.out.display()
    ));
    Ok(Exit::Complete)
}
