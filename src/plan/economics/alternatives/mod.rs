//! What else one could do: each way is one file that lays itself out and prices itself.
//!
//! Comes in: the plan that was asked for. Goes out: a row and two bills for each way, all at the same replicas,
//! growth and terms, each with what it survives and needs, what it costs once and when it has paid for itself. A way
//! that this fleet cannot go is told with its reason. To add one: its file here, its line in [`CHOICES`] and in the
//! kinds of [`AlternativeKind`], its words, its prices.

mod as_asked;
mod as_is;
mod auto_mode;
mod candidate;
mod cluster_mode;
mod cost;
mod ecs_ec2;
mod ecs_fargate;
mod levers;
mod likely;
mod needs;
mod offer;
mod one_cluster;
mod policies;
mod recommend;
mod right_sized;
mod search;
mod verdict;
mod windows_stays;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub(super) use offer::{Baseline, OwnNodes};
use offer::{Choice, NoOffer, Offer};

use super::terms::{interruptible_environments, interruptible_nodes, terms_of};
use super::{Alternative, Decision, UnavailableAlternative};
use crate::plan::ReplayVerdict;
use crate::price::{AlternativeKind, Bill, BillKey, Machines};
use crate::units::{Money, Quantity};
use crate::wording::{Text, text};

/// In the order in which they are told; those that were searched come last.
const CHOICES: [&dyn Choice; 9] = [
    &as_is::AsIs,
    &right_sized::RightSized,
    &as_asked::AsAsked,
    &one_cluster::OneCluster,
    &windows_stays::WindowsStays,
    &auto_mode::AutoMode,
    &cluster_mode::ClusterMode,
    &ecs_fargate::EcsFargate,
    &ecs_ec2::EcsEc2,
];

/// Every way with its bills: `today` and `after` are theirs already.
pub(super) fn of(mut baseline: Baseline<'_>) -> (Decision, Vec<Bill>) {
    let search::SearchResult { offers, searched } = search::found(&baseline);
    let policy_of = |wanted: AlternativeKind| {
        let mut found = offers.iter().filter(|(kind, _)| *kind == wanted);
        let (_, offer) = found.next()?;
        Some(offer.as_ref().ok()?.layout.as_ref()?.policy.clone())
    };
    baseline.own_nodes = OwnNodes {
        on_one_cluster: policy_of(AlternativeKind::EksNode),
        on_clusters: policy_of(AlternativeKind::EksCluster),
    };
    let baseline = &baseline;
    let mut offered: Vec<(AlternativeKind, Result<Offer, NoOffer>)> = CHOICES
        .par_iter()
        .map(|choice| (choice.kind(), choice.offer(baseline)))
        .collect();
    offered.extend(offers);
    let (mut alternatives, mut not_offered) = (Vec::new(), Vec::new());
    let (mut bills, mut layouts) = (Vec::new(), BTreeMap::new());
    let mut today = None;
    for (kind, offer) in offered {
        let offer = match offer {
            Ok(offer) => offer,
            Err(NoOffer(reason)) => {
                not_offered.push(UnavailableAlternative {
                    kind,
                    title: kind.title(),
                    reason,
                });
                continue;
            }
        };
        let (alternative, terms) = row(baseline, kind, &offer, &mut today);
        if !matches!(offer.bill.key, BillKey::TODAY | BillKey::AFTER) {
            bills.push(offer.bill);
        }
        bills.push(terms);
        layouts.extend(offer.layout.map(|layout| (kind, layout)));
        alternatives.push(alternative);
    }
    recommend::frontier(&mut alternatives);
    recommend::recommend(baseline, &mut alternatives, &layouts);
    let monthly = |kind| {
        let mut all = alternatives.iter();
        all.find(|one| one.kind == kind).map(|one| one.monthly)
    };
    let less = |one: Option<Money>, other: Option<Money>| Some(one? - other?);
    let choosing = Decision {
        cost_of_eks: less(
            monthly(AlternativeKind::EksNode),
            monthly(AlternativeKind::EcsEc2),
        ),
        cost_of_further_clusters: less(
            monthly(AlternativeKind::AsAsked),
            monthly(AlternativeKind::OneCluster),
        ),
        levers: levers::of(baseline),
        searched,
        not_offered,
        alternatives,
    };
    (choosing, bills)
}

fn row(
    baseline: &Baseline<'_>,
    kind: AlternativeKind,
    offer: &Offer,
    today: &mut Option<(Money, Money)>,
) -> (Alternative, Bill) {
    let (estate, bill) = (baseline.estate, &offer.bill);
    let layout = offer.layout.as_ref().unwrap_or(baseline.layout);
    // Hours on clusters become spot by whole nodes, those on Beanstalk as they are.
    let has_nodes = bill.lines.iter().any(|line| {
        let machines = line.machines.as_ref();
        machines.is_some_and(|machines| machines.hours == crate::price::Hours::Node)
    });
    let on_clusters = if has_nodes {
        interruptible_nodes(estate, layout)
    } else {
        Vec::new()
    };
    let staying = interruptible_environments(estate, layout, bill);
    let interruptible: Vec<_> = on_clusters.into_iter().chain(staying).collect();
    let terms = terms_of(estate, layout, (kind, bill), &interruptible);
    let (monthly, monthly_with_terms) = (bill.total, bill.total + terms.total);
    let (at_list, with_terms) = *today.get_or_insert((monthly, monthly_with_terms));
    let cost = cost::of(baseline, offer, layout);
    let alternative = Alternative {
        kind,
        title: offer.title.clone(),
        bill: bill.key,
        terms_bill: terms.key,
        monthly,
        monthly_with_terms,
        saving: at_list - monthly,
        saving_with_terms: with_terms - monthly_with_terms,
        likely: likely::of(bill, layout),
        misses_until_no_saving: likely::misses_until(bill, layout, at_list - monthly),
        once: cost.once,
        payback_month: cost.payback_month,
        cumulative: cost.by_month.last().copied().unwrap_or_default(),
        cumulative_by_month: cost.by_month,
        survives: offer.survives.clone(),
        needs: offer.needs.clone(),
        settings: offer.settings.clone(),
        replay: if kind == AlternativeKind::AsAsked {
            baseline.replay.map(ReplayVerdict::of_asked)
        } else {
            None
        },
        frontier: false,
        recommended: false,
        unpriced_lines: bill.unpriced_lines,
        unknown_discounts: terms.unpriced_lines,
        machines: machines(bill),
        remarks: offer.remarks.clone(),
    };
    (alternative, terms)
}

/// Machines that run on average, the most of a type first.
fn machines(bill: &Bill) -> Text {
    let mut counts: BTreeMap<&str, Quantity> = BTreeMap::new();
    for line in &bill.lines {
        let Some(Machines { instance_type, .. }) = &line.machines else {
            continue;
        };
        let count = counts.entry(instance_type).or_default();
        *count = Quantity::from_millionths(
            count
                .millionths()
                .saturating_add(line.quantity.millionths()),
        );
    }
    let mut counts: Vec<(&str, Quantity)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, hours)| (std::cmp::Reverse(*hours), *name));
    const NAMED: usize = 4;
    let on_average =
        |hours: f64| format!("{:.1}", hours / f64::from(crate::units::HOURS_PER_MONTH));
    let shown = |(name, hours): &(&str, Quantity)| text!("machines-of-type", count = on_average(hours.as_f64()), type = *name);
    let named: Vec<Text> = counts.iter().take(NAMED).map(shown).collect();
    match counts.len().saturating_sub(NAMED) {
        0 => text!("machines", named = named),
        types => {
            let rest = on_average(
                counts
                    .iter()
                    .skip(NAMED)
                    .map(|(_, hours)| hours.as_f64())
                    .sum(),
            );
            text!(
                "machines-and-others",
                named = named,
                rest = rest,
                types = types
            )
        }
    }
}
