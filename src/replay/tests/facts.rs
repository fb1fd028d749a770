//! What holds for every replay, on random small fleets; and a replay that takes every minute by itself.

use proptest::prelude::*;

use super::fleet::{assumptions, group, resources};
use crate::replay::{
    AppOutcome, AppToReplay, Assumptions, ClusterToReplay, Failures, Load, MemoryModel, Scaling,
    WorkShare, replay, replay_until, replay_with_failures,
};
use crate::size::{LoadSample, MemoryOfACore, RecordedLoad};
use crate::units::Bytes;

const SLOTS: usize = 24;

fn sample() -> impl Strategy<Value = LoadSample> {
    (
        0_u32..900,
        1_000_u16..2_000,
        1_u16..4,
        50_u16..420,
        0_u8..20,
    )
        .prop_map(|(work, busiest, instances, memory, gap)| LoadSample {
            work_millicores: if gap == 0 { LoadSample::GAP } else { work },
            busiest,
            instances,
            memory_most: memory,
            memory_mean: memory.saturating_sub(20),
        })
}

fn load() -> impl Strategy<Value = RecordedLoad> {
    (
        prop::collection::vec(sample(), 1..5),
        (0_u32..=300, 0_u32..=300),
    )
        .prop_map(|(levels, (least_mebibytes, more))| RecordedLoad {
            period_seconds: 300,
            samples: levels
                .iter()
                .flat_map(|level| std::iter::repeat_n(*level, SLOTS / levels.len() + 1))
                .take(SLOTS)
                .collect(),
            memory_unit_mebibytes: 1,
            is_memory_known: true,
            memory_of_a_core: MemoryOfACore {
                least_mebibytes,
                most_mebibytes: least_mebibytes + more,
            },
        })
}

/// What of an app is not its load.
#[derive(Debug, Clone, Copy)]
struct Shape {
    cpu: u64,
    memory: u64,
    limit: u64,
    replicas: u32,
    is_scaled: bool,
    priority: i32,
    pieces: u32,
    share: u32,
    surge: u32,
}

fn shape() -> impl Strategy<Value = Shape> {
    (
        (20_u64..400, 50_u64..400, 0_u64..300, 1_u32..4),
        (any::<bool>(), 0_i32..3, 1_u32..3, 1_u32..3, 0_u32..2),
    )
        .prop_map(
            |((cpu, memory, more, replicas), (is_scaled, priority, pieces, share, surge))| Shape {
                cpu,
                memory,
                limit: memory + more,
                replicas,
                is_scaled,
                priority,
                pieces,
                share,
                surge,
            },
        )
}

fn apps<'a>(loads: &'a [(RecordedLoad, Shape)]) -> Vec<AppToReplay<'a>> {
    loads
        .iter()
        .map(|(load, shape)| AppToReplay {
            is_counted: true,
            group: 0,
            requests: resources(shape.cpu, shape.memory),
            cpu_limit: None,
            memory_limit: Bytes::from_mebibytes(shape.limit),
            replicas: shape.replicas,
            scaling: shape.is_scaled.then_some(Scaling {
                min: 1,
                max: shape.replicas + 3,
                target_percent: 60,
                window_minutes: 7,
            }),
            priority: shape.priority,
            pods_per_instance: shape.pieces,
            share: WorkShare {
                before: 0,
                own: shape.share,
                all: 2,
            },
            load: Load::Recorded(load),
            surge: shape.surge,
            unavailable: 0,
        })
        .collect()
}

fn how(every_minute: bool, memory: MemoryModel) -> Assumptions {
    Assumptions {
        rollout_minutes: 70,
        every_minute,
        memory,
        ..assumptions(SLOTS)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Minutes in which nothing can happen are taken together, and that changes nothing.
    #[test]
    fn minutes_taken_together_are_as_minutes_taken_one_by_one(
        fleet in prop::collection::vec((load(), shape()), 1..6),
        nodes in 1_u32..4,
        follows in any::<bool>(),
    ) {
        let memory = if follows { MemoryModel::FollowsLoad } else { MemoryModel::Carried };
        let mut workers = group(nodes, nodes + 2);
        workers.zones = 2;
        let cluster = ClusterToReplay { groups: vec![workers], apps: apps(&fleet) };
        prop_assert_eq!(replay(&cluster, &how(false, memory)), replay(&cluster, &how(true, memory)));
    }

    /// The same where nodes, zones and the other cluster are lost in between.
    #[test]
    fn losses_are_the_same_minute_by_minute(
        fleet in prop::collection::vec((load(), shape()), 1..6),
        nodes in 1_u32..4,
        slots in prop::collection::btree_set(0_usize..SLOTS, 1..4),
    ) {
        let mut workers = group(nodes, nodes + 2);
        workers.zones = 2;
        let mut apps = apps(&fleet);
        for (number, app) in apps.iter_mut().enumerate() {
            app.group = number % 2;
        }
        let cluster = ClusterToReplay { groups: vec![workers.clone(), workers], apps };
        let failures = Failures {
            slots: slots.into_iter().collect(),
            minutes: 40,
            detection_minutes: 3,
            has_other_cluster: true,
            most_nodes: 10,
        };
        let of = |every_minute| {
            replay_with_failures(&cluster, &how(every_minute, MemoryModel::FollowsLoad), &failures)
        };
        let (together, one_by_one) = (of(false), of(true));
        prop_assert!(!together.1.is_empty());
        prop_assert_eq!(together, one_by_one);
    }

    /// What is worse after some days stays worse: giving up early answers as going on to the end does.
    #[test]
    fn giving_up_early_answers_the_same(
        fleet in prop::collection::vec((load(), shape()), 1..6),
        nodes in 1_u32..4,
        allowed in 0_u64..20,
    ) {
        let fleet: Vec<(RecordedLoad, Shape)> = fleet
            .into_iter()
            .map(|(load, shape)| (RecordedLoad { period_seconds: 7_200, ..load }, shape))
            .collect();
        let cluster = ClusterToReplay { groups: vec![group(nodes, nodes)], apps: apps(&fleet) };
        // Two days of slots of two hours.
        let how = Assumptions { slot_seconds: 7_200, ..how(false, MemoryModel::Carried) };
        let harm = |apps: &mut dyn Iterator<Item = &AppOutcome>| -> u64 {
            apps.map(|app| app.evictions + app.kills + u64::from(app.longest_pending)).sum()
        };
        let to_the_end = replay(&cluster, &how);
        let given_up = replay_until(&cluster, &how, |apps| harm(apps) > allowed);
        prop_assert_eq!(
            harm(&mut given_up.apps.iter()) > allowed,
            harm(&mut to_the_end.apps.iter()) > allowed
        );
        let day = replay_until(&cluster, &how, |_| true);
        prop_assert_eq!(day, replay(&cluster, &Assumptions { slots: 0..12, ..how.clone() }));
    }

    /// What comes in is delivered, starved or lost, and what comes in is what was recorded.
    #[test]
    fn nothing_that_comes_in_is_forgotten(
        fleet in prop::collection::vec((load(), shape()), 1..6),
        nodes in 1_u32..4,
    ) {
        let cluster = ClusterToReplay { groups: vec![group(nodes, nodes + 1)], apps: apps(&fleet) };
        let outcome = replay(&cluster, &how(false, MemoryModel::FollowsLoad));
        for (outcome, (load, shape)) in outcome.apps.iter().zip(&fleet) {
            let work = outcome.work;
            prop_assert_eq!(work.asked, work.delivered + work.starved + work.lost);
            let mut last = 0;
            let mut recorded = 0;
            for sample in &load.samples {
                if sample.is_known() {
                    last = u64::from(sample.work_millicores) * u64::from(shape.share) / 2;
                }
                recorded += 5 * last;
            }
            prop_assert_eq!(work.asked, recorded);
        }
        // No node delivers more than it has.
        let delivered: u64 = outcome.apps.iter().map(|app| app.work.delivered).sum();
        let had: u64 = outcome.groups[0].node_minutes.iter().sum::<u64>() * 1_000;
        prop_assert!(delivered <= had);
        prop_assert!(outcome.groups[0].cpu.highest() <= 1.0);
    }

    /// Where pods stay where they are, a faster node never delivers less.
    #[test]
    fn more_cpu_on_each_node_never_delivers_less(
        fleet in prop::collection::vec((load(), shape()), 1..6),
        more in 0_u64..1_000,
    ) {
        let fixed: Vec<(RecordedLoad, Shape)> = fleet
            .into_iter()
            .map(|(load, shape)| (load, Shape { is_scaled: false, limit: 100_000, ..shape }))
            .collect();
        let delivered = |millicores: u64| {
            let mut workers = group(1, 1);
            workers.shape.allocatable = resources(millicores, 100_000);
            // Everything is there, whatever it requests.
            let pods = fixed.iter().enumerate().map(|(app, (_, shape))| (app, shape.replicas));
            workers.start = crate::replay::Start::Placed(vec![pods.collect()]);
            let cluster = ClusterToReplay { groups: vec![workers], apps: apps(&fixed) };
            let outcome = replay(&cluster, &assumptions(SLOTS));
            outcome.apps.iter().map(|app| app.work.delivered).sum::<u64>()
        };
        prop_assert!(delivered(500) <= delivered(500 + more));
    }
}
