//! How long a plan takes and how much memory: `cargo bench --no-default-features --bench plan [SNAPSHOT…]`.
//!
//! Without arguments: `fixtures/sample`, and made-up fleets of 100, 300 and 1,000 environments with 63
//! days at 5 minutes. Each snapshot is planned in a process of its own, so that its peak memory is its
//! own; the best of three runs is shown. Reading, sizing, packing, pricing, checking and rendering are
//! timed, writing files is not; how many files and lines (plan.json left out) and how long rendering took of it stand
//! beside.

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
use eb2eks::wording::Language;
use eb2eks::{check, plan, policy, render};

/// Says to the process that it measures one snapshot.
const MEASURE: &str = "--measure";

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let [flag, snapshot] = arguments.as_slice()
        && flag == MEASURE
    {
        return measure(Path::new(snapshot));
    }
    println!(
        "{:<36} {:>12} {:>8} {:>10} {:>8} {:>8} {:>10} {:>10}",
        "snapshot", "environments", "nodes", "seconds", "files", "lines", "of which s", "peak MiB"
    );
    for snapshot in &arguments {
        show(snapshot, Path::new(snapshot));
    }
    if arguments.is_empty() {
        show("fixtures/sample", Path::new("fixtures/sample"));
        for environments in [100, 300, 1000] {
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

/// Measures `snapshot` three times, each in a new process, and prints the fastest.
fn show(name: &str, snapshot: &Path) {
    let program = std::env::current_exe().expect("this program");
    let run = || {
        Command::new(&program)
            .arg(MEASURE)
            .arg(snapshot)
            .output()
            .expect("this program runs")
    };
    let best = (0..3)
        .map(|_| String::from_utf8(run().stdout).expect("text"))
        .min()
        .expect("three runs");
    println!("{name:<36} {}", best.trim_end());
}

fn measure(folder: &Path) {
    let start = Instant::now();
    let snapshot = Snapshot::read(folder).expect("a snapshot");
    let policy = policy::defaults().expect("the shipped policy");
    let plan = plan::build(
        &snapshot,
        &policy,
        &plan::OptionalInputs::default(),
        &|_| {},
    )
    .expect("a plan");
    let fatal = check::check(&plan)
        .into_iter()
        .filter(|note| note.severity == plan::Severity::Fatal)
        .count();
    assert_eq!(fatal, 0, "the check refuses the plan");
    let before_files = start.elapsed().as_secs_f64();
    let files = render::files(&plan, Language::English).expect("files");
    let lines: usize = files
        .iter()
        .filter(|(path, _)| *path != "plan.json")
        .map(|(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count())
        .sum();
    let seconds = start.elapsed().as_secs_f64();
    let nodes: u32 = plan
        .clusters
        .iter()
        .flat_map(|cluster| &cluster.node_groups)
        .map(|group| group.desired_capacity)
        .sum();
    // Equal widths, so that the smallest text is the smallest time.
    let writing = seconds - before_files;
    println!(
        "{:>12} {nodes:>8} {seconds:>10.3} {:>8} {lines:>8} {writing:>10.3} {:>10}",
        plan.coverage.seen,
        files.len(),
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
