//! Hand-worked sizings; the first is the example of `docs/METHOD.md`.

mod doubts;
mod groups;
mod history;
mod numbers;
mod odd;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;

use super::*;
use crate::catalog::Architecture;
use crate::policy::{self, Policy};
use crate::snapshot::{
    AutoScalingGroup, Environment, Instance, Metric, Series, SeriesStatus, Subject, Window,
};
use crate::units::{Bytes, Millicores, Resources};

const PERIOD: i64 = 300;

fn at(slot: i64) -> Timestamp {
    Timestamp::from_second(slot * PERIOD).expect("a small second")
}

fn window(slots: i64) -> Window {
    Window {
        start: at(0),
        end: at(slots),
    }
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
const ROOM: Resources = Resources {
    cpu: Millicores(7470),
    memory: Bytes::from_mebibytes(13_526),
};

/// A fleet so large that its own weeks decide: all of them needed `cpu` and `memory` times the start.
fn calibrated(cpu: f64, memory: f64) -> Calibration {
    let weeks = |resource, needed| {
        Stratum::all(resource)
            .flat_map(move |stratum| (0..10_000).map(move |_| week(resource, stratum, needed)))
    };
    let trials: Vec<Trial> = weeks(Resource::Cpu, cpu)
        .chain(weeks(Resource::Memory, memory))
        .collect();
    Calibration::of(&trials)
}

fn week(resource: Resource, stratum: Stratum, needed: f64) -> Trial {
    Trial {
        resource,
        fold: 0,
        fit: risk::Fit {
            start: 1.0,
            least: 0.0,
            most: 10.0,
            stratum,
            days_before_shift: 0,
        },
        needed,
    }
}

/// What the fleet's weeks needed in the examples.
static CALIBRATED: LazyLock<Calibration> = LazyLock::new(|| calibrated(1.25, 1.2));

/// A limit may be three quarters of a node over its request.
const LEVEL: (Level, LevelRecord) = (
    Level {
        growth: 1.0,
        excess: 0.75,
    },
    LevelRecord {
        pod_weeks: 0,
        short_days: 0.0,
        prior_pod_weeks: 200,
    },
);

fn size_with(
    environment: &Environment,
    series: &[Series],
    slots: i64,
    policy: &Policy,
) -> Result<Sizing, SizingError> {
    let case = EnvironmentToSize {
        environment,
        reading: &crate::beanstalk::EnvironmentReading::alone(environment),
        series,
        window: window(slots),
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
        by: None,
    };
    size(
        &case,
        &Profile::of(&case, policy)?,
        (&CALIBRATED, LEVEL),
        Records::default(),
        policy,
    )
}

fn size_of(
    environment: &Environment,
    series: &[Series],
    slots: i64,
) -> Result<Sizing, SizingError> {
    size_with(
        environment,
        series,
        slots,
        &policy::defaults().expect("the shipped policy"),
    )
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
    // of 50 %, 60 % and 90 %: both together used 0.6 cores, then 1.2, 1.4 and 2.0, half of it each.
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
    let sizing = size_of(&environment, &series, 200).expect("sizable");

    // p99 of 200 samples is the 198th: 0.6 cores; enough but for 2 % is the 196th: 0.3. 1.25 times that was enough, and
    // four pods carry what two replicas would: 187.5m, up to the next 10m.
    assert_eq!(sizing.evidence.cpu.p99, Millicores(600));
    assert_eq!(sizing.requests.cpu, Millicores(190));
    // All but the highest sample are 25 % of 8192 MiB.
    assert_eq!(sizing.requests.memory, Bytes::from_mebibytes(2048));
    // Peak 30 % of 8192 MiB = 2457.6 MiB, times 1.2: 2949.12 MiB, up to the next 32 MiB: 2976 MiB.
    assert_eq!(
        sizing.limits,
        Limits {
            cpu_millicores: None,
            memory_bytes: Bytes::from_mebibytes(2976)
        }
    );
    assert_eq!(
        (sizing.replicas.full_load, sizing.replicas.pods_per_instance),
        (2, 1)
    );
    // 200 slots are 0.69 days: thin, and said so.
    assert_eq!(sizing.flags, [Flag::ThinHistory, Flag::OftenOverRequest]);
    assert_eq!(
        sizing
            .reasons
            .iter()
            .map(|reason| reason.number.code())
            .collect::<Vec<_>>(),
        [
            "cpu_request",
            "cpu_limit",
            "memory_request",
            "memory_limit",
            "replicas",
            "autoscaling"
        ]
    );
    for (reason, value) in sizing
        .reasons
        .iter()
        .zip(["190m", "none", "2048Mi", "2976Mi", "2", "4 to 5"])
    {
        assert_eq!(
            reason.steps.last().map(|step| step.value.to_string()),
            Some(value.to_owned()),
            "{}",
            reason.number
        );
    }
}
