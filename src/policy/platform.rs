//! What runs on the clusters beside the apps, and how apps get there.

use serde::{Deserialize, Serialize};

/// The platform and delivery files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
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

    /// Whether every administrator is the ARN of a role.
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
        self.admin_roles.iter().all(|arn| {
            arn.starts_with("arn:") && arn.contains(":role/") && arn.len() <= 2_048 && is_plain(arn)
        })
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
