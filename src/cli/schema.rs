//! `eb2eks schema`: prints the JSON Schema of `plan.json`.

use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::plan;

pub(super) fn run() -> Result<Exit, CommandError> {
    let text = serde_json::to_string_pretty(&plan::schema())
        .map_err(|error| CommandError::new(Exit::Failure, error))?;
    terminal::print((text + "\n").as_bytes())?;
    Ok(Exit::Complete)
}
