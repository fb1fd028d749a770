//! What of the history counts, and for whom.

use super::*;

#[test]
fn gaps_are_not_idle_time() {
    // Half of the samples are missing: the percentile is of those that came.
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let half: Vec<f32> = (0..400)
        .map(|slot| if slot % 2 == 0 { 40.0 } else { f32::NAN })
        .collect();
    let series = [
        series("i-a", Metric::CpuPercent, half.clone()),
        series("i-b", Metric::CpuPercent, half),
    ];
    let sizing = size_of(&environment, &series, 400).expect("sizable");
    assert_eq!(sizing.evidence.cpu.mean, Millicores(800));
    assert_eq!(
        (
            sizing.evidence.cpu.present_samples,
            sizing.evidence.cpu.expected_samples
        ),
        (400, 800)
    );
}

#[test]
fn hours_with_more_instances_than_today_count_in_full() {
    // Four t3.large at 50 % in the first half, two of them today: four replicas, 1 core each.
    let mut gone = [instance("i-c", "t3.large"), instance("i-d", "t3.large")];
    for instance in &mut gone {
        instance.launched_at = Some(at(0));
        instance.terminated_at = Some(at(50));
    }
    let [c, d] = gone;
    let environment = environment(vec![
        instance("i-a", "t3.large"),
        instance("i-b", "t3.large"),
        c,
        d,
    ]);
    let now = mostly(10.0, 100, &[])
        .into_iter()
        .enumerate()
        .map(|(slot, value)| if slot < 50 { 50.0 } else { value });
    let now: Vec<f32> = now.collect();
    let series = [
        series("i-a", Metric::CpuPercent, now.clone()),
        series("i-b", Metric::CpuPercent, now),
        series("i-c", Metric::CpuPercent, vec![50.0; 50]),
        // The fourth reported nothing while it lived: it counts as the average of the others.
        series("i-d", Metric::MemoryPercent, vec![20.0; 50]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(sizing.evidence.cpu.p99, Millicores(1000));
    assert_eq!(
        (sizing.replicas.instances_today, sizing.replicas.full_load),
        (2, 4)
    );
}

#[test]
fn the_type_of_each_instance_at_its_time_counts() {
    // An m5.large (2 vCPUs) at 40 % was replaced by a c5.xlarge (4 vCPUs) at 30 %: 0.8, then 1.2 cores, shared by two replicas.
    let mut old = instance("i-old", "m5.large");
    old.terminated_at = Some(at(50));
    let mut new = instance("i-new", "c5.xlarge");
    new.launched_at = Some(at(50));
    let environment = environment(vec![old, new]);
    let mut after = vec![f32::NAN; 50];
    after.extend(vec![30.0; 50]);
    let series = [
        series("i-old", Metric::CpuPercent, vec![40.0; 50]),
        series("i-new", Metric::CpuPercent, after),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(sizing.evidence.cpu.mean, Millicores(500));
    assert_eq!(sizing.evidence.cpu.p99, Millicores(600));
    assert_eq!(
        sizing.evidence.cpu.present_samples,
        sizing.evidence.cpu.expected_samples
    );
}

#[test]
fn what_nobody_knows_is_refused_not_guessed() {
    let unknown = environment(vec![instance("i-a", "x99.huge")]);
    assert_eq!(
        size_of(&unknown, &[], 100),
        Err(SizingError::UnknownInstanceType("x99.huge".to_owned()))
    );
    let silent = environment(vec![instance("i-a", "m5.large")]);
    assert_eq!(
        size_of(&silent, &[], 100),
        Err(SizingError::NoCpuHistory {
            expected: 100,
            rejected: 0
        })
    );
    let all_gaps = [series("i-a", Metric::CpuPercent, vec![f32::NAN; 100])];
    assert_eq!(
        size_of(&silent, &all_gaps, 100),
        Err(SizingError::NoCpuHistory {
            expected: 100,
            rejected: 0
        })
    );
    assert_eq!(
        size_of(&environment(Vec::new()), &[], 100),
        Err(SizingError::NoInstances)
    );
}

#[test]
fn a_group_average_is_used_where_there_is_nothing_better_and_marked() {
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let series = [
        series("environment", Metric::CpuPercent, vec![30.0; 100]),
        series("environment", Metric::MemoryPercent, vec![40.0; 100]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(sizing.evidence.cpu.mean, Millicores(600));
    assert!(sizing.flags.contains(&Flag::GroupAverageOnly));
}

#[test]
fn a_group_average_stands_for_as_many_instances_as_ran_at_the_time() {
    // Four in the first half, two today, 50 % all the time: a core each.
    let gone = |id: &str| Instance {
        launched_at: Some(at(0)),
        terminated_at: Some(at(50)),
        ..instance(id, "m5.large")
    };
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
        gone("i-c"),
        gone("i-d"),
    ]);
    let sizing = size_of(
        &environment,
        &[series("environment", Metric::CpuPercent, vec![50.0; 100])],
        100,
    )
    .expect("sizable");
    assert_eq!(
        (sizing.evidence.cpu.p99, sizing.evidence.cpu.mean),
        (Millicores(1000), Millicores(1000))
    );
    assert_eq!(
        (
            sizing.evidence.cpu.present_samples,
            sizing.evidence.cpu.expected_samples
        ),
        (100, 100)
    );
}

#[test]
fn all_pieces_and_resolutions_of_a_metric_are_used() {
    // Busy in the first half, which is a series of its own; the last 20 slots again, minute by minute: of
    // all the series it has most samples, and would tell of an idle app.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let late = Series {
        start: at(50),
        ..series("i-a", Metric::CpuPercent, vec![10.0; 50])
    };
    let fine = Series {
        start: at(80),
        period_seconds: 60,
        ..series("i-a", Metric::CpuPercent, vec![20.0; 100])
    };
    let series = [
        series("i-a", Metric::CpuPercent, vec![60.0; 50]),
        late,
        fine,
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(
        (
            sizing.evidence.cpu.present_samples,
            sizing.evidence.cpu.expected_samples
        ),
        (100, 100)
    );
    // 50 x 1.2, 30 x 0.2 and 20 x 0.4 cores, shared by two replicas.
    assert_eq!(
        (sizing.evidence.cpu.p99, sizing.evidence.cpu.mean),
        (Millicores(600), Millicores(370))
    );
}

#[test]
fn the_source_that_knows_most_of_the_time_is_the_one_that_is_used() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let agent = |samples| Series {
        source: "agent".to_owned(),
        ..series("i-a", Metric::CpuPercent, samples)
    };
    let sizing = size_of(
        &environment,
        &[
            agent(vec![90.0; 40]),
            series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        ],
        100,
    );
    assert_eq!(
        sizing.expect("sizable").evidence.cpu.sources,
        ["test InstanceId"]
    );
}

#[test]
fn a_few_maxima_do_not_hide_the_peak_of_the_averages() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let maxima = Series {
        statistic: "maximum".to_owned(),
        start: at(90),
        ..series("i-a", Metric::MemoryPercent, vec![30.0; 10])
    };
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        series(
            "i-a",
            Metric::MemoryPercent,
            mostly(
                20.0,
                100,
                &[
                    50.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0,
                ],
            ),
        ),
        maxima,
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(sizing.evidence.memory.peak, Some(Bytes::from_gibibytes(4)));
}

#[test]
fn memory_that_a_larger_machine_of_the_past_used_is_needed_again() {
    // 75 % of an m5.xlarge's 16 GiB are 12 GiB, more than today's m5.large has: no margin, but no less either.
    let mut past = instance("i-old", "m5.xlarge");
    past.terminated_at = Some(at(50));
    let environment = environment(vec![past, instance("i-a", "m5.large")]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        series("i-old", Metric::MemoryPercent, vec![75.0; 50]),
        series("i-a", Metric::MemoryPercent, vec![50.0; 100]),
    ];
    assert_eq!(
        size_of(&environment, &series, 100)
            .expect("sizable")
            .requests
            .memory,
        Bytes::from_gibibytes(12)
    );
}

#[test]
fn an_instance_whose_memory_is_silent_is_missed_and_marked() {
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        series("i-b", Metric::CpuPercent, vec![10.0; 100]),
        series("i-a", Metric::MemoryPercent, vec![25.0; 100]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(
        (
            sizing.evidence.memory.present_samples,
            sizing.evidence.memory.expected_samples
        ),
        (100, 200)
    );
    assert!(sizing.flags.contains(&Flag::SilentInstances));
}

#[test]
fn memory_that_began_late_does_not_look_complete() {
    // CPU for the whole time, memory for its last tenth: the instance lived all along.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let mut late = vec![f32::NAN; 90];
    late.extend([25.0; 10]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        series("i-a", Metric::MemoryPercent, late),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(
        (
            sizing.evidence.memory.present_samples,
            sizing.evidence.memory.expected_samples
        ),
        (10, 100)
    );
    assert!(sizing.flags.contains(&Flag::LowCoverage));
}

#[test]
fn a_scale_in_at_the_moment_of_collecting_costs_no_replicas() {
    let mut environment = environment(vec![instance("i-a", "m5.large")]);
    let group = |min, desired| {
        Some(AutoScalingGroup {
            name: "group".to_owned(),
            min,
            max: 9,
            desired,
        })
    };
    let cpu = [series("i-a", Metric::CpuPercent, vec![10.0; 100])];
    environment.auto_scaling_group = group(3, 4);
    assert_eq!(
        size_of(&environment, &cpu, 100)
            .expect("sizable")
            .replicas
            .full_load,
        4
    );
    environment.instances.clear();
    assert_eq!(
        size_of(&environment, &cpu, 100),
        Err(SizingError::InstancesMissing { wanted: 4 })
    );
    environment.auto_scaling_group = group(0, 0);
    assert_eq!(
        size_of(&environment, &cpu, 100),
        Err(SizingError::NoInstances)
    );
}

#[test]
fn a_machine_of_another_generation_does_other_work() {
    // A t2.medium's vCPU does 0.85 of a c5's: 50 % of two are 0.85 cores, shared by two replicas;
    // times 1.25, carried by four pods.
    let environment = environment(vec![instance("i-a", "t2.medium")]);
    let series = [series("i-a", Metric::CpuPercent, vec![50.0; 100])];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(
        (sizing.evidence.cpu.peak, sizing.requests.cpu),
        (Millicores(425), Millicores(270))
    );
    // On a node of the same generation it is the same again.
    let same = policy::read("p", "[nodes]\ninstance_type = \"m4.2xlarge\"\n").expect("valid");
    assert_eq!(
        size_with(&environment, &series, 100, &same)
            .expect("sizable")
            .evidence
            .cpu
            .peak,
        Millicores(500)
    );
    let own = policy::read("p", "[cpu_speed]\nt2 = 0.5\n").expect("valid");
    assert_eq!(
        size_with(&environment, &series, 100, &own)
            .expect("sizable")
            .evidence
            .cpu
            .peak,
        Millicores(250)
    );
}
