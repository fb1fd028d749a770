//! From what is needed to requests, limits and replicas.

use super::*;

#[test]
fn an_instance_larger_than_a_node_becomes_more_pods() {
    // m5.4xlarge: 16 vCPUs, 64 GiB; 50 % of both is 8 cores and 32 GiB, times 1.25 and 1.2: 10 and 38.4.
    let environment = environment(vec![
        instance("i-a", "m5.4xlarge"),
        instance("i-b", "m5.4xlarge"),
    ]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![50.0; 100]),
        series("i-b", Metric::CpuPercent, vec![50.0; 100]),
        series("i-a", Metric::MemoryPercent, vec![50.0; 100]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    // 32 GiB fit no node, so they are split into pods of at most half of the 13,526 MiB of one: five.
    assert_eq!(
        (sizing.replicas.pods_per_instance, sizing.replicas.full_load),
        (5, 10)
    );
    assert_eq!(sizing.requests.cpu, Millicores(2000), "10 / 5");
    assert_eq!(
        sizing.requests.memory,
        Bytes::from_mebibytes(6_560),
        "6553.6 MiB, up to the next 32 MiB"
    );
    assert!(sizing.requests.fits(ROOM));
    assert!(sizing.flags.contains(&Flag::Split));
    let strict = policy::read("p", "[sizing]\nmax_split = 4\n").expect("valid");
    assert!(matches!(
        size_with(&environment, &series, 100, &strict),
        Err(SizingError::TooLarge { max_split: 4, .. })
    ));
}

#[test]
fn floors_and_limits_hold() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![0.0; 100]),
        series("i-a", Metric::MemoryPercent, vec![2.0; 100]),
    ];
    let text = "[sizing]\ncpu_limit = \"2\"\n";
    let sizing = size_with(
        &environment,
        &series,
        100,
        &policy::read("p", text).expect("valid"),
    )
    .expect("sizable");
    // A machine that did nothing counts as a hundredth of its CPU, and for its limit as a tenth of its memory, times 1.2;
    // 2 % of 8 GiB are 163.84 MiB.
    assert_eq!(
        sizing.requests,
        Resources {
            cpu: Millicores(50),
            memory: Bytes::from_mebibytes(192)
        }
    );
    assert_eq!(
        sizing.limits,
        Limits {
            cpu_millicores: Some(Millicores(100)),
            memory_bytes: Bytes::from_mebibytes(992)
        }
    );
    assert_eq!(
        sizing.replicas.full_load, 2,
        "production is never under two"
    );
}

#[test]
fn memory_is_never_under_what_its_settings_demand() {
    let mut environment = environment(vec![instance("i-a", "m5.large")]);
    environment.option_settings = vec![crate::snapshot::OptionSetting {
        namespace: "aws:elasticbeanstalk:container:tomcat:jvmoptions".to_owned(),
        name: "Xmx".to_owned(),
        resource: None,
        value: Some("4g".to_owned()),
        redacted: false,
    }];
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        series("i-a", Metric::MemoryPercent, vec![25.0; 100]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    // 4 GiB and 35 %: 5529.6 MiB, up to the next 32.
    assert_eq!(sizing.requests.memory, Bytes::from_mebibytes(5536));
    let story = sizing
        .reasons
        .iter()
        .find(|reason| reason.number == Number::MemoryRequest)
        .expect("a reason");
    assert!(
        story
            .steps
            .iter()
            .any(|step| step.rule.to_string().contains("Xmx 4g")),
        "{story:?}"
    );
}

#[test]
fn a_worker_scales_on_its_queue() {
    let mut environment = environment(vec![instance("i-a", "m5.large")]);
    environment.tier = "Worker".to_owned();
    let sizing = size_of(
        &environment,
        &[series("i-a", Metric::CpuPercent, vec![10.0; 100])],
        100,
    )
    .expect("sizable");
    // Two on each of two clusters.
    assert_eq!(
        (
            sizing.autoscaling.scaler,
            sizing.autoscaling.min,
            sizing.autoscaling.max
        ),
        (Scaler::Queue, 4, 5)
    );
}

#[test]
fn what_a_load_test_found_wins_over_history() {
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![20.0; 100]),
        series("i-a", Metric::MemoryPercent, vec![25.0; 100]),
    ];
    let text = "[calibrated.\"search-prod\"]\nreplicas = 5\ncpu_request = \"700m\"\nmemory_request = \"3Gi\"\n";
    let sizing = size_with(
        &environment,
        &series,
        100,
        &policy::read("p", text).expect("valid"),
    )
    .expect("sizable");
    assert_eq!(
        sizing.requests,
        Resources {
            cpu: Millicores(700),
            memory: Bytes::from_gibibytes(3)
        }
    );
    assert_eq!(
        (sizing.replicas.full_load, sizing.limits.memory_bytes),
        (5, Bytes::from_gibibytes(3))
    );
    let (cpu, memory) = (sizing.evidence.cpu.range, sizing.evidence.memory.range);
    assert!(
        cpu.1 >= sizing.requests.cpu && memory.1 >= sizing.requests.memory,
        "a range holds its number: {cpu:?} {memory:?}"
    );
    for number in [Number::CpuRequest, Number::MemoryRequest, Number::Replicas] {
        let reason = sizing
            .reasons
            .iter()
            .find(|reason| reason.number == number)
            .expect("a reason");
        assert!(
            reason
                .steps
                .iter()
                .any(|step| step.policy.as_deref() == Some("calibrated")),
            "{reason:?}"
        );
    }
}

#[test]
fn weeks_are_tried_on_the_series_that_is_sized() {
    // Two instances take turns: each is busy on every other day, the busiest of them always. Three weeks make one
    // week with a known end, of one replica; and what the replica is requested for is what was judged.
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let turns = |odd: usize, level: f32| -> Vec<f32> {
        (0..21_usize)
            .flat_map(|day| vec![if day % 2 == odd { level } else { 10.0 }; 288])
            .collect()
    };
    let series = [
        series("i-a", Metric::CpuPercent, turns(0, 40.0)),
        series("i-b", Metric::CpuPercent, turns(1, 60.0)),
        series("i-a", Metric::MemoryPercent, turns(0, 50.0)),
    ];
    let case = EnvironmentToSize {
        environment: &environment,
        reading: &crate::beanstalk::EnvironmentReading::alone(&environment),
        series: &series,
        window: window(21 * 288),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
        by: None,
    };
    let profile =
        Profile::of(&case, &policy::defaults().expect("the shipped policy")).expect("sizable");
    let [cpu, memory] = profile.trials() else {
        panic!("one week of each: {:?}", profile.trials())
    };
    assert_eq!(
        (cpu.resource, memory.resource),
        (Resource::Cpu, Resource::Memory)
    );
    // 60 and 10 % of two vCPUs each, shared by two replicas, before and after; 50 % of 8 GiB.
    assert!(
        (cpu.score() - 1.0).abs() < 1e-6 && (cpu.needed - 0.7).abs() < 1e-6,
        "{cpu:?}"
    );
    assert!((memory.score() - 1.0).abs() < 1e-6, "{memory:?}");
    // A group's average is nobody's use.
    let group = [Series {
        subject: Subject::Environment,
        ..series[0].clone()
    }];
    let of_group = Profile::of(
        &EnvironmentToSize {
            series: &group,
            ..case
        },
        &policy::defaults().expect("the shipped policy"),
    )
    .expect("sizable");
    assert!(of_group.trials().is_empty());
}

#[test]
fn apps_that_are_busy_at_other_hours_share_their_peaks() {
    // One uses 2 x 50 % of m5.large in the first half, the other in the second, else 10 %.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let policy = policy::defaults().expect("the shipped policy");
    let busy = |hours: std::ops::Range<usize>| {
        let samples = (0..96_usize)
            .map(|slot| if hours.contains(&slot) { 50.0 } else { 10.0 })
            .collect();
        let series = [series("i-a", Metric::CpuPercent, samples)];
        let case = EnvironmentToSize {
            environment: &environment,
            reading: &crate::beanstalk::EnvironmentReading::alone(&environment),
            series: &series,
            window: window(96),
            stage: Stage::Production,
            node_room: ROOM,
            node_architecture: Architecture::Amd64,
            by: None,
        };
        Profile::of(&case, &policy).expect("sizable")
    };
    let profiles = [busy(0..48), busy(48..96)];
    let together = Coincidence::of(profiles.iter());
    assert_eq!(
        together,
        Coincidence {
            sum_of_peaks: Millicores(2_000),
            peak_of_sum: Millicores(1_200)
        }
    );
    assert!((together.overstated() - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(Coincidence::of(std::iter::empty()).overstated(), 0.0);
}

#[test]
fn the_requests_of_others_are_made_from_the_series_that_ours_are() {
    // Two m5.large, 200 slots: both together used 0.6 cores, then 1.2, 1.4 and 2.0, half of it each; memory 25 % of
    // 8192 MiB, at last 30 %.
    let environment = environment(vec![
        instance("i-a", "m5.large"),
        instance("i-b", "m5.large"),
    ]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 200]),
        series(
            "i-b",
            Metric::CpuPercent,
            mostly(20.0, 200, &[50.0, 60.0, 90.0]),
        ),
        series("i-a", Metric::MemoryPercent, vec![25.0; 200]),
        series("i-b", Metric::MemoryPercent, mostly(25.0, 200, &[30.0])),
    ];
    let policy = policy::defaults().expect("the shipped policy");
    let by = |rule| {
        let reading = crate::beanstalk::EnvironmentReading::alone(&environment);
        let case = EnvironmentToSize {
            environment: &environment,
            reading: &reading,
            series: &series,
            window: window(200),
            stage: Stage::Production,
            node_room: ROOM,
            node_architecture: Architecture::Amd64,
            by: Some(rule),
        };
        let profile = Profile::of(&case, &policy)
            .expect("sizable")
            .with_peers(PeerRequests::of(&case, &policy).expect("sizable"));
        let calibrated = (&*CALIBRATED, LEVEL);
        let sizing = size(&case, &profile, calibrated, Records::default(), &policy);
        let sizing = sizing.expect("sizable");
        (sizing.requests, sizing.limits.memory_bytes)
    };
    // A core of each of two replicas, carried by four pods; 2457.6 MiB, up to the next 32.
    let (highest, limit) = by(Rule::Max);
    assert_eq!(highest.cpu, Millicores(500));
    assert_eq!(highest.memory, Bytes::from_mebibytes(2464));
    // 15 % on top: 2826.24 MiB. p95 of the CPU is 0.3 cores a replica.
    let (krr, _) = by(Rule::KrrSimple);
    assert_eq!(krr.cpu, Millicores(150));
    assert_eq!(krr.memory, Bytes::from_mebibytes(2848));
    // A rule that is no peer changes nothing, and limits are ours whoever requests.
    let ours = size_of(&environment, &series, 200).expect("sizable");
    assert_eq!(by(Rule::Eb2eks95).0, ours.requests);
    assert_eq!(limit, ours.limits.memory_bytes);
}

#[test]
fn a_level_of_the_policy_is_not_said_to_be_learnt() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![20.0; 288]),
        series("i-a", Metric::MemoryPercent, vec![50.0; 288]),
    ];
    let told = |text: &str| {
        let policy = policy::read("p", text).expect("valid");
        let sizing = size_with(&environment, &series, 288, &policy).expect("sizable");
        serde_json::to_string(&sizing.reasons).expect("JSON")
    };
    let learnt = "The cheapest level that kept the rate";
    assert!(told("").contains(learnt));
    let named = told("[sizing]\nmemory_level = 5\n");
    assert!(named.contains("level 5 of memory requests, as the policy has it"));
    assert!(!named.contains(learnt));
}
