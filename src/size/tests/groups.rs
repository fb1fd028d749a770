//! Groups that scale: the hour of the snapshot is chance.

use super::*;

const DAY: i64 = 288;

/// A group of one instance, and from morning to noon one after the other of nineteen more that go again until the
/// evening, each day; collected at a slot. Each uses half of its CPU and 30 % of its memory while it lives.
fn collected_at(end: i64) -> Sizing {
    let mut instances = vec![instance("i-always", "m5.large")];
    let mut all = vec![
        series("i-always", Metric::CpuPercent, vec![50.0; 40 * 288]),
        series("i-always", Metric::MemoryPercent, vec![30.0; 40 * 288]),
    ];
    for day in 0..40 {
        for number in 1..20 {
            let from = day * DAY + 72 + number * 3;
            let to = (day * DAY + 216 - number * 3).min(end);
            if from >= end {
                continue;
            }
            let id = format!("i-{day}-{number}");
            let is_gone = day * DAY + 216 - number * 3 < end;
            instances.push(Instance {
                launched_at: Some(at(from)),
                terminated_at: is_gone.then(|| at(to)),
                ..instance(&id, "m5.large")
            });
            let count = usize::try_from(to - from).expect("few");
            for (metric, value) in [(Metric::CpuPercent, 50.0), (Metric::MemoryPercent, 30.0)] {
                all.push(Series {
                    start: at(from),
                    ..series(&id, metric, vec![value; count])
                });
            }
        }
    }
    let mut environment = environment(instances);
    let desired = u32::try_from(environment.running_instances().count()).expect("few");
    environment.auto_scaling_group = Some(AutoScalingGroup {
        name: "group".to_owned(),
        min: 1,
        max: 20,
        desired,
    });
    size_of(&environment, &all, end).expect("sizable")
}

#[test]
fn night_and_noon_make_the_same_plan() {
    let (night, noon) = (collected_at(35 * DAY), collected_at(35 * DAY + 144));
    assert_eq!(
        (
            night.replicas.instances_today,
            noon.replicas.instances_today
        ),
        (1, 20)
    );
    assert_eq!(night.requests, noon.requests);
    assert_eq!(night.limits, noon.limits);
    let near = |one: u32, other: u32| {
        assert!(
            one.abs_diff(other) * 20 <= one.max(other),
            "{one} and {other} are more than 5 % apart"
        );
    };
    near(night.replicas.full_load, noon.replicas.full_load);
    near(night.autoscaling.max, noon.autoscaling.max);
    near(night.autoscaling.min, noon.autoscaling.min);
    // What an instance carried: a core, times 1.25, which is within its two; and 30 % of 8 GiB.
    assert_eq!(night.requests.memory, Bytes::from_mebibytes(2_464));
    assert!(
        (Millicores(1_200)..=Millicores(1_300)).contains(&night.requests.cpu),
        "{}",
        night.requests.cpu
    );
    // More than ever ran, and more than Beanstalk allowed.
    assert!(night.autoscaling.max > 20 && noon.autoscaling.max > 20);
    assert!(night.autoscaling.min < night.replicas.full_load);
}

#[test]
fn pods_that_hold_the_memory_of_a_split_app_stay() {
    // Two m5.4xlarge that are idle at night: five pods each hold their 32 GiB.
    let environment = environment(vec![
        instance("i-a", "m5.4xlarge"),
        instance("i-b", "m5.4xlarge"),
    ]);
    let cpu: Vec<f32> = (0..288)
        .map(|slot| if slot < 144 { 2.0 } else { 40.0 })
        .collect();
    let series = [
        series("i-a", Metric::CpuPercent, cpu.clone()),
        series("i-b", Metric::CpuPercent, cpu),
        series("i-a", Metric::MemoryPercent, vec![50.0; 288]),
    ];
    let sizing = size_of(&environment, &series, 288).expect("sizable");
    assert_eq!(
        (sizing.replicas.pods_per_instance, sizing.autoscaling.min),
        (5, 10)
    );
}

#[test]
fn each_cluster_holds_the_memory_of_a_whole_instance() {
    // One m5.4xlarge, five pods of 6.4 GiB on each of two clusters: three there would have to hold 10.7 GiB each.
    let environment = environment(vec![instance("i-a", "m5.4xlarge")]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![2.0; 288]),
        series("i-a", Metric::MemoryPercent, vec![50.0; 288]),
    ];
    let sizing = size_of(&environment, &series, 288).expect("sizable");
    assert_eq!(sizing.replicas.pods_per_instance, 5);
    assert_eq!(sizing.autoscaling.min, 10);
}
