//! Histories that are odd in one way: what is made of them, and that it is told.

use super::*;

const DAY: usize = 288;

/// Two m5.large, of which each reported these.
fn sized(cpu: &[f32], memory: &[f32]) -> Sizing {
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let both = |metric: &Metric, samples: &[f32]| {
        ["i-a", "i-b"].map(|id| series(id, metric.clone(), samples.to_vec()))
    };
    let series = [
        both(&Metric::CpuPercent, cpu),
        both(&Metric::MemoryPercent, memory),
    ]
    .concat();
    size_of(&environment, &series, slots(cpu.len())).expect("sizable")
}

fn slots(count: usize) -> i64 {
    i64::try_from(count).expect("few")
}

fn grades(sizing: &Sizing) -> (Grade, Grade) {
    (sizing.evidence.cpu.grade, sizing.evidence.memory.grade)
}

#[test]
fn a_fraction_is_taken_for_one_and_told() {
    let percent = sized(&vec![20.0; 30 * DAY], &vec![25.0; 30 * DAY]);
    assert_eq!(grades(&percent), (Grade::A, Grade::A));
    let fraction = sized(&vec![0.2; 30 * DAY], &vec![0.25; 30 * DAY]);
    assert_eq!(fraction.requests, percent.requests);
    assert!(fraction.flags.contains(&Flag::FractionReadings));
    assert_eq!(grades(&fraction), (Grade::C, Grade::C));
    let of_memory_alone = sized(&vec![20.0; 30 * DAY], &vec![0.25; 30 * DAY]);
    assert_eq!(of_memory_alone.requests, percent.requests);
    assert_eq!(grades(&of_memory_alone), (Grade::A, Grade::C));
}

#[test]
fn what_is_always_zero_was_not_measured() {
    let zero = sized(&vec![0.0; 30 * DAY], &vec![0.0; 30 * DAY]);
    assert!(zero.flags.contains(&Flag::ZeroReadings));
    assert!(zero.flags.contains(&Flag::MemoryAssumed));
    assert_eq!(grades(&zero), (Grade::D, Grade::D));
    assert_eq!(
        zero.requests.memory,
        Bytes::from_gibibytes(8),
        "all that the instance has"
    );
}

#[test]
fn zeros_of_memory_are_gaps() {
    let memory: Vec<f32> = (0..30 * DAY)
        .map(|slot| if slot % 10 == 0 { 25.0 } else { 0.0 })
        .collect();
    let sizing = sized(&vec![20.0; 30 * DAY], &memory);
    assert_eq!(sizing.requests.memory, Bytes::from_gibibytes(2));
    assert!(
        [Flag::LowCoverage, Flag::InvalidSamples]
            .iter()
            .all(|flag| sizing.flags.contains(flag)),
        "{:?}",
        sizing.flags
    );
    assert_eq!(sizing.evidence.memory.grade, Grade::C);
}

#[test]
fn what_stopped_is_stale() {
    let stopped = |value: f32, days: usize| -> Vec<f32> {
        (0..60 * DAY)
            .map(|slot| {
                if slot < (60 - days) * DAY {
                    value
                } else {
                    f32::NAN
                }
            })
            .collect()
    };
    let week = sized(&stopped(20.0, 7), &stopped(25.0, 7));
    assert!(week.flags.contains(&Flag::Stale));
    assert_eq!(grades(&week), (Grade::C, Grade::C));
    let memory = sized(&stopped(20.0, 0), &stopped(25.0, 30));
    assert!(memory.flags.contains(&Flag::Stale));
    assert_eq!(grades(&memory), (Grade::A, Grade::C));
    assert_eq!(memory.requests.memory, Bytes::from_gibibytes(2));
}

#[test]
fn a_campaign_of_weeks_ago_is_named() {
    let mut cpu = vec![5.0; 60 * DAY];
    cpu[37 * DAY..39 * DAY].fill(85.0);
    let sizing = sized(&cpu, &vec![25.0; 60 * DAY]);
    assert!(
        sizing.flags.contains(&Flag::BusierBefore),
        "{:?}",
        sizing.flags
    );
    assert_eq!(sizing.evidence.cpu.grade, Grade::C);
    assert_eq!(
        sizing.evidence.cpu.p99,
        Millicores(1_700),
        "85 % of two vCPUs"
    );
}

#[test]
fn a_leak_is_asked_for_with_all_that_it_may_take() {
    #[expect(clippy::cast_precision_loss, reason = "few slots")]
    let memory: Vec<f32> = (0..60 * DAY)
        .map(|slot| 20.0 + slot as f32 / DAY as f32)
        .collect();
    let sizing = sized(&vec![20.0; 60 * DAY], &memory);
    assert!(
        sizing.flags.contains(&Flag::MemoryGrows),
        "{:?}",
        sizing.flags
    );
    assert_eq!(sizing.evidence.memory.grade, Grade::C);
    assert_eq!(sizing.requests.memory, sizing.limits.memory_bytes);
    // 80 % of 8 GiB times 1.2.
    assert_eq!(sizing.limits.memory_bytes, Bytes::from_mebibytes(7_872));
}

#[test]
fn memory_that_is_reset_again_and_again_is_named() {
    let memory: Vec<f32> = (0..63_u16)
        .flat_map(|day| vec![20.0 + 8.0 * f32::from(day % 7); DAY])
        .collect();
    let sizing = sized(&vec![20.0; 63 * DAY], &memory);
    assert!(
        sizing.flags.contains(&Flag::MemorySaw) && !sizing.flags.contains(&Flag::MemoryGrows),
        "{:?}",
        sizing.flags
    );
    assert_eq!(sizing.evidence.memory.grade, Grade::C);
}

#[test]
fn one_sample_and_a_start_set_no_request() {
    let (cpu, memory) = (vec![12.0; 63 * DAY], vec![25.0; 63 * DAY]);
    let calm = sized(&cpu, &memory);
    let with = |cpu: &[f32], memory: &[f32]| sized(cpu, memory);
    let mut over = cpu.clone();
    over[50 * DAY] = 100.7;
    assert_eq!(with(&over, &memory).requests, calm.requests);
    let mut starts = cpu.clone();
    for day in 0..63 {
        starts[day * DAY..day * DAY + 3].fill(100.0);
    }
    assert_eq!(with(&starts, &memory).requests, calm.requests);
    let mut once = memory.clone();
    once[2 * DAY] = 92.0;
    let spiked = with(&cpu, &once);
    assert_eq!(spiked.requests, calm.requests);
    // 92 % of 8 GiB are 7,536.64 MiB.
    assert_eq!(spiked.limits.memory_bytes, Bytes::from_mebibytes(7_552));
}

#[test]
fn the_busiest_instance_is_told_and_not_asked_for_by_every_pod() {
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![72.0; 30 * DAY]),
        series("i-b", Metric::CpuPercent, vec![8.0; 30 * DAY]),
    ];
    let sizing = size_of(&environment, &series, slots(30 * DAY)).expect("sizable");
    assert!(sizing.flags.contains(&Flag::Uneven), "{:?}", sizing.flags);
    // 80 % of two vCPUs in all, times 1.25, over four pods.
    assert_eq!(sizing.requests.cpu, Millicores(500));
    assert!((sizing.evidence.cpu.unevenness - 1.8).abs() < 1e-9);
}

#[test]
fn a_burstable_instance_at_its_baseline_may_have_wanted_more() {
    let environment = environment(vec![instance("i-a", "t3.small")]);
    let cpu = |credits: bool| {
        let mut all = vec![series("i-a", Metric::CpuPercent, vec![20.0; 30 * DAY])];
        if credits {
            let balance = Metric::CpuCreditBalance;
            all.push(series("i-a", balance, vec![500.0; 30 * DAY]));
        }
        size_of(&environment, &all, slots(30 * DAY)).expect("sizable")
    };
    let unknown = cpu(false);
    assert!(unknown.flags.contains(&Flag::AtBaseline));
    assert_eq!(unknown.evidence.cpu.grade, Grade::C);
    let known = cpu(true);
    assert!(!known.flags.contains(&Flag::AtBaseline));
    assert_eq!(known.evidence.cpu.grade, Grade::A);
}

#[test]
fn samples_of_an_instance_that_nobody_knows_are_told() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let series = ["i-a", "i-x"].map(|id| series(id, Metric::CpuPercent, vec![20.0; 30 * DAY]));
    let sizing = size_of(&environment, &series, slots(30 * DAY)).expect("sizable");
    assert!(
        sizing.flags.contains(&Flag::Strangers),
        "{:?}",
        sizing.flags
    );
}

#[test]
fn the_system_of_a_small_instance_is_bounded() {
    let environment = environment(vec![instance("i-a", "t3.small")]);
    let all = [
        series("i-a", Metric::CpuPercent, vec![8.0; 30 * DAY]),
        series("i-a", Metric::MemoryPercent, vec![40.0; 30 * DAY]),
    ];
    let sizing = size_of(&environment, &all, slots(30 * DAY)).expect("sizable");
    assert!(sizing.flags.contains(&Flag::SystemShare));
    // 40 % of 2 GiB, of which 400 MiB may be the system's.
    assert_eq!(
        sizing.evidence.memory.range.0,
        Bytes::from_mebibytes(420),
        "819.2 - 400, in whole MiB"
    );
}
