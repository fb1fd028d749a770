//! One scenario for each rule, worked out by hand: three apps and two nodes where it takes as many.

use super::fleet::{app, assumptions, cluster, group, instances, load, resources};
use crate::replay::{
    AppOutcome, HappeningKind, MemoryModel, Scaling, Start, Work, WorkShare, replay,
};
use crate::units::{Bytes, Millicores};

fn kinds(outcome: &AppOutcome) -> Vec<(HappeningKind, u32)> {
    outcome
        .happenings
        .iter()
        .map(|happening| (happening.kind, happening.minute))
        .collect()
}

#[test]
fn short_cpu_is_shared_by_weight_of_requests() {
    // Three apps on the first of two nodes, one pod each, requests 200m, 200m and 600m. In the second slot they ask
    // for 100m, 800m and 900m: the first is served, 900m are left for weights 1 and 3: 225m and 675m.
    let loads = [
        load(&[(50, 10), (100, 10)]),
        load(&[(50, 10), (800, 10)]),
        load(&[(50, 10), (900, 10)]),
    ];
    let apps = [
        app(&loads[0], resources(200, 100), 1),
        app(&loads[1], resources(200, 100), 1),
        app(&loads[2], resources(600, 100), 1),
    ];
    let mut nodes = group(2, 2);
    nodes.start = Start::Placed(vec![vec![(0, 1), (1, 1), (2, 1)], vec![]]);
    let outcome = replay(&cluster(nodes, &apps), &assumptions(2));
    let of = |app: usize| outcome.apps[app].work;
    let five = |asked: u64, delivered: u64| Work {
        asked: 250 + 5 * asked,
        delivered: 250 + 5 * delivered,
        starved: 5 * (asked - delivered),
        lost: 0,
    };
    // kubelet's shares are whole: 204 of 1024 for 200m, 614 for 600m; 900 x 204 / 818 = 224.4.
    assert_eq!(of(0), five(100, 100));
    assert_eq!(of(1), five(800, 225));
    assert_eq!(of(2), five(900, 675));
    let minutes = |app: usize| {
        let outcome = &outcome.apps[app];
        (outcome.starved.sum(), outcome.over_request.sum())
    };
    assert_eq!(
        [minutes(0), minutes(1), minutes(2)],
        [(0, 0), (5, 5), (5, 5)]
    );
    // A node that is full and one that is empty: half of all there is.
    assert_eq!(outcome.groups[0].cpu.highest(), 1.0);
    assert_eq!(outcome.groups[0].cpu_used, [5 * 150 + 5 * 1_000]);
    assert_eq!(outcome.groups[0].node_minutes, [20]);
}

#[test]
fn less_than_five_per_cent_missing_is_not_starved() {
    let loads = [load(&[(530, 10)]), load(&[(500, 10)])];
    let apps = [
        app(&loads[0], resources(500, 100), 1),
        app(&loads[1], resources(500, 100), 1),
    ];
    let outcome = replay(&cluster(group(1, 1), &apps), &assumptions(1));
    // 1030m of 1000m: the second asks for its part and is served, the first gets 500 of 530: 94.3 %.
    assert_eq!(outcome.apps[0].starved.sum(), 5);
    let loads = [load(&[(520, 10)]), load(&[(500, 10)])];
    let apps = [
        app(&loads[0], resources(500, 100), 1),
        app(&loads[1], resources(500, 100), 1),
    ];
    let outcome = replay(&cluster(group(1, 1), &apps), &assumptions(1));
    // 500 of 520: 96.2 %. It is missing all the same.
    assert_eq!(
        (outcome.apps[0].starved.sum(), outcome.apps[0].work.starved),
        (0, 100)
    );
}

#[test]
fn a_cpu_limit_takes_what_there_would_be() {
    let loads = [load(&[(400, 10)])];
    let limited = crate::replay::AppToReplay {
        cpu_limit: Some(Millicores(300)),
        ..app(&loads[0], resources(200, 100), 1)
    };
    let outcome = replay(&cluster(group(1, 1), &[limited]), &assumptions(1));
    assert_eq!(outcome.apps[0].work.delivered, 5 * 300);
    assert_eq!(outcome.apps[0].starved.sum(), 5);
}

#[test]
fn kubelet_evicts_in_its_order_and_the_pod_comes_back_elsewhere() {
    // The node has 1000 MiB. Requests are 300 MiB each; in the second slot 250, 350 and 420 MiB are used: 1020. The
    // second is over its request and of lower priority than the third, so it goes, although it is over by less.
    let loads = [
        load(&[(10, 200), (10, 250), (10, 250)]),
        load(&[(10, 200), (10, 350), (10, 350)]),
        load(&[(10, 200), (10, 420), (10, 420)]),
    ];
    let apps = [0, 1, 2].map(|place| crate::replay::AppToReplay {
        priority: i32::from(place == 2),
        ..app(&loads[place], resources(100, 300), 1)
    });
    let mut nodes = group(2, 2);
    nodes.start = Start::Placed(vec![vec![(0, 1), (1, 1), (2, 1)], vec![]]);
    let outcome = replay(&cluster(nodes, &apps), &assumptions(3));
    assert_eq!(
        outcome
            .apps
            .iter()
            .map(|app| app.evictions)
            .collect::<Vec<_>>(),
        [0, 1, 0]
    );
    // Evicted in minute 5, placed on the other node in minute 6, serving from minute 8 on: three minutes are lost.
    let evicted = &outcome.apps[1];
    assert_eq!(kinds(evicted)[0], (HappeningKind::Evicted, 5));
    assert_eq!((evicted.work.lost, evicted.starved.sum()), (3 * 10, 3));
    assert_eq!(evicted.pending_pod_minutes, 1);
}

#[test]
fn the_kernel_kills_at_the_limit_and_kubelet_restarts_later_each_time() {
    // Over 1024 MiB for three slots: killed in minute 5. Back after 1 minute and 2 to start: killed in 8, 11, 14
    // (the third back-off is a minute, too), then after 2 + 2 in 18. In minute 22 (3 + 2 after 18: 23) all is well.
    let loads = [load(&[
        (10, 500),
        (10, 1_025),
        (10, 1_025),
        (10, 1_025),
        (10, 500),
        (10, 500),
    ])];
    let apps = [app(&loads[0], resources(100, 600), 1)];
    let mut nodes = group(1, 1);
    nodes.shape.allocatable = resources(1_000, 4_000);
    let outcome = replay(&cluster(nodes, &apps), &assumptions(6));
    let killed: Vec<u32> = outcome.apps[0]
        .happenings
        .iter()
        .filter(|happening| happening.kind == HappeningKind::Killed)
        .map(|happening| happening.minute)
        .collect();
    assert_eq!(killed, [5, 8, 11, 14, 18]);
    // One trouble, which came back four times.
    assert_eq!((outcome.apps[0].kills, outcome.apps[0].repeats), (1, 4));
    // From minute 5 to 22 nothing is served, but the minutes in which it is killed at once.
    assert_eq!(outcome.apps[0].work.lost, 18 * 10);
    assert_eq!(outcome.apps[0].evictions, 0);
}

#[test]
fn an_autoscaler_adds_pods_which_serve_after_their_start() {
    // Two pods at 100m each of 200m: 50 %. Then 400m: 100 % of a target of 50 %, so four pods: decided in minute 5,
    // there in 6, serving from 8 on. Back at 200m in minute 10; all of five minutes must agree, so two go in 16.
    let loads = [instances(2, &[(200, 10), (400, 10), (200, 10), (200, 10)])];
    let scaled = crate::replay::AppToReplay {
        scaling: Some(Scaling {
            min: 2,
            max: 8,
            target_percent: 50,
            window_minutes: 5,
        }),
        ..app(&loads[0], resources(200, 100), 2)
    };
    let mut nodes = group(2, 2);
    nodes.shape.allocatable = resources(400, 1_000);
    let outcome = replay(&cluster(nodes, &[scaled]), &assumptions(4));
    assert_eq!(outcome.apps[0].pods, (2, 4));
    // 400m on two pods of 200m is just what they request; on two nodes of 400m nothing is short.
    assert_eq!(outcome.apps[0].over_request.sum(), 0);
    assert_eq!(outcome.apps[0].starved.sum(), 0);
}

#[test]
fn fewer_pods_hold_what_a_divided_instance_had() {
    // One instance of 800 MiB became four pods. By night the autoscaler leaves one, which then holds all of it.
    let loads = [load(&[(800, 800), (40, 800), (40, 800), (40, 800)])];
    let scaled = crate::replay::AppToReplay {
        memory_limit: Bytes::from_mebibytes(400),
        pods_per_instance: 4,
        scaling: Some(Scaling {
            min: 1,
            max: 4,
            target_percent: 80,
            window_minutes: 5,
        }),
        ..app(&loads[0], resources(250, 250), 4)
    };
    let on = cluster(group(1, 1), &[scaled]);
    let mut how = assumptions(4);
    assert_eq!(replay(&on, &how).apps[0].kills, 0, "each carries a quarter");
    how.memory = MemoryModel::FollowsLoad;
    let outcome = replay(&on, &how);
    assert!(
        outcome.apps[0].kills > 0,
        "one pod of 800 MiB, limit 400 MiB"
    );
}

#[test]
fn a_pending_pod_gets_a_node_and_the_node_goes_when_nothing_needs_it() {
    // The node is full with two pods of 500m. Two more are asked for in minute 5 and wait from minute 6 on; the
    // autoscaler's node is there in minute 10, and they serve from 12 on. Load falls in minute 10; pods go in 16.
    let mut samples = vec![(500, 10), (1_000, 10)];
    samples.extend([(200, 10); 10]);
    let loads = [instances(2, &samples)];
    let scaled = crate::replay::AppToReplay {
        scaling: Some(Scaling {
            min: 2,
            max: 4,
            target_percent: 50,
            window_minutes: 5,
        }),
        ..app(&loads[0], resources(500, 100), 2)
    };
    let mut nodes = group(1, 3);
    nodes.min = 1;
    let outcome = replay(&cluster(nodes, &[scaled]), &assumptions(12));
    let app = &outcome.apps[0];
    assert_eq!(app.pods, (2, 4));
    assert_eq!(app.pending_pod_minutes, 2 * 4);
    assert_eq!(kinds(app)[0], (HappeningKind::Pending, 6));
    assert_eq!(outcome.groups[0].nodes, (1, 2));
    // Paid for from the decision in minute 6; not needed from minute 16 on, and removed ten minutes later.
    assert_eq!(outcome.groups[0].node_minutes, [60 + 21]);
}

#[test]
fn a_rollout_replaces_one_pod_after_the_other() {
    // Two pods, one more while it rolls. It begins in minute 60: a new one serves in 62, an old one goes, the next
    // new one serves in 64.
    let loads = [instances(2, &[(200, 10); 16])];
    let apps = [app(&loads[0], resources(200, 100), 2)];
    let mut how = assumptions(16);
    how.rollout_minutes = 10_000;
    let outcome = replay(&cluster(group(1, 1), &apps), &how);
    assert_eq!(outcome.apps[0].pods, (2, 3));
    assert_eq!(outcome.apps[0].starved.sum(), 0, "maxUnavailable is 0");
    assert_eq!(outcome.apps[0].work.lost, 0);
    // However many pods there are, they are asked for 200m together.
    assert_eq!(outcome.groups[0].cpu.highest(), 0.2);
}

#[test]
fn clusters_carry_all_of_the_work_between_them() {
    let loads = [load(&[(1_001, 10)])];
    let on = |before, own| crate::replay::AppToReplay {
        share: WorkShare {
            before,
            own,
            all: 3,
        },
        ..app(&loads[0], resources(900, 100), 1)
    };
    let asked = |before, own| {
        replay(&cluster(group(1, 1), &[on(before, own)]), &assumptions(1)).apps[0]
            .work
            .asked
    };
    assert_eq!(asked(0, 1) + asked(1, 2), 5 * 1_001);
}

#[test]
fn a_gap_goes_on_as_before_and_is_not_counted() {
    let mut loads = [load(&[(300, 10), (0, 10), (300, 10)])];
    loads[0].samples[1].work_millicores = crate::size::LoadSample::GAP;
    let apps = [app(&loads[0], resources(200, 100), 1)];
    let outcome = replay(&cluster(group(1, 1), &apps), &assumptions(3));
    assert_eq!(outcome.apps[0].known.sum(), 10);
    assert_eq!(outcome.apps[0].over_request.sum(), 10);
    assert_eq!(outcome.apps[0].work.asked, 15 * 300);
}
