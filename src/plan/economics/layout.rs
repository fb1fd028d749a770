//! The estate as it is, and one way to lay its apps out on clusters.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::catalog::Support;
use crate::pack::SimulationSettings;
use crate::plan::clusters;
use crate::plan::fleet::Fleet;
use crate::plan::live::{LiveEnvironment, LiveEnvironments};
use crate::plan::nodes::Nodes;
use crate::plan::scenario::Scenario;
use crate::plan::{ClusterPlan, EnvironmentPlan, Outcome, PlanError};
use crate::policy::{Level, Policy};
use crate::price::{EnvironmentToPrice, Growth, Pricing, Usage};
use crate::snapshot::{Environment, EnvironmentKey};
use crate::units::Resources;

/// What is known, and what it is priced with.
pub(in crate::plan) struct Estate<'a> {
    pub(in crate::plan) fleet: &'a Fleet<'a>,
    pub(in crate::plan) live: &'a LiveEnvironments<'a>,
    pub(in crate::plan) support: Support,
    pub(in crate::plan) day: jiff::civil::Date,
    pub(in crate::plan) pricing: Pricing<'a>,
}

/// The apps on clusters under a policy.
pub(in crate::plan) struct Layout {
    pub(in crate::plan) policy: Policy,
    pub(in crate::plan) environments: Vec<EnvironmentPlan>,
    pub(in crate::plan) clusters: Vec<ClusterPlan>,
    /// Nodes of each group of each cluster, if all requests were at the low and at the high end of their
    /// ranges; as many as planned where that was not tried.
    pub(in crate::plan) nodes_at: BTreeMap<(String, String), [u32; 2]>,
}

impl Layout {
    /// Of a plan that was made: packed again at both ends of the requests' ranges.
    pub(in crate::plan) fn of(
        estate: &Estate<'_>,
        nodes: &Nodes,
        policy: &Policy,
        environments: &[EnvironmentPlan],
        clusters: &[ClusterPlan],
    ) -> Self {
        let packed = |level: &Level| {
            let environments: Vec<EnvironmentPlan> = environments
                .iter()
                .map(|plan| at_range(plan, *level, nodes))
                .collect();
            let simulated = SimulationSettings::in_short(&policy.packing);
            clusters::pack(
                &environments,
                estate.fleet.site,
                estate.fleet.network,
                nodes,
                policy,
                simulated,
            )
            .ok()
        };
        let ends: Vec<Option<Vec<ClusterPlan>>> =
            [Level::Low, Level::High].par_iter().map(packed).collect();
        let mut nodes_at = BTreeMap::new();
        for cluster in clusters {
            for group in &cluster.node_groups {
                let at = |end: usize| {
                    let cluster = ends
                        .get(end)?
                        .as_ref()?
                        .iter()
                        .find(|one| one.name == cluster.name)?;
                    cluster
                        .node_groups
                        .iter()
                        .find(|one| one.name == group.name)
                        .map(|group| group.desired_capacity)
                };
                let both = [0, 1].map(|end| at(end).unwrap_or(group.desired_capacity));
                nodes_at.insert((cluster.name.clone(), group.name.clone()), both);
            }
        }
        Self {
            policy: policy.clone(),
            environments: environments.to_vec(),
            clusters: clusters.to_vec(),
            nodes_at,
        }
    }

    /// Of one that was only tried.
    pub(in crate::plan) fn of_scenario(
        policy: Policy,
        Scenario {
            environments,
            clusters,
            ..
        }: Scenario,
    ) -> Self {
        Self {
            policy,
            environments,
            clusters,
            nodes_at: BTreeMap::new(),
        }
    }

    /// The same apps under another policy on clusters without nodes: for what packs nothing.
    ///
    /// # Errors
    /// When the policy's types cannot be nodes.
    pub(super) fn sized(estate: &Estate<'_>, policy: Policy) -> Result<Self, PlanError> {
        let fleet = estate.fleet;
        let nodes = Nodes::of(&policy, fleet.has_windows)?;
        let (environments, ingress_groups) = fleet.sized(&policy, &nodes);
        let clusters = clusters::without_nodes(fleet.site, fleet.network, &policy);
        let scenario = Scenario {
            environments,
            ingress_groups,
            clusters,
        };
        Ok(Self::of_scenario(policy, scenario))
    }

    /// The same apps under another policy, their nodes counted and not looked at any closer.
    ///
    /// # Errors
    /// When a cluster cannot be packed under it.
    pub(super) fn under(estate: &Estate<'_>, policy: Policy) -> Result<Self, PlanError> {
        let simulated = SimulationSettings::in_short(&policy.packing);
        Self::simulated(estate, policy, simulated)
    }

    /// The same with the nodes of a plan under that policy.
    ///
    /// # Errors
    /// When a cluster cannot be packed under it.
    pub(super) fn as_planned(estate: &Estate<'_>, policy: Policy) -> Result<Self, PlanError> {
        let simulated = SimulationSettings::of_sizes(&policy.packing);
        Self::simulated(estate, policy, simulated)
    }

    fn simulated(
        estate: &Estate<'_>,
        policy: Policy,
        simulated: SimulationSettings,
    ) -> Result<Self, PlanError> {
        let nodes = Nodes::of(&policy, estate.fleet.has_windows)?;
        let scenario = estate.fleet.under(&policy, &nodes, simulated)?;
        Ok(Self::of_scenario(policy, scenario))
    }
}

/// A plan whose requests are at that end of their stated ranges, as far as a node holds them.
fn at_range(plan: &EnvironmentPlan, level: Level, nodes: &Nodes) -> EnvironmentPlan {
    let mut plan = plan.clone();
    if let Outcome::Planned {
        sizing, node_group, ..
    } = &mut plan.outcome
    {
        let room = nodes.named(node_group).capacity.available;
        let evidence = &sizing.evidence;
        let end =
            |range: Resources, other: Resources| if level == Level::Low { range } else { other };
        let low = Resources {
            cpu: evidence.cpu.range.0.min(sizing.requests.cpu),
            memory: evidence.memory.range.0.min(sizing.requests.memory),
        };
        let high = Resources {
            cpu: evidence.cpu.range.1.max(sizing.requests.cpu),
            memory: evidence.memory.range.1.max(sizing.requests.memory),
        };
        let at = end(low, high);
        sizing.requests = Resources {
            cpu: at.cpu.min(room.cpu),
            memory: at.memory.min(room.memory),
        };
    }
    plan
}

impl Estate<'_> {
    pub(super) fn usage(&self, environment: &Environment) -> Option<&Usage> {
        self.fleet.histories.usage(environment)
    }

    /// Environments with what they used, as the plans beside them decide.
    pub(super) fn billed(
        &self,
        is_in: &dyn Fn(&EnvironmentKey) -> bool,
    ) -> Vec<EnvironmentToPrice<'_>> {
        let all = self.live.iter().filter(|one| is_in(&one.key));
        all.filter_map(|one| {
            Some(EnvironmentToPrice {
                environment: one.environment,
                reading: &one.reading,
                label: &one.label,
                usage: self.usage(one.environment)?,
            })
        })
        .collect()
    }

    /// Every environment with its plan under that layout.
    pub(super) fn pairs<'a>(
        &'a self,
        layout: &'a Layout,
    ) -> impl Iterator<
        Item = (
            &'a EnvironmentPlan,
            &'a LiveEnvironment<'a>,
            Option<&'a Usage>,
        ),
    > {
        layout.environments.iter().filter_map(|plan| {
            let one = self.live.get(&plan.key())?;
            Some((plan, one, self.usage(one.environment)))
        })
    }
}

/// Growth of the fleet in a year at most, by the trends that its history shows: weighed by what each app uses, and
/// carried on for no longer than the history is.
#[expect(
    clippy::cast_possible_truncation,
    reason = "thousandths of a bounded share"
)]
pub(in crate::plan) fn growth(environments: &[EnvironmentPlan]) -> Growth {
    const MONTHS: f64 = 12.0;
    const DAYS_OF_A_MONTH: f64 = 30.0;
    // Beyond doubling or halving, a trend of a few weeks says nothing about a year.
    const MOST: f64 = 1.0;
    let (mut trending, mut all) = (0.0, 0.0);
    for (_, sizing) in environments.iter().filter_map(EnvironmentPlan::planned) {
        let usual = sizing.evidence.cpu.rhythm.usual.cores();
        all += usual;
        let months = (sizing.evidence.days / DAYS_OF_A_MONTH).min(MONTHS);
        trending += usual * sizing.evidence.cpu.rhythm.trend_per_month.unwrap_or(0.0) * months;
    }
    let yearly = if all > 0.0 {
        (trending / all).clamp(-MOST / 2.0, MOST)
    } else {
        0.0
    };
    let thousandths = (yearly * 1_000.0).round() as i64;
    Growth {
        low: thousandths.min(0),
        high: thousandths.max(0),
    }
}
