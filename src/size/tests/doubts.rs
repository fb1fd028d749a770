//! What makes a number doubtful, and how that is told.

use super::*;

#[test]
fn memory_that_was_never_reported_is_bounded_and_marked() {
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let sizing = size_of(
        &environment,
        &[series("i-a", Metric::CpuPercent, vec![10.0; 100])],
        100,
    )
    .expect("sizable");
    assert_eq!(sizing.requests.memory, Bytes::from_gibibytes(8));
    assert!(sizing.flags.contains(&Flag::MemoryAssumed));
    assert_eq!(
        (sizing.evidence.memory.origin, sizing.evidence.memory.peak),
        (MemoryOrigin::Assumed, None)
    );
    assert_eq!(
        (
            sizing.evidence.memory.present_samples,
            sizing.evidence.memory.expected_samples
        ),
        (0, 200)
    );
    let story = sizing
        .reasons
        .iter()
        .find(|reason| reason.number == Number::MemoryRequest)
        .expect("a reason");
    assert!(
        story
            .steps
            .iter()
            .any(|step| step.rule.to_string().starts_with("ASSUMED, not measured"))
    );
}

#[test]
fn demand_that_was_cut_off_is_named() {
    let environment = environment(vec![instance("i-a", "t2.small")]);
    let series = [
        series("i-a", Metric::CpuPercent, mostly(20.0, 100, &[99.0, 100.0])),
        series("i-a", Metric::MemoryPercent, mostly(50.0, 100, &[97.0])),
        series(
            "i-a",
            Metric::CpuCreditBalance,
            mostly(30.0, 100, &[0.0, 0.0]),
        ),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    // What was enough but for 2 % of the samples is less than what it had on the one day seen.
    let expected = [
        Flag::ThinHistory,
        Flag::OftenOverRequest,
        Flag::SaturatedCpu,
        Flag::CreditsExhausted,
        Flag::MemoryAtCeiling,
        Flag::SystemShare,
    ];
    assert_eq!(sizing.flags, expected);
    // It usually holds 50 %; 97 % of 2048 MiB times 1.2 would be more than the machine has: its memory is the bound.
    assert_eq!(sizing.requests.memory, Bytes::from_gibibytes(1));
    assert_eq!(sizing.limits.memory_bytes, Bytes::from_gibibytes(2));
    // The ranges go on: to a quarter of the t2's 850m for each of four pods, which it had no credits for, and to 97 %
    // of 2048 MiB times 1.2.
    assert_eq!(sizing.evidence.cpu.range.1, Millicores(213));
    assert_eq!(sizing.evidence.memory.range.1, Bytes::from_mebibytes(2_384));
    assert_eq!(
        sizing.evidence.cpu.better_with,
        [Improvement::LoadTest, Improvement::LongerHistory]
    );
}

#[test]
fn days_over_the_request_are_counted_on_the_history_itself() {
    // Three days of 288 slots; on one of them 5 slots (1.7 %) are far above everything else.
    let environment = environment(vec![instance("i-a", "m5.xlarge")]);
    let mut samples = vec![10.0; 3 * 288];
    samples[300..305].fill(80.0);
    let sizing = size_of(
        &environment,
        &[series("i-a", Metric::CpuPercent, samples)],
        3 * 288,
    )
    .expect("sizable");
    assert_eq!(
        (
            sizing.evidence.cpu.days_over_request,
            sizing.evidence.cpu.days_observed
        ),
        (1, 3)
    );
    assert!(
        (sizing.evidence.cpu.days_over_request_at_most - 0.8646).abs() < 2e-4,
        "{}",
        sizing.evidence.cpu.days_over_request_at_most
    );
}

#[test]
fn requests_that_are_often_too_small_are_marked() {
    // Every day has twenty slots (7 %) of 80 %. A fleet whose weeks needed all of the highest sample requests
    // it; one whose weeks needed half of it misses the burst every day.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let day: Vec<f32> = (0..288)
        .map(|slot| if slot < 20 { 80.0 } else { 10.0 })
        .collect();
    let series = [series("i-a", Metric::CpuPercent, day.repeat(20))];
    let policy = policy::defaults().expect("the shipped policy");
    let case = EnvironmentToSize {
        environment: &environment,
        reading: &crate::beanstalk::EnvironmentReading::alone(&environment),
        series: &series,
        window: window(20 * 288),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
        by: None,
    };
    let profile = Profile::of(&case, &policy).expect("sizable");
    let sized = |cpu| {
        size(
            &case,
            &profile,
            (&calibrated(cpu, 1.2), LEVEL),
            Records::default(),
            &policy,
        )
        .expect("sizable")
    };
    let calm = sized(1.0);
    assert!(!calm.flags.contains(&Flag::OftenOverRequest));
    let tight = sized(0.5);
    assert!(
        tight.flags.contains(&Flag::OftenOverRequest),
        "{:?}",
        tight.flags
    );
}

#[test]
fn only_the_last_days_are_fitted_but_a_memory_limit_forgets_nothing() {
    // 30 days; a peak of both on the second day.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let day = 288;
    let with_peak = |usual: f32, peak: f32| {
        let mut samples = vec![usual; 30 * day];
        samples[day] = peak;
        samples
    };
    let series = [
        series("i-a", Metric::CpuPercent, with_peak(20.0, 90.0)),
        series("i-a", Metric::MemoryPercent, with_peak(20.0, 60.0)),
    ];
    let sizing = size_of(&environment, &series, 30 * 288).expect("sizable");
    assert_eq!(
        sizing.requests.cpu,
        Millicores(130),
        "20 % of two vCPUs, times 1.25, carried by four pods"
    );
    assert_eq!(
        sizing.evidence.cpu.peak,
        Millicores(900),
        "of one of two replicas, and the peak is told"
    );
    assert_eq!(
        sizing.requests.memory,
        Bytes::from_mebibytes(1664),
        "20 % of 8 GiB: 1638.4 MiB"
    );
    assert_eq!(
        sizing.limits.memory_bytes,
        Bytes::from_mebibytes(4928),
        "60 % of 8 GiB, as seen once: 4915.2 MiB"
    );
    assert_eq!(
        (
            sizing.evidence.fit_days,
            sizing.evidence.cpu.grade,
            sizing.evidence.memory.grade
        ),
        (14, Grade::A, Grade::A)
    );
}

#[test]
fn a_level_shift_leaves_out_what_was_before_it() {
    // Until eight days ago three times as busy.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let mut samples = vec![60.0; 22 * 288];
    samples.extend(vec![20.0; 8 * 288]);
    let sizing = size_of(
        &environment,
        &[series("i-a", Metric::CpuPercent, samples)],
        30 * 288,
    )
    .expect("sizable");
    assert_eq!(sizing.requests.cpu, Millicores(130));
    assert_eq!(sizing.evidence.cpu.days_before_shift, 6);
    assert!(
        sizing.flags.contains(&Flag::LevelShift),
        "{:?}",
        sizing.flags
    );
}

#[test]
fn a_few_days_on_a_new_level_are_a_c() {
    // Until eight days ago a third as busy: not a quiet time, and fewer days than the rule is fitted on.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let samples = [vec![20.0; 22 * 288], vec![60.0; 8 * 288]].concat();
    let sizing = size_of(
        &environment,
        &[series("i-a", Metric::CpuPercent, samples)],
        30 * 288,
    )
    .expect("sizable");
    assert!(
        sizing.flags.contains(&Flag::LevelShift) && !sizing.flags.contains(&Flag::QuietOfLate),
        "{:?}",
        sizing.flags
    );
    assert_eq!(
        (sizing.evidence.cpu.grade, sizing.evidence.cpu.better_with),
        (Grade::C, vec![Improvement::LongerHistory])
    );
}

#[test]
fn an_app_that_has_gone_quiet_is_told_and_no_a() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let of_days = |busy: usize, quiet: usize| {
        let samples = [vec![40.0; busy * 288], vec![1.0; quiet * 288]].concat();
        size_of(
            &environment,
            &[series("i-a", Metric::CpuPercent, samples)],
            60 * 288,
        )
        .expect("sizable")
    };
    // The 14 days that the request is made from are all quiet.
    let quiet = of_days(40, 20);
    assert!(
        quiet.flags.contains(&Flag::QuietOfLate),
        "{:?}",
        quiet.flags
    );
    assert_eq!(
        (quiet.evidence.cpu.grade, quiet.evidence.cpu.better_with),
        (Grade::C, vec![Improvement::LoadTest])
    );
    let steady = of_days(60, 0);
    assert!(
        !steady.flags.contains(&Flag::QuietOfLate),
        "{:?}",
        steady.flags
    );
    assert_eq!(steady.evidence.cpu.grade, Grade::A);
}

#[test]
fn a_saturated_cpu_may_need_more_than_the_machine_had() {
    // Half of the time at 100 % of one vCPU: the fleet's factor of 2 is not cut off at the machine.
    let environment = environment(vec![instance("i-a", "t2.small")]);
    let samples: Vec<f32> = (0..1000_u16)
        .map(|slot| (f32::from(slot) / 5.0).min(100.0))
        .collect();
    let series = [series("i-a", Metric::CpuPercent, samples)];
    let case = EnvironmentToSize {
        environment: &environment,
        reading: &crate::beanstalk::EnvironmentReading::alone(&environment),
        series: &series,
        window: window(1000),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
        by: None,
    };
    let policy = policy::defaults().expect("the shipped policy");
    let profile = Profile::of(&case, &policy).expect("sizable");
    let sizing = size(
        &case,
        &profile,
        (&calibrated(2.0, 1.2), LEVEL),
        Records::default(),
        &policy,
    )
    .expect("sizable");
    assert_eq!(
        sizing.requests.cpu,
        Millicores(430),
        "0.85 cores of a t2, twice, carried by four pods"
    );
    assert_eq!(sizing.evidence.cpu.grade, Grade::C);
}
