//! A tiny fleet whose shares are worked out by hand.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use jiff::Timestamp;

use super::*;
use crate::policy;
use crate::size::Resource;
use crate::size::risk::Fold;
use crate::snapshot::{Instance, Metric, Series, SeriesStatus, Subject, Window};

const HOURS_A_DAY: usize = 24;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(hour * 3600).expect("a small second")
}

fn span() -> Span {
    let days = |days| NonZeroU32::new(days).expect("not zero");
    Span {
        train_days: days(14),
        test_days: days(7),
    }
}

/// 28 days: two folds, judged on days 14 to 20 and 21 to 27.
fn window() -> Window {
    Window {
        start: at(0),
        end: at(28 * 24),
    }
}

fn folds() -> Vec<Fold> {
    span().folds(window())
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

fn environment(instances: &[(&str, &str)]) -> Environment {
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
        instances: instances
            .iter()
            .map(|(id, instance_type)| instance(id, instance_type))
            .collect(),
        load_balancers: Vec::new(),
        queues: Vec::new(),
        root_volume_gib: None,
        option_settings: Vec::new(),
        ..Environment::default()
    }
}

/// Hours of `value` per cent for 28 days, but `other` in the hours of `others`.
fn hourly(
    subject: &str,
    metric: Metric,
    value: f32,
    others: &[(std::ops::Range<usize>, f32)],
) -> Series {
    let mut samples = vec![value; 28 * HOURS_A_DAY];
    for (hours, other) in others {
        samples[hours.clone()].fill(*other);
    }
    Series {
        subject: Subject::from_text(subject),
        metric,
        statistic: "average".to_owned(),
        period_seconds: 3600,
        start: at(0),
        source: "test".to_owned(),
        status: SeriesStatus("complete".to_owned()),
        samples,
        rejected: 0,
    }
}

fn judged(environment: &Environment, series: &[Series]) -> Backtest {
    // Risks that the table has rows of.
    let policy =
        policy::read("p", "[sizing]\ncpu_risk = 0.1\nmemory_limit_risk = 0.02\n").expect("valid");
    let judged = judge::environment(environment, series, window(), &folds(), &policy);
    compare(span(), folds().len(), vec![(environment, judged)], &policy)
}

fn row(backtest: &BacktestTable, rule: Rule, resource: Resource) -> (Option<f64>, Option<f64>) {
    let row = backtest
        .row(rule, resource)
        .expect("every rule has its row");
    (row.requested_over_used, row.violating_share)
}

#[test]
fn shares_and_ratios_worked_out_by_hand() {
    // Two m5.large (2 vCPUs, 8 GiB). i-a is flat: 20 % of CPU, 50 % of memory. i-b is at 20 % of CPU,
    // but at 90 % for two hours of day 15 (2 of 168 samples are 1.2 %, more than 1 %), and its memory is
    // at 25 %, but at 35 % for an hour of day 22.
    let environment = environment(&[("i-a", "m5.large"), ("i-b", "m5.large")]);
    let series = [
        hourly("i-a", Metric::CpuPercent, 20.0, &[]),
        hourly(
            "i-b",
            Metric::CpuPercent,
            20.0,
            &[(15 * 24..15 * 24 + 2, 90.0)],
        ),
        hourly("i-a", Metric::MemoryPercent, 50.0, &[]),
        hourly(
            "i-b",
            Metric::MemoryPercent,
            25.0,
            &[(22 * 24..22 * 24 + 1, 35.0)],
        ),
    ];
    let judged = judged(&environment, &series);
    let backtest = &judged.instances;
    assert_eq!(
        (
            backtest.cpu.windows,
            backtest.cpu.skipped.total(),
            backtest.subjects_judged
        ),
        (4, 0, 2)
    );

    // CPU. Everybody sees 0.4 cores in three windows. The fourth, i-b in the second fold, saw days 7 to
    // 20: two of 336 samples at 1.8 cores, which are over p99 (the 333rd) but within p99.5 (the 335th).
    // Mean use: 0.4 three times, and 0.4 + 2 x 1.4 / 168 in the week with the peak: 1.6 + 0.016667.
    let used = 4.0 * 0.4 + 2.0 * 1.4 / 168.0;
    let ratio = |requested: f64| Some((requested / used * 1e4).round() / 1e4);
    // p99 0.4: too small for i-b in the first fold only.
    assert_eq!(
        row(backtest, Rule::P99, Resource::Cpu),
        (ratio(1.6), Some(0.25))
    );
    assert_eq!(
        row(backtest, Rule::Max, Resource::Cpu),
        (ratio(3.0 * 0.4 + 1.8), Some(0.25))
    );
    assert_eq!(
        row(backtest, Rule::ComputeOptimizer, Resource::Cpu),
        (ratio((3.0 * 0.4 + 1.8) / 0.8), Some(0.25))
    );
    assert_eq!(
        row(backtest, Rule::Provisioned, Resource::Cpu),
        (ratio(8.0), Some(0.0))
    );

    // Memory, in GiB: i-a 4 and 4, i-b 2 and 2 + 0.8 / 168. The 2.8 of day 22 break KRR's 2.3 and Compute
    // Optimizer's 2.5, in one window of four.
    let used = 12.0 + 0.8 / 168.0;
    let ratio = |requested: f64| Some((requested / used * 1e4).round() / 1e4);
    assert_eq!(
        row(backtest, Rule::KrrSimple, Resource::Memory),
        (ratio(13.8), Some(0.25))
    );
    assert_eq!(
        row(backtest, Rule::ComputeOptimizer, Resource::Memory),
        (ratio(15.0), Some(0.25))
    );
    assert_eq!(
        row(backtest, Rule::Provisioned, Resource::Memory),
        (ratio(32.0), Some(0.0))
    );

    // Ours: one environment's four windows are outweighed by the prior, so what is requested is the prior's.
    let ours = |rule: Rule| row(backtest, rule, Resource::Cpu).0.expect("judged");
    assert!(
        ours(Rule::Eb2eks90) <= ours(Rule::Eb2eks95)
            && ours(Rule::Eb2eks95) <= ours(Rule::Eb2eks98)
    );
    let promised = backtest
        .rows
        .iter()
        .filter_map(|row| row.nominal_share)
        .collect::<Vec<_>>();
    assert_eq!(promised, [0.1, 0.05, 0.02, 0.1, 0.05, 0.02]);
    assert!(backtest.rows.iter().all(|row| row.windows == 4));

    // A replica carries half of what both instances use: two windows. CPU: 0.4 cores, in the two hours 1.1, in the first
    // test week and the second fit. Memory: never over i-a's 4 GiB.
    let replica = &judged.replicas;
    assert_eq!(
        (
            replica.cpu.windows,
            replica.cpu.skipped.total(),
            replica.subjects_judged
        ),
        (2, 0, 1)
    );
    let used = 2.0 * 0.4 + 2.0 * 0.7 / 168.0;
    let ratio = |requested: f64| Some((requested / used * 1e4).round() / 1e4);
    assert_eq!(
        row(replica, Rule::Max, Resource::Cpu),
        (ratio(0.4 + 1.1), Some(0.5))
    );
    assert_eq!(
        row(replica, Rule::KrrSimple, Resource::Memory),
        (Some(1.15), Some(0.0))
    );
    // Own weeks are the replica's at the policy's risk: 10 % for CPU, which is the row eb2eks-90; 2 % for memory,
    // which is eb2eks-98.
    let [cpu, memory] = &judged.own_weeks[..] else {
        panic!("one of each resource")
    };
    assert_eq!(
        (
            cpu.record.weeks,
            memory.record.weeks,
            cpu.nominal_share,
            memory.nominal_share
        ),
        (2, 2, 0.1, 0.02)
    );
    assert_eq!(
        Some(f64::from(cpu.record.violated) / 2.0),
        row(replica, Rule::Eb2eks90, Resource::Cpu).1
    );
    assert_eq!(
        Some(f64::from(memory.record.violated) / 2.0),
        row(replica, Rule::Eb2eks98, Resource::Memory).1
    );
}

#[test]
fn what_cannot_be_judged_is_counted_by_reason() {
    // i-a reports CPU but for the last week and a day, never memory; i-b has no series; i-c began on day 8.
    let environment = environment(&[
        ("i-a", "m5.large"),
        ("i-b", "m5.large"),
        ("i-c", "m5.large"),
    ]);
    let gap = f32::NAN;
    let series = [
        hourly("i-a", Metric::CpuPercent, 20.0, &[(20 * 24..28 * 24, gap)]),
        hourly("i-c", Metric::CpuPercent, 20.0, &[(0..8 * 24, gap)]),
        hourly("environment", Metric::MemoryPercent, 50.0, &[]),
        hourly("i-stranger", Metric::CpuPercent, 50.0, &[]),
    ];
    let all = judged(&environment, &series);
    let backtest = &all.instances;
    // i-a: the first fold is judged on six of seven days, the second on none. i-c: six of fourteen days
    // are too few in the first fold, thirteen in the second are not.
    assert_eq!(
        backtest.cpu,
        JudgedWindows {
            windows: 2,
            skipped: SkippedWindows {
                unreported: 2,
                training: 1,
                test: 1,
                unknown_type: 0
            }
        }
    );
    // The average of a group is no instance.
    assert_eq!(
        backtest.memory,
        JudgedWindows {
            windows: 0,
            skipped: SkippedWindows {
                unreported: 6,
                ..SkippedWindows::default()
            }
        }
    );
    assert_eq!(row(backtest, Rule::Max, Resource::Memory), (None, None));
    assert!(
        !all.is_complete()
            && backtest
                .comparisons
                .iter()
                .all(|one| one.resource != Resource::Memory)
    );
}

#[test]
fn a_type_that_nobody_knows_skips_its_environment() {
    let environment = environment(&[("i-a", "m5.large"), ("i-b", "x99.huge")]);
    let all = judged(
        &environment,
        &[hourly("i-a", Metric::CpuPercent, 20.0, &[])],
    );
    let backtest = &all.instances;
    let skipped = SkippedWindows {
        unknown_type: 4,
        ..SkippedWindows::default()
    };
    assert_eq!(
        backtest.cpu,
        JudgedWindows {
            windows: 0,
            skipped
        }
    );
    assert_eq!(
        (
            all.environments,
            backtest.environments_judged,
            backtest.subjects_judged
        ),
        (1, 0, 0)
    );
    assert_eq!(all.replicas.cpu.skipped.unknown_type, 2);
}

#[test]
fn nothing_after_the_origin_is_seen() {
    // What a rule asks for does not change if the days that judge do.
    let environment = environment(&[("i-a", "m5.large")]);
    let calm = hourly("i-a", Metric::CpuPercent, 20.0, &[]);
    let wild = hourly(
        "i-a",
        Metric::CpuPercent,
        20.0,
        &[(14 * 24..28 * 24, 100.0)],
    );
    let first = &folds()[..1];
    let policy = policy::defaults().expect("the shipped policy");
    let requested = |series: Series| {
        let judged = judge::environment(&environment, &[series], window(), first, &policy);
        let of = |weeks: judge::Weeks| {
            let fits: Vec<u64> = weeks
                .trials
                .iter()
                .map(|trial| trial.fit.start.to_bits())
                .collect();
            (
                weeks.tally.cpu.peers.map(|sums| sums.requested.to_bits()),
                fits,
            )
        };
        [of(judged.instances), of(judged.replica)]
    };
    assert_eq!(requested(calm), requested(wild));
}
