//! Why a collection leaves no snapshot.

use std::path::PathBuf;

use super::accounts::AccountError;
use super::call_error::CallError;
use super::control::Stop;
use super::outcome::Outcome;
use super::remedy::remedy;
use super::work_folder::WorkFolderError;
use crate::snapshot::SnapshotError;

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// There are no credentials, or nobody answers.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// No place to work in.
    #[error(transparent)]
    WorkFolder(#[from] WorkFolderError),
    /// What was collected cannot be written.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The run ended before its work; everything that was answered is kept.
    #[error("stopped: {}; what has been answered is kept in {}", stop_text(.stop), .folder.display())]
    Stopped {
        /// What ended the run before its end.
        stop: Stop,
        /// Where it is kept.
        folder: PathBuf,
    },
    /// No region answered at all.
    #[error("nothing answered: {message}\nhint: {}", remedy(*.outcome, .message))]
    Nothing {
        /// In the words of the first.
        message: String,
        /// How the first ended.
        outcome: Outcome,
    },
    /// There are environments, and none is wanted.
    #[error(
        "the filters leave out all {0} environments that were seen\nhint: check --include and --exclude"
    )]
    Filtered(usize),
    /// Every region answered, and none has an environment.
    #[error(
        "no environment was seen, and {0} applications\nhint: Beanstalk answers a caller without permission with an empty list; eb2eks doctor compares it with EC2"
    )]
    Empty(usize),
    /// The system refused what an event loop needs.
    #[error("cannot start the event loop: {0}\nhint: too many open files?")]
    EventLoop(#[source] std::io::Error),
}

impl From<CallError> for CollectError {
    fn from(CallError { message, outcome }: CallError) -> Self {
        Self::Nothing { message, outcome }
    }
}

fn stop_text(stop: &Stop) -> String {
    match stop {
        Stop::Interrupted(_) => "interrupted".to_owned(),
        Stop::Expired { scope, message } => format!("{scope}: {message}"),
        Stop::Disk(error) => format!("the disk refused: {error}"),
    }
}
