//! Objects of the cluster that no chart brings.

use serde_json::{Value, json};

use crate::plan::{ClusterPlan, Monitoring, NodeAutoscaler, OperatingSystem, Plan, Priority};

/// By file name; each file is applied with `kubectl apply -f`.
pub(super) fn of(cluster: &ClusterPlan, plan: &Plan) -> Vec<(&'static str, Vec<Value>)> {
    let platform = &plan.inputs.policy.platform;
    let mut objects = vec![
        ("priority-classes.yaml", priority_classes()),
        ("secret-store.yaml", secret_stores(cluster, plan)),
    ];
    if platform.node_autoscaler == NodeAutoscaler::Karpenter {
        objects.push(("karpenter.yaml", karpenter(cluster, plan)));
    }
    objects
}

/// Large pods are placed first, since small ones fit into what they leave; staging yields to production.
fn priority_classes() -> Vec<Value> {
    let class = |priority: Priority, value: u32, preemption: &str, description: &str| {
        json!({
            "apiVersion": "scheduling.k8s.io/v1",
            "description": description,
            "kind": "PriorityClass",
            "metadata": {"name": priority.class()},
            "preemptionPolicy": preemption,
            "value": value,
        })
    };
    vec![
        class(
            Priority::ProductionLarge,
            3_000,
            "Never",
            "Production pods of more than a quarter of a node: first in the queue, but they evict nobody.",
        ),
        class(
            Priority::Production,
            2_000,
            "PreemptLowerPriority",
            "Production pods: staging makes room for them.",
        ),
        class(
            Priority::Staging,
            1_000,
            "Never",
            "Staging pods: they wait for a new node.",
        ),
    ]
}

fn secret_stores(cluster: &ClusterPlan, plan: &Plan) -> Vec<Value> {
    let mut objects = vec![json!({
        "apiVersion": "external-secrets.io/v1",
        "kind": "ClusterSecretStore",
        "metadata": {"name": "aws-secrets-manager"},
        "spec": {"provider": {"aws": {"region": cluster.region, "service": "SecretsManager"}}},
    })];
    if plan.inputs.policy.platform.monitoring == Monitoring::Datadog {
        objects.push(json!({
            "apiVersion": "external-secrets.io/v1",
            "kind": "ExternalSecret",
            "metadata": {"name": "datadog-api-key", "namespace": "monitoring"},
            "spec": {
                "data": [{"secretKey": "api-key", "remoteRef": {"key": "datadog", "property": "api-key"}}],
                "refreshInterval": "1h0m0s",
                "secretStoreRef": {"kind": "ClusterSecretStore", "name": "aws-secrets-manager"},
                "target": {"creationPolicy": "Owner", "name": "datadog-api-key"},
            },
        }));
    }
    objects
}

/// Machines of the planned type, on top of the planned groups.
fn karpenter(cluster: &ClusterPlan, plan: &Plan) -> Vec<Value> {
    let Some(group) = cluster
        .node_groups
        .iter()
        .find(|group| group.operating_system == OperatingSystem::Linux)
    else {
        return Vec::new();
    };
    let discovery = json!([{"tags": {"aws:eks:cluster-name": cluster.name}}]);
    let subnets: Vec<Value> = cluster
        .network
        .iter()
        .flat_map(|network| network.private_subnets.values())
        .map(|id| json!({"id": id}))
        .collect();
    let requirement =
        |key: &str, values: Value| json!({"key": key, "operator": "In", "values": values});
    vec![
        json!({
            "apiVersion": "karpenter.k8s.aws/v1",
            "kind": "EC2NodeClass",
            "metadata": {"name": "workers"},
            "spec": {
                "amiSelectorTerms": [{"alias": "al2023@latest"}],
                "role": format!("KarpenterNodeRole-{}", cluster.name),
                "securityGroupSelectorTerms": discovery,
                "subnetSelectorTerms": if subnets.is_empty() { discovery.clone() } else { Value::Array(subnets) },
            },
        }),
        json!({
            "apiVersion": "karpenter.sh/v1",
            "kind": "NodePool",
            "metadata": {"name": "workers"},
            "spec": {
                "disruption": {"consolidateAfter": "5m", "consolidationPolicy": "WhenEmptyOrUnderutilized"},
                "template": {"metadata": {"labels": {"role": plan.inputs.policy.nodes.role_label}}, "spec": {
                    "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "workers"},
                    "requirements": [
                        requirement("node.kubernetes.io/instance-type", json!([group.instance_type])),
                        requirement("karpenter.sh/capacity-type", json!(["on-demand"])),
                    ],
                }},
            },
        }),
    ]
}
