//! What the replay says of a plan that is only weighed, in the few numbers that choosing needs.

use crate::plan::economics::{Estate, Layout};
use crate::plan::replayed::{self, ReplayInput};
use crate::plan::{MemoryEnd, ReplayRun, ReplayVerdict, clusters};

impl ReplayVerdict {
    /// Of a run, beside that of the plan as asked, where that is another. The two may be of different lengths, so that
    /// what counts is how often something happened.
    fn of(run: &ReplayRun, asked: Option<&Self>) -> Self {
        let is_no_worse = |own: u64, asked_of: u64, asked: &Self| {
            u128::from(own) * u128::from(asked.app_minutes)
                <= u128::from(asked_of) * u128::from(run.app_minutes)
        };
        Self {
            kept: run.kept,
            passes: run.kept
                || asked.is_none_or(|asked| {
                    is_no_worse(run.starved_app_minutes, asked.starved_app_minutes, asked)
                        && is_no_worse(
                            run.evictions + run.kills,
                            asked.evictions + asked.kills,
                            asked,
                        )
                }),
            app_minutes: run.app_minutes,
            starved_app_minutes: run.starved_app_minutes,
            evictions: run.evictions,
            kills: run.kills,
        }
    }

    /// Of the plan as asked, which others are held against.
    pub(super) fn of_asked(run: &ReplayRun) -> Self {
        Self::of(run, None)
    }
}

/// Runs a layout over the last days of the history, as many as the plan as asked is tried on without having seen them,
/// with memory as it did most harm there: a dozen layouts over all of it, at both ends, would take minutes.
pub(super) fn of(estate: &Estate<'_>, layout: &Layout, asked: &ReplayRun) -> ReplayVerdict {
    let run = replayed(estate, layout, asked.memory.told);
    ReplayVerdict::of(&run, Some(&ReplayVerdict::of_asked(asked)))
}

fn replayed(estate: &Estate<'_>, layout: &Layout, end: MemoryEnd) -> ReplayRun {
    let fleet = estate.fleet;
    let loads = fleet
        .histories
        .loads_under(&layout.environments, &layout.policy);
    let window = fleet.histories.window();
    let from = replayed::last_days(window, layout.policy.replay.holdout_days);
    ReplayInput {
        environments: &layout.environments,
        clusters: &layout.clusters,
        loads: loads
            .iter()
            .map(|(name, load)| (*name, load.as_ref()))
            .collect(),
        zones: clusters::zones(fleet.site, fleet.network).len(),
        window,
        policy: &layout.policy,
    }
    .run_at(from, end)
}
