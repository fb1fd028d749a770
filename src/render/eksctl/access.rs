//! Who may do what on a cluster, by EKS access entries.

use super::config::{AccessConfig, AccessEntry, AccessPolicy, AccessScope};
use super::karpenter::node_role_name;
use crate::plan::{ClusterPlan, NodeAutoscaler, Plan};
use crate::render::apps::{DELIVERY_GROUP, moving, team_group};
use crate::render::bootstrap::ci_role;
use crate::render::site::Site;

/// Administrators and the platform's CI, which installs charts with roles of their own, by EKS' policy for
/// administrators; the delivery and app teams by groups, which the namespaces bind.
pub(super) fn of(cluster: &ClusterPlan, plan: &Plan) -> AccessConfig {
    const ADMINISTRATOR: &str =
        "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    let platform = &plan.inputs.policy.platform;
    let administrator = |arn: String| AccessEntry {
        principal_arn: arn,
        kind: None,
        kubernetes_groups: Vec::new(),
        access_policies: vec![AccessPolicy {
            policy_arn: ADMINISTRATOR,
            access_scope: AccessScope { kind: "cluster" },
        }],
    };
    let member = |arn: String, groups: Vec<String>| AccessEntry {
        principal_arn: arn,
        kind: None,
        kubernetes_groups: groups,
        access_policies: Vec::new(),
    };
    let nodes = |kind| AccessEntry {
        principal_arn: Site::of(plan)
            .global_arn("iam", &format!("role/{}", node_role_name(cluster))),
        kind: Some(kind),
        kubernetes_groups: Vec::new(),
        access_policies: Vec::new(),
    };
    let mut administrators = platform.admin_roles.clone();
    let ci = ci_role(plan);
    if !administrators.contains(&ci) {
        administrators.push(ci);
    }
    let mut entries: Vec<AccessEntry> = administrators.into_iter().map(administrator).collect();
    if !platform.delivery_role.is_empty() {
        entries.push(member(
            platform.delivery_role.clone(),
            vec![DELIVERY_GROUP.to_owned()],
        ));
    }
    for (role, applications) in &platform.team_roles {
        let mut groups: Vec<String> = moving(plan)
            .filter(|app| app.manifests.clusters.contains_key(&cluster.name))
            .filter(|app| {
                applications
                    .iter()
                    .any(|pattern| pattern.matches(&app.environment.application))
            })
            .map(|app| team_group(app.manifests.namespace.as_str()))
            .collect();
        groups.sort();
        groups.dedup();
        if !groups.is_empty() {
            entries.push(member(role.clone(), groups));
        }
    }
    if platform.node_autoscaler == NodeAutoscaler::Karpenter {
        entries.push(nodes("EC2_LINUX"));
    }
    AccessConfig {
        authentication_mode: "API",
        bootstrap_cluster_creator_admin_permissions: true,
        access_entries: entries,
    }
}
