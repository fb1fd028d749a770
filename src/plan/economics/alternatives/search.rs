//! Plans on EKS that nobody asked for: clusters x workers and mixes x Windows types x least replicas x shared
//! balancers, and the cheapest for each set of failures.
//!
//! Every candidate is sized as a plan of its own would be, and bounded from below by arithmetic (see
//! [`crate::pack::least_nodes`]). In the order of these bounds they are packed and simulated, until no bound is under
//! the cheapest that was found, or as many were packed as a few seconds allow. The bounds of workers and of Windows
//! nodes are taken apart and added: that the type of the one moves the memory level of the other is left out, so that
//! a bound is a very good guess and no proof. The cheapest of each kind then gets the sizes of a plan of its own, so that
//! its settings give its bill to the cent.

use rayon::prelude::*;

use super::candidate::Candidate;
use super::offer::{Baseline, MigrationWork, NoOffer, Offer};
use super::policies::is_windows;
use crate::catalog::{Architecture, InstanceTypes, OperatingSystem};
use crate::plan::economics::{Layout, SearchCoverage};
use crate::plan::nodes::{NodeKind, Nodes};
use crate::plan::{EnvironmentPlan, NodeTypeRow, Prerequisite, clusters, node_types};
use crate::policy::{MinReplicasOn, Policy, Survive, defaults};
use crate::price::{AlternativeKind, Bill, BillKey, Levels};
use crate::units::{HOURS_PER_MONTH, Money, Quantity};
use crate::wording::{Text, text};

/// What was searched for: by what it survives, and once with images for Graviton.
pub(super) const KINDS: [AlternativeKind; 5] = [
    AlternativeKind::EksNode,
    AlternativeKind::EksZone,
    AlternativeKind::EksCluster,
    AlternativeKind::EksAll,
    AlternativeKind::EksGraviton,
];

/// In the order of their type, as policies are compared.
fn survives(kind: AlternativeKind, policy: &Policy) -> Vec<Survive> {
    match kind {
        AlternativeKind::EksZone => vec![Survive::Node, Survive::Zone],
        AlternativeKind::EksCluster => vec![Survive::Node, Survive::Cluster],
        AlternativeKind::EksAll => vec![Survive::Node, Survive::Zone, Survive::Cluster],
        AlternativeKind::EksGraviton => {
            let mut asked = policy.topology.survive.clone();
            asked.sort_unstable();
            asked
        }
        _ => vec![Survive::Node],
    }
}

/// Kinds that are laid out on the same clusters, so that what is sized for one is sized for all.
const TOGETHER: [&[AlternativeKind]; 3] = [
    &[AlternativeKind::EksNode, AlternativeKind::EksZone],
    &[AlternativeKind::EksCluster, AlternativeKind::EksAll],
    &[AlternativeKind::EksGraviton],
];

/// Types that are looked at: of workers those that lead the comparison on the clusters that were asked for, of Windows
/// those with the cheapest memory. Each is sized for the whole fleet, so that a large fleet has fewer.
const MOST_TYPES: usize = 12;
const LEAST_TYPES: usize = 3;
/// Environments that are sized for all types of one kind together.
const SIZED: usize = 2_400;

fn types_to_try(baseline: &Baseline<'_>) -> usize {
    let environments = baseline.layout.environments.len();
    (SIZED / environments.max(1)).clamp(LEAST_TYPES, MOST_TYPES)
}

/// Pods of all candidates together that are packed for one kind, and how many candidates that is at least and at most.
const PACKED_PODS: u32 = 3_000;
const LEAST_PACKED: usize = 4;
const MOST_PACKED: usize = 12;
/// Candidates that are packed side by side.
const CHUNK: usize = 4;

/// What the search found.
pub(super) struct SearchResult {
    pub(super) offers: Vec<(AlternativeKind, Result<Offer, NoOffer>)>,
    pub(super) searched: SearchCoverage,
}

/// The cheapest plan of each kind.
pub(super) fn found(baseline: &Baseline<'_>) -> SearchResult {
    let found: Vec<SearchResult> = TOGETHER
        .par_iter()
        .map(|kinds| {
            on_same_clusters(baseline, kinds).unwrap_or_else(|NoOffer(reason)| SearchResult {
                offers: kinds
                    .iter()
                    .map(|kind| (*kind, Err(reason.clone().into())))
                    .collect(),
                searched: SearchCoverage::default(),
            })
        })
        .collect();
    let mut all = SearchResult {
        offers: Vec::new(),
        searched: SearchCoverage::default(),
    };
    for found in found {
        all.offers.extend(found.offers);
        all.searched.candidates += found.searched.candidates;
        all.searched.packed += found.searched.packed;
    }
    all
}

/// What may be combined with what, each with what its nodes cost at the least in a month, for each kind.
struct BaseCandidate<'a> {
    on: Candidate,
    workers: Vec<(&'a NodeTypeRow, Vec<Money>)>,
    windows: Vec<(&'a str, Vec<Money>)>,
}

/// A pair that may be packed.
struct CandidatePair<'a> {
    base: &'a Candidate,
    row: &'a NodeTypeRow,
    windows: &'a str,
    least: Money,
}

impl CandidatePair<'_> {
    fn candidate(&self, survive: &[Survive]) -> Option<Candidate> {
        let workers = self.base.on_workers(self.row)?;
        Some(workers.with_windows(self.windows).surviving(survive))
    }
}

fn on_same_clusters(
    baseline: &Baseline<'_>,
    kinds: &[AlternativeKind],
) -> Result<SearchResult, NoOffer> {
    let policy = baseline.estate.pricing.policy;
    let survive: Vec<Vec<Survive>> = kinds.iter().map(|kind| survives(*kind, policy)).collect();
    let is_graviton = kinds.contains(&AlternativeKind::EksGraviton);
    let rows: Vec<&NodeTypeRow> = baseline
        .node_types
        .iter()
        .filter(|row| row.needs_other_images == is_graviton && row.per_month().is_some())
        .take(types_to_try(baseline))
        .collect();
    if rows.is_empty() {
        return Err(text!("no-offer-no-workers").into());
    }
    let first = survive.first().map_or(&[][..], Vec::as_slice);
    let on_clusters = Candidate::asked(policy)
        .on_clusters_for(first)
        .ok_or_else(|| text!("no-offer-one-cluster-of-many"))?;
    let windows_types = windows_by_memory(baseline, types_to_try(baseline));
    let bases: Vec<BaseCandidate<'_>> = bases(&on_clusters)
        .into_iter()
        .map(|on| bounded(baseline, on, &rows, &windows_types, &survive))
        .collect();
    let found: Vec<(usize, usize, Option<Candidate>)> = survive
        .par_iter()
        .enumerate()
        .map(|(place, survive)| {
            let pairs = pairs(&bases, place);
            let (packed, best) = cheapest(baseline, &pairs, survive);
            (pairs.len(), packed, best)
        })
        .collect();
    let mut all = SearchResult {
        offers: Vec::new(),
        searched: SearchCoverage::default(),
    };
    for (kind, (candidates, packed, best)) in kinds.iter().zip(found) {
        all.searched.candidates += count(candidates);
        all.searched.packed += count(packed);
        let offer = match best {
            Some(best) => offer(baseline, *kind, best),
            None => Err(text!("no-offer-nothing-packed").into()),
        };
        all.offers.push((*kind, offer));
    }
    Ok(all)
}

/// Each of the workers, and beside the leading ones each of the Windows types.
fn bounded<'a>(
    baseline: &Baseline<'_>,
    on: Candidate,
    rows: &[&'a NodeTypeRow],
    windows: &'a [String],
    survive: &[Vec<Survive>],
) -> BaseCandidate<'a> {
    let workers: Vec<(&NodeTypeRow, Vec<Money>)> = rows
        .par_iter()
        .filter_map(|row| {
            let least = least(baseline, &on.on_workers(row)?.policy, survive)?;
            Some((*row, least.into_iter().map(|(linux, _)| linux).collect()))
        })
        .collect();
    let leading = workers
        .iter()
        .min_by_key(|(_, least)| least.first().copied())
        .and_then(|(row, _)| on.on_workers(row))
        .unwrap_or_else(|| on.clone());
    let windows = windows
        .par_iter()
        .filter_map(|name| {
            let least = least(baseline, &leading.with_windows(name).policy, survive)?;
            let windows = least.into_iter().map(|(_, windows)| windows).collect();
            Some((name.as_str(), windows))
        })
        .collect();
    BaseCandidate {
        on,
        workers,
        windows,
    }
}

/// All pairs for the kind at that place, the least first.
fn pairs<'a>(bases: &'a [BaseCandidate<'a>], place: usize) -> Vec<CandidatePair<'a>> {
    let at = |least: &[Money]| least.get(place).copied().unwrap_or_default();
    let mut pairs: Vec<CandidatePair<'_>> = Vec::new();
    for base in bases {
        for (row, workers) in &base.workers {
            pairs.extend(base.windows.iter().map(|(name, windows)| CandidatePair {
                base: &base.on,
                row,
                windows: name,
                least: at(workers) + at(windows),
            }));
        }
    }
    pairs.sort_by_key(|pair| pair.least);
    pairs
}

/// The clusters with either way of counting least replicas, and with balancers shared as by default where the policy
/// shares them less.
fn bases(on_clusters: &Candidate) -> Vec<Candidate> {
    let policy = &on_clusters.policy;
    let mut bases = vec![on_clusters.clone()];
    let usual = defaults().map_or(1, |policy| policy.load_balancers.apps_per_load_balancer);
    if policy.load_balancers.apps_per_load_balancer < usual {
        bases = vec![on_clusters.with_apps_per_balancer(usual)];
    }
    if policy.topology.clusters.len() > 1 {
        let together = |base: &Candidate| base.with_least_on(MinReplicasOn::AllClusters);
        let more: Vec<Candidate> = bases.iter().map(together).collect();
        bases.extend(more);
        bases.dedup_by(|one, other| one.settings == other.settings);
    }
    bases
}

/// That are worth a look: one type where nothing runs Windows.
fn windows_types(baseline: &Baseline<'_>) -> Vec<String> {
    let policy = baseline.estate.pricing.policy;
    let own = policy.windows_nodes.instance_type.clone();
    if !baseline.layout.environments.iter().any(is_windows) {
        return vec![own];
    }
    let is_amd64 = |name: &String| {
        let shape = InstanceTypes::embedded().get(name);
        shape.is_some_and(|shape| shape.architecture == Architecture::Amd64)
    };
    let mut names: Vec<String> = node_types::compared(policy)
        .into_iter()
        .filter(is_amd64)
        .collect();
    if !names.contains(&own) {
        names.push(own);
    }
    names
}

/// Those with the cheapest memory, which is what fills Windows nodes.
pub(super) fn windows_by_memory(baseline: &Baseline<'_>, most: usize) -> Vec<String> {
    let region = &baseline.estate.fleet.site.region;
    let book = baseline.estate.pricing.book;
    let mut priced: Vec<(Money, String)> = windows_types(baseline)
        .into_iter()
        .filter_map(|name| {
            let shape = InstanceTypes::embedded().get(&name)?;
            let hour = book
                .instance_hour(region, &name, OperatingSystem::Windows)
                .usd?;
            #[expect(clippy::cast_possible_truncation, reason = "GiB of a machine")]
            let gib = shape.memory.gibibytes().round() as i64;
            Some((hour.scaled(1, gib.max(1)), name))
        })
        .collect();
    priced.sort();
    priced.truncate(most);
    let mut names: Vec<String> = priced.into_iter().map(|(_, name)| name).collect();
    let own = &baseline.estate.pricing.policy.windows_nodes.instance_type;
    if !names.contains(own) {
        names.push(own.clone());
    }
    names
}

/// Dollars of a month that the Linux and the Windows nodes of a policy cost at the least, for each set of failures;
/// nothing if it leaves out what the plan moves, or if a price is unknown.
fn least(
    baseline: &Baseline<'_>,
    policy: &Policy,
    survive: &[Vec<Survive>],
) -> Option<Vec<(Money, Money)>> {
    let fleet = baseline.estate.fleet;
    let nodes = Nodes::of(policy, fleet.has_windows).ok()?;
    let (environments, _) = fleet.sized(policy, &nodes);
    let moving = |environments: &[EnvironmentPlan]| {
        let plans = environments.iter();
        plans.filter(|plan| plan.planned().is_some()).count()
    };
    if moving(&environments) != moving(&baseline.layout.environments) {
        return None;
    }
    let place = (fleet.site, fleet.network);
    let of = |survive: &Vec<Survive>| {
        let mut policy = policy.clone();
        policy.topology.survive.clone_from(survive);
        let (mut linux, mut windows) = (Money::ZERO, Money::ZERO);
        for (kind, count) in clusters::least_nodes(&environments, place, &nodes, &policy) {
            let all = node_month(baseline, kind)?.times(i64::from(count));
            match kind.operating_system {
                OperatingSystem::Linux => linux += all,
                OperatingSystem::Windows => windows += all,
            }
        }
        Some((linux, windows))
    };
    survive.iter().map(of).collect()
}

/// A node and its volume.
fn node_month(baseline: &Baseline<'_>, kind: &NodeKind) -> Option<Money> {
    of_month(baseline, &kind.instance_type, kind.operating_system)
}

fn of_month(
    baseline: &Baseline<'_>,
    instance_type: &str,
    system: OperatingSystem,
) -> Option<Money> {
    let (book, policy) = (baseline.estate.pricing.book, baseline.estate.pricing.policy);
    let region = &baseline.estate.fleet.site.region;
    let hour = book.instance_hour(region, instance_type, system).usd?;
    let gib = match system {
        OperatingSystem::Linux => policy.nodes.volume_gib,
        OperatingSystem::Windows => policy.windows_nodes.volume_gib,
    };
    let volume = book
        .volume_gb_month(region, &policy.nodes.volume_type)
        .usd?;
    Some(hour.for_quantity(Quantity::from(HOURS_PER_MONTH))? + volume.for_quantity(gib.into())?)
}

/// The nodes of a layout, at what they cost in a month.
fn of_nodes(baseline: &Baseline<'_>, layout: &Layout) -> Option<Money> {
    let groups = layout
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups);
    groups
        .map(|group| {
            let each = of_month(baseline, &group.instance_type, group.operating_system)?;
            Some(each.times(i64::from(group.desired_capacity)))
        })
        .sum()
}

/// Packs the pairs in the order of their bounds; with how many that were.
fn cheapest(
    baseline: &Baseline<'_>,
    pairs: &[CandidatePair<'_>],
    survive: &[Survive],
) -> (usize, Option<Candidate>) {
    let pods: u32 = baseline
        .layout
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.workloads)
        .map(|workload| workload.replicas)
        .sum();
    let most = (PACKED_PODS / pods.max(1)) as usize;
    let most = most.clamp(LEAST_PACKED, MOST_PACKED);
    let mut packed = 0;
    // What it costs in all, and what of that are no nodes.
    let mut best: Option<(Money, Money, Candidate)> = None;
    for chunk in pairs.chunks(CHUNK) {
        let is_beaten = |pair: &CandidatePair<'_>| {
            best.as_ref()
                .is_some_and(|(monthly, rest, _)| pair.least + *rest >= *monthly)
        };
        if packed >= most || chunk.first().is_some_and(is_beaten) {
            break;
        }
        let priced: Vec<Option<(Money, Money, Candidate)>> = chunk
            .par_iter()
            .map(|pair| {
                let candidate = pair.candidate(survive)?;
                let layout = Layout::under(baseline.estate, candidate.policy.clone()).ok()?;
                let monthly = monthly(baseline, &layout)?;
                let rest = monthly - of_nodes(baseline, &layout)?;
                Some((monthly, rest, candidate))
            })
            .collect();
        packed += chunk.len();
        for one in priced.into_iter().flatten() {
            if best.as_ref().is_none_or(|(monthly, ..)| one.0 < *monthly) {
                best = Some(one);
            }
        }
    }
    (packed, best.map(|(.., candidate)| candidate))
}

/// What a layout costs; nothing if a line more than in the plan has no price.
pub(super) fn total(baseline: &Baseline<'_>, layout: &Layout) -> Option<Money> {
    let estate = baseline.estate;
    let lines = estate.after_at(layout, &estate.to_price(layout), &Levels::EXPECTED);
    let bill = Bill::unsorted(BillKey::AFTER, lines);
    (bill.unpriced_lines <= baseline.after.unpriced_lines).then_some(bill.total)
}

/// The same; nothing either if it leaves out what the plan moves.
pub(super) fn monthly(baseline: &Baseline<'_>, layout: &Layout) -> Option<Money> {
    let moves = |layout: &Layout| {
        let plans = layout.environments.iter();
        plans.filter(|plan| plan.planned().is_some()).count()
    };
    (moves(layout) == moves(baseline.layout))
        .then(|| total(baseline, layout))
        .flatten()
}

fn offer(
    baseline: &Baseline<'_>,
    kind: AlternativeKind,
    best: Candidate,
) -> Result<Offer, NoOffer> {
    if best.settings.is_empty() {
        return Err(text!("no-offer-as-asked").into());
    }
    let survive = survives(kind, baseline.estate.pricing.policy);
    let is_together = best.policy.sizing.min_replicas_on == MinReplicasOn::AllClusters
        && best.policy.topology.clusters.len() > 1;
    let layout = Layout::as_planned(baseline.estate, best.policy)?;
    let bill = baseline.estate.after(kind, &layout, false);
    let types = types(&layout);
    let clusters = layout.clusters.len();
    let mut remarks = vec![text!("remark-found")];
    if is_together {
        remarks.push(text!("remark-least-together"));
    }
    if kind == AlternativeKind::EksGraviton {
        remarks.push(text!("remark-graviton"));
    }
    let named: Vec<Text> = survive.iter().map(|failure| failure.text()).collect();
    Ok(Offer {
        title: text!(
            "alternative-found",
            clusters = clusters,
            types = types.join(", "),
            survives = named
        ),
        bill,
        needs: Prerequisite::of_kubernetes(&layout),
        layout: Some(layout),
        moves: MigrationWork::Apps,
        survives: survive,
        settings: best.settings,
        remarks,
    })
}

/// Of all node groups, each once.
fn types(layout: &Layout) -> Vec<String> {
    let mut types = Vec::new();
    for group in layout
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups)
    {
        let name = match group.operating_system {
            OperatingSystem::Linux => group.instance_type.clone(),
            OperatingSystem::Windows => format!("{} (Windows)", group.instance_type),
        };
        if !types.contains(&name) {
            types.push(name);
        }
    }
    types
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
