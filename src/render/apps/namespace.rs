//! A namespace for each application and stage: who may do what there, how much may run, who is admitted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::app::{App, moving};
use crate::plan::{NamespacePlan, NetworkPolicy, Plan};
use crate::render::{RenderError, yaml};

/// The group of what deploys, as access entries name it.
pub(in crate::render) const DELIVERY_GROUP: &str = "eb2eks:delivery";

/// The group of the team that looks after a namespace.
pub(in crate::render) fn team_group(namespace: &str) -> String {
    format!("eb2eks:team:{namespace}")
}

const DELIVERY_ROLE: &str = "eb2eks-delivery";
const TEAM_ROLE: &str = "eb2eks-app-team";

/// `apps/namespaces/CLUSTER.yaml`: `kubectl apply -f` it before the apps. The balancers' controller gives a pod its
/// readiness gate when the pod is made, and no later: the label has to be there first.
///
/// # Errors
/// What the YAML writer refuses.
pub(super) fn files(plan: &Plan) -> Result<BTreeMap<String, Vec<u8>>, RenderError> {
    let mut by_cluster: BTreeMap<&str, BTreeMap<&str, App<'_>>> = BTreeMap::new();
    for app in moving(plan) {
        for cluster in app.manifests.clusters.keys() {
            by_cluster
                .entry(cluster)
                .or_default()
                .insert(app.manifests.namespace.as_str(), app);
        }
    }
    let file = |(cluster, namespaces): (&str, BTreeMap<&str, App<'_>>)| {
        let mut objects = vec![delivery_role(), team_role()];
        for (name, app) in namespaces {
            objects.extend(namespace(name, cluster, &app));
        }
        Ok((
            format!("apps/namespaces/{cluster}.yaml"),
            yaml::documents(&objects)?,
        ))
    };
    by_cluster.into_iter().map(file).collect()
}

fn namespace(name: &str, cluster: &str, app: &App<'_>) -> Vec<Value> {
    let mut objects = vec![
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": {
            "app.kubernetes.io/managed-by": "eb2eks",
            "app.kubernetes.io/part-of": app.manifests.application,
            // A new pod counts as ready when its load balancer says so: a rollout waits for that.
            "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
            // Refuses what no web app needs: host paths, host networks, privileged containers.
            "pod-security.kubernetes.io/enforce": "baseline",
        }}}),
        binding(name, "delivery", DELIVERY_ROLE, DELIVERY_GROUP),
        binding(name, "app-team", TEAM_ROLE, &team_group(name)),
        defaults(name),
    ];
    let planned = app
        .plan
        .platform
        .namespaces
        .get(cluster)
        .and_then(|namespaces| namespaces.get(name));
    if let Some(planned) = planned {
        objects.push(quota(name, planned));
        if app.plan.inputs.policy.platform.network_policy == NetworkPolicy::OwnNamespace {
            objects.extend(network_policy(name, planned));
        }
    }
    objects
}

fn binding(namespace: &str, name: &str, role: &str, group: &str) -> Value {
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "RoleBinding",
        "metadata": {"name": name, "namespace": namespace},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": group}],
    })
}

fn role(name: &str, rules: Value) -> Value {
    json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": name}, "rules": rules})
}

fn rule(group: &str, resources: &[&str], verbs: &[&str]) -> Value {
    json!({"apiGroups": [group], "resources": resources, "verbs": verbs})
}

const READ: [&str; 3] = ["get", "list", "watch"];
const ALL: [&str; 7] = [
    "get", "list", "watch", "create", "update", "patch", "delete",
];

/// What the manifests of an app consist of.
const OWNED: [(&str, &[&str]); 8] = [
    ("", &["configmaps", "serviceaccounts", "services"]),
    ("apps", &["deployments"]),
    ("autoscaling", &["horizontalpodautoscalers"]),
    ("batch", &["cronjobs", "jobs"]),
    ("external-secrets.io", &["externalsecrets"]),
    ("keda.sh", &["scaledobjects"]),
    ("networking.k8s.io", &["ingresses"]),
    ("policy", &["poddisruptionbudgets"]),
];

/// Writes what the manifests consist of, and sees how the pods do. No Secret: those are external-secrets' own.
fn delivery_role() -> Value {
    let mut rules: Vec<Value> = OWNED
        .iter()
        .map(|(group, resources)| rule(group, resources, &ALL))
        .collect();
    rules.push(rule("", &["events", "pods", "pods/log"], &READ));
    rules.push(rule("apps", &["replicasets"], &READ));
    role(DELIVERY_ROLE, Value::Array(rules))
}

/// Sees everything but Secrets; restarts, scales, looks inside. What is there is the delivery's.
fn team_role() -> Value {
    let mut rules: Vec<Value> = OWNED
        .iter()
        .map(|(group, resources)| rule(group, resources, &READ))
        .collect();
    rules.extend([
        rule(
            "",
            &["endpoints", "events", "pods", "pods/log", "resourcequotas"],
            &READ,
        ),
        rule("", &["pods"], &["delete"]),
        rule("", &["pods/exec", "pods/portforward"], &["create"]),
        rule("apps", &["replicasets"], &READ),
        rule("apps", &["deployments", "deployments/scale"], &["patch"]),
        rule("discovery.k8s.io", &["endpointslices"], &READ),
        rule("metrics.k8s.io", &["pods"], &READ),
    ]);
    role(TEAM_ROLE, Value::Array(rules))
}

/// A quota refuses pods that ask for nothing: what somebody starts by hand asks for this much.
fn defaults(namespace: &str) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "LimitRange",
        "metadata": {"name": "defaults", "namespace": namespace},
        "spec": {"limits": [{
            "type": "Container",
            "default": {"memory": "256Mi"},
            "defaultRequest": {"cpu": "50m", "memory": "128Mi"},
        }]},
    })
}

fn quota(namespace: &str, planned: &NamespacePlan) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": "planned", "namespace": namespace},
        "spec": {"hard": {
            "pods": planned.pods.to_string(),
            "requests.cpu": planned.requests.cpu.to_string(),
            "requests.memory": planned.requests.memory.to_string(),
        }},
    })
}

/// Kubelet's own probes always pass. Nothing where it is not known where load balancers send from: a policy that
/// shuts them out is an outage.
fn network_policy(namespace: &str, planned: &NamespacePlan) -> Option<Value> {
    let balancers = planned.balancers.as_ref()?;
    let mut from = vec![
        json!({"podSelector": {}}),
        json!({"namespaceSelector": {"matchExpressions": [{
            "key": "kubernetes.io/metadata.name",
            "operator": "In",
            "values": ["monitoring", "amazon-cloudwatch"],
        }]}}),
    ];
    from.extend(
        balancers
            .iter()
            .map(|range| json!({"ipBlock": {"cidr": range}})),
    );
    Some(json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "own-namespace", "namespace": namespace},
        "spec": {"ingress": [{"from": from}], "podSelector": {}, "policyTypes": ["Ingress"]},
    }))
}
