//! Which subnets a load balancer of the plan may stand in.

use std::collections::BTreeMap;

use super::{EnvironmentPlan, Network, Note, Plan};
use crate::snapshot::{EnvironmentKey, Inventory, Subnet};
use crate::translate::{EntranceKind, TranslatedEnvironment};
use crate::wording::{Text, text};

/// An application load balancer needs two zones, with one subnet in each; a network load balancer one. Source:
/// Elastic Load Balancing, CreateLoadBalancer.
const fn least_zones(kind: EntranceKind) -> usize {
    match kind {
        EntranceKind::Application => 2,
        EntranceKind::Network => 1,
    }
}

/// Subnets that are not taken over, with the reason, by environment.
pub(super) type RefusedSubnets = BTreeMap<EnvironmentKey, (Vec<String>, Text)>;

/// Keeps of each app's subnets one for each zone, if they are known, in the clusters' VPC, and in zones enough; else
/// none, so that the controller finds those that are tagged for it.
pub(super) fn keep_usable(
    environments: &mut BTreeMap<EnvironmentKey, TranslatedEnvironment>,
    network: Option<&Network>,
    inventory: &Inventory,
) -> RefusedSubnets {
    let mut refused = RefusedSubnets::new();
    for (key, translated) in environments {
        let Some(entrance) = &mut translated.intents.entrance else {
            continue;
        };
        if entrance.subnets.is_empty() {
            continue;
        }
        let known = |id: &String| {
            inventory.subnets.iter().find(|subnet| {
                subnet.id == *id && subnet.account == key.account && subnet.region == key.region
            })
        };
        match usable(&entrance.subnets, &known, network, entrance.kind) {
            Ok(subnets) => entrance.subnets = subnets,
            Err(why) => {
                let named = std::mem::take(&mut entrance.subnets);
                refused.insert(key.clone(), (named, why));
            }
        }
    }
    refused
}

/// A note for each app that moves without them.
pub(super) fn notes(plan: &Plan, refused: &RefusedSubnets) -> Vec<Note> {
    let note = |environment: &EnvironmentPlan| {
        environment.planned()?;
        let (subnets, why) = refused.get(&environment.key())?;
        let subnets: Vec<Text> = subnets.iter().map(Text::plain).collect();
        Some(Note::warning(
            "balancer-subnets",
            &environment.label,
            text!(
                "note-balancer-subnets",
                subnets = subnets,
                why = why.clone()
            ),
            text!("note-balancer-subnets-hint"),
        ))
    };
    plan.environments.iter().filter_map(note).collect()
}

fn usable<'a>(
    wanted: &[String],
    known: &dyn Fn(&String) -> Option<&'a Subnet>,
    network: Option<&Network>,
    kind: EntranceKind,
) -> Result<Vec<String>, Text> {
    let mut by_zone: BTreeMap<&str, &Subnet> = BTreeMap::new();
    let mut vpc = network.map(|network| network.vpc.as_str());
    for id in wanted {
        let subnet = known(id).ok_or_else(|| text!("balancer-subnets-unknown", subnet = id))?;
        let home = *vpc.get_or_insert(&subnet.vpc);
        if subnet.vpc != home {
            return Err(text!(
                "balancer-subnets-elsewhere",
                subnet = id,
                vpc = &subnet.vpc
            ));
        }
        by_zone.entry(&subnet.zone).or_insert(subnet);
    }
    if by_zone.len() < least_zones(kind) {
        let zones: Vec<Text> = by_zone.keys().map(Text::plain).collect();
        return Err(text!("balancer-subnets-one-zone", zones = zones));
    }
    let mut ids: Vec<String> = by_zone.values().map(|subnet| subnet.id.clone()).collect();
    ids.sort();
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &[&str], kind: EntranceKind) -> Result<Vec<String>, String> {
        let subnet = |id: &str, zone: &str, vpc: &str| Subnet {
            account: "1".to_owned(),
            region: "r".to_owned(),
            vpc: vpc.to_owned(),
            id: id.to_owned(),
            zone: zone.to_owned(),
            cidr: None,
            available_ips: None,
            public: true,
        };
        let all = [
            subnet("subnet-a1", "a", "vpc-1"),
            subnet("subnet-a2", "a", "vpc-1"),
            subnet("subnet-c1", "c", "vpc-1"),
            subnet("subnet-x", "c", "vpc-2"),
        ];
        let network = Network {
            vpc: "vpc-1".to_owned(),
            private_subnets: BTreeMap::new(),
        };
        let wanted: Vec<String> = wanted.iter().map(|&id| id.to_owned()).collect();
        let known = |id: &String| all.iter().find(|subnet| subnet.id == *id);
        usable(&wanted, &known, Some(&network), kind).map_err(|why| why.to_string())
    }

    #[test]
    fn two_zones_of_the_clusters_vpc_or_a_reason() {
        use EntranceKind::{Application, Network};
        let two = Ok(vec!["subnet-a1".to_owned(), "subnet-c1".to_owned()]);
        assert_eq!(check(&["subnet-a1", "subnet-c1"], Application), two);
        assert_eq!(
            check(&["subnet-a1", "subnet-a2", "subnet-c1"], Application),
            two,
            "one for each zone"
        );
        assert!(
            check(&["subnet-a1", "subnet-a2"], Application).is_err_and(|why| why.contains('a'))
        );
        assert!(check(&["subnet-a1"], Network).is_ok());
        assert!(
            check(&["subnet-a1", "subnet-x"], Application).is_err_and(|why| why.contains("vpc-2"))
        );
        assert!(
            check(&["subnet-a1", "subnet-gone"], Application)
                .is_err_and(|why| why.contains("subnet-gone"))
        );
    }
}
