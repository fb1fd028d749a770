//! `eb2eks doctor` with the real SDK clients over real HTTP against an AWS on loopback.

#![expect(
    clippy::expect_used,
    reason = "what a test needs and lacks is the end of the test"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "that a stalled server ends in time is measured with a clock"
)]

mod answers;
mod credentials;
mod network;

use std::time::{Duration, Instant};

use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_ec2::config::{Credentials, SharedCredentialsProvider};
use eb2eks::collect::{Call, DoctorReport, Outcome, RegionClients, RetryPolicy, doctor};

const ACCESS_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const SESSION_TOKEN: &str = "FwoGZXIvYXdzEBYaDCanaryCanaryCanaryCanaryCanaryCanaryCanary+Canary==";
const TOKYO: &str = "ap-northeast-1";

/// Short enough for a test, long enough for a busy machine.
fn hurried() -> RetryPolicy {
    RetryPolicy {
        connect: Duration::from_secs(2),
        read: Duration::from_secs(2),
        attempt: Duration::from_secs(2),
        operation: Duration::from_secs(5),
        credentials: Duration::from_secs(2),
        attempts: 3,
        first_pause: Duration::from_millis(5),
        longest_pause: Duration::from_millis(20),
    }
}

fn config(url: &str, credentials: SharedCredentialsProvider) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .endpoint_url(url)
        .credentials_provider(credentials)
        .build()
}

fn static_credentials() -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new(
        ACCESS_KEY,
        SECRET_KEY,
        Some(SESSION_TOKEN.to_owned()),
        None,
        "test",
    ))
}

fn examine(url: &str, regions: &[&str], retry_policy: &RetryPolicy) -> DoctorReport {
    examine_as(&config(url, static_credentials()), regions, retry_policy)
}

fn examine_as(config: &SdkConfig, regions: &[&str], retry_policy: &RetryPolicy) -> DoctorReport {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("an event loop");
    let clients: Vec<_> = regions
        .iter()
        .map(|region| RegionClients::new(config, region.parse().expect("a region"), retry_policy))
        .collect();
    runtime.block_on(doctor(&clients))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn outcome(report: &DoctorReport, call: Call) -> Outcome {
    report.regions[0]
        .probes
        .iter()
        .find(|probe| probe.call == call)
        .expect("every call is in the report")
        .outcome
}

fn message(report: &DoctorReport, call: Call) -> String {
    let probe = report.regions[0]
        .probes
        .iter()
        .find(|probe| probe.call == call)
        .expect("every call is in the report");
    probe.message.clone().unwrap_or_default()
}

/// Every call but the named one.
fn others(call: Call) -> impl Iterator<Item = Call> {
    Call::of_collection().filter(move |other| *other != call)
}
