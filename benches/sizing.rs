//! How long it takes to read and size ten thousand series, beside DuckDB's three quantiles of each:
//! `cargo bench --no-default-features --bench sizing -- [--duckdb PYTHON] [--environments N]`.
//!
//! PYTHON is an interpreter with the package duckdb (`pip install duckdb`); without it only ours is timed.
//! Both read the same metrics.parquet on two threads, in processes of their own; the best of three runs
//! counts. DuckDB is asked in two ways, and the faster one is compared.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::expect_used, reason = "a benchmark reads clocks and prints")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use eb2eks::catalog::Architecture;
use eb2eks::policy;
use eb2eks::sample::{self, Recipe};
use eb2eks::size::{Calibration, Case, Profile, Records, Stage, Trial, size};
use eb2eks::snapshot::{Environment, EnvironmentKey, Series, Snapshot, Window};
use eb2eks::units::{Bytes, Millicores, Resources};

const MEASURE: &str = "--measure";
/// Environments whose series are about ten thousand.
const ENVIRONMENTS: u32 = 1_700;
/// A c5.2xlarge after reservations and daemons.
const ROOM: Resources = Resources { cpu: Millicores(7470), memory: Bytes::from_mebibytes(13_526) };

/// Three quantiles of each series: on its list, and unnested and grouped.
const QUERIES: [&str; 2] = [
    "SELECT sum(list_aggregate(values, 'quantile_cont', 0.5)), sum(list_aggregate(values, 'quantile_cont', 0.95)), \
     sum(list_aggregate(values, 'quantile_cont', 0.99)) FROM read_parquet(?)",
    "SELECT sum(q[1]), sum(q[2]), sum(q[3]) FROM (SELECT quantile_cont(value, [0.5, 0.95, 0.99]) AS q FROM \
     (SELECT row_number() OVER () AS series, unnest(values) AS value FROM read_parquet(?)) GROUP BY series)",
];
const DUCKDB: &str = "import duckdb, sys, time, resource
connection = duckdb.connect()
connection.execute('SET threads = 2')
start = time.perf_counter()
connection.execute(sys.argv[2], [sys.argv[1]]).fetchall()
print(f'{time.perf_counter() - start:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}')";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, snapshot] = arguments.as_slice()
        && flag == MEASURE
    {
        return measure(Path::new(snapshot));
    }
    let option = |name: &str| arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1)).cloned();
    let environments = option("--environments").map_or(ENVIRONMENTS, |text| text.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    sample::write_snapshot(&Recipe { environments, ..Recipe::default() }, folder.path()).expect("a snapshot");

    let this = std::env::current_exe().expect("this program");
    let (ours, series) =
        best(|| Command::new(&this).arg(MEASURE).arg(folder.path()).env("RAYON_NUM_THREADS", "2").output().expect("it runs"));
    println!("eb2eks: {series}; {ours:.2} s");
    let Some(python) = option("--duckdb") else { return };
    let file = folder.path().join("metrics.parquet");
    let theirs = QUERIES.map(|query| {
        let (seconds, peak) =
            best(|| Command::new(&python).args(["-c", DUCKDB]).arg(&file).arg(query).output().expect("Python with duckdb"));
        println!("duckdb: {seconds:.2} s, {peak} MiB: {query}");
        seconds
    });
    let theirs = theirs.into_iter().fold(f64::INFINITY, f64::min);
    println!("eb2eks takes {:.2} of DuckDB's time", ours / theirs);
}

/// Seconds of the fastest of three, and what it says besides.
fn best(run: impl Fn() -> std::process::Output) -> (f64, String) {
    let one = || {
        let output = run();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).expect("text");
        let (seconds, rest) = text.trim().split_once(' ').expect("seconds, then the rest");
        (seconds.parse::<f64>().expect("seconds"), rest.to_owned())
    };
    (0..3).map(|_| one()).min_by(|one, other| one.0.total_cmp(&other.0)).expect("three runs")
}

fn measure(folder: &Path) {
    let start = Instant::now();
    let snapshot = Snapshot::read(folder).expect("a snapshot");
    let policy = policy::defaults().expect("the shipped policy");
    let by_key: BTreeMap<EnvironmentKey, &Environment> = snapshot.inventory.environments.iter().map(|one| (one.key(), one)).collect();
    let window = snapshot.manifest.window;
    let profiles = snapshot.history.summarise(
        |key, series| {
            let (count, points) = (series.len(), series.iter().map(|one| one.samples.len()).sum::<usize>());
            (Profile::of(&case(by_key.get(key).expect("known"), &series, window), &policy), count, points)
        },
        &|_| {},
    );
    let profiles = profiles.expect("a readable history");
    let trials: Vec<Trial> =
        profiles.values().filter_map(|(profile, ..)| profile.as_ref().ok()).flat_map(|one| one.trials().to_vec()).collect();
    let calibration = Calibration::of(&trials);
    let sized = profiles.iter().filter_map(|(key, (profile, ..))| {
        let environment = by_key.get(key).expect("known");
        size(&case(environment, &[], window), profile.as_ref().ok()?, &calibration, Records::default(), &policy).ok()
    });
    let sized = sized.count();
    let seconds = start.elapsed().as_secs_f64();
    let (series, points) = profiles.values().fold((0, 0), |(series, points), (_, more, of)| (series + more, points + of));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
    let peak = peak.map_or_else(|| "an unknown".to_owned(), |kib| (kib / 1024).to_string());
    println!("{seconds:.3} {series} series with {points} points, {sized} apps sized, peak {peak} MiB");
}

const fn case<'a>(environment: &'a Environment, series: &'a [Series], window: Window) -> Case<'a> {
    Case { environment, series, window, stage: Stage::Production, node_room: ROOM, node_architecture: Architecture::Amd64 }
}
