//! Whether the subnets have addresses for the nodes and their pods.

use std::collections::BTreeMap;

use super::document::{AddressUse, ClusterPlan, Network, SubnetAddresses};
use super::{GroupPlan, NodePlacement};
use crate::catalog::{InstanceTypes, OperatingSystem};
use crate::pack::taken_by_windows;
use crate::policy::{AddressMode, Policy};
use crate::snapshot::Inventory;

/// For each cluster and subnet: EKS wants 6 addresses for its control plane's interfaces and recommends 16, and a
/// load balancer 8 that are free. Source: the EKS user guide, "VPC and subnet requirements", and the guide of ALB.
const RESERVED_FOR_A_CLUSTER: u32 = 24;

/// One row for each subnet that the clusters join; nothing if no network is known.
pub(super) fn of(
    clusters: &[ClusterPlan],
    network: Option<&Network>,
    inventory: &Inventory,
    policy: &Policy,
) -> Vec<SubnetAddresses> {
    let Some(network) = network else {
        return Vec::new();
    };
    let free: BTreeMap<&str, Option<u32>> = inventory
        .subnets
        .iter()
        .map(|subnet| (subnet.id.as_str(), subnet.available_ips))
        .collect();
    let row = |(zone, subnet): (&String, &String)| {
        let here = |placement: fn(&GroupPlan) -> &[NodePlacement]| -> Vec<NodeAddresses> {
            let groups = clusters.iter().flat_map(|cluster| &cluster.node_groups);
            groups
                .flat_map(|group| {
                    placement(group)
                        .iter()
                        .filter(|node| node.zone == *zone)
                        .map(|node| NodeAddresses::of(node, group, policy))
                })
                .collect()
        };
        let (normal, at_most) = (
            here(|group| &group.normal.placement),
            here(|group| &group.at_most.placement),
        );
        let free = free.get(subnet.as_str()).copied().flatten();
        let reserved = count(clusters.len()).saturating_mul(RESERVED_FOR_A_CLUSTER);
        let used = |mode: AddressMode| {
            let sum = |nodes: &[NodeAddresses]| {
                nodes
                    .iter()
                    .map(|node| node.by(mode))
                    .fold(0, u32::saturating_add)
            };
            let fullest = at_most.iter().map(|node| node.by(mode)).max();
            let room = free.map(|free| free.saturating_sub(reserved));
            let runs_out_at = room
                .zip(fullest)
                .map(|(room, fullest)| room / fullest.max(1) + 1);
            AddressUse {
                mode,
                at_desired: sum(&normal),
                at_max: sum(&at_most),
                runs_out_at,
            }
        };
        SubnetAddresses {
            subnet: subnet.clone(),
            zone: zone.clone(),
            free,
            reserved,
            nodes: count(normal.len()),
            max_nodes: count(at_most.len()),
            modes: AddressMode::ALL.into_iter().map(used).collect(),
        }
    };
    network.private_subnets.iter().map(row).collect()
}

/// Addresses of one node, by mode.
struct NodeAddresses([(AddressMode, u32); 3]);

impl NodeAddresses {
    fn of(node: &NodePlacement, group: &GroupPlan, policy: &Policy) -> Self {
        let Some(shape) = InstanceTypes::embedded().get(&group.instance_type) else {
            return Self(AddressMode::ALL.map(|mode| (mode, 0)));
        };
        let placed = node
            .pods
            .iter()
            .map(|pods| pods.replicas)
            .fold(0, u32::saturating_add);
        let daemons = policy
            .daemons
            .iter()
            .filter(|daemon| !daemon.host_network)
            .count();
        let pods = placed.saturating_add(count(daemons));
        Self(AddressMode::ALL.map(|mode| match group.operating_system {
            OperatingSystem::Linux => (mode, mode.taken(pods, shape)),
            OperatingSystem::Windows => (mode, taken_by_windows(shape)),
        }))
    }

    fn by(&self, wanted: AddressMode) -> u32 {
        self.0
            .iter()
            .find(|(mode, _)| *mode == wanted)
            .map_or(0, |&(_, taken)| taken)
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
