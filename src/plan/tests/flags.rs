//! Every mark on a sizing becomes a note, with its numbers.

use super::{Estate, HOURS, environment, noted, of, series};
use crate::plan::{Flag, Note, Plan, Severity};
use crate::snapshot::{Environment, Metric, SeriesStatus};

/// One app of one m5.large with these series.
fn measured(rows: &[(&str, Metric, Vec<f32>)]) -> Estate {
    sampled(environment("app", 1, "m5.large"), rows)
}

fn sampled(environment: Environment, rows: &[(&str, Metric, Vec<f32>)]) -> Estate {
    let mut estate = Estate::of(Vec::new());
    for (subject, metric, samples) in rows {
        estate.series.push((
            environment.key(),
            series(subject, metric.clone(), samples.clone()),
        ));
    }
    estate.environments.push(environment);
    estate
}

fn cpu(samples: Vec<f32>) -> (&'static str, Metric, Vec<f32>) {
    ("i-app-0", Metric::CpuPercent, samples)
}

fn memory(samples: Vec<f32>) -> (&'static str, Metric, Vec<f32>) {
    ("i-app-0", Metric::MemoryPercent, samples)
}

fn steady(value: f32) -> Vec<f32> {
    vec![value; HOURS]
}

/// The first `gaps` samples are missing, the last ones are `last`.
fn with(value: f32, gaps: usize, last: &[f32]) -> Vec<f32> {
    let mut samples = steady(value);
    samples[..gaps].fill(f32::NAN);
    let tail = HOURS - last.len();
    samples[tail..].copy_from_slice(last);
    samples
}

/// The only flag of the app and the only note of its code.
fn only(plan: &Plan, flag: Flag) -> Note {
    let sizing = of(plan, "app").planned().expect("it moves").1;
    assert_eq!(sizing.flags, [flag]);
    let [note] = noted(plan, flag.code())[..] else {
        panic!("one note of {}: {:?}", flag.code(), plan.notes)
    };
    assert_eq!(
        (note.severity, note.subject.to_string().as_str(), &note.hint),
        (Severity::Warning, "app", &flag.what_to_do())
    );
    note.clone()
}

#[test]
fn a_sound_history_has_no_flag() {
    let plan = measured(&[cpu(steady(20.0)), memory(steady(25.0))]).plan();
    assert_eq!(of(&plan, "app").planned().expect("it moves").1.flags, []);
}

#[test]
fn two_days_are_thin() {
    let plan = measured(&[cpu(vec![20.0; 48]), memory(vec![25.0; 48])]).plan();
    assert_eq!(only(&plan, Flag::ThinHistory).message, "2 days of history");
}

#[test]
fn more_gaps_than_samples_are_many() {
    // One sample at the start, then gaps: 100 of 336 came.
    let mut samples = with(20.0, 236, &[]);
    samples[0] = 20.0;
    let plan = measured(&[cpu(samples), memory(steady(25.0))]).plan();
    assert_eq!(
        only(&plan, Flag::LowCoverage).message,
        "101 of 336 CPU samples and 336 of 336 memory samples were reported"
    );
}

#[test]
fn a_cpu_at_its_limit_is_saturated() {
    let plan = measured(&[cpu(with(20.0, 0, &[100.0; 4])), memory(steady(25.0))]).plan();
    assert_eq!(
        only(&plan, Flag::SaturatedCpu).message,
        "the CPU was saturated; it peaked at 1000m"
    );
}

#[test]
fn what_a_saturated_instance_wanted_is_told_of_the_instance_though_it_is_split() {
    let samples = (0_u8..=255)
        .chain(0..80)
        .map(|slot| {
            if slot % 10 == 0 {
                100.0
            } else {
                f32::from(slot % 75) + 20.0
            }
        })
        .collect();
    let plan = sampled(
        environment("app", 1, "m5.4xlarge"),
        &[cpu(samples), memory(steady(50.0))],
    )
    .plan();
    let sizing = of(&plan, "app").planned().expect("it moves").1;
    let (pods, a_pod) = (
        sizing.replicas.pods_per_instance,
        sizing.evidence.cpu.wanted_at_most.expect("it was cut off"),
    );
    assert!(
        pods > 1 && a_pod < sizing.evidence.cpu.peak,
        "split, so that a pod's share is under what the instance was cut off at"
    );
    let [note] = noted(&plan, "cpu-saturated")[..] else {
        panic!("one note")
    };
    assert_eq!(
        note.message.to_string(),
        format!(
            "the CPU was saturated at 8000m; it may have wanted up to {}",
            a_pod * pods
        )
    );
    assert!(a_pod * pods > sizing.evidence.cpu.peak);
}

#[test]
fn credits_that_ran_out_are_told() {
    let credits = (
        "i-app-0",
        Metric::CpuCreditBalance,
        with(100.0, 0, &[0.5; 4]),
    );
    let plan = measured(&[cpu(steady(20.0)), memory(steady(25.0)), credits]).plan();
    assert_eq!(
        only(&plan, Flag::CreditsExhausted).message,
        "CPU credits ran out; the CPU peaked at 200m"
    );
}

#[test]
fn memory_that_nobody_reported_is_assumed() {
    let plan = measured(&[cpu(steady(20.0))]).plan();
    assert_eq!(
        only(&plan, Flag::MemoryAssumed).message,
        "memory was never reported (0 of 336 samples); 8192Mi is assumed"
    );
}

#[test]
fn memory_that_fills_the_machine_is_at_its_ceiling() {
    let plan = measured(&[cpu(steady(20.0)), memory(with(25.0, 0, &[97.0]))]).plan();
    assert_eq!(
        only(&plan, Flag::MemoryAtCeiling).message,
        "memory peaked at 7.8 of the 8.0 GiB that the instance has"
    );
}

#[test]
fn a_groups_average_is_told() {
    let plan = measured(&[
        ("environment", Metric::CpuPercent, steady(20.0)),
        memory(steady(25.0)),
    ])
    .plan();
    assert_eq!(
        only(&plan, Flag::GroupAverageOnly).message,
        "only the average of the group is known"
    );
}

#[test]
fn samples_that_cannot_be_true_are_counted() {
    // Not the last ones: what is left must not be too short as well.
    let plan = measured(&[
        cpu(with(20.0, 0, &[-1.0, 300.0, 20.0])),
        memory(with(25.0, 0, &[f32::INFINITY, 25.0])),
    ])
    .plan();
    assert_eq!(
        only(&plan, Flag::InvalidSamples).message,
        "3 samples could not be true and were left out"
    );
}

#[test]
fn a_series_that_came_in_part_is_told() {
    let mut estate = measured(&[cpu(steady(20.0)), memory(steady(25.0))]);
    estate.series[1].1.status = SeriesStatus("partial".to_owned());
    assert_eq!(
        only(&estate.plan(), Flag::PartialSeries).message,
        "some series were collected in part"
    );
}

#[test]
fn an_instance_larger_than_a_node_is_split() {
    // 50 % of 64 GiB, times 1.05: 33.6 GiB in pods of at most half of 13,526 MiB.
    let plan = sampled(
        environment("app", 1, "m5.4xlarge"),
        &[cpu(steady(20.0)), memory(steady(50.0))],
    )
    .plan();
    assert_eq!(
        only(&plan, Flag::Split).message,
        "each instance becomes 6 pods"
    );
}

#[test]
fn graviton_needs_other_images() {
    let plan = sampled(
        environment("app", 1, "m7g.large"),
        &[cpu(steady(20.0)), memory(steady(25.0))],
    )
    .plan();
    assert_eq!(
        only(&plan, Flag::OtherArchitecture).message,
        "today's instances have another architecture than the nodes"
    );
}
