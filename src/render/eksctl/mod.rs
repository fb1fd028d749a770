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
mod refusal;

use std::collections::BTreeMap;

use config::{Addon, CloudWatch, ClusterConfig, ClusterEndpoints, ClusterLogging, Iam, Metadata, Subnet, Subnets, UpgradePolicy, Vpc};

use super::answer;
use crate::plan::{ClusterPlan, Network, Plan, Policy};

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
        let body = serde_saphyr::to_string(&cluster_config(cluster, plan))
            .map_err(|error| EksctlRefusal::Yaml { cluster: cluster.name.clone(), message: error.to_string() })?;
        let text = format!("{}\n{body}", header::comment(cluster, plan));
        if files.insert(cluster.name.clone(), text).is_some() {
            return Err(EksctlRefusal::ClusterTwice { name: cluster.name.clone() });
        }
    }
    Ok(files)
}

/// EKS starts CoreDNS with two replicas; the policy's number is what was packed.
fn addon(name: &'static str, own_role: bool, policy: &Policy) -> Addon {
    let planned = policy.addons.iter().find(|addon| addon.name == name && name == "coredns");
    let configuration_values = planned.map(|addon| {
        let requests = serde_json::json!({ "cpu": addon.cpu.to_string(), "memory": addon.memory.to_string() });
        serde_json::json!({ "replicaCount": addon.replicas, "resources": { "requests": requests } }).to_string()
    });
    Addon { name, configuration_values, use_default_pod_identity_associations: own_role }
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
                ("eb2eks-snapshot", answer::date(plan.inputs.collected_at.to_string())),
            ]),
        },
        // What falls out of standard support is upgraded instead of billed six times as high.
        upgrade_policy: UpgradePolicy { support_type: "STANDARD" },
        vpc: cluster.network.as_ref().map(vpc),
        iam: identities::of(policy).map(|pod_identity_associations| Iam { pod_identity_associations }),
        addons: ADDONS.iter().map(|&(name, own_role)| addon(name, own_role, policy)).collect(),
        // Who did what. The other types are chatty, and every gigabyte is billed.
        cloud_watch: CloudWatch { cluster_logging: ClusterLogging { enable_types: ["audit", "authenticator"], log_retention_in_days: 30 } },
        managed_node_groups: groups.into_iter().map(|group| node_group::of(group, cluster, policy)).collect(),
    }
}

/// The existing network. Nodes reach the control plane inside the VPC (`privateAccess`); the public
/// endpoint stays on, or whoever applies this file from outside the VPC would lock themselves out.
fn vpc(network: &Network) -> Vpc<'_> {
    let private = network.private_subnets.iter().map(|(zone, id)| (zone.as_str(), Subnet { id })).collect();
    Vpc {
        id: &network.vpc,
        subnets: Subnets { private },
        cluster_endpoints: ClusterEndpoints { public_access: true, private_access: true },
    }
}
