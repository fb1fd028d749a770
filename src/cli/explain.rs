//! `eb2eks explain`

use std::path::{Path, PathBuf};

use super::arguments::{DocumentFormat, ExplainArguments};
use super::output_folder::MOST_PLAN_BYTES;
use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::disk;
use crate::plan::{PLAN_FORMAT, Plan};
use crate::render::{self, ExplainError, RenderError};

pub(super) fn run(arguments: &ExplainArguments) -> Result<Exit, CommandError> {
    let plan = read_plan(&arguments.plan)?;
    let (app, width) = (&arguments.app, terminal::width());
    match arguments.output {
        DocumentFormat::Table if arguments.options => {
            terminal::show(&render::explain_options(&plan, app, width).map_err(unclear)?)?
        }
        DocumentFormat::Table => {
            terminal::show(&render::explain(&plan, app, width).map_err(unclear)?)?
        }
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

/// Reads the plan in a folder or file.
pub(super) fn read_plan(place: &Path) -> Result<Plan, CommandError> {
    let path: PathBuf = if place.is_dir() {
        place.join("plan.json")
    } else {
        place.to_owned()
    };
    let bad = |message: String| CommandError::new(Exit::BadInput, message);
    let bytes = disk::read_regular(&path, MOST_PLAN_BYTES).map_err(|error| {
        let hint = "hint: make a plan first (eb2eks plan SNAPSHOT --out DIR), and name its folder with --plan DIR";
        bad(format!("cannot read {}: {error}\n{hint}", path.display()))
    })?;
    let other_format = |found: &str| {
        format!(
            "{} says format {found:?}, but this version reads \"{PLAN_FORMAT}\"\nhint: make the plan again with this version",
            path.display()
        )
    };
    #[derive(serde::Deserialize)]
    struct OnlyFormat {
        format: String,
    }
    match serde_json::from_slice::<OnlyFormat>(&bytes) {
        Ok(OnlyFormat { format }) if format != PLAN_FORMAT => Err(bad(other_format(&format))),
        _ => serde_json::from_slice(&bytes).map_err(|error| {
            bad(format!(
                "cannot understand {}: {error}\nhint: make the plan again",
                path.display()
            ))
        }),
    }
}
