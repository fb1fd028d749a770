//! A second replay, written without looking at the first: one node, minute by minute, each rule in its shortest form.
//! Random small fleets run through both.
//!
//! It has no autoscaler, no rollout and no other node, so that nothing depends on where the scheduler puts a pod.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a handful of pods, and thousandths that are not negative"
)]

use proptest::prelude::*;

use super::fleet::{app, assumptions, cluster, group, load, resources};
use crate::replay::{AppToReplay, replay};
use crate::size::RecordedLoad;
use crate::units::Bytes;

const SLOTS: usize = 8;
const SLOT_MINUTES: usize = 5;
const START: usize = 2;

/// What of an app is drawn at random: all its pods are alike.
#[derive(Debug, Clone)]
struct Drawn {
    pods: usize,
    cpu: u64,
    memory: u64,
    limit: u64,
    priority: i32,
    /// Millicores of all and MiB of each, by slot.
    load: Vec<(u32, u16)>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (
        (1_usize..4, 20_u64..300, 60_u64..300, 0_u64..300, 0_i32..3),
        prop::collection::vec((0_u32..900, 40_u16..520), SLOTS),
    )
        .prop_map(|((pods, cpu, memory, more, priority), load)| Drawn {
            pods,
            cpu,
            memory,
            limit: memory + more,
            priority,
            load,
        })
}

/// A pod of the second replay.
#[derive(Debug, Clone, Copy)]
struct Pod {
    is_on_the_node: bool,
    serves_from: usize,
    kills: usize,
    was_hurt: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    asked: u64,
    lost: u64,
    delivered: u64,
    kills: u64,
    evictions: u64,
    repeats: u64,
}

/// The node's CPU by the level to which everybody is served: each gets what it asks for, or level x weight. The level
/// is found by halving, where the first replay divides.
fn water_filled(capacity: u64, wanted: &[(u64, u64)]) -> Vec<f64> {
    let given = |level: f64| -> Vec<f64> {
        wanted
            .iter()
            .map(|&(asked, weight)| (asked as f64).min(level * weight as f64))
            .collect()
    };
    let (mut low, mut high) = (0.0_f64, 1e6_f64);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if given(middle).iter().sum::<f64>() > capacity as f64 {
            high = middle;
        } else {
            low = middle;
        }
    }
    given(low)
}

fn referee(apps: &[Drawn], cpu: u64, memory: u64) -> Vec<Seen> {
    let pod = Pod {
        is_on_the_node: true,
        serves_from: 0,
        kills: 0,
        was_hurt: false,
    };
    let mut pods: Vec<Vec<Pod>> = apps.iter().map(|app| vec![pod; app.pods]).collect();
    let mut seen: Vec<Seen> = apps.iter().map(|_| Seen::default()).collect();
    for minute in 0..SLOTS * SLOT_MINUTES {
        let now = |app: &Drawn| app.load[minute / SLOT_MINUTES];
        // Who was evicted a minute ago finds its place again: all requests fit.
        for pod in pods.iter_mut().flatten().filter(|pod| !pod.is_on_the_node) {
            pod.is_on_the_node = true;
            pod.serves_from = minute + START;
        }
        let mut asked: Vec<Vec<u64>> = apps.iter().map(|app| vec![0; app.pods]).collect();
        let mut taken: Vec<Vec<u64>> = asked.clone();
        let serves = |pod: &Pod| pod.is_on_the_node && pod.serves_from <= minute;
        for (place, app) in apps.iter().enumerate() {
            let (work, each) = (u64::from(now(app).0), u64::from(now(app).1));
            let serving: Vec<usize> = (0..app.pods)
                .filter(|&pod| serves(&pods[place][pod]))
                .collect();
            for (number, &pod) in serving.iter().enumerate() {
                let count = serving.len() as u64;
                asked[place][pod] = work / count + u64::from((number as u64) < work % count);
            }
            for pod in 0..app.pods {
                let one = pods[place][pod];
                if serves(&one) || one.kills == 0 {
                    taken[place][pod] = each;
                }
                if serves(&one) && each > app.limit {
                    let is_well = minute - one.serves_from >= 10;
                    let row = if is_well { 0 } else { one.kills };
                    let wait = [1, 1, 1, 2, 3, 5][row.min(5)];
                    if one.was_hurt && !is_well {
                        seen[place].repeats += 1;
                    } else {
                        seen[place].kills += 1;
                    }
                    taken[place][pod] = 0;
                    pods[place][pod] = Pod {
                        kills: row + 1,
                        serves_from: minute + wait + START,
                        was_hurt: true,
                        ..one
                    };
                }
            }
        }
        // The node: whoever is furthest down the ranking goes, at most six a minute.
        for _ in 0..6 {
            if taken.iter().flatten().sum::<u64>() <= memory {
                break;
            }
            let worst = (0..apps.len())
                .flat_map(|place| (0..apps[place].pods).map(move |pod| (place, pod)))
                .filter(|&(place, pod)| taken[place][pod] > 0)
                .min_by_key(|&(place, pod)| {
                    let over = taken[place][pod] as i64 - apps[place].memory as i64;
                    (over <= 0, apps[place].priority, -over, place, pod)
                });
            let Some((place, pod)) = worst else { break };
            let one = pods[place][pod];
            let is_well = minute.saturating_sub(one.serves_from) >= 10;
            if one.was_hurt && !is_well {
                seen[place].repeats += 1;
            } else {
                seen[place].evictions += 1;
            }
            taken[place][pod] = 0;
            pods[place][pod] = Pod {
                is_on_the_node: false,
                serves_from: 0,
                kills: 0,
                was_hurt: true,
            };
        }
        let mut wanted = Vec::new();
        for (place, app) in apps.iter().enumerate() {
            let work = u64::from(now(app).0);
            let served: Vec<u64> = (0..app.pods)
                .filter(|&pod| serves(&pods[place][pod]))
                .map(|pod| asked[place][pod])
                .collect();
            seen[place].asked += work;
            seen[place].lost += work - served.iter().sum::<u64>();
            let weight = (app.cpu * 1_024 / 1_000).max(2);
            wanted.extend(served.into_iter().map(|asked| (place, (asked, weight))));
        }
        let alone: Vec<(u64, u64)> = wanted.iter().map(|(_, wanted)| *wanted).collect();
        for ((place, _), given) in wanted.iter().zip(water_filled(cpu, &alone)) {
            seen[*place].delivered += (given * 1_000.0).round() as u64;
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_naive_replay_says_the_same(
        apps in prop::collection::vec(drawn(), 1..4),
        (more_cpu, more_memory) in (0_u64..400, 0_u64..500),
    ) {
        let cpu: u64 = apps.iter().map(|app| app.pods as u64 * app.cpu).sum::<u64>() + more_cpu;
        let memory: u64 = apps.iter().map(|app| app.pods as u64 * app.memory).sum::<u64>() + more_memory;
        let loads: Vec<RecordedLoad> = apps.iter().map(|app| load(&app.load)).collect();
        let planned: Vec<AppToReplay<'_>> = apps
            .iter()
            .zip(&loads)
            .map(|(drawn, load)| AppToReplay {
                memory_limit: Bytes::from_mebibytes(drawn.limit),
                priority: drawn.priority,
                ..app(load, resources(drawn.cpu, drawn.memory), drawn.pods as u32)
            })
            .collect();
        let mut node = group(1, 1);
        node.shape.allocatable = resources(cpu, memory);
        let outcome = replay(&cluster(node, &planned), &assumptions(SLOTS));
        for (expected, found) in referee(&apps, cpu, memory).iter().zip(&outcome.apps) {
            prop_assert_eq!(
                (expected.asked, expected.lost, expected.kills, expected.evictions, expected.repeats),
                (found.work.asked, found.work.lost, found.kills, found.evictions, found.repeats)
            );
            // Whole millicores here, and fractions there: less than one for each pod in each minute.
            let rounding = 3 * (SLOTS * SLOT_MINUTES) as u64 * 1_000;
            prop_assert!(expected.delivered.abs_diff(found.work.delivered * 1_000) <= rounding);
        }
    }
}
