//! The sample is what it claims to be, and comes back from the disk as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::catalog::{InstanceTypes, OperatingSystem};
use crate::snapshot::{Metric, Snapshot, Subject};

fn short(environments: u32, days: u32) -> Recipe {
    Recipe {
        environments,
        days,
        ..Recipe::default()
    }
}

/// The environment of that case in the default fleet, with its history.
fn made(peculiarity: Peculiarity) -> (Environment, Vec<Series>) {
    let number = (0..)
        .zip(Case::written_down())
        .find(|(_, case)| case.peculiarity == peculiarity)
        .expect("each case is written down")
        .0;
    environment(&Recipe::default(), number)
}

fn of_metric(series: &[Series], metric: &Metric) -> Vec<Series> {
    series
        .iter()
        .filter(|series| series.metric == *metric)
        .cloned()
        .collect()
}

fn share(series: &Series, is_so: impl Fn(f32) -> bool) -> f64 {
    let present: Vec<f32> = series.present().map(|(_, value)| value).collect();
    present.iter().filter(|&&value| is_so(value)).count() as f64 / present.len() as f64
}

fn mean(series: &Series) -> f64 {
    let present: Vec<f64> = series
        .present()
        .map(|(_, value)| f64::from(value))
        .collect();
    present.iter().sum::<f64>() / present.len() as f64
}

/// Bit by bit, so that a gap equals a gap.
fn bits(series: &Series) -> Vec<u32> {
    series
        .samples
        .iter()
        .map(|sample| {
            if sample.is_nan() {
                f32::NAN.to_bits()
            } else {
                sample.to_bits()
            }
        })
        .collect()
}

fn assert_same(one: &Series, other: &Series) {
    let facts = |series: &Series| Series {
        samples: Vec::new(),
        ..series.clone()
    };
    assert_eq!(facts(one), facts(other));
    assert_eq!(
        bits(one),
        bits(other),
        "samples of {:?} {:?}",
        one.subject,
        one.metric
    );
}

fn written(recipe: &Recipe) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_snapshot(recipe, folder.path()).expect("it can be written");
    folder
}

/// By key, subject, metric and statistic, as the file orders them.
fn read_back(folder: &Path) -> (Snapshot, BTreeMap<EnvironmentKey, Vec<Series>>) {
    let snapshot = Snapshot::read(folder).expect("it can be read");
    let history = snapshot
        .history
        .summarise(|_, series| series, &|_| ())
        .expect("the history can be read");
    (snapshot, history)
}

/// The value that an environment was given.
fn option<'a>(environment: &'a Environment, namespace: &str, name: &str) -> Option<&'a str> {
    environment
        .option_settings
        .iter()
        .find(|setting| setting.namespace == namespace && setting.name == name)
        .and_then(|setting| setting.value.as_deref())
}

#[test]
fn the_default_fleet_has_the_cases_of_a_real_one() {
    let (_, inventory) = facts(&Recipe::default());
    let live: Vec<_> = inventory
        .environments
        .iter()
        .filter(|environment| !environment.is_terminated())
        .collect();
    assert_eq!((live.len(), inventory.environments.len()), (24, 25));
    assert!(
        live.iter()
            .all(|environment| environment.running_instances().count() >= 2)
    );
    let staging = live
        .iter()
        .filter(|environment| {
            environment
                .tags
                .get("Stack")
                .is_some_and(|stack| stack == "staging")
        })
        .count();
    assert_eq!(staging, 7);
    assert_eq!(
        live.iter()
            .filter(|environment| environment.operating_system() == OperatingSystem::Windows)
            .count(),
        3
    );
    assert_eq!(
        live.iter()
            .filter(|environment| environment.tier == "Worker")
            .count(),
        3
    );
    let platforms: BTreeSet<_> = live
        .iter()
        .map(|environment| &environment.platform)
        .collect();
    assert_eq!(platforms.len(), 7);
    let balancers = live
        .iter()
        .flat_map(|environment| &environment.load_balancers);
    let shared: Vec<_> = balancers
        .filter(|balancer| balancer.shared)
        .map(|balancer| &balancer.name)
        .collect();
    assert_eq!(
        (shared.len(), shared[0]),
        (2, shared[1]),
        "one load balancer, in front of several"
    );
}

#[test]
fn environments_are_coherent() {
    let (_, inventory) = facts(&short(100, 9));
    for environment in inventory
        .environments
        .iter()
        .filter(|environment| !environment.is_terminated())
    {
        let name = &environment.name;
        let running: Vec<_> = environment.running_instances().collect();
        let group = environment.auto_scaling_group.as_ref().expect("a group");
        assert_eq!(running.len(), group.desired as usize, "{name}");
        assert!(
            group.min <= group.desired && group.desired <= group.max,
            "{name}"
        );
        assert_eq!(
            option(environment, "aws:autoscaling:asg", "MinSize"),
            Some(group.min.to_string().as_str())
        );
        assert_eq!(
            option(environment, "aws:autoscaling:asg", "MaxSize"),
            Some(group.max.to_string().as_str())
        );
        assert_eq!(
            option(
                environment,
                "aws:elasticbeanstalk:environment",
                "EnvironmentType"
            ),
            Some("LoadBalanced")
        );
        for instance in &environment.instances {
            assert!(
                InstanceTypes::embedded()
                    .get(&instance.instance_type)
                    .is_some(),
                "{}",
                instance.instance_type
            );
            assert_eq!(
                option(environment, "aws:ec2:instances", "InstanceTypes"),
                Some(instance.instance_type.as_str())
            );
        }
        let is_worker = environment.tier == "Worker";
        assert_eq!(environment.load_balancers.is_empty(), is_worker, "{name}");
        assert_eq!(environment.queues.len(), usize::from(is_worker), "{name}");
        let kind = environment
            .load_balancers
            .first()
            .map(|balancer| balancer.kind.as_str());
        assert_eq!(
            option(
                environment,
                "aws:elasticbeanstalk:environment",
                "LoadBalancerType"
            ),
            kind
        );
        assert!(
            (40..=64).contains(&environment.option_settings.len()),
            "{name}: {}",
            environment.option_settings.len()
        );
        for setting in &environment.option_settings {
            let is_variable = setting.namespace.ends_with(":application:environment")
                || setting.name == "EnvironmentVariables";
            assert_eq!(setting.redacted, is_variable, "{}", setting.name);
            assert!(!setting.redacted || setting.value.is_none());
        }
        let identities: BTreeSet<_> = environment
            .option_settings
            .iter()
            .map(|setting| (&setting.namespace, &setting.name, &setting.resource))
            .collect();
        assert_eq!(
            identities.len(),
            environment.option_settings.len(),
            "{name} says each setting once"
        );
    }
}

#[test]
fn most_of_it_idles_in_a_daily_rhythm() {
    let recipe = short(24, 14);
    let ordinary = (0..)
        .zip(Case::written_down())
        .filter(|(_, case)| case.peculiarity == Peculiarity::None);
    for (number, case) in ordinary {
        let (environment, series) = environment(&recipe, number);
        for cpu in of_metric(&series, &Metric::CpuPercent) {
            let mean = mean(&cpu);
            assert!(
                (1.5..=12.0).contains(&mean),
                "{}: mean {mean}",
                environment.name
            );
            // The grid begins at 09:00 in Japan: slot 36 is noon, slot 228 is 04:00.
            let at = |slot: usize| {
                (0..5)
                    .filter_map(|day| cpu.samples.get(288 * day + slot))
                    .filter(|value| !value.is_nan())
                    .sum::<f32>()
            };
            assert!(
                case.rhythm == case::Rhythm::Nightly || at(36) > 1.5 * at(228),
                "{} rests at night",
                environment.name
            );
        }
    }
}

#[test]
fn a_spiky_one_has_rare_high_peaks() {
    for cpu in of_metric(&made(Peculiarity::Spiky).1, &Metric::CpuPercent) {
        let high = share(&cpu, |value| value > 40.0);
        assert!(high > 0.0 && high < 0.02, "{high}");
    }
}

#[test]
fn a_saturated_one_wants_more_than_it_has_for_hours() {
    for cpu in of_metric(&made(Peculiarity::SaturatedCpu).1, &Metric::CpuPercent) {
        assert!(share(&cpu, |value| value > 95.0) > 0.10);
        let longest = cpu
            .samples
            .split(|&value| value < 99.0)
            .map(<[f32]>::len)
            .max();
        assert!(
            longest > Some(24),
            "two hours and more without a pause: {longest:?}"
        );
    }
}

#[test]
fn a_memory_bound_one_uses_nearly_all_that_it_has() {
    for memory in of_metric(&made(Peculiarity::MemoryBound).1, &Metric::MemoryPercent) {
        assert!(share(&memory, |value| (85.0..=95.0).contains(&value)) > 0.95);
    }
}

#[test]
fn one_has_no_memory_series_and_two_days_are_two_days() {
    let (environment, series) = made(Peculiarity::NoMemory);
    assert!(
        of_metric(&series, &Metric::MemoryPercent).is_empty()
            && !of_metric(&series, &Metric::CpuPercent).is_empty()
    );
    let gaps = &facts(&Recipe::default()).0.scopes[0].gaps;
    assert!(
        gaps.iter().any(|gap| gap.what.contains(&environment.name)),
        "the manifest says so"
    );

    let (_, series) = made(Peculiarity::TwoDays);
    assert!(series.iter().all(|series| series.samples.len() == 2 * 288));
    let end = series[0].start.as_second() + 2 * 86_400;
    assert_eq!(end, Recipe::default().end.as_second());
}

#[test]
fn credits_run_out_and_hold_the_cpu_to_its_baseline() {
    let (environment, series) = made(Peculiarity::CreditsExhausted);
    let baseline = credits::Credits::of(&environment.instances[0].instance_type)
        .expect("a T type")
        .baseline();
    let balances = of_metric(&series, &Metric::CpuCreditBalance);
    let cpus = of_metric(&series, &Metric::CpuPercent);
    assert_eq!(balances.len(), environment.instances.len());
    for (balance, cpu) in balances.iter().zip(&cpus) {
        assert_eq!(balance.subject, cpu.subject);
        let empty = share(balance, |left| left == 0.0);
        assert!(empty > 0.05 && empty < 0.9, "{empty}");
        let pinned = balance
            .samples
            .iter()
            .zip(&cpu.samples)
            .skip(1)
            .zip(&balance.samples);
        for ((left, used), before) in pinned
            .filter(|((left, used), before)| **left == 0.0 && **before == 0.0 && !used.is_nan())
        {
            assert!(
                f64::from(*used) <= baseline + 0.1,
                "{used} % with {left} credits after {before}"
            );
        }
    }
    let healthy = environment_of_a_t3();
    assert!(
        of_metric(&healthy, &Metric::CpuCreditBalance)
            .iter()
            .all(|series| share(series, |left| left < 100.0) == 0.0)
    );
}

fn environment_of_a_t3() -> Vec<Series> {
    let number = (0..)
        .zip(Case::written_down())
        .find(|(_, case)| case.instance_type == "t3.medium")
        .expect("a t3")
        .0;
    environment(&Recipe::default(), number).1
}

#[test]
fn one_scaled_on_saturdays() {
    let (environment, series) = made(Peculiarity::Scaled);
    let past: Vec<_> = environment
        .instances
        .iter()
        .filter(|instance| instance.terminated_at.is_some())
        .collect();
    assert_eq!(past.len(), 9 * 2, "nine Saturdays");
    for instance in past {
        let cpu = series.iter().find(|series| {
            series.metric == Metric::CpuPercent
                && series.subject == Subject::Instance(instance.id.clone())
        });
        let cpu = cpu.expect("the past has a history");
        assert_eq!(
            (Some(cpu.start), cpu.samples.len()),
            (instance.launched_at, 7 * 12)
        );
    }
    let counts = of_metric(&series, &Metric::Other("instances".to_owned()));
    assert_eq!(
        (share(&counts[0], |count| count == 4.0) * 18_144.0).round(),
        9.0 * 84.0
    );
    assert!(
        counts[0]
            .samples
            .iter()
            .all(|&count| count == 2.0 || count == 4.0)
    );
}

#[test]
fn the_largest_does_not_fit_a_c5_2xlarge() {
    let (environment, series) = made(Peculiarity::LargeMemory);
    let memory = InstanceTypes::embedded()
        .get(&environment.instances[0].instance_type)
        .expect("known")
        .memory;
    for series in of_metric(&series, &Metric::MemoryPercent) {
        // Its peak with a margin of 20 % is more than the 13.2 GiB that a c5.2xlarge has for apps.
        let peak = series
            .present()
            .map(|(_, percent)| f64::from(percent))
            .fold(0.0, f64::max);
        assert!(peak / 100.0 * memory.gibibytes() * 1.2 > 13.3);
    }
}

#[test]
fn one_has_group_metrics_only_and_one_is_partial() {
    let (_, series) = made(Peculiarity::GroupMetrics);
    assert!(
        !series.is_empty()
            && series
                .iter()
                .all(|series| series.subject == Subject::Environment)
    );
    let (_, series) = made(Peculiarity::PartialSeries);
    assert_eq!(
        series
            .iter()
            .filter(|series| !series.status.is_complete())
            .count(),
        1
    );
}

#[test]
fn some_series_have_gaps_and_most_samples_are_there() {
    let fleet = fleet(&short(24, 14));
    let with_gaps = fleet
        .series
        .iter()
        .filter(|(_, series)| series.samples.iter().any(|sample| sample.is_nan()))
        .count();
    assert!(
        with_gaps > 20 && with_gaps < fleet.series.len() * 3 / 4,
        "{with_gaps} of {}",
        fleet.series.len()
    );
    assert!(
        fleet
            .series
            .iter()
            .all(|(_, series)| share(series, |_| true) > 0.0)
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_fleet() {
    let (one, other) = (written(&short(30, 2)), written(&short(30, 2)));
    for name in ["manifest.json", "inventory.json", "metrics.parquet"] {
        assert_eq!(bytes(&one, name), bytes(&other, name), "{name}");
    }
    let another = written(&Recipe {
        seed: 2,
        ..short(30, 2)
    });
    assert_ne!(
        bytes(&one, "metrics.parquet"),
        bytes(&another, "metrics.parquet")
    );
    assert_ne!(
        bytes(&one, "inventory.json"),
        bytes(&another, "inventory.json")
    );
}

fn bytes(folder: &tempfile::TempDir, name: &str) -> Vec<u8> {
    bytes_of(&folder.path().join(name))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test looks at what was written"
)]
fn bytes_of(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("it was written")
}

#[test]
fn the_fixture_is_what_the_default_recipe_makes() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample");
    let made = written(&Recipe::default());
    for name in ["manifest.json", "inventory.json", "metrics.parquet"] {
        assert!(
            bytes(&made, name) == bytes_of(&fixture.join(name)),
            "{name} differs: make it again, or undo the change"
        );
    }
}

#[test]
fn an_environment_does_not_depend_on_the_size_of_the_fleet() {
    let (small, large) = (fleet(&short(3, 3)), fleet(&short(30, 3)));
    assert_eq!(
        small.inventory.environments[..3],
        large.inventory.environments[..3]
    );
    for (key, series) in &small.series {
        let same = |(other_key, other): &&(EnvironmentKey, Series)| {
            other_key == key && other.subject == series.subject && other.metric == series.metric
        };
        assert_same(
            series,
            &large
                .series
                .iter()
                .find(same)
                .expect("in the large one too")
                .1,
        );
    }
}

#[test]
fn one_thread_and_many_make_the_same() {
    let alone = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool");
    let many = rayon::ThreadPoolBuilder::new()
        .num_threads(4)
        .build()
        .expect("a pool");
    let (one, other) = (
        alone.install(|| written(&short(26, 1))),
        many.install(|| written(&short(26, 1))),
    );
    assert_eq!(
        bytes(&one, "metrics.parquet"),
        bytes(&other, "metrics.parquet")
    );
}

#[test]
fn what_was_written_is_what_is_read() {
    let recipe = short(26, 9);
    let folder = written(&recipe);
    let (snapshot, mut history) = read_back(folder.path());
    let fleet = fleet(&recipe);
    assert_eq!(snapshot.manifest, fleet.manifest);
    assert_eq!(snapshot.inventory, fleet.inventory);
    let mut compared = 0;
    for (key, series) in &fleet.series {
        let read = history.get_mut(key).expect("the environment has a history");
        let at = read
            .iter()
            .position(|other| (&other.subject, &other.metric) == (&series.subject, &series.metric))
            .expect("the series");
        assert_same(series, &read.remove(at));
        compared += series.samples.len();
    }
    assert!(history.values().all(Vec::is_empty), "nothing was added");
    assert!(compared > 300_000);
}

#[test]
fn both_writers_write_the_same_file() {
    let recipe = short(26, 1);
    let folder = written(&recipe);
    let other = tempfile::tempdir().expect("a temporary folder");
    snapshot::write_metrics(&other.path().join("metrics.parquet"), fleet(&recipe).series)
        .expect("it can be written");
    assert_eq!(
        bytes(&folder, "metrics.parquet"),
        bytes(&other, "metrics.parquet")
    );
}

#[test]
fn fleets_of_one_and_of_two_hundred() {
    for environments in [1, 200] {
        let recipe = short(environments, 1);
        let (snapshot, history) = read_back(written(&recipe).path());
        assert_eq!(history.len(), environments as usize);
        let names: BTreeSet<_> = snapshot
            .inventory
            .environments
            .iter()
            .map(|environment| &environment.name)
            .collect();
        assert_eq!(
            names.len(),
            environments as usize,
            "only the terminated ones share a name with a live one"
        );
    }
}

#[test]
fn the_iterator_makes_the_same_as_the_fleet() {
    let recipe = short(4, 1);
    let fleet = fleet(&recipe);
    let made: Vec<_> = environments(&recipe).collect();
    assert_eq!(
        made.iter().map(|(_, series)| series.len()).sum::<usize>(),
        fleet.series.len()
    );
    assert!(
        made.iter()
            .zip(&fleet.inventory.environments)
            .all(|((one, _), other)| one == other)
    );
}

#[test]
fn the_manifest_says_that_it_is_made_up() {
    let note = fleet(&short(1, 1)).manifest.note.expect("a note");
    assert!(
        note.starts_with("made up") && note.contains("--seed 1"),
        "{note}"
    );
}
