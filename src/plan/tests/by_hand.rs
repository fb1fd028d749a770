//! Two environments, worked out from their samples to the last cent.

use std::collections::BTreeMap;

use super::{Estate, environment, noted, of, staging, worker};
use crate::plan::{BillKey, ClusterReplicas, Plan, Stage};
use crate::units::{Bytes, Millicores, Money, Resources};

/// A shop in production and a search worker in staging.
fn estate() -> Estate {
    let mut estate = Estate::of(Vec::new());
    estate.add(environment("shop", 2, "m5.large"), 20.0, 25.0);
    estate.add(
        staging(worker(environment("search", 1, "t3.medium"))),
        10.0,
        40.0,
    );
    estate
}

fn requests(cpu: u64, mebibytes: u64) -> Resources {
    Resources {
        cpu: Millicores(cpu),
        memory: Bytes::from_mebibytes(mebibytes),
    }
}

fn usd(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn clusters(plan: &Plan, label: &str) -> BTreeMap<String, ClusterReplicas> {
    of(plan, label)
        .planned()
        .expect("it moves")
        .1
        .replicas
        .clusters
        .clone()
}

#[test]
fn requests_and_replicas() {
    let plan = estate().plan();
    let (shop, search) = (of(&plan, "shop"), of(&plan, "search"));
    assert_eq!(
        (shop.stage, search.stage),
        (Stage::Production, Stage::Staging)
    );
    // Two weeks leave none to judge, so the prior's weeks of calm apps decide: the 37th of 40, as
    // ceil(41 x 0.9) = 37, is 1.3937 for CPU; the last of memory, for limits, is 7.5.
    // 20 % of 2 vCPUs: 400m, of which four pods carry half each: 278.7m. 25 % of 8 GiB is 2048 MiB, and
    // the first level's 1.05 times that is 2150.4, up to the next 32.
    let sizing = shop.planned().expect("it moves").1;
    assert_eq!(sizing.requests, requests(280, 2176));
    assert_eq!(
        sizing.limits.memory_bytes,
        Bytes::from_gibibytes(8),
        "7.5 times 2 GiB is more than the machine has"
    );
    // 10 % of 2 vCPUs: 200m, times 1.3937. 40 % of 4 GiB is 1638.4 MiB, times 1.05 1720.3, up to 54
    // x 32 MiB.
    assert_eq!(
        search.planned().expect("it moves").1.requests,
        requests(280, 1728)
    );
    // Two on each cluster, which carry all of the traffic anyway; a quarter more than the four for what was never seen,
    // on either if it serves alone; and a quarter of those, rounded up, while it rolls.
    let two = ClusterReplicas {
        normal: 2,
        failover: 5,
        surge: 2,
    };
    assert_eq!(
        clusters(&plan, "shop"),
        BTreeMap::from([("eks-1".to_owned(), two), ("eks-2".to_owned(), two)])
    );
    let one = ClusterReplicas {
        normal: 1,
        failover: 2,
        surge: 1,
    };
    assert_eq!(
        clusters(&plan, "search"),
        BTreeMap::from([("eks-1".to_owned(), one)])
    );
}

#[test]
fn nodes() {
    // The add-ons ask for 1730m and 3100 MiB in 20 pods; a node has 7470m and 13,526 MiB for all of it.
    // eks-1: 2 x 2176 + 1728 + 3100 = 9180 MiB fit one node, but not without a second when it is lost.
    // At most, while both roll: 7 x 2176 + 3 x 1728 + 3100 = 23,516 MiB, more than one node has.
    // eks-2: 2 x 2176 + 3100 = 7452 MiB, at most 7 x 2176 + 3100 = 18,332.
    let plan = estate().plan();
    let sizes: Vec<_> = plan
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups)
        .map(|group| {
            (
                group.normal.nodes_needed,
                group.desired_capacity,
                group.at_most.lower_bound.nodes,
                group.max_size,
            )
        })
        .collect();
    assert_eq!(sizes, [(1, 2, 2, 2), (1, 2, 2, 2)]);
    let apps = |cluster: usize| {
        plan.clusters[cluster]
            .workloads
            .iter()
            .map(|workload| workload.name.as_str())
            .collect::<Vec<_>>()
    };
    assert!(apps(0).contains(&"search") && apps(0).contains(&"shop"));
    assert!(!apps(1).contains(&"search") && apps(1).contains(&"shop"));
}

#[test]
fn bills() {
    let plan = estate().plan();
    // shop: 1460 h x 0.124 = 181.04, 40 GB x 0.096 = 3.84, balancer 17.74 (730 x 0.0243 = 17.739);
    // its two public addresses 1460 h x 0.005 = 7.30; search: 730 h x 0.0544 = 39.71 (39.712), 20 GB x 0.096 =
    // 1.92. In all 251.55.
    let today = plan.bill(BillKey::TODAY).expect("a bill");
    assert_eq!(
        (today.total, today.lines.len(), today.unpriced_lines),
        (usd("251.55"), 6, 0)
    );
    // Each cluster: control plane 73.00, two nodes 1460 h x 0.428 = 624.88, 200 GB x 0.096 = 19.20,
    // balancer 17.74, its two public addresses 7.30. 742.12 each, 1484.24 in all.
    let after = plan.bill(BillKey::AFTER).expect("a bill");
    assert_eq!(
        (after.total, after.lines.len(), after.unpriced_lines),
        (usd("1484.24"), 10, 0)
    );
    assert_eq!(plan.saving.per_month, usd("-1232.69"));
    // Two apps do not pay for two clusters, and the plan says so.
    assert_eq!(
        noted(&plan, "no-saving")[0].message,
        "the plan costs $1,232.69 a month more than today"
    );
}

#[test]
fn the_order_of_the_inventory_does_not_matter() {
    let mut estate = estate();
    let plan = estate.plan();
    estate.environments.reverse();
    let mut reversed = estate.plan();
    assert_ne!(plan.inputs.files, reversed.inputs.files, "the files differ");
    reversed.inputs = plan.inputs.clone();
    assert_eq!(plan, reversed);
}
