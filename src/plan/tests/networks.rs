//! Which network the clusters join.

use super::{ACCOUNT, Estate, TOKYO, environment, noted, with_option};
use crate::plan::{Network, Plan};
use crate::snapshot::{Environment, Subnet};

fn subnet(vpc: &str, id: &str, zone: &str, available_ips: u32) -> Subnet {
    Subnet {
        account: ACCOUNT.to_owned(),
        region: TOKYO.to_owned(),
        vpc: vpc.to_owned(),
        id: id.to_owned(),
        zone: format!("{TOKYO}{zone}"),
        cidr: None,
        available_ips: Some(available_ips),
        public: false,
    }
}

/// An app in that VPC.
fn living_in(vpc: &str, name: &str) -> Environment {
    with_option(environment(name, 1, "t3.small"), "aws:ec2:vpc", "VPCId", vpc)
}

fn plan(environments: Vec<Environment>, subnets: Vec<Subnet>, policy: &str) -> Plan {
    Estate { subnets, ..Estate::of(environments) }.plan_under(policy)
}

fn network(plan: &Plan) -> Option<&Network> {
    assert!(plan.clusters.windows(2).all(|pair| pair[0].network == pair[1].network), "all clusters join the same");
    plan.clusters[0].network.as_ref()
}

fn chosen(plan: &Plan) -> Option<(&str, Vec<&str>)> {
    network(plan).map(|network| (network.vpc.as_str(), network.private_subnets.values().map(String::as_str).collect()))
}

#[test]
fn in_each_zone_the_private_subnet_with_most_free_addresses() {
    let public = Subnet { public: true, ..subnet("vpc-1", "s-public", "a", 9000) };
    let unknown = Subnet { available_ips: None, ..subnet("vpc-1", "s-0", "c", 0) };
    let elsewhere = Subnet { region: "us-east-1".to_owned(), ..subnet("vpc-1", "s-far", "d", 900) };
    let subnets = vec![
        subnet("vpc-1", "s-1", "a", 100),
        subnet("vpc-1", "s-2", "a", 900),
        public,
        unknown,
        subnet("vpc-1", "s-4", "c", 50),
        // As good as the fourth: the first by name is taken.
        subnet("vpc-1", "s-3", "c", 50),
        elsewhere,
    ];
    let plan = plan(vec![living_in("vpc-1", "a")], subnets, "");
    assert_eq!(chosen(&plan), Some(("vpc-1", vec!["s-2", "s-3"])));
    assert!(noted(&plan, "no-network").is_empty());
    // Nodes are counted in the zones of the subnets.
    let zones: Vec<_> = plan.clusters[0].node_groups[0].normal.placement.iter().map(|node| node.zone.as_str()).collect();
    assert_eq!(zones, ["ap-northeast-1a", "ap-northeast-1c"]);
}

#[test]
fn the_vpc_that_most_environments_live_in() {
    let both = |vpc: &str| [subnet(vpc, &format!("{vpc}-a"), "a", 10), subnet(vpc, &format!("{vpc}-c"), "c", 10)];
    let subnets: Vec<Subnet> = [both("vpc-1"), both("vpc-2")].concat();
    let most = plan(vec![living_in("vpc-1", "a"), living_in("vpc-2", "b"), living_in("vpc-2", "c")], subnets.clone(), "");
    assert_eq!(chosen(&most), Some(("vpc-2", vec!["vpc-2-a", "vpc-2-c"])));
    let tie = plan(vec![living_in("vpc-1", "a"), living_in("vpc-2", "b")], subnets.clone(), "");
    assert_eq!(chosen(&tie).map(|(vpc, _)| vpc), Some("vpc-1"));
    // What is gone does not count.
    let gone = |name| Environment { status: "Terminated".to_owned(), ..living_in("vpc-1", name) };
    let alive = plan(vec![gone("a"), gone("b"), living_in("vpc-2", "c")], subnets, "");
    assert_eq!(chosen(&alive).map(|(vpc, _)| vpc), Some("vpc-2"));
}

#[test]
fn fewer_than_two_zones_are_no_network() {
    let one_zone = plan(vec![living_in("vpc-1", "a")], vec![subnet("vpc-1", "s-1", "a", 10), subnet("vpc-1", "s-2", "a", 10)], "");
    assert_eq!(network(&one_zone), None);
    assert_eq!(noted(&one_zone, "no-network").len(), 2, "one for each cluster");
    assert_eq!(network(&plan(vec![living_in("vpc-1", "a")], Vec::new(), "")), None);
    // Nodes are then counted in the zones of today's instances.
    assert_eq!(one_zone.clusters[0].node_groups[0].normal.placement[0].zone, "ap-northeast-1a");
}

#[test]
fn a_vpc_that_no_environment_lives_in_is_no_substitute() {
    // The databases are in vpc-1, which has private subnets in one zone only.
    let subnets = vec![subnet("vpc-1", "s-1", "a", 10), subnet("vpc-2", "s-2", "a", 10), subnet("vpc-2", "s-3", "c", 10)];
    assert_eq!(network(&plan(vec![living_in("vpc-1", "a")], subnets.clone(), "")), None);
    // Unless the policy says so, or nobody knows where they live.
    let named = plan(vec![living_in("vpc-1", "a")], subnets.clone(), "[nodes]\nsubnets = [\"s-2\", \"s-3\"]\n");
    assert_eq!(chosen(&named), Some(("vpc-2", vec!["s-2", "s-3"])));
    assert_eq!(chosen(&plan(vec![environment("a", 1, "t3.small")], subnets, "")), Some(("vpc-2", vec!["s-2", "s-3"])));
}

#[test]
fn the_subnets_of_the_policy_are_taken_even_if_public_and_those_left_over_are_named() {
    let public = Subnet { public: true, ..subnet("vpc-1", "s-3", "c", 10) };
    let subnets = vec![subnet("vpc-1", "s-1", "a", 900), subnet("vpc-1", "s-2", "a", 10), public, subnet("vpc-1", "s-4", "d", 900)];
    let policy = "[nodes]\nsubnets = [\"s-1\", \"s-2\", \"s-3\", \"s-9\"]\n";
    let plan = plan(vec![living_in("vpc-1", "a")], subnets, policy);
    assert_eq!(chosen(&plan), Some(("vpc-1", vec!["s-1", "s-3"])));
    let unused: Vec<_> = noted(&plan, "subnet-unused").iter().map(|note| (note.subject.as_str(), note.message.as_str())).collect();
    let expected = [
        ("s-2", "nodes.subnets names it, but the clusters do not use it"),
        ("s-9", "nodes.subnets names it, but the snapshot has no such subnet"),
    ];
    assert_eq!(unused, expected);
}
