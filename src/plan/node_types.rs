//! The same fleet on workers of other types: how many nodes, at what price.
//!
//! Risks, failures and everything but the workers' type are the plan's own. CPU is counted in vCPUs of the row's
//! type, as a plan on it counts: a row is what such a plan would be.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::PlanError;
use super::document::{ClusterPlan, EnvironmentPlan, NodeTypeOutcome, NodeTypeRow};
use super::economics::{Estate, Layout};
use super::nodes::{Nodes, WORKERS};
use crate::catalog::{InstanceTypes, OperatingSystem};
use crate::pack::SimulationSettings;
use crate::policy::{NodeGroup, Policy};
use crate::price::{Bill, BillKey, Category, Levels};
use crate::units::{Money, Resources};
use crate::wording::text;

/// Pods of all compared choices together: as many choices as a few seconds allow.
const COMPARED_PODS: u64 = 20_000;
/// Choices that are compared in any case.
const LEAST_COMPARED: u64 = 4;

/// Of all clusters in normal times.
fn pods(clusters: &[ClusterPlan]) -> u64 {
    clusters
        .iter()
        .flat_map(|cluster| &cluster.workloads)
        .map(|workload| u64::from(workload.replicas))
        .sum()
}

/// Types of the families and sizes that the policy compares, as far as the catalogue knows them.
pub(super) fn compared(policy: &Policy) -> Vec<String> {
    let nodes = &policy.nodes;
    let of_family = |family: &String| {
        let sizes = nodes.compare_sizes.iter();
        let names: Vec<String> = sizes.map(|size| format!("{family}.{size}")).collect();
        names
    };
    let all = nodes.compare_families.iter().flat_map(of_family);
    all.filter(|name| InstanceTypes::embedded().get(name).is_some())
        .collect()
}

/// The group of a mix that has more memory.
pub(super) const MORE_MEMORY: &str = "more-memory";

/// What every row is worked out from.
pub(super) struct NodeTypes<'a> {
    pub(super) estate: &'a Estate<'a>,
}

/// A choice of node types.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    workers: String,
    more_memory: Option<(String, f64)>,
}

impl NodeTypes<'_> {
    /// One row for each choice, cheapest first, then those without a price, then those that cannot be. The
    /// plan's own is taken from the plan.
    pub(super) fn compare(&self, layout: &Layout, after: &Bill) -> Vec<NodeTypeRow> {
        let (environments, clusters) = (layout.environments.as_slice(), layout.clusters.as_slice());
        let planned = Candidate {
            workers: self.policy().nodes.instance_type.clone(),
            more_memory: None,
        };
        let mut candidates = self.single_types();
        candidates.extend(self.mixes(environments));
        candidates.retain(|candidate| *candidate != planned);
        // The plan's own size is what most people would take.
        let own_size = planned
            .workers
            .split_once('.')
            .map(|(_, size)| size.to_owned());
        candidates.sort_by_key(|candidate| {
            candidate
                .workers
                .split_once('.')
                .map(|(_, size)| size.to_owned())
                != own_size
        });
        let most = (COMPARED_PODS / pods(clusters).max(1)).max(LEAST_COMPARED);
        candidates.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let other = |candidate: &Candidate| {
            self.row(
                candidate,
                self.outcome(candidate, environments, after.total),
                false,
            )
        };
        let mut rows: Vec<NodeTypeRow> = candidates.par_iter().map(other).collect();
        rows.push(self.row(&planned, feasible(clusters, after, after.total), true));
        let mut rows = without_mixes_that_do_not_pay(rows);
        rows.sort_by_key(|row| {
            let is_feasible = matches!(row.outcome, NodeTypeOutcome::Feasible { .. });
            let price = row.per_month();
            (
                !is_feasible,
                price.is_none(),
                price,
                row.instance_types.clone(),
            )
        });
        rows
    }

    fn row(
        &self,
        candidate: &Candidate,
        outcome: NodeTypeOutcome,
        is_planned: bool,
    ) -> NodeTypeRow {
        let architecture = |name: &str| {
            InstanceTypes::embedded()
                .get(name)
                .map(|shape| shape.architecture)
        };
        let mut instance_types = vec![candidate.workers.clone()];
        instance_types.extend(candidate.more_memory.iter().map(|(name, _)| name.clone()));
        NodeTypeRow {
            needs_other_images: architecture(&candidate.workers)
                != architecture(&self.policy().nodes.instance_type),
            min_gib_per_core: candidate.more_memory.as_ref().map(|&(_, least)| least),
            instance_types,
            is_planned,
            outcome,
        }
    }

    fn single_types(&self) -> Vec<Candidate> {
        let alone = |workers| Candidate {
            workers,
            more_memory: None,
        };
        compared(self.policy()).into_iter().map(alone).collect()
    }

    /// Of each pair of compared families of one generation that differ in memory, the split of the apps that
    /// leaves least to pay by volume, where that is less than either alone.
    fn mixes(&self, environments: &[EnvironmentPlan]) -> Vec<Candidate> {
        let nodes = &self.policy().nodes;
        if nodes.groups.iter().any(|group| group.name == MORE_MEMORY) {
            return Vec::new();
        }
        let generation = |family: &str| family.get(1..).map(str::to_owned);
        let memory = |name: &str| {
            InstanceTypes::embedded()
                .get(name)
                .map(|shape| shape.memory)
        };
        let mut mixes = Vec::new();
        for (less, more) in pairs(&nodes.compare_families)
            .filter(|(less, more)| generation(less) == generation(more))
        {
            for size in &nodes.compare_sizes {
                let (less, more) = (format!("{less}.{size}"), format!("{more}.{size}"));
                if memory(&less) < memory(&more)
                    && let Some(least) = self.best_split(environments, &less, &more)
                {
                    mixes.push(Candidate {
                        workers: less,
                        more_memory: Some((more, least)),
                    });
                }
            }
        }
        mixes
    }

    fn best_split(&self, environments: &[EnvironmentPlan], less: &str, more: &str) -> Option<f64> {
        let offer = |name: &str| {
            let price = self
                .estate
                .pricing
                .book
                .instance_hour(&self.estate.fleet.site.region, name, OperatingSystem::Linux)
                .usd?;
            let nodes = self.nodes_of(&with_workers(self.policy(), name)).ok()?;
            Some((nodes.named(WORKERS).capacity.available, price))
        };
        let (less, more) = (offer(less)?, offer(more)?);
        let on_workers = environments
            .iter()
            .filter(|environment| environment.node_group() == Some(WORKERS));
        let mut apps: Vec<(f64, Resources)> = on_workers
            .filter_map(EnvironmentPlan::planned)
            .map(|(_, sizing)| {
                let pods = sizing
                    .replicas
                    .clusters
                    .values()
                    .map(|replicas| replicas.normal)
                    .sum::<u32>();
                (
                    sizing.requests.memory.gibibytes() / sizing.requests.cpu.cores().max(0.001),
                    sizing.requests * pods,
                )
            })
            .collect();
        apps.sort_by(|a, b| a.0.total_cmp(&b.0));
        #[expect(clippy::cast_precision_loss, reason = "an estimate by volume")]
        let cost = |load: Resources, (room, price): (Resources, Money)| {
            let (cpu, memory) = load.millionths_of(room);
            cpu.max(memory) as f64 / 1e6 * price.nanos() as f64
        };
        let whole: Resources = apps.iter().map(|&(_, load)| load).sum();
        let alone = cost(whole, less).min(cost(whole, more));
        // The app with the least is never the first on the second type: that would be no mix.
        let (mut below, mut last) = (
            Resources::default(),
            apps.first().map_or(0.0, |&(ratio, _)| ratio),
        );
        let mut best: Option<(f64, f64)> = None;
        for (ratio, load) in apps {
            // This app and all that need as much memory for a core are on the second type.
            let split = cost(below, less) + cost(whole.saturating_sub(below), more);
            if ratio > last && split < best.map_or(alone, |(least, _)| least) {
                best = Some((split, ratio));
            }
            (last, below) = (ratio, below + load);
        }
        // Rounded down, so that the app at the edge still meets it.
        best.map(|(_, ratio)| (ratio * 1000.0).floor() / 1000.0)
    }

    fn outcome(
        &self,
        candidate: &Candidate,
        planned: &[EnvironmentPlan],
        plan_costs: Money,
    ) -> NodeTypeOutcome {
        let layout = match self.layout(candidate) {
            Ok(layout) => layout,
            Err(error) => {
                return NodeTypeOutcome::Infeasible {
                    reason: error.reason(),
                };
            }
        };
        let moves = |environments: &[EnvironmentPlan]| {
            environments
                .iter()
                .filter(|environment| environment.planned().is_some())
                .count()
        };
        if let Some(left) = moves(planned)
            .checked_sub(moves(&layout.environments))
            .filter(|&left| left > 0)
        {
            return NodeTypeOutcome::Infeasible {
                reason: text!("node-type-too-small", apps = left),
            };
        }
        let after = Bill::unsorted(
            BillKey::AFTER,
            self.estate
                .after_at(&layout, &self.estate.to_price(&layout), &Levels::EXPECTED),
        );
        feasible(&layout.clusters, &after, plan_costs)
    }

    /// The fleet on a candidate's nodes.
    fn layout(&self, candidate: &Candidate) -> Result<Layout, PlanError> {
        let mut policy = with_workers(self.policy(), &candidate.workers);
        if let Some((instance_type, least)) = &candidate.more_memory {
            policy.nodes.groups.push(NodeGroup {
                name: MORE_MEMORY.to_owned(),
                instance_type: instance_type.clone(),
                apps: Vec::new(),
                min_node_share: None,
                min_gib_per_core: Some(*least),
            });
        }
        let scenario = self.estate.fleet.under(
            &policy,
            &self.nodes_of(&policy)?,
            SimulationSettings::in_short(&policy.packing),
        )?;
        Ok(Layout::of_scenario(policy, scenario))
    }

    fn policy(&self) -> &Policy {
        self.estate.pricing.policy
    }

    fn nodes_of(&self, policy: &Policy) -> Result<Nodes, crate::pack::NodeError> {
        Nodes::of(policy, self.estate.fleet.has_windows)
    }
}

/// What is cheaper by volume may be dearer in whole nodes, each group with room for a lost one.
fn without_mixes_that_do_not_pay(mut rows: Vec<NodeTypeRow>) -> Vec<NodeTypeRow> {
    let singles: BTreeMap<String, Money> = rows
        .iter()
        .filter(|row| row.instance_types.len() == 1)
        .filter_map(|row| Some((row.name(), row.per_month()?)))
        .collect();
    rows.retain(|row| {
        let pays = |alone: &String| {
            singles
                .get(alone)
                .is_none_or(|price| row.per_month().is_some_and(|mixed| mixed < *price))
        };
        row.instance_types.len() == 1 || row.instance_types.iter().all(pays)
    });
    rows
}

/// Each two of them, in both orders.
fn pairs(families: &[String]) -> impl Iterator<Item = (&str, &str)> {
    families
        .iter()
        .flat_map(move |one| {
            families
                .iter()
                .map(move |other| (one.as_str(), other.as_str()))
        })
        .filter(|(one, other)| one != other)
}

fn with_workers(policy: &Policy, instance_type: &str) -> Policy {
    let mut policy = policy.clone();
    policy.nodes.instance_type = instance_type.to_owned();
    policy
}

fn feasible(clusters: &[ClusterPlan], after: &Bill, plan_costs: Money) -> NodeTypeOutcome {
    let groups = || {
        clusters
            .iter()
            .flat_map(|cluster| &cluster.node_groups)
            .filter(|group| group.operating_system == OperatingSystem::Linux)
    };
    let offered: Resources = groups()
        .map(|group| group.node.available * group.desired_capacity)
        .sum();
    let requested: Resources = clusters
        .iter()
        .flat_map(|cluster| {
            let linux = cluster
                .node_groups
                .iter()
                .filter(|group| group.operating_system == OperatingSystem::Linux);
            let pods = linux
                .flat_map(|group| &group.normal.placement)
                .flat_map(|node| &node.pods);
            pods.filter_map(|pods| {
                let place = cluster
                    .workloads
                    .binary_search_by(|workload| workload.name.cmp(&pods.workload))
                    .ok()?;
                Some(cluster.workloads[place].requests * pods.replicas)
            })
        })
        .sum();
    let (cpu, memory) = requested.millionths_of(offered);
    // A tenth of a per cent is all that a reader wants.
    #[expect(clippy::cast_precision_loss, reason = "a share, for people")]
    let percent = |millionths: u64| (millionths as f64 / 1e3).round() / 10.0;
    let is_node = |category: Category| matches!(category, Category::Machines | Category::Volumes);
    let is_unpriced = |line: &&crate::price::BillLine| line.amount.is_none();
    let of_clusters = |line: &&crate::price::BillLine| {
        is_node(line.category) && clusters.iter().any(|cluster| line.is_of(&cluster.name))
    };
    let has_price = !after
        .lines
        .iter()
        .filter(is_unpriced)
        .any(|line| of_clusters(&line));
    NodeTypeOutcome::Feasible {
        nodes: groups().map(|group| group.desired_capacity).sum(),
        max_nodes: groups().map(|group| group.max_size).sum(),
        per_month: has_price.then_some(after.total),
        saving: has_price.then_some(plan_costs - after.total),
        is_lower_bound: after.unpriced_lines > 0,
        cpu_percent: percent(cpu),
        memory_percent: percent(memory),
    }
}
