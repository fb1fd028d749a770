//! One eksctl `ClusterConfig` for each cluster: what `eksctl create cluster -f` reads.
//!
//! Comes in: the plan. Goes out: YAML by cluster name, with a header that says what the file is and
//! why the node groups have their sizes. This room refuses what the published schema cannot see and
//! eksctl, EKS or AWS would reject later: names, labels, sizes out of order, too few subnets.
//! Invariant: whatever names contain, the header stays a comment and the rest stays data.

mod config;
mod header;
mod identities;
mod node_group;
mod pod_identities;
mod refusal;

use std::collections::BTreeMap;

use config::{
    AccessConfig, AccessEntry, AccessPolicy, AccessScope, Addon, CloudWatch, ClusterConfig,
    ClusterEndpoints, ClusterLogging, Iam, Metadata, Subnet, Subnets, UpgradePolicy, Vpc,
};

use super::{answer, yaml};
use crate::plan::{ClusterPlan, DnsCache, Monitoring, Network, OperatingSystem, Plan, Policy};

pub(super) use pod_identities::files as pod_identities;
pub use refusal::EksctlRefusal;

/// Add-ons that EKS installs and keeps up to date itself. The agent is what Pod Identity needs; the
/// volume driver takes the role that EKS recommends for it.
const ADDONS: [(&str, bool); 6] = [
    ("vpc-cni", false),
    ("kube-proxy", false),
    ("coredns", false),
    ("metrics-server", false),
    ("eks-pod-identity-agent", false),
    ("aws-ebs-csi-driver", true),
];

/// The text of every file by cluster name.
///
/// # Errors
/// The first thing that eksctl would not accept.
pub(super) fn cluster_configs(plan: &Plan) -> Result<BTreeMap<String, String>, EksctlRefusal> {
    let mut files = BTreeMap::new();
    for cluster in &plan.clusters {
        refusal::check(cluster, plan)?;
        let body =
            yaml::text(&cluster_config(cluster, plan)).map_err(|error| EksctlRefusal::Yaml {
                cluster: cluster.name.clone(),
                message: error.to_string(),
            })?;
        let text = format!("{}\n{body}", header::comment(cluster, plan));
        if files.insert(cluster.name.clone(), text).is_some() {
            return Err(EksctlRefusal::ClusterTwice {
                name: cluster.name.clone(),
            });
        }
    }
    Ok(files)
}

/// What an add-on is told beside its version; JSON, as the EKS API has it.
fn addon<'a>(
    name: &'static str,
    own_role: bool,
    cluster: &ClusterPlan,
    plan: &'a Plan,
) -> Addon<'a> {
    let policy = &plan.inputs.policy;
    let configuration = match name {
        "coredns" => coredns(cluster, plan),
        "vpc-cni" => vpc_cni(cluster, policy),
        _ => None,
    };
    Addon {
        name,
        version: policy
            .kubernetes
            .addon_versions
            .get(name)
            .map(String::as_str),
        configuration_values: configuration.map(|configuration| configuration.to_string()),
        use_default_pod_identity_associations: own_role,
    }
}

/// How addresses are taken in advance, if not as by default, and that Windows pods get theirs, which come from the
/// VPC resource controller once it is told to.
fn vpc_cni(cluster: &ClusterPlan, policy: &Policy) -> Option<serde_json::Value> {
    let mut configuration = serde_json::Map::new();
    if cluster
        .node_groups
        .iter()
        .any(|group| group.operating_system == OperatingSystem::Windows)
    {
        configuration.insert("enableWindowsIpam".to_owned(), "true".into());
    }
    let settings: serde_json::Map<_, _> = policy
        .nodes
        .addresses
        .settings()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    if !settings.is_empty() {
        configuration.insert("env".to_owned(), settings.into());
    }
    (!configuration.is_empty()).then(|| configuration.into())
}

/// EKS starts CoreDNS with two replicas; the plan's number is what was packed. Where a grown cluster needs more,
/// EKS adds them with the nodes.
fn coredns(cluster: &ClusterPlan, plan: &Plan) -> Option<serde_json::Value> {
    let policy = &plan.inputs.policy;
    let planned = policy.addons.iter().find(|addon| addon.name == "coredns")?;
    let mut configuration = serde_json::json!({
        "replicaCount": planned.replicas,
        "resources": {"requests": {"cpu": planned.cpu.to_string(), "memory": planned.memory.to_string()}},
    });
    let bounds = plan
        .platform
        .cluster_dns
        .get(&cluster.name)
        .filter(|bounds| bounds.most > bounds.least);
    if let Some(bounds) = bounds {
        configuration["autoScaling"] = serde_json::json!({"enabled": true, "minReplicas": bounds.least, "maxReplicas": bounds.most});
    }
    if policy.platform.dns == DnsCache::Autopath {
        configuration["corefile"] = serde_json::json!(AUTOPATH);
    }
    Some(configuration)
}

/// EKS' own Corefile with `autopath`, which needs `pods verified`: CoreDNS then watches every pod.
const AUTOPATH: &str = ".:53 {
    errors
    health {
        lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods verified
        fallthrough in-addr.arpa ip6.arpa
    }
    autopath @kubernetes
    prometheus :9153
    forward . /etc/resolv.conf
    cache 30
    loop
    reload
    loadbalance
}
";

/// CloudWatch's agents come as an add-on, where they are chosen.
fn cloudwatch(policy: &Policy) -> Option<Addon<'_>> {
    const NAME: &str = "amazon-cloudwatch-observability";
    (policy.platform.monitoring == Monitoring::Cloudwatch).then(|| Addon {
        name: NAME,
        version: policy
            .kubernetes
            .addon_versions
            .get(NAME)
            .map(String::as_str),
        configuration_values: None,
        use_default_pod_identity_associations: true,
    })
}

/// Administrators by EKS access entries.
fn access(policy: &Policy) -> AccessConfig<'_> {
    const ADMINISTRATOR: &str =
        "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    let entry = |arn| AccessEntry {
        principal_arn: arn,
        access_policies: [AccessPolicy {
            policy_arn: ADMINISTRATOR,
            access_scope: AccessScope { kind: "cluster" },
        }],
    };
    AccessConfig {
        authentication_mode: "API",
        bootstrap_cluster_creator_admin_permissions: true,
        access_entries: policy
            .platform
            .admin_roles
            .iter()
            .map(String::as_str)
            .map(entry)
            .collect(),
    }
}

fn cluster_config<'a>(cluster: &'a ClusterPlan, plan: &'a Plan) -> ClusterConfig<'a> {
    let policy = &plan.inputs.policy;
    let mut groups: Vec<_> = cluster.node_groups.iter().collect();
    // Windows nodes cannot run CoreDNS: the Linux group has to be there first.
    groups.sort_by_key(|group| group.operating_system);
    ClusterConfig {
        api_version: "eksctl.io/v1alpha5",
        kind: "ClusterConfig",
        metadata: Metadata {
            name: &cluster.name,
            region: &cluster.region,
            version: &cluster.kubernetes_version,
            tags: BTreeMap::from([
                ("stack", cluster.name.clone()),
                (
                    "eb2eks-snapshot",
                    answer::date(plan.inputs.collected_at.to_string()),
                ),
            ]),
        },
        access_config: access(policy),
        // What falls out of standard support is upgraded instead of billed six times as high.
        upgrade_policy: UpgradePolicy {
            support_type: "STANDARD",
        },
        vpc: cluster.network.as_ref().map(vpc),
        iam: identities::of(policy).map(|pod_identity_associations| Iam {
            pod_identity_associations,
        }),
        addons: ADDONS
            .iter()
            .map(|&(name, own_role)| addon(name, own_role, cluster, plan))
            .chain(cloudwatch(policy))
            .collect(),
        // Who did what. The other types are chatty, and every gigabyte is billed.
        cloud_watch: CloudWatch {
            cluster_logging: ClusterLogging {
                enable_types: ["audit", "authenticator"],
                log_retention_in_days: 30,
            },
        },
        managed_node_groups: groups
            .into_iter()
            .map(|group| node_group::of(group, cluster, policy))
            .collect(),
    }
}

/// The existing network. Nodes reach the control plane inside the VPC (`privateAccess`); the public
/// endpoint stays on, or whoever applies this file from outside the VPC would lock themselves out.
fn vpc(network: &Network) -> Vpc<'_> {
    let private = network
        .private_subnets
        .iter()
        .map(|(zone, id)| (zone.as_str(), Subnet { id }))
        .collect();
    Vpc {
        id: &network.vpc,
        subnets: Subnets { private },
        cluster_endpoints: ClusterEndpoints {
            public_access: true,
            private_access: true,
        },
    }
}
