//! How long a replay takes and how much memory: `cargo bench --no-default-features --bench replay [SNAPSHOT…]`.
//!
//! Without arguments: `fixtures/sample`, and made-up fleets of 100 and 1,000 environments with 63 days at 5 minutes. Each
//! snapshot is planned twice, with and without the replay, each in a process of its own, so that its peak memory is its
//! own; the faster of two runs is shown. The replay's own time is the difference: both its runs, both ends of what is
//! not known of memory, all losses, and the second plan that the unseen days are run over.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark reads clocks and prints"
)]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use eb2eks::sample::{self, Recipe};
use eb2eks::snapshot::Snapshot;
use eb2eks::{plan, policy};

/// Says to the process that it measures one snapshot, with or without the replay.
const MEASURE: &str = "--measure";

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let [flag, enabled, snapshot] = arguments.as_slice()
        && flag == MEASURE
    {
        return measure(enabled == "true", Path::new(snapshot));
    }
    println!(
        "{:<32} {:>12} {:>14} {:>12} {:>10} {:>12}",
        "snapshot", "environments", "app-minutes", "replay, s", "plan, s", "peak MiB"
    );
    for snapshot in &arguments {
        show(snapshot, Path::new(snapshot));
    }
    if arguments.is_empty() {
        show("fixtures/sample", Path::new("fixtures/sample"));
        for environments in [100, 1_000] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            sample::write_snapshot(
                &Recipe {
                    environments,
                    ..Recipe::default()
                },
                folder.path(),
            )
            .expect("a snapshot");
            show(
                &format!("made up, {environments} environments"),
                folder.path(),
            );
        }
    }
}

/// Seconds, environments, app-minutes and MiB of the faster of two runs, each in a new process.
fn run(snapshot: &Path, enabled: bool) -> (f64, String, String, String) {
    let program = std::env::current_exe().expect("this program");
    let one = || {
        let output = Command::new(&program)
            .arg(MEASURE)
            .arg(enabled.to_string())
            .arg(snapshot)
            .output()
            .expect("this program runs");
        let text = String::from_utf8(output.stdout).expect("text");
        let mut words = text.split_whitespace().map(str::to_owned);
        let mut next = || words.next().expect("four words");
        let seconds: f64 = next().parse().expect("seconds");
        (seconds, next(), next(), next())
    };
    let (first, second) = (one(), one());
    if first.0 <= second.0 { first } else { second }
}

fn show(name: &str, snapshot: &Path) {
    let (without, ..) = run(snapshot, false);
    let (with, environments, minutes, peak) = run(snapshot, true);
    println!(
        "{name:<32} {environments:>12} {minutes:>14} {:>12.2} {with:>10.2} {peak:>12}",
        with - without
    );
}

fn measure(enabled: bool, folder: &Path) {
    let mut policy = policy::defaults().expect("the shipped policy");
    policy.replay.enabled = enabled;
    let start = Instant::now();
    let snapshot = Snapshot::read(folder).expect("a snapshot");
    let plan = plan::build(
        &snapshot,
        &policy,
        &plan::OptionalInputs::default(),
        &|_| {},
    )
    .expect("a plan");
    let seconds = start.elapsed().as_secs_f64();
    let minutes = plan
        .replay
        .as_ref()
        .map_or(0, |replay| replay.seen.app_minutes);
    println!(
        "{seconds:.3} {} {minutes} {}",
        plan.coverage.seen,
        peak_mebibytes()
    );
}

/// Peak resident memory as Linux counts it; elsewhere unknown.
fn peak_mebibytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.map_or_else(
        || "unknown".to_owned(),
        |kibibytes| (kibibytes / 1024).to_string(),
    )
}
