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
mod one_cluster;
mod recommend;
mod right_sized;
mod search;
mod verdict;
mod windows_stays;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::terms::{interruptible_environments, interruptible_nodes, terms_of};
use super::{Alternative, Decision, Estate, Layout, UnavailableAlternative};
use crate::catalog::OperatingSystem;
use crate::plan::{
    EnvironmentPlan, NodeTypeRow, PlanError, Prerequisite, ReplayRun, ReplayVerdict, Stage,
};
use crate::policy::{NamePattern, Policy, Survive};
use crate::price::{AlternativeKind, Bill, BillKey, Machines, Move};
use crate::units::{Money, Quantity};
use crate::wording::{Text, text};

/// What every way is compared with.
pub(super) struct Baseline<'a> {
    pub(super) estate: &'a Estate<'a>,
    pub(super) layout: &'a Layout,
    pub(super) today: &'a Bill,
    pub(super) after: &'a Bill,
    /// Of the plan that was asked for.
    pub(super) moved: &'a Move,
    /// The same fleet on workers of other types, cheapest first.
    pub(super) node_types: &'a [NodeTypeRow],
    /// Of the plan that was asked for; nothing where nobody wanted one.
    pub(super) replay: Option<&'a ReplayRun>,
    /// What the search found, for ways that pick their nodes by themselves.
    pub(super) own_nodes: OwnNodes,
}

/// Policies with the node types of the cheapest plans; nothing where that is the plan as asked.
#[derive(Debug, Default)]
pub(super) struct OwnNodes {
    on_one_cluster: Option<Policy>,
    on_clusters: Option<Policy>,
}

/// A way to run the apps.
trait Choice: Sync {
    fn kind(&self) -> AlternativeKind;

    /// What it is for this fleet.
    ///
    /// # Errors
    /// Why this fleet cannot go it.
    fn offer(&self, baseline: &Baseline<'_>) -> Result<Offer, NoOffer>;
}

/// Why a fleet cannot go a way: a fragment for readers.
#[derive(Debug)]
struct NoOffer(Text);

impl From<Text> for NoOffer {
    fn from(reason: Text) -> Self {
        Self(reason)
    }
}

impl From<PlanError> for NoOffer {
    fn from(error: PlanError) -> Self {
        Self(error.reason())
    }
}

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

/// A way, laid out and priced.
struct Offer {
    title: Text,
    bill: Bill,
    /// Where its apps run; nothing where it is that of the plan.
    layout: Option<Layout>,
    moves: MigrationWork,
    survives: Vec<Survive>,
    needs: Vec<Prerequisite>,
    /// What makes the plan this one, as `--set` takes it.
    settings: Vec<String>,
    remarks: Vec<Text>,
}

/// What has to be done to get there.
enum MigrationWork {
    /// The environments stay as they are.
    Nothing,
    /// So many environments are changed where they are.
    InPlace(u32),
    /// As the plan says.
    AsPlanned,
    /// The apps of its layout move as those of the plan do.
    Apps,
}

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

/// What Beanstalk and ECS ride out: the loss of an instance, where every production environment has two.
fn survives_by_instances(baseline: &Baseline<'_>) -> Vec<Survive> {
    let production = baseline
        .estate
        .pairs(baseline.layout)
        .filter(|(plan, ..)| plan.stage == Stage::Production);
    let mut counts = production.map(|(_, one, _)| one.environment.running_instances().count());
    if counts.all(|count| count >= 2) {
        vec![Survive::Node]
    } else {
        Vec::new()
    }
}

/// The first cluster alone, which cannot survive its own loss.
fn on_one_cluster(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    policy.topology.clusters.truncate(1);
    if let Some(only) = policy.topology.clusters.first() {
        policy.topology.staging_cluster.clone_from(only);
    }
    policy
        .topology
        .survive
        .retain(|failure| *failure != Survive::Cluster);
    policy
}

/// As TOML has a text: what JSON escapes, TOML reads as well.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What makes a policy that of [`on_one_cluster`].
fn one_cluster_settings(policy: &Policy) -> Vec<String> {
    let name = policy.topology.clusters.first().map_or("", String::as_str);
    vec![
        format!("topology.clusters=[{}]", quoted(name)),
        format!("topology.staging_cluster={}", quoted(name)),
        survive_setting(&on_one_cluster(policy).topology.survive),
    ]
}

/// `topology.survive=["node"]`
fn survive_setting(survive: &[Survive]) -> String {
    let names: Vec<String> = survive.iter().map(|one| format!("\"{one}\"")).collect();
    format!("topology.survive=[{}]", names.join(", "))
}

/// On the types of the cheapest plan found on as many clusters: what picks its nodes by itself picks well.
fn on_own_nodes(baseline: &Baseline<'_>, policy: &mut Policy) {
    let found = if policy.topology.clusters.len() > 1 {
        &baseline.own_nodes.on_clusters
    } else {
        &baseline.own_nodes.on_one_cluster
    };
    if let Some(found) = found {
        policy
            .nodes
            .instance_type
            .clone_from(&found.nodes.instance_type);
        policy.nodes.groups.clone_from(&found.nodes.groups);
        policy
            .windows_nodes
            .instance_type
            .clone_from(&found.windows_nodes.instance_type);
    }
}

/// Machines that hold whatever ran on an instance of Beanstalk, so that nothing is divided or left out; their vCPU is
/// the one that the policy's speeds are counted in.
fn on_whole_machines(policy: &Policy) -> Policy {
    const MACHINE: &str = "c5.24xlarge";
    let mut policy = policy.clone();
    MACHINE.clone_into(&mut policy.nodes.instance_type);
    policy.nodes.groups.clear();
    MACHINE.clone_into(&mut policy.windows_nodes.instance_type);
    policy
}

/// The names of the environments that `is_out` and that the plan moves.
fn moving<'a>(
    layout: &'a Layout,
    is_out: impl Fn(&EnvironmentPlan) -> bool + 'a,
) -> impl Iterator<Item = &'a str> {
    layout
        .environments
        .iter()
        .filter(move |plan| plan.planned().is_some() && is_out(plan))
        .map(|plan| plan.name.as_str())
}

/// The same policy, with those left where they are.
fn without<'a>(policy: &Policy, names: impl Iterator<Item = &'a str>) -> Policy {
    let mut policy = policy.clone();
    let patterns = names.map(NamePattern::from);
    policy.scope.exclude_environments.extend(patterns);
    policy
}

const fn is_windows(plan: &EnvironmentPlan) -> bool {
    matches!(plan.operating_system, OperatingSystem::Windows)
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
