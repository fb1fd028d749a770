//! Which apps go when, and why.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::document::{EnvironmentPlan, Phase, PhaseAssignment, SizedEnvironment};
use super::nodes::Nodes;
use crate::catalog::OperatingSystem;
use crate::price::MoveWave;
use crate::size::Stage;
use crate::translate::{Blocker, Effort};
use crate::wording::{Text, text};

/// Apps that are moved first, to learn: few, so that all of them are watched.
const PILOTS: usize = 3;

/// What each phase is for, in order. A phase that nobody is in keeps its number: it is spoken of by it.
fn titles() -> [Text; 6] {
    [
        text!("wave-pilot"),
        text!("wave-staging"),
        text!("wave-smaller-production"),
        text!("wave-larger-production"),
        text!("wave-days"),
        text!("wave-weeks"),
    ]
}

/// The turn of every environment that moves, by its place in `environments`.
pub(super) fn of(
    environments: &[SizedEnvironment],
    nodes: &Nodes,
) -> BTreeMap<usize, PhaseAssignment> {
    let moving = || {
        environments
            .iter()
            .enumerate()
            .filter_map(|(place, environment)| Some((place, environment, environment.sized()?)))
    };
    // What all replicas take, in nodes: how much goes wrong if it goes wrong.
    let weight: BTreeMap<usize, u64> = moving()
        .map(|(place, _, (sizing, node_group))| {
            let room = nodes.named(node_group).capacity;
            let all = sizing.requests * sizing.replicas.full_load;
            (place, all.dominant_millionths_of(room.available))
        })
        .collect();
    let is_free = |environment: &SizedEnvironment| {
        heavy(environment).next().is_none()
            && environment.operating_system == OperatingSystem::Linux
    };
    let by_weight = |stage: Stage| {
        let mut places: Vec<usize> = moving()
            .filter(|(_, environment, _)| environment.stage == stage && is_free(environment))
            .map(|(place, ..)| place)
            .collect();
        places.sort_by_key(|place| (weight.get(place).copied().unwrap_or(0), *place));
        places
    };
    // What is learnt from an app whose numbers are doubtful is how doubtful they were.
    let is_sure = |place: &usize| {
        let sizing = environments
            .get(*place)
            .and_then(|environment| environment.sized());
        sizing.is_some_and(|(sizing, _)| !sizing.flags.iter().any(|flag| flag.is_doubt()))
    };
    let pilots: Vec<usize> = by_weight(Stage::Staging)
        .into_iter()
        .filter(is_sure)
        .take(PILOTS)
        .collect();
    let production = by_weight(Stage::Production);
    let smaller: Vec<usize> = production
        .iter()
        .copied()
        .take(production.len().div_ceil(2))
        .collect();
    let mut turns: BTreeMap<usize, PhaseAssignment> = BTreeMap::new();
    for (place, environment, _) in moving() {
        let worst =
            heavy(environment).max_by_key(|blocker| (blocker.effort, Reverse(&blocker.code)));
        let (phase, because) = if let Some(blocker) = worst {
            let phase = if blocker.effort == Effort::Weeks {
                6
            } else {
                5
            };
            (phase, held_up(blocker, heavy(environment).count() - 1))
        } else if pilots.contains(&place) {
            (1, text!("turn-pilot"))
        } else if environment.stage == Stage::Staging {
            (2, text!("turn-staging"))
        } else if smaller.contains(&place) {
            (3, text!("turn-small-production"))
        } else {
            (4, text!("turn-large-production"))
        };
        turns.insert(place, PhaseAssignment { phase, because });
    }
    after_their_staging(environments, &mut turns);
    turns
}

/// The phases, each with how many environments go in it and which waves of the move are its own.
pub(super) fn phases(environments: &[EnvironmentPlan], waves: &[MoveWave]) -> Vec<Phase> {
    let of_label: BTreeMap<&str, u32> = waves
        .iter()
        .flat_map(|wave| {
            wave.environments
                .iter()
                .map(|label| (label.as_str(), wave.number))
        })
        .collect();
    let phase = |(number, title)| {
        let here = || {
            environments.iter().filter(move |environment| {
                environment
                    .manifests()
                    .is_some_and(|manifests| manifests.turn.phase == number)
            })
        };
        let own = || here().filter_map(|one| of_label.get(one.label.as_str()).copied());
        Phase {
            number,
            title,
            environments: u32::try_from(here().count()).unwrap_or(u32::MAX),
            waves: own().min().zip(own().max()),
        }
    };
    (1_u32..).zip(titles()).map(phase).collect()
}

/// The worst of what must be settled first, and how many others there are.
fn held_up(blocker: &Blocker, others: usize) -> Text {
    let (what, effort, owner) = (
        blocker.what.clone(),
        blocker.effort.text(),
        blocker.owner.text(),
    );
    match others {
        0 => text!("turn-blocked", what = what, effort = effort, owner = owner),
        others => text!(
            "turn-blocked-by-more",
            what = what,
            others = others,
            effort = effort,
            owner = owner
        ),
    }
}

/// What takes days or more: hours of work are done in the week before.
fn heavy(environment: &SizedEnvironment) -> impl Iterator<Item = &Blocker> {
    environment
        .translation
        .blockers
        .iter()
        .filter(|blocker| blocker.effort >= Effort::Days)
}

/// Production does not go before a staging environment of its application has gone.
fn after_their_staging(
    environments: &[SizedEnvironment],
    turns: &mut BTreeMap<usize, PhaseAssignment>,
) {
    let mut latest: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
    for (place, turn) in turns.iter() {
        let Some(environment) = environments
            .get(*place)
            .filter(|environment| environment.stage == Stage::Staging)
        else {
            continue;
        };
        let entry = latest.entry(&environment.application).or_insert((0, ""));
        if turn.phase > entry.0 {
            *entry = (turn.phase, &environment.label);
        }
    }
    for (place, turn) in turns.iter_mut() {
        let Some(environment) = environments
            .get(*place)
            .filter(|environment| environment.stage == Stage::Production)
        else {
            continue;
        };
        if let Some((phase, staging)) = latest
            .get(environment.application.as_str())
            .filter(|(phase, _)| *phase > turn.phase)
        {
            *turn = PhaseAssignment {
                phase: *phase,
                because: text!("turn-after-staging", staging = *staging),
            };
        }
    }
}
