//! One planned group as eksctl writes it.

use std::collections::BTreeMap;

use super::config::{NodeGroup, SecurityGroups, Ssh, Taint, UpdateConfig};
use crate::plan::{ClusterPlan, GroupPlan, OperatingSystem, Policy};

/// What the nodes of a group are for: the value of the label `role`.
pub(super) fn role<'a>(group: &'a GroupPlan, policy: &'a Policy) -> &'a str {
    let is_main = group.operating_system == OperatingSystem::Linux && !is_further(group, policy);
    if is_main {
        &policy.nodes.role_label
    } else {
        &group.name
    }
}

/// Whether it is one of the policy's groups for certain apps.
fn is_further(group: &GroupPlan, policy: &Policy) -> bool {
    policy
        .nodes
        .groups
        .iter()
        .any(|further| further.name == group.name)
}

/// The group.
///
/// No `iam`: with it every pod of a node would hold what one of them needs. Nodes get what a node
/// needs by default; pods get theirs by Pod Identity.
pub(super) fn of<'a>(
    group: &'a GroupPlan,
    cluster: &'a ClusterPlan,
    policy: &'a Policy,
) -> NodeGroup<'a> {
    let role = role(group, policy);
    let (ami_family, volume_size, taints) = match group.operating_system {
        OperatingSystem::Linux => {
            // Only the apps that belong there tolerate it; whatever else came would take their room.
            let taint = Taint {
                key: "node-group",
                value: &group.name,
                effect: "NoSchedule",
            };
            let taints = if is_further(group, policy) {
                vec![taint]
            } else {
                Vec::new()
            };
            ("AmazonLinux2023", policy.nodes.volume_gib, taints)
        }
        OperatingSystem::Windows => {
            // A Linux pod on a Windows node never starts: only pods that tolerate it may come.
            let taint = Taint {
                key: "os",
                value: "windows",
                effect: "NoSchedule",
            };
            (
                policy.windows_nodes.ami_family.as_str(),
                policy.windows_nodes.volume_gib,
                vec![taint],
            )
        }
    };
    let attach_ids = policy.nodes.security_groups.as_slice();
    let key = policy.nodes.ssh_key_name.as_str();
    NodeGroup {
        name: &group.name,
        ami_family,
        instance_type: &group.instance_type,
        min_size: group.min_size,
        desired_capacity: group.desired_capacity,
        max_size: group.max_size,
        volume_size,
        volume_type: &policy.nodes.volume_type,
        volume_encrypted: true,
        // Credentials of a node are not a pod's: pods have Pod Identity.
        disable_imds_v1: true,
        // The loss of one node is what the groups are planned to survive.
        update_config: UpdateConfig { max_unavailable: 1 },
        private_networking: true,
        labels: BTreeMap::from([("role", role)]),
        taints,
        tags: BTreeMap::from([
            ("k8s.io/cluster-autoscaler/enabled".to_owned(), "true"),
            (
                format!("k8s.io/cluster-autoscaler/{}", cluster.name),
                "owned",
            ),
            ("role".to_owned(), role),
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
