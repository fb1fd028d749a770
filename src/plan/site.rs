//! Where the clusters stand.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::live::LiveEnvironments;
use crate::policy::Policy;
use crate::snapshot::Environment;

/// The account and region of the clusters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClusterSite {
    pub(super) account: String,
    pub(super) region: String,
    /// Zones that instances are in today: the nodes' zones where no subnet is known.
    pub(super) zones: Vec<String>,
}

impl ClusterSite {
    /// As the policy says, else where most of the environments are; of equals the first by name. Where the
    /// policy wants the clusters and no environment is, they stand all the same, and nothing moves.
    pub(super) fn of(live: &LiveEnvironments<'_>, policy: &Policy) -> Self {
        let wanted = &policy.topology;
        let is_wanted = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for one in live.iter() {
            *counts
                .entry((&one.environment.account, &one.environment.region))
                .or_default() += 1;
        }
        // The whole wish counts more than a part of it, and any part more than the number of environments.
        let met = |(account, region): (&str, &str)| {
            u8::from(is_wanted(&wanted.account, account))
                + u8::from(is_wanted(&wanted.region, region))
        };
        let ranked = counts
            .into_iter()
            .map(|(place, count)| (met(place), count, Reverse(place)));
        let (found_account, found_region) = ranked
            .max()
            .map_or(("", ""), |(_, _, Reverse(place))| place);
        let or = |wanted: &str, found: &str| {
            if wanted.is_empty() {
                found.to_owned()
            } else {
                wanted.to_owned()
            }
        };
        let (account, region) = (
            or(&wanted.account, found_account),
            or(&wanted.region, found_region),
        );
        let here = live
            .iter()
            .map(|one| one.environment)
            .filter(|e| e.account == account && e.region == region);
        let mut zones: Vec<String> = here
            .flat_map(Environment::running_instances)
            .filter_map(|instance| instance.zone.clone())
            .collect();
        zones.sort();
        zones.dedup();
        Self {
            account,
            region,
            zones,
        }
    }
}
