//! A thousand environments out of an AWS on loopback that keeps to the documented limits.
//!
//! `cargo bench --profile dev --bench collect` (the dev profile spares building the SDK once more) takes
//! about half an hour, because the limits do. Options after `--`:
//! `--environments N`, `--days N`, `--factor F` (limits and paces F times as fast),
//! `--kills N` (with a third of Beanstalk's calls throttled at random, killed N times at random moments,
//! then compared with an undisturbed run).

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a bench that cannot run has nothing to say"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "a bench reads the clock, the environment and files"
)]
#![allow(clippy::print_stdout, reason = "its result")]
#![allow(missing_docs, reason = "a program")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "options of a person"
)]

#[path = "../tests/fake_aws/mod.rs"]
mod fake_aws;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fake_aws::{Answer, Asked, Estate, FakeAws, Limits, Setup};

struct Options {
    environments: u32,
    days: u32,
    factor: f64,
    kills: u32,
}

fn options() -> Options {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        words
            .iter()
            .position(|word| word == name)
            .and_then(|at| words.get(at + 1))
            .map(|text| text.parse::<f64>().expect("a number"))
    };
    Options {
        environments: value("--environments").unwrap_or(1_000.0) as u32,
        days: value("--days").unwrap_or(63.0) as u32,
        factor: value("--factor").unwrap_or(1.0),
        kills: value("--kills").unwrap_or(0.0) as u32,
    }
}

fn main() {
    let options = options();
    let setup = || Setup {
        page: 100,
        ..Setup::new(options.environments, options.days)
    };
    let folder = tempfile::tempdir().expect("a folder");
    let policy = folder.path().join("policy.toml");
    let text = format!(
        "[collect]\nfive_minute_days = {}\nbeanstalk_per_second = {}\nmetric_data_per_second = {}\ndata_points_per_second = {}\nlist_metrics_per_second = {}\nother_per_second = {}\npause_seconds = {}\n",
        options.days,
        2.0 * options.factor,
        45.0 * options.factor,
        376_000.0 * options.factor,
        10.0 * options.factor,
        5.0 * options.factor,
        1.0 / options.factor,
    );
    std::fs::write(&policy, text).expect("a policy");

    let estate = Estate::new(setup());
    let instances: usize = estate
        .environments
        .iter()
        .map(|one| one.running_instances().count())
        .sum();
    let past: usize = estate
        .environments
        .iter()
        .map(|one| one.instances.len())
        .sum::<usize>()
        - instances;
    println!(
        "{} environments, {instances} instances and {past} of the past, {} days at 5 minutes, limits x {}",
        options.environments, options.days, options.factor
    );
    let aws = FakeAws::of(estate, Limits::documented(options.factor), |_| Answer::Well);
    let whole = folder.path().join("whole");
    let start = Instant::now();
    let mut running = collect(&aws.url(), &policy, &whole);
    let peak = wait(&mut running);
    let took = start.elapsed().as_secs_f64();
    report(&aws, &options, took, peak);
    if options.kills > 0 {
        disturbed(&options, setup(), &policy, folder.path(), &whole);
    }
}

fn collect(url: &str, policy: &Path, out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_eb2eks"))
        .env_clear()
        .envs([
            ("AWS_ENDPOINT_URL", url),
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
        ])
        .envs([
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_REGION", "ap-northeast-1"),
        ])
        .args(["collect", "--out"])
        .arg(out)
        .arg("--policy")
        .arg(policy)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Until it ends; its peak memory in MiB.
fn wait(running: &mut Child) -> f64 {
    let status = format!("/proc/{}/status", running.id());
    let mut peak = 0.0_f64;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let kib = text
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
        peak = peak.max(kib.unwrap_or(0.0) / 1_024.0);
        if let Some(status) = running.try_wait().expect("a process") {
            assert_eq!(status.code(), Some(0), "the collection failed");
            return peak;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn report(aws: &FakeAws, options: &Options, took: f64, peak: f64) {
    let counts = aws.counts();
    let calls: usize = counts.values().sum();
    let beanstalk: usize = counts
        .iter()
        .filter(|(action, _)| action.starts_with("elasticbeanstalk:"))
        .map(|(_, count)| count)
        .sum();
    let points = aws.points();
    for (action, count) in &counts {
        println!("{count:>8}  {action}");
    }
    let throttled = aws.throttled();
    println!(
        "{calls} calls, {:.2} an environment; {throttled} throttled ({:.2} %)",
        calls as f64 / f64::from(options.environments),
        100.0 * throttled as f64 / calls as f64
    );
    let (by_calls, by_points) = (
        beanstalk as f64 / (2.0 * options.factor),
        points as f64 / (396_000.0 * options.factor),
    );
    let best = by_calls.max(by_points);
    println!(
        "at best: {beanstalk} calls of Beanstalk at 2 a second = {by_calls:.0} s; {points} data points at 396,000 a second = {by_points:.0} s"
    );
    println!(
        "took {took:.0} s, {:.3} of the best; peak memory {peak:.0} MiB",
        took / best
    );
    // At other factors the machine is measured, and not the program's manners.
    if (options.factor - 1.0).abs() < f64::EPSILON {
        assert!(took / best <= 1.15, "slower than the limits allow");
        assert!(peak < 512.0, "too much memory");
        assert!(
            (throttled as f64) < 0.01 * calls as f64,
            "too many calls were throttled"
        );
    }
}

/// With faults and kills, until it is done; then compared.
fn disturbed(options: &Options, setup: Setup, policy: &Path, folder: &Path, whole: &Path) {
    let throttle =
        |asked: &Asked| match asked.action.starts_with("elasticbeanstalk:") && chance(asked) < 30 {
            true => Answer::Refuse(400, "Throttling", "Rate exceeded".to_owned()),
            false => Answer::Well,
        };
    let aws = FakeAws::of(
        Estate::new(setup),
        Limits::documented(options.factor),
        throttle,
    );
    let out = folder.join("disturbed");
    let (mut kills, mut seed, start) = (0, 1_u64, Instant::now());
    // As long as a kill may come before the end: the moments are spread over what an undisturbed run takes.
    while kills < options.kills {
        let mut running = collect(&aws.url(), policy, &out);
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(200 + (seed >> 33) % 4_000));
        running.kill().expect("it can be killed");
        running.wait().expect("it ends");
        kills += 1;
        if out.exists() {
            break;
        }
    }
    if !out.exists() {
        wait(&mut collect(&aws.url(), policy, &out));
    }
    for name in ["manifest.json", "inventory.json", "metrics.parquet"] {
        let bytes = [whole, &out]
            .map(|folder| std::fs::read(folder.join(name)).expect("a snapshot's file"));
        assert!(bytes[0] == bytes[1], "{name} differs");
        println!("{name}: {} bytes, identical", bytes[0].len());
    }
    println!(
        "30 % of Beanstalk's calls throttled at random, killed {kills} times, {} calls, {:.0} s",
        aws.counts().values().sum::<usize>(),
        start.elapsed().as_secs_f64()
    );
}

fn chance(asked: &Asked) -> u64 {
    let start = (asked.earlier as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let seed = asked.body.iter().fold(start, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (seed >> 33) % 100
}
