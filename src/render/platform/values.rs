//! The values of each chart.
//!
//! Controllers are of the class `system-cluster-critical`, daemons of `system-node-critical`: no app evicts them.
//! Every container that a chart starts asks for its part of what the policy's entry was packed with.

use serde_json::{Value, json};

use super::cluster::{has_windows, vpc};
use crate::plan::{ClusterPlan, Monitoring, Plan};
use crate::render::eksctl::queue_name;
use crate::render::site::Site;
use crate::units::Resources;

const CONTROLLER: &str = "system-cluster-critical";
const DAEMON: &str = "system-node-critical";

/// `None` for a release that nobody knows.
pub(super) fn of(release: &str, cluster: &ClusterPlan, plan: &Plan) -> Option<Value> {
    Some(match release {
        "aws-load-balancer-controller" => load_balancer_controller(cluster, plan),
        "external-dns" => external_dns(cluster, plan),
        "cluster-autoscaler" => cluster_autoscaler(cluster, plan),
        "karpenter" => karpenter(cluster, plan),
        "descheduler" => descheduler(plan),
        "keda" => keda(plan),
        "external-secrets" => external_secrets(plan),
        "fluent-bit" => fluent_bit(cluster, plan),
        "datadog" => datadog(cluster, plan),
        "datadog-windows" => datadog_windows(cluster, plan),
        _ => return None,
    })
}

/// What the policy says that an add-on asks for, and what its place on the nodes was packed with.
fn addon(name: &str, plan: &Plan) -> Value {
    plan.inputs
        .policy
        .installed_addon(name)
        .map_or(Value::Null, |addon| asks_for(addon.requests()))
}

fn asks_for(requests: Resources) -> Value {
    json!({"requests": {"cpu": requests.cpu.to_string(), "memory": requests.memory.to_string()}})
}

fn replicas(name: &str, plan: &Plan) -> Value {
    plan.inputs
        .policy
        .installed_addon(name)
        .map_or(Value::Null, |addon| json!(addon.replicas))
}

fn daemon(name: &str, plan: &Plan) -> Option<Resources> {
    let daemons = &plan.inputs.policy.daemons;
    daemons
        .iter()
        .find(|daemon| daemon.name == name)
        .map(crate::plan::Daemon::requests)
}

/// A part of what a daemon's pod was packed with, and twice its memory as the limit: agents have peaks, and one that
/// is killed at them tells nothing of what happened.
fn part(of: Option<Resources>, share: f64) -> Value {
    of.map_or(Value::Null, |whole| {
        let part = whole.share(share);
        let mut asked = asks_for(part);
        asked["limits"] = json!({"memory": (part.memory * 2).in_whole_mebibytes().to_string()});
        asked
    })
}

fn load_balancer_controller(cluster: &ClusterPlan, plan: &Plan) -> Value {
    const NAME: &str = "aws-load-balancer-controller";
    json!({
        "clusterName": cluster.name,
        // It would refuse every Service while the controller is down. Those of the apps name their class themselves.
        "enableServiceMutatorWebhook": false,
        "podDisruptionBudget": {"maxUnavailable": 1},
        "priorityClassName": CONTROLLER,
        "region": cluster.region,
        "replicaCount": replicas(NAME, plan),
        "resources": addon(NAME, plan),
        "serviceAccount": {"create": true, "name": NAME},
        "vpcId": vpc(cluster),
    })
}

fn external_dns(cluster: &ClusterPlan, plan: &Plan) -> Value {
    json!({
        "domainFilters": [plan.inputs.policy.platform.domain],
        // Never deletes: a name that is taken away by mistake is an outage.
        "policy": "upsert-only",
        "priorityClassName": CONTROLLER,
        "provider": {"name": "aws"},
        "registry": "txt",
        "resources": addon("external-dns", plan),
        "serviceAccount": {"create": true, "name": "external-dns"},
        "sources": ["service", "ingress"],
        // Both clusters write into one zone, each its own names.
        "txtOwnerId": cluster.name,
    })
}

fn cluster_autoscaler(cluster: &ClusterPlan, plan: &Plan) -> Value {
    const NAME: &str = "cluster-autoscaler";
    json!({
        "autoDiscovery": {"clusterName": cluster.name},
        "awsRegion": cluster.region,
        "cloudProvider": "aws",
        "extraArgs": {
            "balance-similar-node-groups": true,
            "expander": "least-waste",
            // A node is taken away no sooner than its slowest pod has ended.
            "max-graceful-termination-sec": longest_grace(cluster, plan),
            // Groups are by zone, and each may grow further than its part: together they grow no further than planned.
            "max-nodes-total": cluster.node_groups.iter().map(|group| group.max_size).sum::<u32>(),
            // Most apps have an emptyDir for their temporary files, which would keep every node.
            "skip-nodes-with-local-storage": false,
            "skip-nodes-with-system-pods": false,
        },
        "fullnameOverride": NAME,
        "priorityClassName": CONTROLLER,
        "rbac": {"serviceAccount": {"create": true, "name": NAME}},
        "replicaCount": replicas(NAME, plan),
        "resources": addon(NAME, plan),
    })
}

/// cluster-autoscaler's own default, for fleets whose pods end faster.
const SHORTEST_GRACE: u32 = 600;

fn longest_grace(cluster: &ClusterPlan, plan: &Plan) -> u32 {
    let longest = plan.platform.longest_grace_seconds.get(&cluster.name);
    longest.copied().unwrap_or(0).max(SHORTEST_GRACE)
}

/// Not on nodes of its own making, as its chart has it: it runs on the planned groups.
fn karpenter(cluster: &ClusterPlan, plan: &Plan) -> Value {
    json!({
        "controller": {"resources": addon("karpenter", plan)},
        "priorityClassName": CONTROLLER,
        "replicas": replicas("karpenter", plan),
        "serviceAccount": {"create": true, "name": "karpenter"},
        "settings": {"clusterName": cluster.name, "interruptionQueue": queue_name(cluster)},
    })
}

/// Pods end up uneven as nodes come and go: every half hour what is crowded is evened out, one pod of an app at
/// a time, since its disruption budget holds here, too.
fn descheduler(plan: &Plan) -> Value {
    json!({
        "deschedulerPolicy": {
            "maxNoOfPodsToEvictPerNamespace": 5,
            "profiles": [{
                "name": "even",
                "pluginConfig": [
                    {"name": "DefaultEvictor", "args": {"minReplicas": 2, "podProtections": {"defaultDisabled": ["PodsWithLocalStorage"], "extraEnabled": ["PodsWithPVC"]}}},
                    {"name": "LowNodeUtilization", "args": {
                        "thresholds": {"cpu": 30, "memory": 30, "pods": 30},
                        "targetThresholds": {"cpu": 80, "memory": 80, "pods": 80},
                    }},
                    {"name": "RemovePodsViolatingTopologySpreadConstraint", "args": {"constraints": ["DoNotSchedule", "ScheduleAnyway"]}},
                ],
                "plugins": {"balance": {"enabled": ["RemoveDuplicates", "LowNodeUtilization", "RemovePodsViolatingTopologySpreadConstraint"]}},
            }],
        },
        "kind": "CronJob",
        "priorityClassName": CONTROLLER,
        "resources": addon("descheduler", plan),
        "schedule": "*/30 * * * *",
    })
}

/// Three pods, one of each kind, which the policy counts as replicas.
fn keda(plan: &Plan) -> Value {
    let resources = addon("keda", plan);
    json!({
        "priorityClassName": CONTROLLER,
        "resources": {"metricServer": resources, "operator": resources, "webhooks": resources},
        "serviceAccount": {"operator": {"create": true, "name": "keda-operator"}},
    })
}

/// Three Deployments: the operator, its webhook, its certificates' controller.
fn external_secrets(plan: &Plan) -> Value {
    let resources = addon("external-secrets", plan);
    json!({
        "certController": {"priorityClassName": CONTROLLER, "resources": resources},
        "installCRDs": true,
        "priorityClassName": CONTROLLER,
        "resources": resources,
        "serviceAccount": {"create": true, "name": "external-secrets"},
        "webhook": {"priorityClassName": CONTROLLER, "resources": resources},
    })
}

/// The bucket that keeps every line.
pub(in crate::render) fn log_bucket(plan: &Plan) -> String {
    match plan.inputs.policy.platform.log_bucket.as_str() {
        "" => {
            // One for all clusters, each under a prefix of its own.
            let first = plan
                .clusters
                .first()
                .map_or("eks", |cluster| cluster.name.as_str());
            let stem: String = first.to_lowercase().chars().take(45).collect();
            format!("{stem}-logs-{}", Site::of(plan).account)
        }
        chosen => chosen.to_owned(),
    }
}

/// Whether the agent of CloudWatch's add-on ships the logs, since there are Windows nodes, for which there is no
/// other; else fluent-bit does, for both the archive and the search.
fn add_on_ships_logs(cluster: &ClusterPlan, plan: &Plan) -> bool {
    plan.inputs.policy.platform.monitoring == Monitoring::Cloudwatch && has_windows(cluster)
}

/// The part of the log daemon's place that the add-on's own takes, where it runs beside ours.
const HALF: f64 = 0.5;

/// Every line to a bucket, which keeps it for little; and to where people search, once.
fn fluent_bit(cluster: &ClusterPlan, plan: &Plan) -> Value {
    let policy = &plan.inputs.policy;
    let bucket = log_bucket(plan);
    let region = &cluster.region;
    let archive = format!(
        "[OUTPUT]\n    Name s3\n    Match kube.*\n    bucket {bucket}\n    region {region}\n    total_file_size 50M\n    upload_timeout 10m\n    compression gzip\n    s3_key_format /{}/%Y/%m/%d/%H/$UUID.gz\n",
        cluster.name
    );
    let searchable = match policy.platform.monitoring {
        // The agent of Datadog reads the containers' logs by itself.
        Monitoring::Datadog => String::new(),
        Monitoring::Cloudwatch if add_on_ships_logs(cluster, plan) => String::new(),
        Monitoring::Cloudwatch => {
            let retention = plan.platform.log_days.map_or_else(String::new, |days| {
                format!("    log_retention_days {days}\n")
            });
            format!(
                "[OUTPUT]\n    Name cloudwatch_logs\n    Match kube.*\n    region {region}\n    log_group_name /eks/{}/apps\n    log_stream_prefix from-\n    auto_create_group true\n{retention}",
                cluster.name
            )
        }
    };
    let share = if add_on_ships_logs(cluster, plan) {
        HALF
    } else {
        1.0
    };
    json!({
        "config": {"outputs": format!("{archive}{searchable}")},
        // It tolerates every taint, that of Windows nodes too, on which its image cannot start.
        "nodeSelector": {"kubernetes.io/os": "linux"},
        "priorityClassName": DAEMON,
        "resources": part(daemon("fluent-bit", plan), share),
        "serviceAccount": {"create": true, "name": "fluent-bit"},
        "testFramework": {"enabled": false},
        "tolerations": [{"operator": "Exists"}],
    })
}

/// What EKS' add-on `amazon-cloudwatch-observability` is told: logs are shipped once, and its pods ask for what was
/// packed.
pub(in crate::render) fn cloudwatch_agents(cluster: &ClusterPlan, plan: &Plan) -> Value {
    let ships = add_on_ships_logs(cluster, plan);
    let logs = if ships {
        json!({"enabled": true, "fluentBit": {"resources": part(daemon("fluent-bit", plan), HALF)}})
    } else {
        json!({"enabled": false})
    };
    crate::render::yaml::without_empty(json!({
        "agent": {"resources": part(daemon("metrics-agent", plan), 1.0)},
        "containerLogs": logs,
        "manager": {"resources": addon("cloudwatch-operator", plan)},
    }))
}

/// Of the agents' place, by container: collecting and logs, and the traces of the apps.
const AGENT: f64 = 0.75;
const TRACES: f64 = 0.25;

/// The agents of a node, on either system. What would start further containers (system probe, security agent) is
/// off, and so is the operator, which this chart does not need.
fn agents(cluster: &ClusterPlan, plan: &Plan) -> Value {
    let packed = daemon("metrics-agent", plan);
    json!({
        "agents": {
            "containers": {
                "agent": {"resources": part(packed, AGENT)},
                "initContainers": {"resources": part(packed, AGENT)},
                "traceAgent": {"resources": part(packed, TRACES)},
            },
            "priorityClassName": DAEMON,
        },
        "datadog": {
            "apiKeyExistingSecret": "datadog-api-key",
            "apm": {"portEnabled": true},
            "clusterName": cluster.name.to_lowercase(),
            "discovery": {"enabled": false},
            "logs": {"enabled": true, "containerCollectAll": true},
            "operator": {"enabled": false},
        },
    })
}

fn datadog(cluster: &ClusterPlan, plan: &Plan) -> Value {
    let asked = addon("datadog-cluster-agent", plan);
    let mut values = agents(cluster, plan);
    values["agents"]["tolerations"] = json!([{"operator": "Exists"}]);
    values["clusterAgent"] = json!({
        "containers": {"initContainers": {"resources": asked}},
        "priorityClassName": CONTROLLER,
        "replicas": replicas("datadog-cluster-agent", plan),
        "resources": asked,
    });
    values["targetSystem"] = json!("linux");
    values
}

/// Agents of Windows nodes, which report to the other release's cluster agent.
fn datadog_windows(cluster: &ClusterPlan, plan: &Plan) -> Value {
    let mut values = agents(cluster, plan);
    values["agents"]["tolerations"] =
        json!([{"key": "os", "operator": "Equal", "value": "windows", "effect": "NoSchedule"}]);
    values["clusterAgent"] = json!({"enabled": false});
    values["existingClusterAgent"] = json!({
        "join": true,
        "serviceName": "datadog-cluster-agent",
        "tokenSecretName": "datadog-cluster-agent",
    });
    values["datadog-crds"] =
        json!({"crds": {"datadogMetrics": false, "datadogPodAutoscalers": false}});
    values["targetSystem"] = json!("windows");
    values
}
