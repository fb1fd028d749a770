//! Hand-worked sizings; the first is the example of `docs/METHOD.md`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;

use super::*;
use crate::catalog::Architecture;
use crate::policy::{self, Policy};
use crate::snapshot::{AutoScalingGroup, Environment, Instance, Metric, Series, SeriesStatus, Subject, Window};
use crate::units::{Bytes, Millicores, Resources};

const PERIOD: i64 = 300;

fn at(slot: i64) -> Timestamp {
    Timestamp::from_second(slot * PERIOD).expect("a small second")
}

fn window(slots: i64) -> Window {
    Window { start: at(0), end: at(slots) }
}

fn instance(id: &str, instance_type: &str) -> Instance {
    Instance {
        id: id.to_owned(),
        instance_type: instance_type.to_owned(),
        zone: None,
        platform: None,
        launched_at: None,
        terminated_at: None,
        ..Instance::default()
    }
}

fn environment(instances: Vec<Instance>) -> Environment {
    Environment {
        account: "111122223333".to_owned(),
        region: "ap-northeast-1".to_owned(),
        application: "search".to_owned(),
        name: "search-prod".to_owned(),
        id: "e-0000000001".to_owned(),
        tier: "WebServer".to_owned(),
        platform: "64bit Amazon Linux 2023 running Docker".to_owned(),
        status: "Ready".to_owned(),
        health: "Green".to_owned(),
        cname: None,
        version_label: None,
        tags: BTreeMap::new(),
        auto_scaling_group: None,
        instances,
        load_balancers: Vec::new(),
        queues: Vec::new(),
        root_volume_gib: None,
        option_settings: Vec::new(),
        ..Environment::default()
    }
}

fn series(subject: &str, metric: Metric, samples: Vec<f32>) -> Series {
    Series {
        subject: Subject::from_text(subject),
        metric,
        statistic: "average".to_owned(),
        period_seconds: 300,
        start: at(0),
        source: format!("test InstanceId={subject}"),
        status: SeriesStatus("complete".to_owned()),
        samples,
        rejected: 0,
    }
}

/// A c5.2xlarge after reservations and daemons.
const ROOM: Resources = Resources { cpu: Millicores(7470), memory: Bytes::from_mebibytes(13_526) };

/// A fleet so large that its own weeks decide: all of them needed `cpu` and `memory` times the start.
fn calibrated(cpu: f64, memory: f64) -> Calibration {
    let weeks =
        |resource, needed| Stratum::all(resource).flat_map(move |stratum| (0..10_000).map(move |_| week(resource, stratum, needed)));
    let trials: Vec<Trial> = weeks(Resource::Cpu, cpu).chain(weeks(Resource::Memory, memory)).collect();
    Calibration::of(&trials)
}

fn week(resource: Resource, stratum: Stratum, needed: f64) -> Trial {
    Trial { resource, fold: 0, fit: risk::Fit { start: 1.0, least: 0.0, most: 10.0, stratum, days_before_shift: 0 }, needed }
}

/// What the fleet's weeks needed in the examples.
static CALIBRATED: LazyLock<Calibration> = LazyLock::new(|| calibrated(0.75, 1.2));

fn size_with(environment: &Environment, series: &[Series], slots: i64, policy: &Policy) -> Result<Sizing, Unsized> {
    let case = Case {
        environment,
        series,
        window: window(slots),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
    };
    size(&case, &Profile::of(&case, policy)?, &CALIBRATED, Records::default(), policy)
}

fn size_of(environment: &Environment, series: &[Series], slots: i64) -> Result<Sizing, Unsized> {
    size_with(environment, series, slots, &policy::defaults().expect("the shipped policy"))
}

/// `count` samples of `value`, but the last ones are `last`.
fn mostly(value: f32, count: usize, last: &[f32]) -> Vec<f32> {
    let mut samples = vec![value; count - last.len()];
    samples.extend(last);
    samples
}

#[test]
fn the_worked_example_of_the_method() {
    // Two m5.large (2 vCPUs, 8 GiB) for 200 slots. One idles at 10 %, the other at 20 % with three slots
    // of 50 %, 60 % and 90 %: the busiest used 0.4 cores, then 1.0, 1.2 and 1.8.
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large")]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 200]),
        series("i-b", Metric::CpuPercent, mostly(20.0, 200, &[50.0, 60.0, 90.0])),
        series("i-a", Metric::MemoryPercent, vec![25.0; 200]),
        series("i-b", Metric::MemoryPercent, mostly(25.0, 200, &[30.0])),
    ];
    let sizing = size_of(&environment, &series, 200).expect("sizable");

    // p99 of 200 samples is the 198th: 1.0 cores. The highest is 1.8; 0.75 times that was enough: 1350m.
    assert_eq!(sizing.evidence.cpu.p99, Millicores(1000));
    assert_eq!(sizing.requests.cpu, Millicores(1350));
    // Peak 30 % of 8192 MiB = 2457.6 MiB, times 1.2: 2949.12 MiB, up to the next 32 MiB: 2976 MiB.
    assert_eq!(sizing.requests.memory, Bytes::from_mebibytes(2976));
    assert_eq!(sizing.limits, Limits { cpu_millicores: None, memory_bytes: Bytes::from_mebibytes(2976) });
    assert_eq!((sizing.replicas.full_load, sizing.replicas.pods_per_instance), (2, 1));
    // 200 slots are 0.69 days: thin, and said so.
    assert_eq!(sizing.flags, [Flag::ThinHistory]);
    assert_eq!(
        sizing.reasons.iter().map(|reason| reason.number.code()).collect::<Vec<_>>(),
        ["cpu_request", "cpu_limit", "memory_request", "memory_limit", "replicas", "autoscaling"]
    );
    for (reason, value) in sizing.reasons.iter().zip(["1350m", "none", "2976Mi", "2976Mi", "2", "4 to 4"]) {
        assert_eq!(reason.steps.last().map(|step| step.value.to_string()), Some(value.to_owned()), "{}", reason.number);
    }
}

#[test]
fn gaps_are_not_idle_time() {
    // Half of the samples are missing: the percentile is of those that came.
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large")]);
    let half: Vec<f32> = (0..400).map(|slot| if slot % 2 == 0 { 40.0 } else { f32::NAN }).collect();
    let series = [series("i-a", Metric::CpuPercent, half.clone()), series("i-b", Metric::CpuPercent, half)];
    let sizing = size_of(&environment, &series, 400).expect("sizable");
    assert_eq!(sizing.evidence.cpu.mean, Millicores(800));
    assert_eq!((sizing.evidence.cpu.present_samples, sizing.evidence.cpu.expected_samples), (400, 800));
}

#[test]
fn hours_with_more_instances_than_today_count_in_full() {
    // Four t3.large at 50 % in the past, two of them today: 4 cores shared by two replicas are 2 each.
    let mut gone = [instance("i-c", "t3.large"), instance("i-d", "t3.large")];
    for instance in &mut gone {
        instance.launched_at = Some(at(0));
        instance.terminated_at = Some(at(50));
    }
    let [c, d] = gone;
    let environment = environment(vec![instance("i-a", "t3.large"), instance("i-b", "t3.large"), c, d]);
    let now = mostly(10.0, 100, &[]).into_iter().enumerate().map(|(slot, value)| if slot < 50 { 50.0 } else { value });
    let now: Vec<f32> = now.collect();
    let series = [
        series("i-a", Metric::CpuPercent, now.clone()),
        series("i-b", Metric::CpuPercent, now),
        series("i-c", Metric::CpuPercent, vec![50.0; 50]),
        // The fourth reported nothing while it lived: it counts as the average of the others.
        series("i-d", Metric::MemoryPercent, vec![20.0; 50]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(sizing.evidence.cpu.p99, Millicores(2000));
    assert_eq!(sizing.replicas.full_load, 2);
}

#[test]
fn the_type_of_each_instance_at_its_time_counts() {
    // An m5.large (2 vCPUs) at 40 % was replaced by a c5.xlarge (4 vCPUs) at 30 %: 0.8, then 1.2 cores.
    let mut old = instance("i-old", "m5.large");
    old.terminated_at = Some(at(50));
    let mut new = instance("i-new", "c5.xlarge");
    new.launched_at = Some(at(50));
    let environment = environment(vec![old, new]);
    let mut after = vec![f32::NAN; 50];
    after.extend(vec![30.0; 50]);
    let series = [series("i-old", Metric::CpuPercent, vec![40.0; 50]), series("i-new", Metric::CpuPercent, after)];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(sizing.evidence.cpu.mean, Millicores(1000));
    assert_eq!(sizing.evidence.cpu.p99, Millicores(1200));
    assert_eq!(sizing.evidence.cpu.present_samples, sizing.evidence.cpu.expected_samples);
}

#[test]
fn memory_that_was_never_reported_is_bounded_and_marked() {
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large")]);
    let sizing = size_of(&environment, &[series("i-a", Metric::CpuPercent, vec![10.0; 100])], 100).expect("sizable");
    assert_eq!(sizing.requests.memory, Bytes::from_gibibytes(8));
    assert!(sizing.flags.contains(&Flag::MemoryAssumed));
    assert_eq!((sizing.evidence.memory.origin, sizing.evidence.memory.peak), (MemoryOrigin::Assumed, None));
    assert_eq!((sizing.evidence.memory.present_samples, sizing.evidence.memory.expected_samples), (0, 200));
    let story = sizing.reasons.iter().find(|reason| reason.number == Number::MemoryRequest).expect("a reason");
    assert!(story.steps.iter().any(|step| step.rule.to_string().starts_with("ASSUMED, not measured")));
}

#[test]
fn an_instance_larger_than_a_node_becomes_more_pods() {
    // m5.4xlarge: 16 vCPUs, 64 GiB; 50 % of both is 8 cores and 32 GiB, times 0.75 and 1.2: 6 and 38.4.
    let environment = environment(vec![instance("i-a", "m5.4xlarge"), instance("i-b", "m5.4xlarge")]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![50.0; 100]),
        series("i-b", Metric::CpuPercent, vec![50.0; 100]),
        series("i-a", Metric::MemoryPercent, vec![50.0; 100]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    // 38.4 GiB fit no node, so they are split into pods of at most half of the 13,526 MiB of one: six.
    assert_eq!((sizing.replicas.pods_per_instance, sizing.replicas.full_load), (6, 12));
    assert_eq!(sizing.requests.cpu, Millicores(1000), "6 / 6");
    assert_eq!(sizing.requests.memory, Bytes::from_mebibytes(6_560), "6.4 GiB, up to the next 32 MiB");
    assert!(sizing.requests.fits(ROOM));
    assert!(sizing.flags.contains(&Flag::Split));
    let strict = policy::read("p", "[sizing]\nmax_split = 5\n").expect("valid");
    assert!(matches!(size_with(&environment, &series, 100, &strict), Err(Unsized::TooLarge { max_split: 5, .. })));
}

#[test]
fn what_nobody_knows_is_refused_not_guessed() {
    let unknown = environment(vec![instance("i-a", "x99.huge")]);
    assert_eq!(size_of(&unknown, &[], 100), Err(Unsized::UnknownInstanceType("x99.huge".to_owned())));
    let silent = environment(vec![instance("i-a", "m5.large")]);
    assert_eq!(size_of(&silent, &[], 100), Err(Unsized::NoCpuHistory { expected: 100, rejected: 0 }));
    let all_gaps = [series("i-a", Metric::CpuPercent, vec![f32::NAN; 100])];
    assert_eq!(size_of(&silent, &all_gaps, 100), Err(Unsized::NoCpuHistory { expected: 100, rejected: 0 }));
    assert_eq!(size_of(&environment(Vec::new()), &[], 100), Err(Unsized::NoInstances));
}

#[test]
fn demand_that_was_cut_off_is_named() {
    let environment = environment(vec![instance("i-a", "t2.small")]);
    let series = [
        series("i-a", Metric::CpuPercent, mostly(20.0, 100, &[99.0, 100.0])),
        series("i-a", Metric::MemoryPercent, mostly(50.0, 100, &[97.0])),
        series("i-a", Metric::CpuCreditBalance, mostly(30.0, 100, &[0.0, 0.0])),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    // 0.75 times the peak is less than what it had on the one day seen.
    let expected = [Flag::ThinHistory, Flag::OftenOverRequest, Flag::SaturatedCpu, Flag::CreditsExhausted, Flag::MemoryAtCeiling];
    assert_eq!(sizing.flags, expected);
    // 97 % of 2048 MiB times 1.2 would be more than the machine has: its memory is the bound.
    assert_eq!(sizing.requests.memory, Bytes::from_gibibytes(2));
    // The ranges go on: to all of the t2's 850m, which it had no credits for, and to 97 % of 2048 MiB times 1.2.
    assert_eq!(sizing.evidence.cpu.range.1, Millicores(850));
    assert_eq!(sizing.evidence.memory.range.1, Bytes::from_mebibytes(2_384));
    assert_eq!(sizing.evidence.cpu.better_with, [Improvement::LoadTest, Improvement::LongerHistory]);
}

#[test]
fn a_group_average_is_used_where_there_is_nothing_better_and_marked() {
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large")]);
    let series =
        [series("environment", Metric::CpuPercent, vec![30.0; 100]), series("environment", Metric::MemoryPercent, vec![40.0; 100])];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!(sizing.evidence.cpu.mean, Millicores(600));
    assert!(sizing.flags.contains(&Flag::GroupAverageOnly));
}

#[test]
fn a_group_average_stands_for_as_many_instances_as_ran_at_the_time() {
    // Four in the first half, two today, 50 % all the time: 4 cores in the first half, shared by two replicas.
    let gone = |id: &str| Instance { launched_at: Some(at(0)), terminated_at: Some(at(50)), ..instance(id, "m5.large") };
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large"), gone("i-c"), gone("i-d")]);
    let sizing = size_of(&environment, &[series("environment", Metric::CpuPercent, vec![50.0; 100])], 100).expect("sizable");
    assert_eq!((sizing.evidence.cpu.p99, sizing.evidence.cpu.mean), (Millicores(2000), Millicores(1500)));
    assert_eq!((sizing.evidence.cpu.present_samples, sizing.evidence.cpu.expected_samples), (100, 100));
}

#[test]
fn all_pieces_and_resolutions_of_a_metric_are_used() {
    // Busy in the first half, which is a series of its own; the last 20 slots again, minute by minute: of
    // all the series it has most samples, and would tell of an idle app.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let late = Series { start: at(50), ..series("i-a", Metric::CpuPercent, vec![10.0; 50]) };
    let fine = Series { start: at(80), period_seconds: 60, ..series("i-a", Metric::CpuPercent, vec![20.0; 100]) };
    let series = [series("i-a", Metric::CpuPercent, vec![60.0; 50]), late, fine];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!((sizing.evidence.cpu.present_samples, sizing.evidence.cpu.expected_samples), (100, 100));
    // 50 x 1.2, 30 x 0.2 and 20 x 0.4 cores.
    assert_eq!((sizing.evidence.cpu.p99, sizing.evidence.cpu.mean), (Millicores(1200), Millicores(740)));
}

#[test]
fn the_source_that_knows_most_of_the_time_is_the_one_that_is_used() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let agent = |samples| Series { source: "agent".to_owned(), ..series("i-a", Metric::CpuPercent, samples) };
    let sizing = size_of(&environment, &[agent(vec![90.0; 40]), series("i-a", Metric::CpuPercent, vec![10.0; 100])], 100);
    assert_eq!(sizing.expect("sizable").evidence.cpu.sources, ["test InstanceId"]);
}

#[test]
fn a_few_maxima_do_not_hide_the_peak_of_the_averages() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let maxima = Series { statistic: "maximum".to_owned(), start: at(90), ..series("i-a", Metric::MemoryPercent, vec![30.0; 10]) };
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        series("i-a", Metric::MemoryPercent, mostly(20.0, 100, &[50.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0])),
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
    assert_eq!(size_of(&environment, &series, 100).expect("sizable").requests.memory, Bytes::from_gibibytes(12));
}

#[test]
fn days_over_the_request_are_counted_on_the_history_itself() {
    // Three days of 288 slots; on one of them 5 slots (1.7 %) are far above everything else.
    let environment = environment(vec![instance("i-a", "m5.xlarge")]);
    let mut samples = vec![10.0; 3 * 288];
    samples[300..305].fill(80.0);
    let sizing = size_of(&environment, &[series("i-a", Metric::CpuPercent, samples)], 3 * 288).expect("sizable");
    assert_eq!((sizing.evidence.cpu.days_over_request, sizing.evidence.cpu.days_observed), (1, 3));
    assert!((sizing.evidence.cpu.days_over_request_at_most - 0.8646).abs() < 2e-4, "{}", sizing.evidence.cpu.days_over_request_at_most);
}

#[test]
fn floors_and_limits_hold() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let series = [series("i-a", Metric::CpuPercent, vec![0.0; 100]), series("i-a", Metric::MemoryPercent, vec![0.1; 100])];
    let text = "[sizing]\ncpu_limit = \"2\"\n";
    let sizing = size_with(&environment, &series, 100, &policy::read("p", text).expect("valid")).expect("sizable");
    // A machine that did nothing counts as a hundredth of its CPU (times 0.75) and a tenth of its memory (times 1.2).
    assert_eq!(sizing.requests, Resources { cpu: Millicores(50), memory: Bytes::from_mebibytes(992) });
    assert_eq!(sizing.limits, Limits { cpu_millicores: Some(Millicores(100)), memory_bytes: Bytes::from_mebibytes(992) });
    assert_eq!(sizing.replicas.full_load, 2, "production is never under two");
}

#[test]
fn an_instance_whose_memory_is_silent_is_missed_and_marked() {
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large")]);
    let series = [
        series("i-a", Metric::CpuPercent, vec![10.0; 100]),
        series("i-b", Metric::CpuPercent, vec![10.0; 100]),
        series("i-a", Metric::MemoryPercent, vec![25.0; 100]),
    ];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!((sizing.evidence.memory.present_samples, sizing.evidence.memory.expected_samples), (100, 200));
    assert!(sizing.flags.contains(&Flag::SilentInstances));
}

#[test]
fn memory_that_began_late_does_not_look_complete() {
    // CPU for the whole time, memory for its last tenth: the instance lived all along.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let mut late = vec![f32::NAN; 90];
    late.extend([25.0; 10]);
    let series = [series("i-a", Metric::CpuPercent, vec![10.0; 100]), series("i-a", Metric::MemoryPercent, late)];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!((sizing.evidence.memory.present_samples, sizing.evidence.memory.expected_samples), (10, 100));
    assert!(sizing.flags.contains(&Flag::LowCoverage));
}

#[test]
fn a_scale_in_at_the_moment_of_collecting_costs_no_replicas() {
    let mut environment = environment(vec![instance("i-a", "m5.large")]);
    let group = |min, desired| Some(AutoScalingGroup { name: "group".to_owned(), min, max: 9, desired });
    let cpu = [series("i-a", Metric::CpuPercent, vec![10.0; 100])];
    environment.auto_scaling_group = group(3, 4);
    assert_eq!(size_of(&environment, &cpu, 100).expect("sizable").replicas.full_load, 4);
    environment.instances.clear();
    assert_eq!(size_of(&environment, &cpu, 100), Err(Unsized::InstancesMissing { wanted: 4 }));
    environment.auto_scaling_group = group(0, 0);
    assert_eq!(size_of(&environment, &cpu, 100), Err(Unsized::NoInstances));
}

#[test]
fn requests_that_are_often_too_small_are_marked() {
    // Every day has twenty slots (7 %) of 80 %. A fleet whose weeks needed all of the highest sample requests
    // it; one whose weeks needed half of it misses the burst every day.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let day: Vec<f32> = (0..288).map(|slot| if slot < 20 { 80.0 } else { 10.0 }).collect();
    let series = [series("i-a", Metric::CpuPercent, day.repeat(20))];
    let policy = policy::defaults().expect("the shipped policy");
    let case = Case {
        environment: &environment,
        series: &series,
        window: window(20 * 288),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
    };
    let profile = Profile::of(&case, &policy).expect("sizable");
    let sized = |cpu| size(&case, &profile, &calibrated(cpu, 1.2), Records::default(), &policy).expect("sizable");
    let calm = sized(1.0);
    assert!(!calm.flags.contains(&Flag::OftenOverRequest));
    let tight = sized(0.5);
    assert!(tight.flags.contains(&Flag::OftenOverRequest), "{:?}", tight.flags);
}

#[test]
fn a_machine_of_another_generation_does_other_work() {
    // A t2.medium's vCPU does 0.85 of a c5's: 50 % of two are 0.85 cores, times 0.75.
    let environment = environment(vec![instance("i-a", "t2.medium")]);
    let series = [series("i-a", Metric::CpuPercent, vec![50.0; 100])];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    assert_eq!((sizing.evidence.cpu.peak, sizing.requests.cpu), (Millicores(850), Millicores(640)));
    // On a node of the same generation it is the same again.
    let same = policy::read("p", "[nodes]\ninstance_type = \"m4.2xlarge\"\n").expect("valid");
    assert_eq!(size_with(&environment, &series, 100, &same).expect("sizable").evidence.cpu.peak, Millicores(1000));
    let own = policy::read("p", "[cpu_speed]\nt2 = 0.5\n").expect("valid");
    assert_eq!(size_with(&environment, &series, 100, &own).expect("sizable").evidence.cpu.peak, Millicores(500));
}

#[test]
fn only_the_last_days_are_fitted_but_memory_forgets_nothing() {
    // 30 days; a peak of both on the second day.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let day = 288;
    let with_peak = |usual: f32, peak: f32| {
        let mut samples = vec![usual; 30 * day];
        samples[day] = peak;
        samples
    };
    let series = [series("i-a", Metric::CpuPercent, with_peak(20.0, 90.0)), series("i-a", Metric::MemoryPercent, with_peak(20.0, 60.0))];
    let sizing = size_of(&environment, &series, 30 * 288).expect("sizable");
    assert_eq!(sizing.requests.cpu, Millicores(300), "20 % of two vCPUs, times 0.75");
    assert_eq!(sizing.evidence.cpu.peak, Millicores(1800), "and the peak is told");
    assert_eq!(sizing.requests.memory, Bytes::from_mebibytes(4928), "60 % of 8 GiB, as seen once: 4915.2 MiB");
    assert_eq!((sizing.evidence.fit_days, sizing.evidence.cpu.grade, sizing.evidence.memory.grade), (14, Grade::A, Grade::A));
}

#[test]
fn a_level_shift_leaves_out_what_was_before_it() {
    // Until eight days ago three times as busy.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let mut samples = vec![60.0; 22 * 288];
    samples.extend(vec![20.0; 8 * 288]);
    let sizing = size_of(&environment, &[series("i-a", Metric::CpuPercent, samples)], 30 * 288).expect("sizable");
    assert_eq!(sizing.requests.cpu, Millicores(300));
    assert_eq!(sizing.evidence.cpu.days_before_shift, 6);
    assert!(sizing.flags.contains(&Flag::LevelShift), "{:?}", sizing.flags);
}

#[test]
fn a_few_days_on_a_new_level_are_a_c() {
    // Until eight days ago a third as busy: not a quiet time, and fewer days than the rule is fitted on.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let samples = [vec![20.0; 22 * 288], vec![60.0; 8 * 288]].concat();
    let sizing = size_of(&environment, &[series("i-a", Metric::CpuPercent, samples)], 30 * 288).expect("sizable");
    assert!(sizing.flags.contains(&Flag::LevelShift) && !sizing.flags.contains(&Flag::QuietOfLate), "{:?}", sizing.flags);
    assert_eq!((sizing.evidence.cpu.grade, sizing.evidence.cpu.better_with), (Grade::C, vec![Improvement::LongerHistory]));
}

#[test]
fn an_app_that_has_gone_quiet_is_told_and_no_a() {
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let of_days = |busy: usize, quiet: usize| {
        let samples = [vec![40.0; busy * 288], vec![1.0; quiet * 288]].concat();
        size_of(&environment, &[series("i-a", Metric::CpuPercent, samples)], 60 * 288).expect("sizable")
    };
    // The 14 days that the request is made from are all quiet.
    let quiet = of_days(40, 20);
    assert!(quiet.flags.contains(&Flag::QuietOfLate), "{:?}", quiet.flags);
    assert_eq!((quiet.evidence.cpu.grade, quiet.evidence.cpu.better_with), (Grade::C, vec![Improvement::LoadTest]));
    let steady = of_days(60, 0);
    assert!(!steady.flags.contains(&Flag::QuietOfLate), "{:?}", steady.flags);
    assert_eq!(steady.evidence.cpu.grade, Grade::A);
}

#[test]
fn a_saturated_cpu_may_need_more_than_the_machine_had() {
    // Half of the time at 100 % of one vCPU: the fleet's factor of 2 is not cut off at the machine.
    let environment = environment(vec![instance("i-a", "t2.small")]);
    let samples: Vec<f32> = (0..1000_u16).map(|slot| (f32::from(slot) / 5.0).min(100.0)).collect();
    let series = [series("i-a", Metric::CpuPercent, samples)];
    let case = Case {
        environment: &environment,
        series: &series,
        window: window(1000),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
    };
    let policy = policy::defaults().expect("the shipped policy");
    let profile = Profile::of(&case, &policy).expect("sizable");
    let sizing = size(&case, &profile, &calibrated(2.0, 1.2), Records::default(), &policy).expect("sizable");
    assert_eq!(sizing.requests.cpu, Millicores(1700), "0.85 cores of a t2, twice");
    assert_eq!(sizing.evidence.cpu.grade, Grade::C);
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
    let series = [series("i-a", Metric::CpuPercent, vec![10.0; 100]), series("i-a", Metric::MemoryPercent, vec![25.0; 100])];
    let sizing = size_of(&environment, &series, 100).expect("sizable");
    // 4 GiB and 35 %: 5529.6 MiB, up to the next 32.
    assert_eq!(sizing.requests.memory, Bytes::from_mebibytes(5536));
    let story = sizing.reasons.iter().find(|reason| reason.number == Number::MemoryRequest).expect("a reason");
    assert!(story.steps.iter().any(|step| step.rule.to_string().contains("Xmx 4g")), "{story:?}");
}

#[test]
fn a_worker_scales_on_its_queue() {
    let mut environment = environment(vec![instance("i-a", "m5.large")]);
    environment.tier = "Worker".to_owned();
    let sizing = size_of(&environment, &[series("i-a", Metric::CpuPercent, vec![10.0; 100])], 100).expect("sizable");
    // Two on each of two clusters.
    assert_eq!((sizing.autoscaling.scaler, sizing.autoscaling.min, sizing.autoscaling.max), (Scaler::Queue, 4, 4));
}

#[test]
fn what_a_load_test_found_wins_over_history() {
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large")]);
    let series = [series("i-a", Metric::CpuPercent, vec![20.0; 100]), series("i-a", Metric::MemoryPercent, vec![25.0; 100])];
    let text = "[calibrated.\"search-prod\"]\nreplicas = 5\ncpu_request = \"700m\"\nmemory_request = \"3Gi\"\n";
    let sizing = size_with(&environment, &series, 100, &policy::read("p", text).expect("valid")).expect("sizable");
    assert_eq!(sizing.requests, Resources { cpu: Millicores(700), memory: Bytes::from_gibibytes(3) });
    assert_eq!((sizing.replicas.full_load, sizing.limits.memory_bytes), (5, Bytes::from_gibibytes(3)));
    let (cpu, memory) = (sizing.evidence.cpu.range, sizing.evidence.memory.range);
    assert!(cpu.1 >= sizing.requests.cpu && memory.1 >= sizing.requests.memory, "a range holds its number: {cpu:?} {memory:?}");
    for number in [Number::CpuRequest, Number::MemoryRequest, Number::Replicas] {
        let reason = sizing.reasons.iter().find(|reason| reason.number == number).expect("a reason");
        assert!(reason.steps.iter().any(|step| step.policy.as_deref() == Some("calibrated")), "{reason:?}");
    }
}

#[test]
fn weeks_are_tried_on_the_series_that_is_sized() {
    // Two instances take turns: each is busy on every other day, the busiest of them always. Three weeks make one
    // week with a known end, of one replica; and what the replica is requested for is what was judged.
    let environment = environment(vec![instance("i-a", "m5.large"), instance("i-b", "m5.large")]);
    let turns = |odd: usize, level: f32| -> Vec<f32> {
        (0..21_usize).flat_map(|day| vec![if day % 2 == odd { level } else { 10.0 }; 288]).collect()
    };
    let series = [
        series("i-a", Metric::CpuPercent, turns(0, 40.0)),
        series("i-b", Metric::CpuPercent, turns(1, 60.0)),
        series("i-a", Metric::MemoryPercent, turns(0, 50.0)),
    ];
    let case = Case {
        environment: &environment,
        series: &series,
        window: window(21 * 288),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
    };
    let profile = Profile::of(&case, &policy::defaults().expect("the shipped policy")).expect("sizable");
    let [cpu, memory] = profile.trials() else { panic!("one week of each: {:?}", profile.trials()) };
    assert_eq!((cpu.resource, memory.resource), (Resource::Cpu, Resource::Memory));
    // 60 % of two vCPUs before and after; 50 % of 8 GiB.
    assert!((cpu.score() - 1.0).abs() < 1e-6 && (cpu.needed - 1.2).abs() < 1e-6, "{cpu:?}");
    assert!((memory.score() - 1.0).abs() < 1e-6, "{memory:?}");
    // A group's average is nobody's use.
    let group = [Series { subject: Subject::Environment, ..series[0].clone() }];
    let of_group = Profile::of(&Case { series: &group, ..case }, &policy::defaults().expect("the shipped policy")).expect("sizable");
    assert!(of_group.trials().is_empty());
}

#[test]
fn apps_that_are_busy_at_other_hours_share_their_peaks() {
    // One uses 2 x 50 % of m5.large in the first half, the other in the second, else 10 %.
    let environment = environment(vec![instance("i-a", "m5.large")]);
    let policy = policy::defaults().expect("the shipped policy");
    let busy = |hours: std::ops::Range<usize>| {
        let samples = (0..96_usize).map(|slot| if hours.contains(&slot) { 50.0 } else { 10.0 }).collect();
        let series = [series("i-a", Metric::CpuPercent, samples)];
        let case = Case {
            environment: &environment,
            series: &series,
            window: window(96),
            stage: Stage::Production,
            node_room: ROOM,
            node_architecture: Architecture::Amd64,
        };
        Profile::of(&case, &policy).expect("sizable")
    };
    let profiles = [busy(0..48), busy(48..96)];
    let together = Coincidence::of(profiles.iter());
    assert_eq!(together, Coincidence { sum_of_peaks: Millicores(2_000), peak_of_sum: Millicores(1_200) });
    assert!((together.overstated() - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(Coincidence::of(std::iter::empty()).overstated(), 0.0);
}
