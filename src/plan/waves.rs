//! Which apps go when, and why.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::EnvironmentPlan;
use super::nodes::Nodes;
use crate::catalog::OperatingSystem;
use crate::size::Stage;
use crate::translate::{Blocker, Effort};
use crate::wording::{Text, text};

/// A wave of the move: its apps go together, after those of the wave before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Wave {
    /// From 1.
    pub number: u32,
    /// What it is for.
    pub title: Text,
    /// Environments that go in it.
    pub environments: u32,
}

/// When an environment goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Turn {
    /// The wave's number.
    pub wave: u32,
    /// Why not earlier.
    pub because: Text,
}

/// Apps that are moved first, to learn: few, so that all of them are watched.
const PILOTS: usize = 3;

/// What each wave is for, in order. A wave that nobody is in keeps its number: it is spoken of by it.
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

/// The turn of every environment that moves, by its place in `environments`, and the waves.
pub(super) fn of(environments: &[EnvironmentPlan], nodes: &Nodes) -> (BTreeMap<usize, Turn>, Vec<Wave>) {
    let moving = || environments.iter().enumerate().filter_map(|(place, environment)| Some((place, environment, environment.planned()?.1)));
    // What all replicas take, in nodes: how much goes wrong if it goes wrong.
    let weight: BTreeMap<usize, u64> = moving()
        .map(|(place, environment, sizing)| {
            let room = nodes.named(environment.node_group().unwrap_or_default()).capacity;
            let all = sizing.requests * sizing.replicas.full_load;
            (place, all.dominant_millionths_of(room.available))
        })
        .collect();
    let is_free =
        |environment: &EnvironmentPlan| heavy(environment).next().is_none() && environment.operating_system == OperatingSystem::Linux;
    let by_weight = |stage: Stage| {
        let mut places: Vec<usize> =
            moving().filter(|(_, environment, _)| environment.stage == stage && is_free(environment)).map(|(place, ..)| place).collect();
        places.sort_by_key(|place| (weight.get(place).copied().unwrap_or(0), *place));
        places
    };
    let pilots: Vec<usize> = by_weight(Stage::Staging).into_iter().take(PILOTS).collect();
    let production = by_weight(Stage::Production);
    let smaller: Vec<usize> = production.iter().copied().take(production.len().div_ceil(2)).collect();
    let mut turns: BTreeMap<usize, Turn> = BTreeMap::new();
    for (place, environment, _) in moving() {
        let worst = heavy(environment).max_by_key(|blocker| (blocker.effort, Reverse(&blocker.code)));
        let (wave, because) = if let Some(blocker) = worst {
            let wave = if blocker.effort == Effort::Weeks { 6 } else { 5 };
            (wave, held_up(blocker, heavy(environment).count() - 1))
        } else if pilots.contains(&place) {
            (1, text!("turn-pilot"))
        } else if environment.stage == Stage::Staging {
            (2, text!("turn-staging"))
        } else if smaller.contains(&place) {
            (3, text!("turn-small-production"))
        } else {
            (4, text!("turn-large-production"))
        };
        turns.insert(place, Turn { wave, because });
    }
    after_their_staging(environments, &mut turns);
    let count = |number: u32| u32::try_from(turns.values().filter(|turn| turn.wave == number).count()).unwrap_or(u32::MAX);
    let waves = (1_u32..).zip(titles()).map(|(number, title)| Wave { number, title, environments: count(number) }).collect();
    (turns, waves)
}

/// The worst of what must be settled first, and how many others there are.
fn held_up(blocker: &Blocker, others: usize) -> Text {
    let (what, effort, owner) = (blocker.what.clone(), blocker.effort.text(), blocker.owner.text());
    match others {
        0 => text!("turn-blocked", what = what, effort = effort, owner = owner),
        others => text!("turn-blocked-by-more", what = what, others = others, effort = effort, owner = owner),
    }
}

/// What takes days or more: hours of work are done in the week before.
fn heavy(environment: &EnvironmentPlan) -> impl Iterator<Item = &Blocker> {
    environment.translation.blockers.iter().filter(|blocker| blocker.effort >= Effort::Days)
}

/// Production does not go before a staging environment of its application has gone.
fn after_their_staging(environments: &[EnvironmentPlan], turns: &mut BTreeMap<usize, Turn>) {
    let mut latest: BTreeMap<&str, (u32, &str)> = BTreeMap::new();
    for (place, turn) in turns.iter() {
        let Some(environment) = environments.get(*place).filter(|environment| environment.stage == Stage::Staging) else { continue };
        let entry = latest.entry(&environment.application).or_insert((0, ""));
        if turn.wave > entry.0 {
            *entry = (turn.wave, &environment.label);
        }
    }
    for (place, turn) in turns.iter_mut() {
        let Some(environment) = environments.get(*place).filter(|environment| environment.stage == Stage::Production) else { continue };
        if let Some((wave, staging)) = latest.get(environment.application.as_str()).filter(|(wave, _)| *wave > turn.wave) {
            *turn = Turn { wave: *wave, because: text!("turn-after-staging", staging = *staging) };
        }
    }
}
