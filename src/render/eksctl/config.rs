//! The part of eksctl's `ClusterConfig` that this tool writes; field by field as the schema names it.

use std::collections::BTreeMap;

use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterConfig<'a> {
    pub(super) api_version: &'static str,
    pub(super) kind: &'static str,
    pub(super) metadata: Metadata<'a>,
    pub(super) upgrade_policy: UpgradePolicy,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vpc: Option<Vpc<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) iam: Option<Iam>,
    pub(super) addons: Vec<Addon>,
    pub(super) cloud_watch: CloudWatch,
    pub(super) managed_node_groups: Vec<NodeGroup<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Metadata<'a> {
    pub(super) name: &'a str,
    pub(super) region: &'a str,
    pub(super) version: &'a str,
    pub(super) tags: BTreeMap<&'static str, String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UpgradePolicy {
    pub(super) support_type: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Vpc<'a> {
    pub(super) id: &'a str,
    pub(super) subnets: Subnets<'a>,
    pub(super) cluster_endpoints: ClusterEndpoints,
}

#[derive(Debug, Serialize)]
pub(super) struct Subnets<'a> {
    pub(super) private: BTreeMap<&'a str, Subnet<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Subnet<'a> {
    pub(super) id: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterEndpoints {
    pub(super) public_access: bool,
    pub(super) private_access: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Iam {
    pub(super) pod_identity_associations: Vec<PodIdentity>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PodIdentity {
    pub(super) namespace: &'static str,
    pub(super) service_account_name: &'static str,
    pub(super) well_known_policies: BTreeMap<&'static str, bool>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Addon {
    pub(super) name: &'static str,
    /// JSON in a string, as the EKS API has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) configuration_values: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    pub(super) use_default_pod_identity_associations: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CloudWatch {
    pub(super) cluster_logging: ClusterLogging,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterLogging {
    pub(super) enable_types: [&'static str; 2],
    pub(super) log_retention_in_days: u32,
}

/// Managed or self-managed: the fields used here mean the same in both.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NodeGroup<'a> {
    pub(super) name: &'a str,
    pub(super) ami_family: &'a str,
    pub(super) instance_type: &'a str,
    pub(super) min_size: u32,
    pub(super) desired_capacity: u32,
    pub(super) max_size: u32,
    pub(super) volume_size: u32,
    pub(super) volume_type: &'a str,
    pub(super) private_networking: bool,
    pub(super) labels: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) taints: Vec<Taint<'a>>,
    pub(super) tags: BTreeMap<String, &'a str>,
    #[serde(rename = "propagateASGTags")]
    pub(super) propagate_asg_tags: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security_groups: Option<SecurityGroups<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ssh: Option<Ssh<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Taint<'a> {
    pub(super) key: &'static str,
    pub(super) value: &'a str,
    pub(super) effect: &'static str,
}

/// Beside the cluster's own security group, which eksctl attaches to every managed group.
#[derive(Debug, Serialize)]
pub(super) struct SecurityGroups<'a> {
    #[serde(rename = "attachIDs")]
    pub(super) attach_ids: &'a [String],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ssh<'a> {
    pub(super) allow: bool,
    pub(super) public_key_name: &'a str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}
