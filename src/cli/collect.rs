//! `eb2eks collect`: a live estate in, a snapshot out; `--dry-run` only says what that would take.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::report_error::CommandError;
use super::{Exit, policy, terminal};
use crate::collect::{
    self, CollectArgs, CollectError, CollectionSummary, Observer, Outcome, Progress, Signal, Stage,
    Stop, WorkFolderError,
};
use crate::units::spelt;

pub(super) fn run(arguments: &CollectArgs) -> Result<Exit, CommandError> {
    let policy = policy::read(arguments.policy.as_deref())?.collect;
    if arguments.dry_run {
        let scopes = collect::dry_run(arguments, &policy).map_err(|error| failed(&error))?;
        terminal::print(terminal::printable(&collect::dry_text(&scopes)).as_bytes())?;
        return Ok(if scopes.iter().all(|scope| scope.estimate.is_ok()) {
            Exit::Complete
        } else {
            Exit::Incomplete
        });
    }
    let bars = Arc::new(ProgressBars::default());
    let collected = collect::collect(arguments, &policy, Arc::clone(&bars) as Arc<dyn Observer>);
    bars.end();
    let collected = collected.map_err(|error| failed(&error))?;
    terminal::print(terminal::printable(&collect::collected_text(&collected)).as_bytes())?;
    tell_what_is_next(&collected);
    Ok(if collected.is_complete() {
        Exit::Complete
    } else {
        Exit::Incomplete
    })
}

fn tell_what_is_next(collected: &CollectionSummary) {
    let out = collected.out.display();
    terminal::tell(&format!(
        "wrote {out}; next: eb2eks plan {out} --out eb2eks-out"
    ));
    if collected.may_continue {
        terminal::tell(&format!(
            "asking again may bring more: the same command asks only for what is missing ({out}.partial; remove it if you do not want to)"
        ));
    }
}

fn failed(error: &CollectError) -> CommandError {
    let exit = match error {
        CollectError::Account(_) | CollectError::Filtered(_) => Exit::Usage,
        CollectError::WorkFolder(error) if !matches!(error, WorkFolderError::Disk { .. }) => {
            Exit::Usage
        }
        CollectError::WorkFolder(_) | CollectError::Snapshot(_) | CollectError::EventLoop(_) => {
            Exit::Failure
        }
        CollectError::Stopped { stop, .. } => match stop {
            Stop::Interrupted(Signal::Interrupt) => Exit::Interrupted,
            Stop::Interrupted(Signal::Terminate) => Exit::Terminated,
            Stop::Expired { .. } => Exit::Credentials,
            Stop::Disk(_) => Exit::Failure,
        },
        CollectError::Nothing { outcome, .. } => match outcome {
            Outcome::Unreachable | Outcome::TimedOut => Exit::Network,
            outcome if outcome.stops() => Exit::Credentials,
            _ => Exit::Incomplete,
        },
        CollectError::Empty(_) => Exit::Incomplete,
    };
    match error {
        // The command that continues is the one that was typed.
        CollectError::Stopped { stop, .. } => {
            let login = if matches!(stop, Stop::Expired { .. }) {
                "log in again (aws sso login), then continue with"
            } else {
                "continue with"
            };
            let command: Vec<String> = std::env::args()
                .map(|word| collect::shell_word(&word))
                .collect();
            CommandError::new(
                exit,
                format!("{error}\nhint: {login}: {}", command.join(" ")),
            )
        }
        CollectError::Nothing { message, outcome } if outcome.stops() => CommandError::new(
            exit,
            format!(
                "no usable credentials: {message}\nhint: aws sso login, or name a profile with --profile; eb2eks doctor shows more"
            ),
        ),
        _ => CommandError::new(exit, error),
    }
}

/// A line for each stage of each scope: bars on a terminal, one line at its end elsewhere.
#[derive(Default)]
struct ProgressBars {
    all: MultiProgress,
    open: Mutex<BTreeMap<(String, Stage), ProgressBar>>,
}

impl ProgressBars {
    fn end(&self) {
        for bar in self
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
        {
            bar.finish_and_clear();
        }
    }

    fn is_seen(&self) -> bool {
        !self.all.is_hidden()
    }
}

impl Observer for ProgressBars {
    fn stage(&self, scope: &str, stage: Stage, progress: Progress) {
        let Progress {
            done,
            missed,
            total,
        } = progress;
        if !self.is_seen() {
            let said = match missed {
                _ if !progress.is_over() => return,
                0 => format!("{total} done"),
                _ => format!("{done} of {total} done, {missed} not answered in full"),
            };
            terminal::tell(&format!("{}: {}: {said}", spelt(scope), stage.name()));
            return;
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let bar = open.entry((scope.to_owned(), stage)).or_insert_with(|| {
            let bar = self.all.add(ProgressBar::new(0).with_message(format!(
                "{}: {}",
                spelt(scope),
                stage.name()
            )));
            if let Ok(style) =
                ProgressStyle::with_template("{msg:40} {wide_bar} {pos}/{len} {eta:>5}")
            {
                bar.set_style(style);
            }
            bar
        });
        bar.set_length(total as u64);
        bar.set_position((done + missed) as u64);
    }

    fn remark(&self, text: &str) {
        if self.is_seen() {
            drop(self.all.println(terminal::printable(text)));
        } else {
            terminal::tell(text);
        }
    }
}
