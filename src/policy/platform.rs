//! What runs on the clusters beside the apps, and how apps get there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Factor, NamePattern};

/// The platform and delivery files.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "see defaults.toml")]
pub struct Platform {
    pub domain: String,
    pub registry: String,
    pub log_bucket: String,
    pub queue_daemon_image: String,
    pub node_autoscaler: NodeAutoscaler,
    pub monitoring: Monitoring,
    pub dns: DnsCache,
    pub ci: Ci,
    pub delivery: Delivery,
    pub admin_roles: Vec<String>,
    pub ci_role: String,
    pub delivery_role: String,
    pub team_roles: BTreeMap<String, Vec<NamePattern>>,
    pub apps_repository: String,
    pub certificates: BTreeMap<String, String>,
    pub profile_roles: BTreeMap<String, String>,
    pub web_acls: BTreeMap<String, String>,
    pub namespaces: Namespaces,
    pub quota_factor: Factor,
    pub network_policy: NetworkPolicy,
}

/// What shares a namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum Namespaces {
    ByStage,
    ByApplication,
}

/// Whom pods of a namespace admit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum NetworkPolicy {
    OwnNamespace,
    None,
}

/// What adds and removes nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum NodeAutoscaler {
    ClusterAutoscaler,
    Karpenter,
}

/// Where metrics and searchable logs go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum Monitoring {
    Datadog,
    Cloudwatch,
}

/// What answers names beside CoreDNS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum DnsCache {
    None,
    Autopath,
}

/// What checks and applies the platform's repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum Ci {
    Circleci,
    GithubActions,
}

/// What brings a pushed image onto the clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "see defaults.toml")]
pub enum Delivery {
    Spinnaker,
    ArgoCd,
}

impl Platform {
    /// Whether an add-on of that name belongs to a tool that was chosen, or to none of those that one chooses.
    #[must_use]
    pub(crate) fn installs(&self, addon: &str) -> bool {
        match addon {
            "cluster-autoscaler" => self.node_autoscaler == NodeAutoscaler::ClusterAutoscaler,
            "karpenter" => self.node_autoscaler == NodeAutoscaler::Karpenter,
            "datadog-cluster-agent" => self.monitoring == Monitoring::Datadog,
            "cloudwatch-operator" => self.monitoring == Monitoring::Cloudwatch,
            _ => true,
        }
    }

    /// Whether `domain` can be the end of a host name, with 130 characters of an app's and a cluster's in front.
    pub(super) fn has_usable_domain(&self) -> bool {
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        self.domain.len() <= 85 && self.domain.split('.').all(is_label)
    }

    /// Whether everybody who is let in is the ARN of a role.
    pub(super) fn has_usable_roles(&self) -> bool {
        let is_plain = |arn: &str| {
            arn.bytes().all(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(
                        b,
                        b'-' | b'.' | b'/' | b'_' | b':' | b'+' | b'=' | b'@' | b','
                    )
            })
        };
        let is_role = |arn: &String| {
            arn.starts_with("arn:") && arn.contains(":role/") && arn.len() <= 2_048 && is_plain(arn)
        };
        let is_role_or_nobody = |arn: &String| arn.is_empty() || is_role(arn);
        self.admin_roles.iter().all(is_role)
            && self.team_roles.keys().all(is_role)
            && self.profile_roles.values().all(is_role)
            && is_role_or_nobody(&self.ci_role)
            && is_role_or_nobody(&self.delivery_role)
    }

    /// Whether every certificate is the ARN of one of ACM.
    pub(super) fn has_usable_certificates(&self) -> bool {
        self.certificates.values().all(|arn| {
            arn.starts_with("arn:")
                && arn.contains(":acm:")
                && arn.len() <= 2_048
                && arn
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/' | b':'))
        })
    }

    /// Whether every web ACL is the ARN of a regional one of WAF, by a reach of load balancers.
    pub(super) fn has_usable_web_acls(&self) -> bool {
        self.web_acls.iter().all(|(reach, arn)| {
            ["internal", "internet-facing"].contains(&reach.as_str())
                && arn.starts_with("arn:")
                && arn.contains(":wafv2:")
                && arn.contains(":regional/webacl/")
                && arn.len() <= 2_048
                && arn
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b':'))
        })
    }

    /// Whether `apps_repository` is empty or an address that git takes.
    pub(super) fn has_usable_repository(&self) -> bool {
        let address = self.apps_repository.as_str();
        let is_plain = address.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/' | b'_' | b':' | b'@')
        });
        address.is_empty()
            || (address.len() <= 300
                && is_plain
                && (address.starts_with("https://")
                    || address.starts_with("ssh://")
                    || address.starts_with("git@")))
    }

    /// Whether `registry` is empty or can stand before the name of an image, and `log_bucket` is empty or a bucket.
    pub(super) fn has_usable_places(&self) -> bool {
        let is_plain = |text: &str| {
            text.bytes().all(|b| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || matches!(b, b'-' | b'.' | b'/' | b'_')
            })
        };
        let (registry, bucket) = (self.registry.as_str(), self.log_bucket.as_str());
        registry.len() <= 200
            && is_plain(registry)
            && !registry.ends_with('/')
            && bucket.len() <= 63
            && is_plain(bucket)
            && !bucket.contains('/')
    }

    /// Whether `queue_daemon_image` is empty or an image that stays what it is: with a digest, or a tag that is not
    /// `latest`.
    pub(super) fn has_pinned_daemon(&self) -> bool {
        let image = self.queue_daemon_image.as_str();
        let is_plain = image.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/' | b'_' | b':' | b'@')
        });
        let tag = image
            .rsplit('/')
            .next()
            .and_then(|name| name.split_once([':', '@']))
            .map_or("", |(_, tag)| tag);
        image.is_empty() || (image.len() <= 300 && is_plain && !tag.is_empty() && tag != "latest")
    }
}
