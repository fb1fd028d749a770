//! Objects of the cluster that no chart brings, as releases of their own: helmfile then knows what waits for what.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::apps::{SecretStore, moving, secret_stores_of};
use super::super::eksctl::{node_role_name, nodes_of};
use crate::plan::{ClusterPlan, GroupPlan, Monitoring, NodeAutoscaler, OperatingSystem, Plan};
use crate::plan::{Policy, Priority};

/// Objects that are applied together, once what they need is there.
#[derive(Debug)]
pub(super) struct ObjectsRelease {
    pub(super) name: &'static str,
    pub(super) namespace: &'static str,
    /// Releases as `NAMESPACE/RELEASE`.
    pub(super) needs: &'static [&'static str],
    pub(super) objects: Vec<Value>,
}

impl ObjectsRelease {
    /// `Chart.yaml`. The version of a chart that is never published says nothing.
    pub(super) fn chart(&self) -> Value {
        json!({"apiVersion": "v2", "name": self.name, "type": "application", "version": "0.0.0"})
    }
}

pub(super) fn of(cluster: &ClusterPlan, plan: &Plan) -> Vec<ObjectsRelease> {
    let mut releases = vec![
        ObjectsRelease {
            name: "priority-classes",
            namespace: "kube-system",
            needs: &[],
            objects: priority_classes(),
        },
        ObjectsRelease {
            name: "platform-secrets",
            namespace: "monitoring",
            needs: &["external-secrets/external-secrets"],
            objects: secrets(cluster, plan),
        },
    ];
    if plan.inputs.policy.platform.node_autoscaler == NodeAutoscaler::Karpenter {
        releases.push(ObjectsRelease {
            name: "karpenter-nodes",
            namespace: "kube-system",
            needs: &["kube-system/karpenter"],
            objects: cluster
                .node_groups
                .iter()
                // A role of nodes is for one system: that of Karpenter's is for Linux.
                .filter(|group| group.operating_system == OperatingSystem::Linux)
                .flat_map(|group| karpenter(group, cluster, &plan.inputs.policy))
                .collect(),
        });
    }
    releases
}

/// Large pods are placed first, since small ones fit into what they leave; staging yields to production. The
/// platform's own pods are of Kubernetes' system classes, far above all three: nobody evicts them.
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

/// The stores that apps of this cluster take secrets from, open to their namespaces alone, and the platform's own
/// secrets.
fn secrets(cluster: &ClusterPlan, plan: &Plan) -> Vec<Value> {
    let has_datadog = plan.inputs.policy.platform.monitoring == Monitoring::Datadog;
    let store = |store: SecretStore| {
        let mut namespaces: BTreeSet<&str> = moving(plan)
            .filter(|app| app.manifests.clusters.contains_key(&cluster.name))
            .filter(|app| secret_stores_of(app).contains(&store))
            .map(|app| app.manifests.namespace.as_str())
            .collect();
        if has_datadog && store == SecretStore::SecretsManager {
            namespaces.insert("monitoring");
        }
        (!namespaces.is_empty()).then(|| {
            json!({
                "apiVersion": "external-secrets.io/v1",
                "kind": "ClusterSecretStore",
                "metadata": {"name": store.name()},
                "spec": {
                    "conditions": [{"namespaces": namespaces}],
                    "provider": {"aws": {"region": cluster.region, "service": store.service()}},
                },
            })
        })
    };
    let mut objects: Vec<Value> = SecretStore::ALL.into_iter().filter_map(store).collect();
    if has_datadog {
        objects.push(json!({
            "apiVersion": "external-secrets.io/v1",
            "kind": "ExternalSecret",
            "metadata": {"name": "datadog-api-key", "namespace": "monitoring"},
            "spec": {
                "data": [{"secretKey": "api-key", "remoteRef": {"key": "datadog", "property": "api-key"}}],
                "refreshInterval": "1h0m0s",
                "secretStoreRef": {"kind": "ClusterSecretStore", "name": SecretStore::SecretsManager.name()},
                "target": {"creationPolicy": "Owner", "name": "datadog-api-key"},
            },
        }));
    }
    objects
}

/// Machines of the planned type on top of a planned group, with its labels, taints and volumes, and no more of them
/// than the plan has at most.
fn karpenter(group: &GroupPlan, cluster: &ClusterPlan, policy: &Policy) -> Vec<Value> {
    let nodes = nodes_of(group, policy);
    let discovery = json!([{"tags": {"aws:eks:cluster-name": cluster.name}}]);
    let subnets: Vec<Value> = cluster
        .network
        .iter()
        .flat_map(|network| network.private_subnets.values())
        .map(|id| json!({"id": id}))
        .collect();
    let mut security_groups = discovery.as_array().cloned().unwrap_or_default();
    security_groups.extend(
        policy
            .nodes
            .security_groups
            .iter()
            .map(|id| json!({"id": id})),
    );
    let requirement =
        |key: &str, values: Value| json!({"key": key, "operator": "In", "values": values});
    let more = u64::from(group.max_size - group.min_size.min(group.max_size));
    let machine = group.node.machine;
    vec![
        json!({
            "apiVersion": "karpenter.k8s.aws/v1",
            "kind": "EC2NodeClass",
            "metadata": {"name": group.name},
            "spec": {
                "amiSelectorTerms": [{"alias": "al2023@latest"}],
                "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                    "deleteOnTermination": true,
                    "encrypted": true,
                    "volumeSize": format!("{}Gi", nodes.volume_gib),
                    "volumeType": policy.nodes.volume_type,
                }}],
                // One hop: a pod does not reach the credentials of its node.
                "metadataOptions": {"httpEndpoint": "enabled", "httpPutResponseHopLimit": 1, "httpTokens": "required"},
                "role": node_role_name(cluster),
                "securityGroupSelectorTerms": security_groups,
                "subnetSelectorTerms": if subnets.is_empty() { discovery } else { Value::Array(subnets) },
                "tags": {"role": nodes.role, "stack": cluster.name},
            },
        }),
        json!({
            "apiVersion": "karpenter.sh/v1",
            "kind": "NodePool",
            "metadata": {"name": group.name},
            "spec": {
                "disruption": {"consolidateAfter": "5m", "consolidationPolicy": "WhenEmptyOrUnderutilized"},
                "limits": {
                    "cpu": format!("{}m", machine.cpu.0.saturating_mul(more)),
                    "memory": format!("{}Mi", (machine.memory.0 >> 20).saturating_mul(more)),
                },
                "template": {"metadata": {"labels": {"role": nodes.role}}, "spec": {
                    "expireAfter": "720h",
                    "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": group.name},
                    "requirements": [
                        requirement("node.kubernetes.io/instance-type", json!([group.instance_type])),
                        requirement("karpenter.sh/capacity-type", json!(["on-demand"])),
                        requirement("kubernetes.io/os", json!(["linux"])),
                    ],
                    "taints": if nodes.taints.is_empty() { Value::Null } else { json!(nodes.taints) },
                }},
            },
        }),
    ]
    .into_iter()
    .map(crate::render::yaml::without_empty)
    .collect()
}
