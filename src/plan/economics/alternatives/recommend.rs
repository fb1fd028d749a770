//! Which plan one would recommend, and what is the least that each set of failures costs.

use std::collections::{BTreeMap, BTreeSet};

use super::offer::Baseline;
use super::{search, verdict};
use crate::plan::economics::{Alternative, Layout};
use crate::policy::Survive;
use crate::price::AlternativeKind;

/// Marks what nothing that survives as much undercuts, of those whose every line has a price.
pub(super) fn frontier(alternatives: &mut [Alternative]) {
    let known: Vec<(BTreeSet<Survive>, _, AlternativeKind)> = alternatives
        .iter()
        .filter(|one| one.unpriced_lines == 0)
        .map(|one| (survived(one), one.monthly, one.kind))
        .collect();
    for one in alternatives
        .iter_mut()
        .filter(|one| one.unpriced_lines == 0)
    {
        let own = survived(one);
        one.frontier = !known.iter().any(|(survives, monthly, kind)| {
            // Of equals the one that survives more, then the one that is told first.
            let is_better = *monthly < one.monthly
                || (*monthly == one.monthly
                    && (survives.len() > own.len() || (*survives == own && *kind < one.kind)));
            survives.is_superset(&own) && is_better
        });
    }
}

fn survived(one: &Alternative) -> BTreeSet<Survive> {
    one.survives.iter().copied().collect()
}

/// Marks the cheapest plan on EKS that runs the images that were asked for, survives what the policy asks for and
/// passes its replay, of those whose every line has a price. They are replayed in the order of what they cost, until
/// one passes; the plan as asked does by definition.
pub(super) fn recommend(
    baseline: &Baseline<'_>,
    alternatives: &mut [Alternative],
    layouts: &BTreeMap<AlternativeKind, Layout>,
) {
    let is_plan = |kind| {
        let is_asked = matches!(kind, AlternativeKind::AsAsked | AlternativeKind::OneCluster);
        let is_found = search::KINDS.contains(&kind) && kind != AlternativeKind::EksGraviton;
        is_asked || is_found
    };
    let wanted = &baseline.estate.pricing.policy.topology.survive;
    let is_enough = |one: &Alternative| wanted.iter().all(|failure| one.survives.contains(failure));
    let mut places: Vec<usize> = (0..alternatives.len())
        .filter(|&place| {
            alternatives
                .get(place)
                .is_some_and(|one| is_plan(one.kind) && one.unpriced_lines == 0 && is_enough(one))
        })
        .collect();
    places.sort_by_key(|&place| alternatives.get(place).map(|one| (one.monthly, one.kind)));
    for place in places {
        let Some(one) = alternatives.get_mut(place) else {
            continue;
        };
        if one.replay.is_none()
            && let Some(layout) = layouts.get(&one.kind)
        {
            one.replay = baseline
                .replay
                .map(|run| verdict::of(baseline.estate, layout, run));
        }
        if one.replay.is_none_or(|replay| replay.passes) {
            one.recommended = true;
            return;
        }
    }
}
