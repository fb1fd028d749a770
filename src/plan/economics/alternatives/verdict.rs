//! What the replay says of a plan that is only weighed, in the few numbers that choosing needs.

use super::Asked;
use crate::plan::economics::{Estate, Layout};
use crate::plan::replayed::{self, FewerNodes, ToReplay};
use crate::plan::{ReplayRun, ReplayVerdict, clusters};
use crate::policy::Policy;

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

/// Runs a layout over the last days of the history, as many as the plan as asked is tried on without having seen them:
/// a dozen layouts over all of it would take minutes.
pub(super) fn of(asked: &Asked<'_>, layout: &Layout) -> Option<ReplayVerdict> {
    let run = replayed(asked.estate, layout);
    let of_asked = asked.verdict?;
    Some(ReplayVerdict::of(&run, Some(&of_asked)))
}

fn replayed(estate: &Estate<'_>, layout: &Layout) -> ReplayRun {
    let fleet = estate.fleet;
    let loads = fleet
        .histories
        .loads_under(&layout.environments, &layout.policy);
    let window = fleet.histories.window();
    // Losses are tried on the plan that is made.
    let from = replayed::last_days(window, layout.policy.replay.holdout_days);
    let policy = Policy {
        replay: crate::policy::Replay {
            failure_slots: 0,
            ..layout.policy.replay.clone()
        },
        ..layout.policy.clone()
    };
    ToReplay {
        environments: &layout.environments,
        clusters: &layout.clusters,
        loads: loads
            .iter()
            .map(|(name, load)| (*name, load.as_ref()))
            .collect(),
        zones: clusters::zones(fleet.site, fleet.network).len(),
        window,
        policy: &policy,
    }
    .run(from, FewerNodes::NotTried)
}
