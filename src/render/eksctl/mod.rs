//! One eksctl `ClusterConfig` for each cluster: what `eksctl create cluster -f` reads.
//!
//! Comes in: the plan. Goes out: YAML by cluster name, with a header that says what the file is and
//! why the node groups have their sizes. This room refuses what the published schema cannot see and
//! eksctl, EKS or AWS would reject later: names, labels, sizes out of order, too few subnets.
//! Invariant: whatever names contain, the header stays a comment and the rest stays data.

mod access;
mod config;
mod header;
mod identities;
mod karpenter;
mod node_group;
mod pod_identities;
mod refusal;

use std::collections::BTreeMap;

use config::{
    Addon, CloudWatch, ClusterConfig, ClusterEndpoints, ClusterLogging, Iam, Metadata, Subnet,
    Subnets, UpgradePolicy, Vpc,
};

use super::platform::{cloudwatch_agents, has_windows};
use super::{answer, yaml};
use crate::plan::{
    ClusterPlan, DnsCache, Endpoint, Monitoring, Network, NetworkPolicy, Plan, Policy,
};

pub(super) use karpenter::{node_role_name, queue_name};
pub(super) use node_group::nodes_of;
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
    if has_windows(cluster) {
        configuration.insert("enableWindowsIpam".to_owned(), "true".into());
    }
    if policy.platform.network_policy != NetworkPolicy::None {
        configuration.insert("enableNetworkPolicy".to_owned(), "true".into());
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
    let planned = policy.installed_addon("coredns")?;
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
fn cloudwatch<'a>(cluster: &ClusterPlan, plan: &'a Plan) -> Option<Addon<'a>> {
    const NAME: &str = "amazon-cloudwatch-observability";
    let policy = &plan.inputs.policy;
    (policy.platform.monitoring == Monitoring::Cloudwatch).then(|| Addon {
        name: NAME,
        version: policy
            .kubernetes
            .addon_versions
            .get(NAME)
            .map(String::as_str),
        configuration_values: Some(cloudwatch_agents(cluster, plan).to_string()),
        use_default_pod_identity_associations: true,
    })
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
        access_config: access::of(cluster, plan),
        upgrade_policy: UpgradePolicy {
            support_type: policy.kubernetes.support.word(),
        },
        vpc: cluster.network.as_ref().map(|network| vpc(network, policy)),
        iam: Iam {
            with_oidc: has_windows(cluster),
            pod_identity_associations: identities::of(cluster, plan),
        },
        addons: ADDONS
            .iter()
            .map(|&(name, own_role)| addon(name, own_role, cluster, plan))
            .chain(cloudwatch(cluster, plan))
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
            .flat_map(|group| {
                node_group::parts(group, cluster)
                    .into_iter()
                    .map(move |part| node_group::of(part, group, cluster, policy))
            })
            .collect(),
    }
}

/// The existing network. Nodes reach the control plane inside the VPC (`privateAccess`); the public
/// endpoint stays on unless the policy takes it away, or whoever applies this file from outside the VPC would lock
/// themselves out.
fn vpc<'a>(network: &'a Network, policy: &'a Policy) -> Vpc<'a> {
    let private = network
        .private_subnets
        .iter()
        .map(|(zone, id)| (zone.as_str(), Subnet { id }))
        .collect();
    let is_public = policy.kubernetes.endpoint == Endpoint::Public;
    Vpc {
        id: &network.vpc,
        subnets: Subnets { private },
        cluster_endpoints: ClusterEndpoints {
            public_access: is_public,
            private_access: true,
        },
        public_access_cidrs: if is_public {
            &policy.kubernetes.public_access_cidrs
        } else {
            &[]
        },
    }
}
