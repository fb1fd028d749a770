//! `eb2eks policy`, and the policy file of the other commands.

use std::path::Path;

use super::report_error::CommandError;
use super::{Exit, terminal};
use crate::disk;
use crate::policy::{self, Policy, PolicyError, Setting};

/// The defaults with all their comments have 40 KB.
const MOST_POLICY_BYTES: u64 = 16 << 20;

pub(super) fn run() -> Result<Exit, CommandError> {
    terminal::print(policy::DEFAULTS.as_bytes())?;
    Ok(Exit::Complete)
}

/// The policy in `path`, or the defaults.
pub(super) fn read(path: Option<&Path>) -> Result<Policy, CommandError> {
    read_with(path, &[])
}

/// The same, with settings of the command line laid over it.
pub(super) fn read_with(path: Option<&Path>, settings: &[Setting]) -> Result<Policy, CommandError> {
    let Some(path) = path else {
        return policy::read_with("defaults.toml", "", settings).map_err(hinted);
    };
    let text = disk::read_text(path, MOST_POLICY_BYTES).map_err(|error| {
        CommandError::new(Exit::Usage, format!("cannot read the policy {}: {error}\nhint: eb2eks policy > eb2eks.toml makes one to edit", path.display()))
    })?;
    policy::read_with(&path.display().to_string(), &text, settings).map_err(hinted)
}

/// A policy that is refused, and where to read what is allowed.
pub(super) fn hinted(error: PolicyError) -> CommandError {
    let hint = "eb2eks policy prints all keys with their meaning";
    CommandError::new(Exit::Usage, format!("{error}\nhint: {hint}"))
}
