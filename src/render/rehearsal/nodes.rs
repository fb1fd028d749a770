//! Node objects as the planned groups would register them.

use serde_json::{Value, json};

use super::super::apps::moving;
use super::super::eksctl::nodes_of;
use crate::plan::{ClusterPlan, GroupPlan, OperatingSystem, Plan};

/// One object for each node of `desired_capacity`, where the plan has it.
pub(super) fn of(cluster: &ClusterPlan, plan: &Plan) -> Vec<Value> {
    cluster
        .node_groups
        .iter()
        .flat_map(|group| {
            group
                .normal
                .placement
                .iter()
                .map(|node| object((&node.node, &node.zone), group, cluster, plan))
        })
        .collect()
}

fn object(
    (name, zone): (&str, &str),
    group: &GroupPlan,
    cluster: &ClusterPlan,
    plan: &Plan,
) -> Value {
    let policy = &plan.inputs.policy;
    // Apps say what they are built for; add-ons run on either.
    let architecture = moving(plan)
        .find(|app| app.environment.node_group() == Some(group.name.as_str()))
        .map_or("amd64", |app| app.manifests.architecture.as_str());
    let nodes = nodes_of(group, policy);
    let os = match group.operating_system {
        OperatingSystem::Linux => "linux",
        OperatingSystem::Windows => "windows",
    };
    let node = &group.node;
    let resources = |cpu: u64, memory: u64| {
        json!({
            "cpu": format!("{cpu}m"),
            "memory": memory.to_string(),
            "pods": node.max_pods.to_string(),
            // kubelet evicts below a tenth free, and the system has a GiB.
            "ephemeral-storage": format!("{}Mi", u64::from(nodes.volume_gib) * 1024 * 9 / 10 - 1024),
        })
    };
    json!({
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            // KWOK looks after nodes that have it.
            "annotations": {"kwok.x-k8s.io/node": "fake"},
            "labels": {
                "eb2eks.io/node-group": group.name,
                "kubernetes.io/arch": architecture,
                "kubernetes.io/hostname": name,
                "kubernetes.io/os": os,
                "node.kubernetes.io/instance-type": group.instance_type,
                "role": nodes.role,
                "topology.kubernetes.io/region": cluster.region,
                "topology.kubernetes.io/zone": zone,
            },
        },
        "spec": if nodes.taints.is_empty() { json!({}) } else { json!({"taints": nodes.taints}) },
        "status": {
            "allocatable": resources(node.allocatable.cpu.0, node.allocatable.memory.0),
            "capacity": resources(node.machine.cpu.0, node.machine.memory.0),
            "conditions": [{"type": "Ready", "status": "True", "reason": "Rehearsal", "message": "there is no machine"}],
        },
    })
}
