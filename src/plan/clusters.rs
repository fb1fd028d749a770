//! The clusters: where they stand, what runs on them, how many nodes they need.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::live::LiveEnvironments;
use super::nodes::{NodeKind, Nodes, WORKERS};
use super::{ClusterPlan, EnvironmentPlan, Network, PlanError};
use crate::pack::{GroupRequest, Simulated, Survival, Workload, WorkloadKind, pack_group};
use crate::policy::{Policy, Survive};
use crate::size::Stage;
use crate::snapshot::Environment;

/// The account and region of the clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClusterSite {
    pub(super) account: String,
    pub(super) region: String,
    /// Zones that instances are in today: the nodes' zones where no subnet is known.
    pub(super) zones: Vec<String>,
}

impl ClusterSite {
    /// As the policy says, else where most of the environments are; of equals the first by name. Where the
    /// policy wants the clusters and no environment is, they stand all the same, and nothing moves.
    pub(super) fn of(live: &LiveEnvironments<'_>, policy: &Policy) -> Self {
        let wanted = &policy.topology;
        let is_wanted = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for one in live.iter() {
            *counts
                .entry((&one.environment.account, &one.environment.region))
                .or_default() += 1;
        }
        // The whole wish counts more than a part of it, and any part more than the number of environments.
        let met = |(account, region): (&str, &str)| {
            u8::from(is_wanted(&wanted.account, account))
                + u8::from(is_wanted(&wanted.region, region))
        };
        let ranked = counts
            .into_iter()
            .map(|(place, count)| (met(place), count, Reverse(place)));
        let (found_account, found_region) = ranked
            .max()
            .map_or(("", ""), |(_, _, Reverse(place))| place);
        let or = |wanted: &str, found: &str| {
            if wanted.is_empty() {
                found.to_owned()
            } else {
                wanted.to_owned()
            }
        };
        let (account, region) = (
            or(&wanted.account, found_account),
            or(&wanted.region, found_region),
        );
        let here = live
            .iter()
            .map(|one| one.environment)
            .filter(|e| e.account == account && e.region == region);
        let mut zones: Vec<String> = here
            .flat_map(Environment::running_instances)
            .filter_map(|instance| instance.zone.clone())
            .collect();
        zones.sort();
        zones.dedup();
        Self {
            account,
            region,
            zones,
        }
    }
}

/// Packs every cluster of the policy.
pub(super) fn pack(
    environments: &[EnvironmentPlan],
    site: &ClusterSite,
    network: Option<&Network>,
    nodes: &Nodes,
    policy: &Policy,
    simulated: Simulated,
) -> Result<Vec<ClusterPlan>, PlanError> {
    let subnet_zones =
        network.map(|network| network.private_subnets.keys().cloned().collect::<Vec<_>>());
    let zones = subnet_zones
        .filter(|zones| !zones.is_empty())
        .unwrap_or_else(|| site.zones.clone());
    let zones = if zones.is_empty() {
        vec![site.region.clone()]
    } else {
        zones
    };
    let topology = &policy.topology;
    let survival = Survival {
        node: topology.survives(Survive::Node),
        zone: topology.survives(Survive::Zone),
    };
    let mut clusters = Vec::new();
    for name in &topology.clusters {
        let (mut node_groups, mut workloads) = (Vec::new(), Vec::new());
        for kind in nodes.iter() {
            let here = workloads_on(environments, name, kind, policy);
            // Workers are wanted in any case: add-ons run there.
            if here.is_empty() && kind.name != WORKERS {
                continue;
            }
            node_groups.push(pack_group(&GroupRequest {
                name: &kind.name,
                operating_system: kind.operating_system,
                instance_type: &kind.instance_type,
                node: kind.capacity,
                zones: &zones,
                workloads: &here.iter().collect::<Vec<_>>(),
                survival,
                max_nodes: policy.packing.max_nodes_per_group,
                simulated,
                search_steps: if simulated.sizes_only {
                    0
                } else {
                    policy.packing.search_steps
                },
            })?);
            workloads.extend(here);
        }
        workloads.sort_by(|a, b| a.name.cmp(&b.name));
        clusters.push(ClusterPlan {
            name: name.clone(),
            region: site.region.clone(),
            kubernetes_version: policy.kubernetes.version.clone(),
            network: network.cloned(),
            workloads,
            node_groups,
        });
    }
    Ok(clusters)
}

/// What runs on the nodes of one kind of a cluster, by name. Add-ons run on the workers.
fn workloads_on(
    environments: &[EnvironmentPlan],
    cluster: &str,
    kind: &NodeKind,
    policy: &Policy,
) -> Vec<Workload> {
    let app = |environment: &EnvironmentPlan| {
        let (name, sizing) = environment.planned()?;
        let replicas = sizing.replicas.clusters.get(cluster)?;
        (environment.node_group() == Some(kind.name.as_str())).then(|| Workload {
            name: name.to_string(),
            kind: WorkloadKind::App,
            stage: environment.stage,
            requests: sizing.requests,
            replicas: replicas.normal,
            replicas_at_most: replicas.failover + replicas.surge,
            surge: replicas.surge,
        })
    };
    let addon = |addon: &crate::policy::Addon| Workload {
        name: addon.name.clone(),
        kind: WorkloadKind::Addon,
        stage: Stage::Production,
        requests: addon.requests(),
        replicas: addon.replicas,
        replicas_at_most: addon.replicas,
        surge: 0,
    };
    let mut workloads: Vec<Workload> = environments.iter().filter_map(app).collect();
    if kind.name == WORKERS {
        workloads.extend(policy.installed_addons().map(addon));
    }
    workloads.sort_by(|a, b| a.name.cmp(&b.name));
    workloads
}
