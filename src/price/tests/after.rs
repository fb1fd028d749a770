//! The plan's bill: clusters, nodes, load balancers, and what stays behind.

use super::{
    Category, balancer, billed, book, environment, of_category, policy, pricing, rows, shared,
    today, usages, usd,
};
use crate::beanstalk::Scheme;
use crate::catalog::{OperatingSystem, Support};
use crate::price::{
    Bill, BillKey, Bound, ClusterToPrice, GroupToPrice, Ingress, Logs, Saving, ThreePoint,
    after_lines,
};
use crate::snapshot::Environment;
use crate::units::Quantity;

fn cluster(nodes: u32, ingresses: Vec<Ingress>) -> ClusterToPrice<'static> {
    ClusterToPrice {
        name: "eks-1",
        region: super::TOKYO,
        support: Some(Support::Standard),
        tasks: Vec::new(),
        auto_mode: false,
        groups: vec![group(OperatingSystem::Linux, nodes)],
        ingresses,
        zones: 3,
        nat_environments: 0,
        logs: Logs::default(),
        agent_metrics: Quantity::default(),
    }
}

fn group(operating_system: OperatingSystem, nodes: u32) -> GroupToPrice<'static> {
    GroupToPrice {
        instance_type: "c5.2xlarge",
        operating_system,
        nodes: ThreePoint::same(nodes),
        hours_above: Quantity::default(),
        cpu_of_binding: 1_000,
        memory_of_binding: 0,
    }
}

fn apps(kind: &'static str, apps: u32) -> Ingress {
    Ingress {
        label: "production internal".into(),
        kind,
        apps,
        balancers: if kind == "network" { apps } else { 1 },
        scheme: Scheme::Internal,
        requests_per_second: None,
    }
}

fn after_under(text: &str, clusters: &[ClusterToPrice<'_>], staying: &[Environment]) -> Bill {
    let policy = policy(text);
    let book = book(&policy);
    let (pricing, usages) = (pricing(&book, &policy), usages(staying));
    Bill::new(
        BillKey::AFTER,
        after_lines(clusters, &billed(staying, &usages), &pricing),
    )
}

fn after(clusters: &[ClusterToPrice<'_>], staying: &[Environment]) -> Bill {
    after_under("", clusters, staying)
}

#[test]
fn a_cluster_is_its_control_plane_its_nodes_and_their_volumes() {
    // 730 x 0.10 = 73.00; 3 x 730 x 0.428 = 937.32; 3 x 100 GB x 0.096 = 28.80; 17.74 for the balancer.
    let bill = after(&[cluster(3, vec![apps("application", 7)])], &[]);
    assert_eq!(
        rows(&bill),
        [
            "eks-1: 730 hour of EKS control plane = 73.00",
            "eks-1: 730 hour of application load balancer (production internal) = 17.74",
            "eks-1: 2190 instance-hour of c5.2xlarge linux node = 937.32",
            "eks-1: 300 GB-month of gp3 volume of linux nodes = 28.80",
        ]
    );
    assert_eq!(bill.total, usd("1056.86"));
}

#[test]
fn windows_nodes_have_their_own_volumes_and_licences() {
    // 2 x 730 x (0.428 + 8 x 0.046) = 1162.16; 2 x 150 x 0.096 = 28.80; no node of Linux.
    let windows = group(OperatingSystem::Windows, 2);
    let mut with_windows = cluster(0, Vec::new());
    with_windows.groups.push(windows);
    assert_eq!(after(&[with_windows], &[]).total, usd("1263.96"));
}

#[test]
fn a_kubernetes_out_of_standard_support_costs_six_times_as_much() {
    let control_plane = |support| {
        let bill = after(
            &[ClusterToPrice {
                support,
                ..cluster(1, Vec::new())
            }],
            &[],
        );
        of_category(&bill, Category::ControlPlanes)[0].amount
    };
    assert_eq!(control_plane(Some(Support::Standard)), Some(usd("73.00")));
    assert_eq!(control_plane(Some(Support::Extended)), Some(usd("438.00")));
    // Until EKS upgrades it by force.
    assert_eq!(control_plane(Some(Support::Ended)), Some(usd("438.00")));
}

#[test]
fn each_load_balancer_that_apps_share_is_billed_for_the_whole_month() {
    let shared = Ingress {
        balancers: 3,
        ..apps("application", 51)
    };
    let bill = after(&[cluster(1, vec![shared])], &[]);
    let line = of_category(&bill, Category::LoadBalancers)[0];
    assert_eq!(line.quantity.to_string(), "2190");
    let billed = line.balancers.as_ref().expect("it counts load balancers");
    assert_eq!((billed.count, billed.scheme), (3, Scheme::Internal));
}

#[test]
fn network_load_balancers_are_not_shared() {
    let bill = after(&[cluster(1, vec![apps("network", 3)])], &[]);
    let line = of_category(&bill, Category::LoadBalancers)[0];
    // 3 x 730 x 0.0243 = 53.217
    assert_eq!(
        (line.quantity.to_string().as_str(), line.amount),
        ("2190", Some(usd("53.22")))
    );
}

#[test]
fn agents_are_billed_by_the_node_and_where_an_environment_stays_by_the_instance() {
    let text = "[[prices.host_agents]]\nname = \"watcher\"\nusd_per_host_month = \"15.00\"\n";
    let bill = after_under(
        text,
        &[cluster(3, Vec::new())],
        &[environment("stays", &[("t3.small", 2)])],
    );
    let agents: Vec<_> = of_category(&bill, Category::HostAgents)
        .into_iter()
        .map(|line| (line.subject.clone(), line.amount))
        .collect();
    assert_eq!(
        agents,
        [
            ("eks-1".into(), Some(usd("45.00"))),
            ("stays".into(), Some(usd("30.00")))
        ]
    );
}

#[test]
fn what_stays_on_beanstalk_is_billed_as_today_under_that_name() {
    let staying = [Environment {
        load_balancers: vec![balancer("classic", "old")],
        ..environment("old", &[("t3.small", 1)])
    }];
    let (before, after) = (today(&staying), after(&[], &staying));
    assert!(
        after
            .lines
            .iter()
            .all(|line| line.item.to_string().starts_with("stays on Beanstalk: "))
    );
    assert_eq!(
        (after.total, after.unpriced_lines),
        (before.total, before.unpriced_lines)
    );
}

#[test]
fn a_shared_balancer_stays_exactly_once_as_long_as_one_of_its_environments_stays() {
    let sharer = |name: &str| Environment {
        load_balancers: vec![shared("web")],
        ..environment(name, &[])
    };
    let once = ["shared: web: 730 hour of stays on Beanstalk: application load balancer = 17.74"];
    assert_eq!(rows(&after(&[], &[sharer("a")])), once);
    assert_eq!(rows(&after(&[], &[sharer("a"), sharer("b")])), once);
    assert_eq!(rows(&after(&[], &[])), Vec::<String>::new());
}

#[test]
fn a_saving_says_what_lines_without_a_price_make_of_it() {
    let of = |key: BillKey, region: &str, kinds: &[&str]| {
        let balancers = kinds.iter().map(|kind| balancer(kind, kind)).collect();
        let environment = Environment {
            region: region.to_owned(),
            load_balancers: balancers,
            ..environment("shop", &[])
        };
        Bill {
            key,
            ..today(&[environment])
        }
    };
    // Nobody has a price for Mars.
    let (priced, open) = (super::TOKYO, "mars-north-1");
    let cases = [
        (priced, priced, Bound::Exact),
        (open, priced, Bound::AtLeast),
        (priced, open, Bound::AtMost),
        (open, open, Bound::Unknown),
    ];
    for (before, later, bound) in cases {
        assert_eq!(
            Saving::between(
                &of(BillKey::TODAY, before, &["application"]),
                &of(BillKey::AFTER, later, &["application"])
            )
            .bound,
            bound
        );
    }
    // A plan that costs more is a negative saving, not none.
    let costlier = Saving::between(
        &of(BillKey::TODAY, priced, &[]),
        &of(BillKey::AFTER, priced, &["application"]),
    );
    assert_eq!(
        (costlier.per_month, costlier.today, costlier.after),
        (usd("-17.74"), usd("0.00"), usd("17.74"))
    );
}

#[test]
fn what_a_cluster_costs_beside_nodes_and_balancers() {
    let mut whole = cluster(
        2,
        vec![Ingress {
            scheme: Scheme::InternetFacing,
            requests_per_second: Some(50.0),
            ..apps("application", 2)
        }],
    );
    whole.nat_environments = 3;
    whole.logs = Logs {
        instances: Quantity::from_millionths(2_500_000),
        instance_days: Quantity::from(75_u32),
    };
    whole.agent_metrics = Quantity::from(4_u32);
    whole.groups[0].hours_above = Quantity::from(12_u32);
    let bill = after_under("[prices]\nnode_metrics = 5\n", &[whole], &[]);
    assert_eq!(
        rows(&bill),
        [
            "eks-1: 730 hour of EKS control plane = 73.00",
            "eks-1: 730 hour of application load balancer (production internal) = 17.74",
            // 50 x 20 kB x 3,600 = 3.6 GB an hour: 2,628 LCU-hours x 0.008.
            "eks-1: 2628 LCU-hour of application load balancer capacity (production internal) = 21.02",
            "eks-1: 1460 instance-hour of c5.2xlarge linux node = 624.88",
            "eks-1: 12 scaled-hour of c5.2xlarge linux node above desiredCapacity = 5.14",
            // Ten metrics x 0.30.
            "eks-1: 10 metric-month of custom metrics of nodes = 3.00",
            // 3 x 10 GB x 0.062.
            "eks-1: 30 GB of data through NAT gateways = 1.86",
            "eks-1: 200 GB-month of gp3 volume of linux nodes = 19.20",
            // 2.5 x 30 days x 5 GB x 0.15 x 12 / 365 = 1.849315; x 0.033.
            "eks-1: 1.849315 GB-month of logs kept in CloudWatch = 0.06",
            // 2.5 x 5 GB x 0.76.
            "eks-1: 12.5 GB of logs to CloudWatch = 9.50",
            // One balancer in three zones: 3 x 730 x 0.005.
            "eks-1: 2190 address-hour of public IPv4 address of application load balancer (production internal) = 10.95",
        ]
    );
    let nat = of_category(&bill, Category::Nat)[0];
    assert_eq!(
        (nat.low, nat.high),
        (Some(usd("0.19")), Some(usd("18.60"))),
        "3 x 1 GB and 3 x 100 GB"
    );
}

#[test]
fn metrics_cost_what_they_do_today_until_somebody_says_otherwise() {
    let metrics = |text: &str| {
        let bill = after_under(
            text,
            &[ClusterToPrice {
                agent_metrics: Quantity::from(4_u32),
                ..cluster(2, Vec::new())
            }],
            &[],
        );
        let lines = of_category(&bill, Category::Monitoring)
            .into_iter()
            .chain(of_category(&bill, Category::HostAgents));
        lines
            .map(|line| format!("{} = {}", line.item, line.amount.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    assert_eq!(metrics(""), ["custom metrics of the agent = 1.20"]);
    assert_eq!(
        metrics("[prices]\nnode_metrics = 5\n"),
        ["custom metrics of nodes = 3.00"]
    );
    let agents =
        metrics("[[prices.host_agents]]\nname = \"datadog\"\nusd_per_host_month = \"15.00\"\n");
    assert!(
        agents.len() == 1 && agents[0].ends_with("= 30.00"),
        "{agents:?}"
    );
}

#[test]
fn a_stated_fee_of_auto_mode_wins_over_its_share() {
    let text = "[prices]\noverrides = { \"ap-northeast-1/eks-auto-mode/c5.2xlarge\" = \"0.05\" }\n";
    let bill = after_under(
        text,
        &[ClusterToPrice {
            auto_mode: true,
            ..cluster(2, Vec::new())
        }],
        &[],
    );
    let fees: Vec<_> = bill
        .lines
        .iter()
        .filter(|line| line.item.to_string().contains("Auto Mode"))
        .map(|line| (line.low, line.amount, line.high))
        .collect();
    // 2 x 730 x 0.05
    assert_eq!(
        fees,
        [(Some(usd("73.00")), Some(usd("73.00")), Some(usd("73.00")))]
    );
}

#[test]
fn auto_mode_has_a_fee_on_each_node() {
    // 2 x 730 x 0.428 x 0.12 = 74.98
    let bill = after(
        &[ClusterToPrice {
            auto_mode: true,
            ..cluster(2, Vec::new())
        }],
        &[],
    );
    let fees: Vec<_> = bill
        .lines
        .iter()
        .filter(|line| line.item.to_string().contains("Auto Mode"))
        .map(|line| line.amount)
        .collect();
    assert_eq!(fees, [Some(usd("74.99"))]);
}

#[test]
fn nodes_are_a_range_as_their_sizing_is() {
    let mut ranged = cluster(3, Vec::new());
    ranged.groups[0].nodes = ThreePoint {
        low: 2,
        expected: 3,
        high: 5,
    };
    let bill = after_under(
        "[prices]\noverrides = { \"ap-northeast-1/ec2/c5.2xlarge\" = \"0.428\" }\n",
        &[ranged],
        &[],
    );
    let nodes = of_category(&bill, Category::Machines)[0];
    // 730 x 0.428 = 312.44 a node; a stated price has no doubt.
    assert_eq!(
        [nodes.low, nodes.amount, nodes.high],
        [
            Some(usd("624.88")),
            Some(usd("937.32")),
            Some(usd("1562.20"))
        ]
    );
}
