//! Which environments stay where they are whatever their size, by the policy or by their nature.

use super::site::ClusterSite;
use crate::policy::Policy;
use crate::snapshot::Environment;
use crate::wording::{Text, text};

/// Why an environment stays; nothing if it may move.
pub(super) fn out_of_scope(
    environment: &Environment,
    site: &ClusterSite,
    policy: &Policy,
) -> Option<Text> {
    let scope = &policy.scope;
    if environment.tier == "Cluster" {
        return Some(text!("outcome-cluster-tier"));
    }
    if let Some(pattern) = scope
        .exclude_environments
        .iter()
        .find(|pattern| pattern.matches(&environment.name))
    {
        return Some(text!(
            "outcome-excluded",
            key = "scope.exclude_environments",
            pattern = pattern.as_str()
        ));
    }
    if let Some(pattern) = scope
        .exclude_applications
        .iter()
        .find(|pattern| pattern.matches(&environment.application))
    {
        return Some(text!(
            "outcome-excluded",
            key = "scope.exclude_applications",
            pattern = pattern.as_str()
        ));
    }
    if environment.account != site.account || environment.region != site.region {
        return Some(text!(
            "outcome-elsewhere",
            account = &environment.account,
            region = &environment.region,
            home_account = &site.account,
            home_region = &site.region
        ));
    }
    None
}
