//! Load balancers that apps share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::beanstalk::Scheme;
use crate::policy::BalancerWish;

/// A load balancer that several apps of a stage share on each of their clusters. What it has only once, all
/// of them have alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct IngressGroup {
    /// Stage, scheme and a number: `production-internet-facing-1`.
    pub name: String,
    /// Who reaches it; the same for all of its apps.
    pub scheme: Scheme,
    /// The longest that any of its apps has.
    pub idle_seconds: u32,
    /// Bucket and prefix of its access logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_logs: Option<(String, String)>,
    /// Policies of its TLS ports, where one is set.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tls_policies: BTreeMap<u16, String>,
    /// Whether it takes IPv6 beside IPv4.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dual_stack: bool,
    /// Whom it admits; empty: the controller makes one that admits everybody who reaches it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<String>,
    /// Where it stands; empty: in the subnets that are tagged for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subnets: Vec<String>,
    /// How many apps are in it.
    pub apps: u32,
    /// Rules on all of its ports.
    pub rules: u32,
    /// How many ports it listens on.
    #[serde(default)]
    pub listeners: u32,
    /// Different certificates of all its ports, without those of the policy.
    pub certificates: u32,
    /// One for each process of each app.
    pub target_groups: u32,
    /// Apps whose rules are for the same hosts, in the order in which they are tried: those with the most general
    /// rules last, as their priorities have it today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    /// Those among them whose priorities of today lie between each other's, which the order of whole apps cannot keep.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interleaved: Vec<String>,
    /// What apps gave up to share it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_up: Vec<GivenUpWish>,
}

/// What some apps of a group wanted, and what they have instead.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct GivenUpWish {
    /// Which of the wishes of `load_balancers.give_up`.
    pub wish: BalancerWish,
    /// What these apps wanted.
    pub wanted: String,
    /// What the group has.
    pub taken: String,
    /// Labels of the apps that wanted it.
    pub apps: Vec<String>,
}
