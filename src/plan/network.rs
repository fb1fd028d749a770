//! The existing network that the clusters join.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Network;
use super::live::LiveEnvironments;
use super::site::ClusterSite;
use crate::policy::Policy;
use crate::snapshot::{Inventory, Subnet};

/// The VPC that most live environments of the home account and region live in, with one private subnet
/// for each zone: the policy's, else the one with most free addresses. `None` if fewer than two zones
/// have a private subnet, which EKS and eksctl need. Another VPC is no substitute, since the databases
/// are not in it, unless the policy names its subnets or nobody knows where the environments live.
pub(super) fn of(
    live: &LiveEnvironments<'_>,
    inventory: &Inventory,
    site: &ClusterSite,
    policy: &Policy,
) -> Option<Network> {
    let mut votes: BTreeMap<&str, u32> = BTreeMap::new();
    for one in live.iter() {
        if one.key.account == site.account
            && one.key.region == site.region
            && let Some(vpc) = &one.reading.network.vpc
        {
            *votes.entry(vpc).or_default() += 1;
        }
    }
    let most = votes.values().copied().max().unwrap_or(0);
    let is_home = |subnet: &&Subnet| subnet.account == site.account && subnet.region == site.region;
    let wanted = &policy.nodes.subnets;
    let is_wanted = |subnet: &&Subnet| {
        if wanted.is_empty() {
            !subnet.public
        } else {
            wanted.contains(&subnet.id)
        }
    };
    let candidates: Vec<&Subnet> = inventory
        .subnets
        .iter()
        .filter(is_home)
        .filter(is_wanted)
        .collect();
    let mut by_vpc: BTreeMap<&str, BTreeMap<&str, &Subnet>> = BTreeMap::new();
    for subnet in candidates {
        let zones = by_vpc.entry(&subnet.vpc).or_default();
        let room = |subnet: &Subnet| (subnet.available_ips, Reverse(subnet.id.clone()));
        zones
            .entry(&subnet.zone)
            .and_modify(|best| {
                if room(subnet) > room(best) {
                    *best = subnet
                }
            })
            .or_insert(subnet);
    }
    let votes_for = |vpc: &str| votes.get(vpc).copied().unwrap_or(0);
    let usable = by_vpc
        .into_iter()
        .filter(|(vpc, zones)| zones.len() >= 2 && (!wanted.is_empty() || votes_for(vpc) == most));
    let best = usable.max_by_key(|(vpc, zones)| (votes_for(vpc), zones.len(), Reverse(*vpc)));
    best.map(|(vpc, zones)| Network {
        vpc: vpc.to_owned(),
        private_subnets: zones
            .into_iter()
            .map(|(zone, subnet)| (zone.to_owned(), subnet.id.clone()))
            .collect(),
    })
}
