//! The clusters: where they stand, what runs on them, how many nodes they need.

use rayon::prelude::*;

use super::nodes::{NodeKind, Nodes, WORKERS};
use super::site::ClusterSite;
use super::{ClusterPlan, EnvironmentPlan, Network, PlanError};
use crate::pack::{
    self, Depth, GroupRequest, SimulationSettings, Survival, Workload, WorkloadKind, pack_group,
};
use crate::policy::{Policy, Survive};
use crate::size::Stage;

/// The zones that nodes stand in, at least one: those of the subnets, else of today's instances.
pub(super) fn zones(site: &ClusterSite, network: Option<&Network>) -> Vec<String> {
    let subnet_zones =
        network.map(|network| network.private_subnets.keys().cloned().collect::<Vec<_>>());
    let zones = subnet_zones
        .filter(|zones| !zones.is_empty())
        .unwrap_or_else(|| site.zones.clone());
    if zones.is_empty() {
        vec![site.region.clone()]
    } else {
        zones
    }
}

/// The fewest nodes that each kind could possibly have on each cluster, without packing anything.
pub(super) fn least_nodes<'a>(
    environments: &[EnvironmentPlan],
    (site, network): (&ClusterSite, Option<&Network>),
    nodes: &'a Nodes,
    policy: &Policy,
) -> Vec<(&'a NodeKind, u32)> {
    let zones = zones(site, network);
    let on = |cluster: &String, kind: &'a NodeKind| {
        let here = workloads_on(environments, cluster, kind, policy);
        let here: Vec<&Workload> = here.iter().collect();
        let is_there = !here.is_empty() || kind.name == WORKERS;
        let request = request(
            kind,
            &zones,
            &here,
            policy,
            SimulationSettings::in_short(&policy.packing),
        );
        (
            kind,
            if is_there {
                pack::least_nodes(&request)
            } else {
                0
            },
        )
    };
    let clusters = policy.topology.clusters.iter();
    clusters
        .flat_map(|cluster| nodes.iter().map(move |kind| (cluster, kind)))
        .map(|(cluster, kind)| on(cluster, kind))
        .collect()
}

fn request<'a>(
    kind: &'a NodeKind,
    zones: &'a [String],
    workloads: &'a [&'a Workload],
    policy: &Policy,
    simulated: SimulationSettings,
) -> GroupRequest<'a> {
    let topology = &policy.topology;
    GroupRequest {
        name: &kind.name,
        operating_system: kind.operating_system,
        instance_type: &kind.instance_type,
        node: kind.capacity,
        zones,
        workloads,
        survival: Survival {
            node: topology.survives(Survive::Node),
            zone: topology.survives(Survive::Zone),
        },
        max_nodes: policy.packing.max_nodes_per_group,
        simulated,
        search_steps: if simulated.depth == Depth::All {
            policy.packing.search_steps
        } else {
            0
        },
    }
}

/// Packs every cluster of the policy.
pub(super) fn pack(
    environments: &[EnvironmentPlan],
    site: &ClusterSite,
    network: Option<&Network>,
    nodes: &Nodes,
    policy: &Policy,
    simulated: SimulationSettings,
) -> Result<Vec<ClusterPlan>, PlanError> {
    let zones = zones(site, network);
    let packed = |name: &String| {
        let (mut node_groups, mut workloads) = (Vec::new(), Vec::new());
        for kind in nodes.iter() {
            let here = workloads_on(environments, name, kind, policy);
            // Workers are wanted in any case: add-ons run there.
            if here.is_empty() && kind.name != WORKERS {
                continue;
            }
            let references: Vec<&Workload> = here.iter().collect();
            node_groups.push(pack_group(&request(
                kind,
                &zones,
                &references,
                policy,
                simulated,
            ))?);
            workloads.extend(here);
        }
        workloads.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(ClusterPlan {
            workloads,
            node_groups,
            ..without_node_groups(name, site, network, policy)
        })
    };
    let packed: Vec<Result<ClusterPlan, PlanError>> =
        policy.topology.clusters.par_iter().map(packed).collect();
    // Of several errors always the first cluster's.
    packed.into_iter().collect()
}

/// The clusters of the policy, with nothing on them.
pub(super) fn without_nodes(
    site: &ClusterSite,
    network: Option<&Network>,
    policy: &Policy,
) -> Vec<ClusterPlan> {
    let names = policy.topology.clusters.iter();
    names
        .map(|name| without_node_groups(name, site, network, policy))
        .collect()
}

fn without_node_groups(
    name: &str,
    site: &ClusterSite,
    network: Option<&Network>,
    policy: &Policy,
) -> ClusterPlan {
    ClusterPlan {
        name: name.to_owned(),
        region: site.region.clone(),
        kubernetes_version: policy.kubernetes.version.clone(),
        network: network.cloned(),
        workloads: Vec::new(),
        node_groups: Vec::new(),
    }
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
