//! Which apps are counted as rolling out at the same time.

use super::{Estate, environment, of, staging};
use crate::plan::Plan;

/// Four apps: the smallest first, the largest (by what its extra pods take) last.
fn estate() -> Estate {
    let mut estate = Estate::of(Vec::new());
    estate.add(environment("a", 2, "m5.large"), 10.0, 10.0);
    estate.add(environment("b", 2, "m5.large"), 40.0, 10.0);
    estate.add(environment("c", 5, "m5.large"), 30.0, 10.0);
    estate.add(environment("d", 2, "m5.large"), 10.0, 80.0);
    estate
}

fn surges(plan: &Plan, cluster: &str) -> Vec<u32> {
    let surge = |label| {
        of(plan, label)
            .planned()
            .and_then(|(_, sizing)| sizing.replicas.clusters.get(cluster))
            .map_or(0, |on| on.surge)
    };
    ["a", "b", "c", "d"].map(surge).to_vec()
}

#[test]
fn only_the_largest_roll_at_once() {
    // At most five pods, of c eight: a quarter is two. Shares of a node: d 2 x 6560 of 13,526 MiB; c 2 x 700 of 7470m;
    // b 2 x 560m; a 2 x 140m.
    let roll = |count: u32| {
        surges(
            &estate().plan_under(&format!("[rollout]\nconcurrent_apps = {count}\n")),
            "eks-1",
        )
    };
    assert_eq!(roll(0), [0, 0, 0, 0]);
    assert_eq!(roll(1), [0, 0, 0, 2]);
    assert_eq!(roll(2), [0, 0, 2, 2]);
    assert_eq!(roll(3), [0, 2, 2, 2]);
    assert_eq!(roll(9), [2, 2, 2, 2]);
}

#[test]
fn the_surge_is_a_share_of_what_carries_everything_rounded_up() {
    let surge = |share: &str| {
        surges(
            &estate().plan_under(&format!(
                "[rollout]\nmax_surge = {share}\nconcurrent_apps = 9\n"
            )),
            "eks-2",
        )
    };
    assert_eq!(surge("0.0"), [0, 0, 0, 0]);
    assert_eq!(surge("0.2"), [1, 1, 2, 1]);
    assert_eq!(surge("0.5"), [3, 3, 4, 3]);
    assert_eq!(surge("1.0"), [5, 5, 8, 5]);
}

#[test]
fn each_cluster_has_its_own_largest() {
    let mut estate = estate();
    estate.environments[3] = staging(estate.environments[3].clone());
    let plan = estate.plan_under("[rollout]\nconcurrent_apps = 1\n");
    assert_eq!(
        (surges(&plan, "eks-1"), surges(&plan, "eks-2")),
        (vec![0, 0, 0, 1], vec![0, 0, 2, 0])
    );
}

#[test]
fn the_surge_is_packed_for_the_worst_case_only() {
    let plan = estate().plan();
    let workload = plan.clusters[0]
        .workloads
        .iter()
        .find(|workload| workload.name == "c")
        .expect("it runs there");
    // Five instances: three on each cluster, on one alone a quarter more than those six, and two more while it rolls.
    assert_eq!((workload.replicas, workload.replicas_at_most), (3, 10));
}
