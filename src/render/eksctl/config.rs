//! The part of eksctl's `ClusterConfig` that this tool writes; field by field as the schema names it.

use std::collections::BTreeMap;

use serde::Serialize;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClusterConfig<'a> {
    pub(super) api_version: &'static str,
    pub(super) kind: &'static str,
    pub(super) metadata: Metadata<'a>,
    pub(super) access_config: AccessConfig,
    pub(super) upgrade_policy: UpgradePolicy,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vpc: Option<Vpc<'a>>,
    pub(super) iam: Iam,
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
pub(super) struct AccessConfig {
    pub(super) authentication_mode: &'static str,
    pub(super) bootstrap_cluster_creator_admin_permissions: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) access_entries: Vec<AccessEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct AccessEntry {
    #[serde(rename = "principalARN")]
    pub(super) principal_arn: String,
    /// `EC2_LINUX` and `EC2_WINDOWS` for roles of nodes; absent for people and programs.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<&'static str>,
    /// What RoleBindings of the cluster name.
    #[serde(rename = "kubernetesGroups", skip_serializing_if = "Vec::is_empty")]
    pub(super) kubernetes_groups: Vec<String>,
    #[serde(rename = "accessPolicies", skip_serializing_if = "Vec::is_empty")]
    pub(super) access_policies: Vec<AccessPolicy>,
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
    /// Whence the public endpoint is reached.
    #[serde(
        rename = "publicAccessCIDRs",
        skip_serializing_if = "<[String]>::is_empty"
    )]
    pub(super) public_access_cidrs: &'a [String],
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
    /// Windows pods have roles by OpenID Connect only.
    #[serde(rename = "withOIDC", skip_serializing_if = "is_false")]
    pub(super) with_oidc: bool,
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
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) availability_zones: Option<[&'a str; 1]>,
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
    #[serde(rename = "disablePodIMDS")]
    pub(super) disable_pod_imds: bool,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_unavailable: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_unavailable_percentage: Option<u32>,
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

#[derive(Debug, Clone, Serialize)]
pub(in crate::render) struct Taint<'a> {
    pub(super) key: &'static str,
    pub(super) value: &'a str,
    pub(super) effect: &'static str,
}
