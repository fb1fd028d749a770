//! `eb2eks doctor` and `eb2eks iam-policy`

use super::report_error::CommandError;
use super::{Exit, policy, terminal};
use crate::collect::{self, DoctorArgs, DoctorError, Verdict};

pub(super) fn run(arguments: &DoctorArgs) -> Result<Exit, CommandError> {
    let policy = policy::read(None)?.collect;
    let (report, estimates) = collect::run(arguments, &policy).map_err(|error| {
        let exit = match error {
            DoctorError::EventLoop(_) => Exit::Failure,
            DoctorError::NoRegion | DoctorError::Region(_) | DoctorError::Bundle(_) => Exit::Usage,
        };
        CommandError::new(exit, error)
    })?;
    let width = u16::try_from(terminal::width()).unwrap_or(u16::MAX);
    let text = format!(
        "{}\n{}",
        collect::report_text(&report, width),
        collect::dry_text(&estimates)
    );
    terminal::print(terminal::printable(text.trim_end()).as_bytes())?;
    terminal::print(b"\n")?;
    Ok(match report.verdict() {
        Verdict::Ready => Exit::Complete,
        Verdict::Incomplete => Exit::Incomplete,
        Verdict::Credentials => Exit::Credentials,
        Verdict::Network => Exit::Network,
    })
}

pub(super) fn iam_policy(roles: &[String]) -> Result<Exit, CommandError> {
    let policy =
        collect::iam_policy(roles).map_err(|error| CommandError::new(Exit::Failure, error))?;
    terminal::print(format!("{policy}\n").as_bytes())?;
    Ok(Exit::Complete)
}
