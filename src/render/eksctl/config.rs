//! The part of eksctl's `ClusterConfig` that this tool writes; field by field as the schema names it.

use std::collections::BTreeMap;

use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterConfig<'a> {
    pub(super) api_version: &'static str,
    pub(super) kind: &'static str,
    pub(super) metadata: Metadata<'a>,
    pub(super) access_config: AccessConfig<'a>,
    pub(super) upgrade_policy: UpgradePolicy,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vpc: Option<Vpc<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) iam: Option<Iam>,
    pub(super) addons: Vec<Addon<'a>>,
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

/// Who may do what, by EKS' own API: the ConfigMap of old is not read.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AccessConfig<'a> {
    pub(super) authentication_mode: &'static str,
    pub(super) bootstrap_cluster_creator_admin_permissions: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) access_entries: Vec<AccessEntry<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct AccessEntry<'a> {
    #[serde(rename = "principalARN")]
    pub(super) principal_arn: &'a str,
    #[serde(rename = "accessPolicies")]
    pub(super) access_policies: [AccessPolicy; 1],
}

#[derive(Debug, Serialize)]
pub(super) struct AccessPolicy {
    #[serde(rename = "policyARN")]
    pub(super) policy_arn: &'static str,
    #[serde(rename = "accessScope")]
    pub(super) access_scope: AccessScope,
}

#[derive(Debug, Serialize)]
pub(super) struct AccessScope {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
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
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) well_known_policies: BTreeMap<&'static str, bool>,
    /// A policy document of IAM, where eksctl knows none by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) permission_policy: Option<serde_json::Value>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Addon<'a> {
    pub(super) name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<&'a str>,
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
    pub(super) volume_encrypted: bool,
    #[serde(rename = "disableIMDSv1")]
    pub(super) disable_imds_v1: bool,
    pub(super) update_config: UpdateConfig,
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

/// How many nodes an upgrade replaces at once.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UpdateConfig {
    pub(super) max_unavailable: u32,
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

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}
