//! Which network the clusters join.

use super::{ACCOUNT, Estate, TOKYO, environment, noted, with_option};
use crate::plan::{AddressMode, Network, Plan};
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
    with_option(
        environment(name, 1, "t3.small"),
        "aws:ec2:vpc",
        "VPCId",
        vpc,
    )
}

fn plan(environments: Vec<Environment>, subnets: Vec<Subnet>, policy: &str) -> Plan {
    Estate {
        subnets,
        ..Estate::of(environments)
    }
    .plan_under(policy)
}

fn network(plan: &Plan) -> Option<&Network> {
    assert!(
        plan.clusters
            .windows(2)
            .all(|pair| pair[0].network == pair[1].network),
        "all clusters join the same"
    );
    plan.clusters[0].network.as_ref()
}

fn chosen(plan: &Plan) -> Option<(&str, Vec<&str>)> {
    network(plan).map(|network| {
        (
            network.vpc.as_str(),
            network
                .private_subnets
                .values()
                .map(String::as_str)
                .collect(),
        )
    })
}

#[test]
fn in_each_zone_the_private_subnet_with_most_free_addresses() {
    let public = Subnet {
        public: true,
        ..subnet("vpc-1", "s-public", "a", 9000)
    };
    let unknown = Subnet {
        available_ips: None,
        ..subnet("vpc-1", "s-0", "c", 0)
    };
    let elsewhere = Subnet {
        region: "us-east-1".to_owned(),
        ..subnet("vpc-1", "s-far", "d", 900)
    };
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
    let zones: Vec<_> = plan.clusters[0].node_groups[0]
        .normal
        .placement
        .iter()
        .map(|node| node.zone.as_str())
        .collect();
    assert_eq!(zones, ["ap-northeast-1a", "ap-northeast-1c"]);
}

#[test]
fn the_vpc_that_most_environments_live_in() {
    let both = |vpc: &str| {
        [
            subnet(vpc, &format!("{vpc}-a"), "a", 10),
            subnet(vpc, &format!("{vpc}-c"), "c", 10),
        ]
    };
    let subnets: Vec<Subnet> = [both("vpc-1"), both("vpc-2")].concat();
    let most = plan(
        vec![
            living_in("vpc-1", "a"),
            living_in("vpc-2", "b"),
            living_in("vpc-2", "c"),
        ],
        subnets.clone(),
        "",
    );
    assert_eq!(chosen(&most), Some(("vpc-2", vec!["vpc-2-a", "vpc-2-c"])));
    let tie = plan(
        vec![living_in("vpc-1", "a"), living_in("vpc-2", "b")],
        subnets.clone(),
        "",
    );
    assert_eq!(chosen(&tie).map(|(vpc, _)| vpc), Some("vpc-1"));
    // What is gone does not count.
    let gone = |name| Environment {
        status: "Terminated".to_owned(),
        ..living_in("vpc-1", name)
    };
    let alive = plan(
        vec![gone("a"), gone("b"), living_in("vpc-2", "c")],
        subnets,
        "",
    );
    assert_eq!(chosen(&alive).map(|(vpc, _)| vpc), Some("vpc-2"));
}

#[test]
fn fewer_than_two_zones_are_no_network() {
    let one_zone = plan(
        vec![living_in("vpc-1", "a")],
        vec![
            subnet("vpc-1", "s-1", "a", 10),
            subnet("vpc-1", "s-2", "a", 10),
        ],
        "",
    );
    assert_eq!(network(&one_zone), None);
    assert_eq!(
        noted(&one_zone, "no-network").len(),
        2,
        "one for each cluster"
    );
    assert_eq!(
        network(&plan(vec![living_in("vpc-1", "a")], Vec::new(), "")),
        None
    );
    // Nodes are then counted in the zones of today's instances.
    assert_eq!(
        one_zone.clusters[0].node_groups[0].normal.placement[0].zone,
        "ap-northeast-1a"
    );
}

#[test]
fn a_vpc_that_no_environment_lives_in_is_no_substitute() {
    // The databases are in vpc-1, which has private subnets in one zone only.
    let subnets = vec![
        subnet("vpc-1", "s-1", "a", 10),
        subnet("vpc-2", "s-2", "a", 10),
        subnet("vpc-2", "s-3", "c", 10),
    ];
    assert_eq!(
        network(&plan(vec![living_in("vpc-1", "a")], subnets.clone(), "")),
        None
    );
    // Unless the policy says so, or nobody knows where they live.
    let named = plan(
        vec![living_in("vpc-1", "a")],
        subnets.clone(),
        "[nodes]\nsubnets = [\"s-2\", \"s-3\"]\n",
    );
    assert_eq!(chosen(&named), Some(("vpc-2", vec!["s-2", "s-3"])));
    assert_eq!(
        chosen(&plan(vec![environment("a", 1, "t3.small")], subnets, "")),
        Some(("vpc-2", vec!["s-2", "s-3"]))
    );
}

#[test]
fn the_subnets_of_the_policy_are_taken_even_if_public_and_those_left_over_are_named() {
    let public = Subnet {
        public: true,
        ..subnet("vpc-1", "s-3", "c", 10)
    };
    let subnets = vec![
        subnet("vpc-1", "s-1", "a", 900),
        subnet("vpc-1", "s-2", "a", 10),
        public,
        subnet("vpc-1", "s-4", "d", 900),
    ];
    let policy = "[nodes]\nsubnets = [\"s-1\", \"s-2\", \"s-3\", \"s-9\"]\n";
    let plan = plan(vec![living_in("vpc-1", "a")], subnets, policy);
    assert_eq!(chosen(&plan), Some(("vpc-1", vec!["s-1", "s-3"])));
    let unused: Vec<_> = noted(&plan, "subnet-unused")
        .iter()
        .map(|note| format!("{}: {}", note.subject, note.message))
        .collect();
    let expected = [
        "s-2: nodes.subnets names it, but the clusters do not use it",
        "s-9: nodes.subnets names it, but the snapshot has no such subnet",
    ];
    assert_eq!(unused, expected);
}

/// What the subnet of that name takes, and whether the note about it says so.
fn small_subnets(free: u32) -> (Plan, u32) {
    let subnets = vec![
        subnet("vpc-1", "s-1", "a", 4000),
        subnet("vpc-1", "s-2", "c", free),
    ];
    let apps = (0..12)
        .map(|number| living_in("vpc-1", &format!("app-{number}")))
        .collect();
    let plan = plan(apps, subnets, "");
    let taken = plan.addresses[1]
        .of(AddressMode::Interfaces)
        .expect("a row")
        .at_max;
    (plan, taken)
}

#[test]
fn a_subnet_without_addresses_for_the_nodes_is_told_with_what_would_do() {
    // Two clusters: 2 x 24 kept back.
    let (enough, taken) = small_subnets(4000);
    assert!(
        noted(&enough, "subnet-too-small").is_empty() && taken > 0,
        "{:?}",
        enough.addresses
    );
    let (exact, _) = small_subnets(taken + 48);
    assert!(noted(&exact, "subnet-too-small").is_empty(), "just enough");
    let (short, _) = small_subnets(taken + 47);
    let notes = noted(&short, "subnet-too-small");
    assert_eq!(
        notes
            .iter()
            .map(|note| note.subject.to_string())
            .collect::<Vec<_>>(),
        ["s-2"]
    );
    assert!(
        notes[0]
            .hint
            .to_string()
            .starts_with("nodes.addresses = \"singly\", which takes "),
        "{}",
        notes[0].hint
    );
    let (none, _) = small_subnets(50);
    assert!(
        noted(&none, "subnet-too-small")[0]
            .hint
            .to_string()
            .starts_with("no other setting of nodes.addresses is enough")
    );
    assert_eq!(
        none.addresses[1]
            .of(AddressMode::Interfaces)
            .and_then(|used| used.runs_out_at),
        Some(1)
    );
}

#[test]
fn a_node_takes_addresses_for_its_pods_and_its_daemons() {
    let (plan, _) = small_subnets(4000);
    let node = |zone: &str| {
        let groups = plan
            .clusters
            .iter()
            .flat_map(|cluster| &cluster.node_groups);
        let nodes = groups
            .flat_map(|group| &group.normal.placement)
            .filter(|node| node.zone == zone);
        // 14 addresses on each of a c5.2xlarge's 4 interfaces; three daemons have one of their own; one interface in reserve.
        nodes
            .map(|node| {
                15 * ((node.pods.iter().map(|pods| pods.replicas).sum::<u32>() + 3).div_ceil(14)
                    + 1)
                .min(4)
            })
            .sum::<u32>()
    };
    let of = |place: usize| {
        plan.addresses[place]
            .of(AddressMode::Interfaces)
            .map(|used| used.at_desired)
    };
    assert_eq!(
        [of(0), of(1)],
        [Some(node("ap-northeast-1a")), Some(node("ap-northeast-1c"))]
    );
}
