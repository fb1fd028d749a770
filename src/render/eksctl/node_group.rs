//! One planned group as eksctl writes it: a managed group in each zone, so that the autoscaler grows zones evenly
//! and AWS moves no node from one to another by itself.

use std::collections::BTreeMap;

use super::config::{NodeGroup, SecurityGroups, Ssh, Taint, UpdateConfig};
use crate::plan::{ClusterPlan, GroupPlan, OperatingSystem, Policy};

/// What all nodes of a group have in common, whoever starts them.
#[derive(Debug, Clone)]
pub(in crate::render) struct NodesOf<'a> {
    /// The value of the label `role`: what the nodes are for.
    pub(in crate::render) role: &'a str,
    pub(in crate::render) taints: Vec<Taint<'a>>,
    pub(in crate::render) volume_gib: u32,
    ami_family: &'a str,
}

pub(in crate::render) fn nodes_of<'a>(group: &'a GroupPlan, policy: &'a Policy) -> NodesOf<'a> {
    let taint = |key, value| Taint {
        key,
        value,
        effect: "NoSchedule",
    };
    match group.operating_system {
        OperatingSystem::Linux if is_further(group, policy) => NodesOf {
            role: &group.name,
            // Only the apps that belong there tolerate it; whatever else came would take their room.
            taints: vec![taint("node-group", &group.name)],
            volume_gib: policy.nodes.volume_gib,
            ami_family: "AmazonLinux2023",
        },
        OperatingSystem::Linux => NodesOf {
            role: &policy.nodes.role_label,
            taints: Vec::new(),
            volume_gib: policy.nodes.volume_gib,
            ami_family: "AmazonLinux2023",
        },
        OperatingSystem::Windows => NodesOf {
            role: &group.name,
            // A Linux pod on a Windows node never starts: only pods that tolerate it may come.
            taints: vec![taint("os", "windows")],
            volume_gib: policy.windows_nodes.volume_gib,
            ami_family: &policy.windows_nodes.ami_family,
        },
    }
}

/// What the nodes of a group are for.
pub(super) fn role<'a>(group: &'a GroupPlan, policy: &'a Policy) -> &'a str {
    nodes_of(group, policy).role
}

/// Whether it is one of the policy's groups for certain apps.
fn is_further(group: &GroupPlan, policy: &Policy) -> bool {
    policy
        .nodes
        .groups
        .iter()
        .any(|further| further.name == group.name)
}

/// A managed group with its place and its part of the planned sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) name: String,
    zone: Option<&'a str>,
    min_size: u32,
    desired_capacity: u32,
    max_size: u32,
}

/// One for each zone. Where no network is known, eksctl chooses the zones, and the group is one.
pub(super) fn parts<'a>(group: &'a GroupPlan, cluster: &ClusterPlan) -> Vec<Part<'a>> {
    let is_known = |zone: &str| {
        cluster
            .network
            .as_ref()
            .is_some_and(|network| network.private_subnets.contains_key(zone))
    };
    if group.zones.is_empty() || !group.zones.iter().all(|part| is_known(&part.zone)) {
        return vec![Part {
            name: group.name.clone(),
            zone: None,
            min_size: group.min_size,
            desired_capacity: group.desired_capacity,
            max_size: group.max_size,
        }];
    }
    group
        .zones
        .iter()
        .map(|part| Part {
            name: format!("{}-{}", group.name, part.zone),
            zone: Some(&part.zone),
            min_size: part.min_size,
            desired_capacity: part.desired_capacity,
            max_size: part.max_size,
        })
        .collect()
}

/// Up to so many nodes an upgrade replaces one at a time; of larger groups it takes a tenth, or it would take days.
const FEW: u32 = 10;
const PERCENT_AT_A_TIME: u32 = 10;

/// One part of the group.
///
/// No `iam`: with it every pod of a node would hold what one of them needs. Nodes get what a node
/// needs by default; pods get theirs by Pod Identity.
pub(super) fn of<'a>(
    part: Part<'a>,
    group: &'a GroupPlan,
    cluster: &'a ClusterPlan,
    policy: &'a Policy,
) -> NodeGroup<'a> {
    let nodes = nodes_of(group, policy);
    let attach_ids = policy.nodes.security_groups.as_slice();
    let key = policy.nodes.ssh_key_name.as_str();
    let is_large = part.desired_capacity > FEW;
    NodeGroup {
        name: part.name,
        availability_zones: part.zone.map(|zone| [zone]),
        ami_family: nodes.ami_family,
        instance_type: &group.instance_type,
        min_size: part.min_size,
        desired_capacity: part.desired_capacity,
        max_size: part.max_size,
        volume_size: nodes.volume_gib,
        volume_type: &policy.nodes.volume_type,
        volume_encrypted: true,
        disable_imds_v1: true,
        // Credentials of a node are not a pod's: pods have roles of their own.
        disable_pod_imds: true,
        update_config: UpdateConfig {
            max_unavailable: (!is_large).then_some(1),
            max_unavailable_percentage: is_large.then_some(PERCENT_AT_A_TIME),
        },
        private_networking: true,
        labels: BTreeMap::from([("role", nodes.role)]),
        taints: nodes.taints,
        tags: BTreeMap::from([
            ("k8s.io/cluster-autoscaler/enabled".to_owned(), "true"),
            (
                format!("k8s.io/cluster-autoscaler/{}", cluster.name),
                "owned",
            ),
            ("role".to_owned(), nodes.role),
            ("stack".to_owned(), cluster.name.as_str()),
        ]),
        // So that the autoscaler knows labels and taints of a group that has no node.
        propagate_asg_tags: true,
        security_groups: (!attach_ids.is_empty()).then_some(SecurityGroups { attach_ids }),
        ssh: (!key.is_empty()).then_some(Ssh {
            allow: true,
            public_key_name: key,
        }),
    }
}
