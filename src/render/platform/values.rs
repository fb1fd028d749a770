//! The values of each chart.

use serde_json::{Value, json};

use super::vpc;
use crate::plan::{ClusterPlan, Monitoring, Plan};
use crate::render::apps::moving;

/// `None` for a release that nobody knows.
pub(super) fn of(release: &str, cluster: &ClusterPlan, plan: &Plan) -> Option<Value> {
    Some(match release {
        "aws-load-balancer-controller" => load_balancer_controller(cluster, plan),
        "external-dns" => external_dns(cluster, plan),
        "cluster-autoscaler" => cluster_autoscaler(cluster, plan),
        "karpenter" => json!({
            "resources": addon("cluster-autoscaler", plan),
            "serviceAccount": {"name": "karpenter"},
            "settings": {"clusterName": cluster.name},
        }),
        "descheduler" => descheduler(plan),
        "keda" => keda(plan),
        "external-secrets" => external_secrets(plan),
        "fluent-bit" => fluent_bit(cluster, plan),
        "datadog" => datadog(cluster, plan),
        _ => return None,
    })
}

/// What the policy says that an add-on asks for, and what its place on the nodes was packed with.
fn addon(name: &str, plan: &Plan) -> Value {
    let addon = plan
        .inputs
        .policy
        .addons
        .iter()
        .find(|addon| addon.name == name);
    addon.map_or(Value::Null, |addon| json!({"requests": {"cpu": addon.cpu.to_string(), "memory": addon.memory.to_string()}}))
}

fn replicas(name: &str, plan: &Plan) -> Value {
    plan.inputs
        .policy
        .addons
        .iter()
        .find(|addon| addon.name == name)
        .map_or(Value::Null, |addon| json!(addon.replicas))
}

fn daemon(name: &str, plan: &Plan) -> Value {
    let daemon = plan
        .inputs
        .policy
        .daemons
        .iter()
        .find(|daemon| daemon.name == name);
    daemon.map_or(Value::Null, |daemon| {
        let (cpu, memory) = (daemon.cpu.to_string(), daemon.memory.to_string());
        json!({"limits": {"memory": memory}, "requests": {"cpu": cpu, "memory": memory}})
    })
}

fn load_balancer_controller(cluster: &ClusterPlan, plan: &Plan) -> Value {
    const NAME: &str = "aws-load-balancer-controller";
    json!({
        "clusterName": cluster.name,
        "priorityClassName": "system-cluster-critical",
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
        "extraArgs": {"balance-similar-node-groups": true, "expander": "least-waste", "skip-nodes-with-system-pods": false},
        "fullnameOverride": NAME,
        "priorityClassName": "system-cluster-critical",
        "rbac": {"serviceAccount": {"create": true, "name": NAME}},
        "replicaCount": replicas(NAME, plan),
        "resources": addon(NAME, plan),
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
                    {"name": "DefaultEvictor", "args": {"ignorePvcPods": true, "evictLocalStoragePods": true, "minReplicas": 2}},
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
        "resources": addon("descheduler", plan),
        "schedule": "*/30 * * * *",
    })
}

/// Three pods, one of each kind, which the policy counts as replicas.
fn keda(plan: &Plan) -> Value {
    let resources = addon("keda", plan);
    json!({
        "resources": {"metricServer": resources, "operator": resources, "webhooks": resources},
        "serviceAccount": {"operator": {"create": true, "name": "keda-operator"}},
    })
}

/// Three pods, too.
fn external_secrets(plan: &Plan) -> Value {
    let resources = addon("external-secrets", plan);
    json!({
        "certController": {"resources": resources},
        "installCRDs": true,
        "resources": resources,
        "serviceAccount": {"create": true, "name": "external-secrets"},
        "webhook": {"resources": resources},
    })
}

/// Every line to a bucket, which keeps it for little; and to where people search.
fn fluent_bit(cluster: &ClusterPlan, plan: &Plan) -> Value {
    let policy = &plan.inputs.policy;
    let account = moving(plan)
        .map(|app| app.environment.account.as_str())
        .next()
        .filter(|account| account.bytes().all(|b| b.is_ascii_digit()));
    let bucket = match policy.platform.log_bucket.as_str() {
        "" => format!(
            "{}-logs-{}",
            cluster.name.to_lowercase(),
            account.unwrap_or("000000000000")
        ),
        chosen => chosen.to_owned(),
    };
    let days = plan
        .environments
        .iter()
        .filter_map(|environment| environment.translation.intents.log_days)
        .max();
    let region = &cluster.region;
    let archive = format!(
        "[OUTPUT]\n    Name s3\n    Match kube.*\n    bucket {bucket}\n    region {region}\n    total_file_size 50M\n    upload_timeout 10m\n    compression gzip\n    s3_key_format /{}/%Y/%m/%d/%H/$UUID.gz\n",
        cluster.name
    );
    let searchable = match policy.platform.monitoring {
        // The agent of Datadog reads the containers' logs by itself.
        Monitoring::Datadog => String::new(),
        Monitoring::Cloudwatch => {
            let retention = days.map_or_else(String::new, |days| {
                format!("    log_retention_days {}\n", cloudwatch_days(days))
            });
            format!(
                "[OUTPUT]\n    Name cloudwatch_logs\n    Match kube.*\n    region {region}\n    log_group_name /eks/{}/apps\n    log_stream_prefix from-\n    auto_create_group true\n{retention}",
                cluster.name
            )
        }
    };
    json!({
        "config": {"outputs": format!("{archive}{searchable}")},
        // It tolerates every taint, that of Windows nodes too, on which its image cannot start.
        "nodeSelector": {"kubernetes.io/os": "linux"},
        "resources": daemon("fluent-bit", plan),
        "serviceAccount": {"create": true, "name": "fluent-bit"},
        "tolerations": [{"operator": "Exists"}],
    })
}

/// The shortest retention that CloudWatch knows and that is no shorter.
fn cloudwatch_days(days: u32) -> u32 {
    const KNOWN: [u32; 18] = [
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 3_653,
    ];
    KNOWN
        .into_iter()
        .find(|known| *known >= days)
        .unwrap_or(3_653)
}

fn datadog(cluster: &ClusterPlan, plan: &Plan) -> Value {
    json!({
        "agents": {"containers": {"agent": {"resources": daemon("metrics-agent", plan)}}, "tolerations": [{"operator": "Exists"}]},
        "clusterAgent": {"resources": addon("datadog-cluster-agent", plan)},
        "datadog": {
            "apiKeyExistingSecret": "datadog-api-key",
            "apm": {"portEnabled": true},
            "clusterName": cluster.name.to_lowercase(),
            "logs": {"enabled": true, "containerCollectAll": true},
        },
        "targetSystem": "linux",
    })
}
