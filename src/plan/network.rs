//! The existing network that the clusters join.

use std::collections::BTreeMap;

use super::Network;
use super::clusters::Home;
use crate::policy::Policy;
use crate::snapshot::{Inventory, Subnet};

/// The VPC that most environments of the home account and region live in, with one private subnet for
/// each zone: the policy's, else the one with most free addresses. `None` if fewer than two zones have
/// a private subnet, which EKS and eksctl need.
pub(super) fn of(inventory: &Inventory, home: &Home, policy: &Policy) -> Option<Network> {
    let mut votes: BTreeMap<&str, u32> = BTreeMap::new();
    for environment in inventory.environments.iter().filter(|e| e.account == home.account && e.region == home.region) {
        if let Some(vpc) = environment.option("aws:ec2:vpc", "VPCId") {
            *votes.entry(vpc).or_default() += 1;
        }
    }
    let is_home = |subnet: &&Subnet| subnet.account == home.account && subnet.region == home.region;
    let wanted = &policy.nodes.subnets;
    let is_wanted = |subnet: &&Subnet| if wanted.is_empty() { !subnet.public } else { wanted.contains(&subnet.id) };
    let candidates: Vec<&Subnet> = inventory.subnets.iter().filter(is_home).filter(is_wanted).collect();
    let mut by_vpc: BTreeMap<&str, BTreeMap<&str, &Subnet>> = BTreeMap::new();
    for subnet in candidates {
        let zones = by_vpc.entry(&subnet.vpc).or_default();
        let room = |subnet: &Subnet| (subnet.available_ips, std::cmp::Reverse(subnet.id.clone()));
        zones
            .entry(&subnet.zone)
            .and_modify(|best| {
                if room(subnet) > room(best) {
                    *best = subnet
                }
            })
            .or_insert(subnet);
    }
    let usable = by_vpc.into_iter().filter(|(_, zones)| zones.len() >= 2);
    let best = usable.max_by_key(|(vpc, zones)| (votes.get(vpc).copied().unwrap_or(0), zones.len(), std::cmp::Reverse(*vpc)));
    best.map(|(vpc, zones)| Network {
        vpc: vpc.to_owned(),
        private_subnets: zones.into_iter().map(|(zone, subnet)| (zone.to_owned(), subnet.id.clone())).collect(),
    })
}
