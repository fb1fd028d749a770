//! `eb2eks policy`

use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::policy;

pub(super) fn run() -> Result<Exit, CommandError> {
    terminal::print(policy::DEFAULTS.as_bytes())?;
    Ok(Exit::Complete)
}
