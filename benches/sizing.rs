//! How long it takes to read and size ten thousand series of 18,144 points, beside DuckDB's three quantiles
//! of each: `cargo bench --no-default-features --bench sizing -- [--duckdb PYTHON] [--snapshot DIR] [--repeats N]`.
//!
//! PYTHON is an interpreter with the package duckdb (`pip install duckdb`); without it only ours is timed.
//! The fleet is made once and kept under target/ until this program is built anew. Both sides read the same
//! metrics.parquet on two threads, in processes of their own, in turns; of each the fastest run counts, by
//! wall and by CPU time. DuckDB is asked in several ways, and the fastest one is compared.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark reads clocks and prints"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use eb2eks::beanstalk::EnvironmentReading;
use eb2eks::catalog::Architecture;
use eb2eks::policy;
use eb2eks::sample::{self, Recipe};
use eb2eks::size::{
    Calibration, EnvironmentToSize, Level, LevelRecord, Profile, Records, Stage, Trial, size,
};
use eb2eks::snapshot::{
    self, Environment, EnvironmentKey, Inventory, Manifest, MetricsWriter, Series, Snapshot, Window,
};
use eb2eks::units::{Bytes, Millicores, Resources};

const MEASURE: &str = "--measure";
const SERIES: usize = 10_000;
/// 63 days of 5 minutes, all that CloudWatch keeps.
const POINTS: usize = 18_144;
const REPEATS: u32 = 5;
const MOST_MIB: u64 = 512;
/// A c5.2xlarge after reservations and daemons.
const ROOM: Resources = Resources {
    cpu: Millicores(7470),
    memory: Bytes::from_mebibytes(13_526),
};

/// Three quantiles of each series: one by one on its list, together on its list, and unnested and grouped.
const QUERIES: [&str; 3] = [
    "SELECT sum(list_aggregate(values, 'quantile_cont', 0.5)), sum(list_aggregate(values, 'quantile_cont', 0.95)), \
     sum(list_aggregate(values, 'quantile_cont', 0.99)) FROM read_parquet(?)",
    "SELECT sum(q[1]), sum(q[2]), sum(q[3]) FROM (SELECT list_aggregate(values, 'quantile_cont', [0.5, 0.95, 0.99]) AS q \
     FROM read_parquet(?))",
    "SELECT sum(q[1]), sum(q[2]), sum(q[3]) FROM (SELECT quantile_cont(value, [0.5, 0.95, 0.99]) AS q FROM \
     (SELECT row_number() OVER () AS series, unnest(values) AS value FROM read_parquet(?)) GROUP BY series)",
];
const DUCKDB: &str = "import duckdb, sys, time, resource
connection = duckdb.connect()
connection.execute('SET threads = 2')
connection.execute('SET enable_progress_bar = false')
start, cpu = time.perf_counter(), time.process_time()
connection.execute(sys.argv[2], [sys.argv[1]]).fetchall()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f'{time.perf_counter() - start:.3f} {time.process_time() - cpu:.3f} {peak} DuckDB {duckdb.__version__}')";

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
    let option = |name: &str| {
        arguments
            .iter()
            .position(|argument| argument == name)
            .and_then(|at| arguments.get(at + 1))
            .cloned()
    };
    let repeats = option("--repeats").map_or(REPEATS, |text| text.parse().expect("a number"));
    let folder = option("--snapshot").map_or_else(kept_fleet, PathBuf::from);
    let file = folder.join("metrics.parquet");
    let this = std::env::current_exe().expect("this program");
    let ours = || {
        Command::new(&this)
            .arg(MEASURE)
            .arg(&folder)
            .env("RAYON_NUM_THREADS", "2")
            .output()
            .expect("it runs")
    };
    let python = option("--duckdb");
    let theirs = |python: &str, query| {
        Command::new(python)
            .args(["-c", DUCKDB])
            .arg(&file)
            .arg(query)
            .output()
            .expect("it runs")
    };

    let mut best = Best::default();
    let mut queries = QUERIES.map(|_| Best::default());
    for _ in 0..repeats {
        best.add(&ours());
        if let Some(python) = &python {
            queries
                .iter_mut()
                .zip(QUERIES)
                .for_each(|(best, query)| best.add(&theirs(python, query)));
        }
    }
    println!("{best}");
    assert!(
        best.peak_mib <= MOST_MIB,
        "{} MiB are more than {MOST_MIB}",
        best.peak_mib
    );
    if python.is_none() {
        return;
    }
    queries
        .iter()
        .zip(QUERIES)
        .for_each(|(best, query)| println!("{best}: {query}"));
    let fastest = |of: fn(&Best) -> f64| queries.iter().map(of).fold(f64::INFINITY, f64::min);
    let (wall, cpu) = (
        best.wall / fastest(|best| best.wall),
        best.cpu / fastest(|best| best.cpu),
    );
    println!("eb2eks takes {wall:.2} of DuckDB's wall time and {cpu:.2} of its CPU time");
}

/// The fastest of several runs.
#[derive(Default)]
struct Best {
    wall: f64,
    cpu: f64,
    peak_mib: u64,
    /// What it says besides.
    of: String,
}

impl Best {
    /// Of a run that prints its wall and CPU seconds, its peak in MiB, and the rest.
    fn add(&mut self, output: &std::process::Output) {
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8_lossy(&output.stdout);
        let mut words = text.trim().splitn(4, ' ');
        let mut number = || {
            words
                .next()
                .and_then(|word| word.parse::<f64>().ok())
                .expect("a number")
        };
        let (wall, cpu, peak) = (number(), number(), number());
        let is_first = self.of.is_empty();
        self.wall = if is_first { wall } else { self.wall.min(wall) };
        self.cpu = if is_first { cpu } else { self.cpu.min(cpu) };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole MiB"
        )]
        let peak = peak as u64;
        self.peak_mib = self.peak_mib.max(peak);
        words.next().unwrap_or_default().clone_into(&mut self.of);
    }
}

impl std::fmt::Display for Best {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:.2} s wall, {:.2} s CPU, peak {} MiB: {}",
            self.wall, self.cpu, self.peak_mib, self.of
        )
    }
}

/// A fleet of [`SERIES`] whole series, as `eb2eks sample` makes them and as `collect` writes them.
fn kept_fleet() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sizing-{SERIES}x{POINTS}"));
    let age = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    let this = std::env::current_exe().and_then(|this| age(&this));
    if let (Ok(made), Ok(built)) = (age(&folder.join("metrics.parquet")), this)
        && made > built
    {
        return folder;
    }
    let making = folder.with_extension("making");
    for stale in [&folder, &making] {
        let _ = fs::remove_dir_all(stale);
    }
    fs::create_dir_all(&making).expect("a folder under target/");
    make_fleet(&making);
    fs::rename(&making, &folder).expect("a folder under target/");
    folder
}

fn make_fleet(folder: &Path) {
    let recipe = Recipe {
        environments: u32::MAX,
        ..Recipe::default()
    };
    let mut metrics = MetricsWriter::create(folder).expect("a file");
    let (mut environments, mut left) = (Vec::new(), SERIES);
    for (environment, mut series) in sample::environments(&recipe) {
        // Those that live in part of the window would make it less than ten thousand whole series.
        if series.iter().any(|series| series.samples.len() != POINTS) {
            continue;
        }
        series.truncate(left);
        left -= series.len();
        metrics.append(&environment.key(), series).expect("a file");
        environments.push(environment);
        if left == 0 {
            break;
        }
    }
    metrics.finish().expect("a file");
    let manifest = Manifest {
        format: snapshot::FORMAT.to_owned(),
        collected_at: recipe.end,
        tool: "benches/sizing.rs".to_owned(),
        window: recipe.window(),
        scopes: Vec::new(),
        note: None,
    };
    snapshot::write(
        folder,
        &manifest,
        &Inventory {
            environments,
            ..Inventory::default()
        },
    )
    .expect("a snapshot");
}

fn measure(folder: &Path) {
    let start = Instant::now();
    let snapshot = Snapshot::read(folder).expect("a snapshot");
    let policy = policy::defaults().expect("the shipped policy");
    let by_key: BTreeMap<EnvironmentKey, (&Environment, EnvironmentReading)> = snapshot
        .inventory
        .environments
        .iter()
        .map(|one| {
            let reading = EnvironmentReading::of(one, &snapshot.inventory);
            (one.key(), (one, reading))
        })
        .collect();
    let window = snapshot.manifest.window;
    let profiles = snapshot.history.summarise(
        |key, series| {
            let (count, points) = (
                series.len(),
                series.iter().map(|one| one.samples.len()).sum::<usize>(),
            );
            (
                Profile::of(
                    &case(by_key.get(key).expect("known"), &series, window),
                    &policy,
                ),
                count,
                points,
            )
        },
        &|_| {},
    );
    let profiles = profiles.expect("a readable history");
    let trials: Vec<Trial> = profiles
        .values()
        .filter_map(|(profile, ..)| profile.as_ref().ok())
        .flat_map(|one| one.trials().to_vec())
        .collect();
    let calibration = Calibration::of(&trials);
    // Which level a fleet stands on takes no samples, and is learnt once.
    let level = Level {
        growth: 1.0,
        excess: 0.75,
    };
    let sized = profiles.iter().filter_map(|(key, (profile, ..))| {
        let environment = by_key.get(key).expect("known");
        size(
            &case(environment, &[], window),
            profile.as_ref().ok()?,
            (&calibration, (level, LevelRecord::default())),
            Records::default(),
            &policy,
        )
        .ok()
    });
    let sized = sized.count();
    let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds());
    let (series, points) = profiles
        .values()
        .fold((0, 0), |(series, points), (_, more, of)| {
            (series + more, points + of)
        });
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| {
        line.strip_prefix("VmHWM:")?
            .split_whitespace()
            .next()?
            .parse::<u64>()
            .ok()
    });
    let peak = peak.expect("Linux tells the peak") / 1024;
    println!(
        "{wall:.3} {cpu:.3} {peak} eb2eks, {series} series with {points} points, {sized} apps sized"
    );
}

/// Of this process so far: fields 14 and 15 of its stat, in hundredths of a second (proc(5)).
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

const fn case<'a>(
    (environment, reading): &'a (&'a Environment, EnvironmentReading),
    series: &'a [Series],
    window: Window,
) -> EnvironmentToSize<'a> {
    EnvironmentToSize {
        environment,
        reading,
        series,
        window,
        stage: Stage::Production,
        node_room: ROOM,
        node_architecture: Architecture::Amd64,
        by: None,
    }
}
