//! What came out is what went in, value by value.

use std::collections::BTreeMap;

use eb2eks::sample;
use eb2eks::snapshot::{Environment, EnvironmentKey, Metric, Series, Snapshot, Subject};

use super::{Home, files, said};
use crate::fake_aws::{Answer, Estate, FakeAws, Limits, Setup, value};

const DAYS: u32 = 3;

fn setup() -> Setup {
    Setup {
        empty_first: true,
        ..Setup::new(24, DAYS)
    }
}

fn aws(setup: Setup) -> FakeAws {
    FakeAws::of(Estate::new(setup), Limits::none(), |_| Answer::Well)
}

fn series_of(snapshot: &Snapshot) -> BTreeMap<EnvironmentKey, Vec<Series>> {
    snapshot
        .history
        .summarise(|_, series| series, &|_| {})
        .expect("a history")
}

/// The series that a snapshot holds once for a subject, metric, statistic and period.
fn find<'a>(
    all: &'a [Series],
    subject: &Subject,
    metric: &Metric,
    statistic: &str,
    period: u32,
) -> Vec<&'a Series> {
    let same = |one: &&Series| {
        (
            &one.subject,
            &one.metric,
            one.statistic.as_str(),
            one.period_seconds,
        ) == (subject, metric, statistic, period)
    };
    all.iter().filter(same).collect()
}

#[test]
fn a_fleet_comes_out_as_it_went_in() {
    let aws = aws(setup());
    let home = Home::new(DAYS);
    let output = home.collect(&aws.url(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(!home.partial().exists());

    let recipe = setup().recipe;
    let snapshot = Snapshot::read(&home.out()).expect("a snapshot");
    let all = series_of(&snapshot);
    let expected: Vec<(Environment, Vec<Series>)> = sample::environments(&recipe).collect();
    assert_eq!(snapshot.inventory.environments.len(), expected.len());
    for (went_in, series) in &expected {
        let came_out = snapshot
            .inventory
            .environments
            .iter()
            .find(|one| one.key() == went_in.key())
            .expect("each environment");
        same_environment(went_in, came_out);
        let found = &all[&went_in.key()];
        for one in series
            .iter()
            .filter(|one| !matches!(one.metric, Metric::Other(_)))
        {
            for statistic in ["average", "maximum"] {
                if one.metric == Metric::CpuCreditBalance && statistic == "maximum" {
                    continue;
                }
                let same = find(found, &one.subject, &one.metric, statistic, 300);
                // Memory of an instance that is gone can be asked for only where its siblings report by id alone.
                let is_gone = |id: &str| {
                    came_out
                        .instances
                        .iter()
                        .any(|it| it.id == id && it.terminated_at.is_some())
                };
                if matches!(&one.subject, Subject::Instance(id) if is_gone(id))
                    && one.metric == Metric::MemoryPercent
                    && same.is_empty()
                {
                    continue;
                }
                assert_eq!(
                    same.len(),
                    1,
                    "{} {:?} {:?} {statistic}",
                    went_in.name,
                    one.subject,
                    one.metric
                );
                same_values(one, same[0], statistic, &went_in.name);
            }
        }
    }
    assert_eq!(snapshot.inventory.subnets.len(), 6);
    assert_eq!(
        snapshot
            .inventory
            .subnets
            .iter()
            .filter(|subnet| subnet.public)
            .count(),
        3
    );
    assert!(
        snapshot.manifest.scopes[0].is_complete() && snapshot.manifest.scopes[0].gaps.is_empty()
    );
    assert_eq!(snapshot.manifest.collected_at, recipe.end);
}

fn same_environment(went_in: &Environment, came_out: &Environment) {
    let facts = |one: &Environment| {
        let balancers: Vec<_> = one
            .load_balancers
            .iter()
            .map(|balancer| {
                (
                    balancer.kind.clone(),
                    balancer.name.clone(),
                    balancer.shared,
                )
            })
            .collect();
        (
            (
                one.application.clone(),
                one.name.clone(),
                one.tier.clone(),
                one.platform.clone(),
                one.status.clone(),
                one.health.clone(),
            ),
            (
                one.cname.clone(),
                one.version_label.clone(),
                one.tags.clone(),
                one.auto_scaling_group.clone(),
            ),
            (
                balancers,
                one.queues.clone(),
                one.root_volume_gib,
                one.option_settings.clone(),
            ),
        )
    };
    assert_eq!(facts(went_in), facts(came_out));
    let lives = |one: &Environment| {
        let mut lives: Vec<_> = one
            .instances
            .iter()
            .map(|it| {
                (
                    it.id.clone(),
                    it.instance_type.clone(),
                    it.platform.clone(),
                    it.launched_at,
                    it.terminated_at,
                )
            })
            .collect();
        lives.sort();
        lives
    };
    assert_eq!(lives(went_in), lives(came_out), "{}", went_in.name);
    assert!(
        came_out
            .instances
            .iter()
            .all(|one| one.type_assumed == one.terminated_at.is_some())
    );
}

/// By time, since a series that came out spans the instance's life and one that went in its samples.
fn same_values(went_in: &Series, came_out: &Series, statistic: &str, name: &str) {
    let at = |series: &Series, slot: usize| {
        series.start.as_second()
            + i64::try_from(slot).expect("a slot") * i64::from(series.period_seconds)
    };
    let mut known: BTreeMap<i64, f32> = came_out
        .present()
        .map(|(slot, value)| (at(came_out, slot), value))
        .collect();
    for (slot, sample) in went_in.present() {
        // What the generator says is an average, of an instance or of a group.
        let asked = if statistic == "maximum" {
            "Maximum"
        } else {
            "Average"
        };
        let expected = value(f64::from(sample), asked).expect("a value");
        let found = known
            .remove(&at(went_in, slot))
            .unwrap_or_else(|| panic!("{name}: nothing at slot {slot} of {:?}", went_in.metric));
        assert!(
            (f64::from(found) - expected).abs() < 0.006,
            "{name} {:?} slot {slot}: {found} for {expected}",
            went_in.metric
        );
    }
    assert!(
        known.is_empty(),
        "{name}: {} values that nobody reported",
        known.len()
    );
    assert!(
        ["complete", "empty"].contains(&came_out.status.0.as_str()),
        "{}",
        came_out.status.0
    );
}

#[test]
fn however_the_answers_are_cut_into_pages_the_bytes_are_the_same() {
    let mut bytes = Vec::new();
    for (page, points, empty_first) in [(1_000, 100_800, false), (1, 700, true), (3, 4_032, false)]
    {
        let aws = aws(Setup {
            page,
            points,
            empty_first,
            ..Setup::new(8, 2)
        });
        let home = Home::new(2);
        let output = home.collect(&aws.url(), &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        bytes.push(files(&home.out()));
    }
    assert!(bytes.iter().all(|one| *one == bytes[0]));
}

#[test]
fn the_group_counts_its_instances_and_the_year_is_there() {
    let aws = aws(Setup::new(8, 2));
    let home = Home::new(2);
    assert_eq!(home.collect(&aws.url(), &[]).status.code(), Some(0));
    let snapshot = Snapshot::read(&home.out()).expect("a snapshot");
    let samples = Metric::Other("cpu_samples".to_owned());
    let all = series_of(&snapshot);
    let mut counted = 0;
    for one in &snapshot.inventory.environments {
        let found = &all[&one.key()];
        let counts = find(found, &Subject::Environment, &samples, "sample_count", 300);
        let most = counts[0]
            .present()
            .map(|(_, count)| count)
            .fold(0.0, f32::max);
        let hourly = find(
            found,
            &Subject::Environment,
            &Metric::CpuPercent,
            "average",
            3_600,
        );
        assert_eq!(hourly.len(), 1, "{}", one.name);
        // Where the generator reports by group alone, it knows no count.
        if most > 1.0 {
            assert!(
                most >= one.running_instances().count() as f32,
                "{}: {most}",
                one.name
            );
            counted += 1;
        }
    }
    assert!(counted > 4);
}

#[test]
fn a_snapshot_from_the_account_can_be_planned() {
    let aws = aws(Setup::new(24, DAYS));
    let home = Home::new(DAYS);
    assert_eq!(home.collect(&aws.url(), &[]).status.code(), Some(0));
    let plan = home.folder.path().join("plan");
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_eb2eks"));
    let output = command
        .arg("plan")
        .arg(home.out())
        .arg("--out")
        .arg(&plan)
        .output()
        .expect("the program runs");
    assert!(
        matches!(output.status.code(), Some(0 | 3)),
        "{}",
        said(&output)
    );
    assert!(plan.join("plan.json").exists() && plan.join("eksctl").exists());
}

#[test]
fn filters_leave_out_by_name_application_and_tag_and_say_so() {
    let aws = aws(Setup::new(24, 1));
    let names = |more: &[&str]| {
        let home = Home::new(1);
        let output = home.collect(&aws.url(), more);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let filtered = home.manifest().scopes[0]
            .coverage
            .clone()
            .expect("a coverage")
            .filtered
            .len();
        (
            home.inventory()
                .environments
                .into_iter()
                .map(|one| one.name)
                .collect::<Vec<_>>(),
            filtered,
        )
    };
    let (staging, filtered) = names(&["--include", "name=*-stg"]);
    assert!(!staging.is_empty() && staging.iter().all(|name| name.ends_with("-stg")));
    assert_eq!(staging.len() + filtered, 24);
    let (production, _) = names(&["--exclude", "tag:Stack=staging", "--exclude", "name=*-stg"]);
    assert_eq!(production.len() + staging.len(), 24);
}

#[test]
fn an_anonymous_snapshot_plans_to_the_same_numbers() {
    let aws = aws(Setup::new(12, DAYS));
    let totals: Vec<String> = [&[][..], &["--anonymize"][..]]
        .iter()
        .map(|more| {
            let home = Home::new(DAYS);
            let output = home.collect(&aws.url(), more);
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            if !more.is_empty() {
                let text = String::from_utf8(
                    std::fs::read(home.out().join("inventory.json")).expect("a file"),
                )
                .expect("text");
                assert!(!text.contains("111122223333") && !text.contains("elasticbeanstalk.com"));
            }
            let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_eb2eks"));
            let output = command
                .args(["plan", "-o", "json"])
                .arg(home.out())
                .output()
                .expect("the program runs");
            let plan: serde_json::Value = serde_json::from_slice(&output.stdout)
                .unwrap_or_else(|_| panic!("{}", said(&output)));
            plan["bills"]
                .as_array()
                .expect("bills")
                .iter()
                .map(|bill| bill["total"].to_string())
                .collect()
        })
        .collect();
    assert_eq!(totals[0], totals[1]);
}
