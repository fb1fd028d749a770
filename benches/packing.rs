//! How long the search for the fewest nodes takes, how much memory, and what it leaves open:
//! `cargo bench --no-default-features --bench packing [SNAPSHOT…] [-- --figure docs/packing.svg]`.
//!
//! Without snapshots: made-up fleets of 30, 100, 300 and 1,000 environments of three seeds each, and ten
//! fleets of 1,000 together. Every node group of every cluster is packed in both of its sizes, as in a
//! plan with the default policy (`packing.search_steps`); each in a process of its own, so that its peak
//! memory is its own. Groups of which quick bounds leave nothing open are packed, too.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark reads clocks and prints"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use eb2eks::pack::vector::{Budget, read_vbp, solve};
use eb2eks::plan::Certificate;
use eb2eks::sample::{self, Recipe};
use eb2eks::snapshot::Snapshot;
use eb2eks::{plan, policy};

/// Says to the process that it measures one packing.
const MEASURE: &str = "--measure";
/// Says where to draw.
const FIGURE: &str = "--figure";
/// Only the packings are wanted: no other node types, and hardly a simulation.
const POLICY: &str = "[packing]\nsimulated_orders = 1\nmax_nodes_per_group = 100000\n[nodes]\ncompare_families = []\n";

/// One packing.
#[derive(Debug, Clone, Copy)]
struct Measured {
    rows: f64,
    pods: u64,
    bins: u64,
    bound: u64,
    seconds: f64,
    mebibytes: f64,
}

fn main() {
    let mut arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let [flag, file] = arguments.as_slice()
        && flag == MEASURE
    {
        return measure(Path::new(file));
    }
    let figure = arguments
        .iter()
        .position(|argument| argument == FIGURE)
        .map(|at| {
            arguments.remove(at);
            PathBuf::from(arguments.remove(at))
        });
    println!(
        "{:<32} {:>9} {:>7} {:>7} {:>7} {:>9} {:>9} {:>8} {:>9}",
        "fleet",
        "packings",
        "rows",
        "pods",
        "nodes",
        "certified",
        "worst gap",
        "seconds",
        "peak MiB"
    );
    let mut all = Vec::new();
    if arguments.is_empty() {
        for environments in [30, 100, 300, 1000] {
            for seed in 1..=3 {
                all.extend(show(
                    &format!("{environments} made up, seed {seed}"),
                    &made_up(environments, seed),
                ));
            }
        }
        let mut together: BTreeMap<String, Certificate> = BTreeMap::new();
        for seed in 1..=10 {
            for (name, certificate) in made_up(1000, seed) {
                match together.get_mut(&name) {
                    Some(whole) => whole.items.extend(certificate.items),
                    None => drop(together.insert(name, certificate)),
                }
            }
        }
        all.extend(show("10000 made up, ten seeds", &together));
    }
    for snapshot in &arguments {
        all.extend(show(snapshot, &packings(Path::new(snapshot))));
    }
    if let Some(path) = figure {
        std::fs::write(&path, drawn(&all)).expect("a figure");
    }
}

fn made_up(environments: u32, seed: u64) -> BTreeMap<String, Certificate> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let recipe = Recipe {
        environments,
        seed,
        days: 15,
        ..Recipe::default()
    };
    sample::write_snapshot(&recipe, folder.path()).expect("a snapshot");
    packings(folder.path())
}

/// What each group of each cluster packs, in both sizes.
fn packings(snapshot: &Path) -> BTreeMap<String, Certificate> {
    let snapshot = Snapshot::read(snapshot).expect("a snapshot");
    let policy = policy::read("the benchmark's policy", POLICY).expect("a policy");
    let plan = plan::build(
        &snapshot,
        &policy,
        &plan::OptionalInputs::default(),
        &|_| {},
    )
    .expect("a plan");
    let groups = plan.clusters.into_iter().flat_map(|cluster| {
        cluster
            .node_groups
            .into_iter()
            .map(move |group| (cluster.name.clone(), group))
    });
    let both = groups.flat_map(|(cluster, group)| {
        let name = format!("{cluster} {}", group.name);
        [
            (format!("{name} normal"), group.normal.certificate),
            (format!("{name} at most"), group.at_most.certificate),
        ]
    });
    both.collect()
}

fn show(name: &str, packings: &BTreeMap<String, Certificate>) -> Vec<Measured> {
    let measured: Vec<Measured> = packings.values().map(in_a_process).collect();
    let certified = measured
        .iter()
        .filter(|packing| packing.bins == packing.bound)
        .count();
    let most = |value: fn(&Measured) -> f64| measured.iter().map(value).fold(0.0, f64::max);
    let sum = |value: fn(&Measured) -> u64| measured.iter().map(value).sum::<u64>();
    println!(
        "{name:<32} {:>9} {:>7.0} {:>7} {:>7} {certified:>9} {:>9} {:>8.3} {:>9.1}",
        measured.len(),
        most(|packing| packing.rows),
        sum(|packing| packing.pods),
        sum(|packing| packing.bins),
        measured
            .iter()
            .map(|packing| packing.bins - packing.bound)
            .max()
            .unwrap_or(0),
        most(|packing| packing.seconds),
        most(|packing| packing.mebibytes),
    );
    measured
}

fn in_a_process(certificate: &Certificate) -> Measured {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    let words = |numbers: &[u64]| {
        numbers
            .iter()
            .map(u64::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut text = format!(
        "{}\n{}\n{}\n",
        certificate.capacity.len(),
        words(&certificate.capacity),
        certificate.items.len()
    );
    for item in &certificate.items {
        writeln!(text, "{} {}", words(&item.sizes), item.demand).expect("text");
    }
    std::fs::write(file.path(), text).expect("a problem");
    let output = Command::new(std::env::current_exe().expect("this program"))
        .arg(MEASURE)
        .arg(file.path())
        .output()
        .expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text");
    let numbers: Vec<f64> = text
        .split_whitespace()
        .map(|word| word.parse().expect("a number"))
        .collect();
    let [rows, pods, bins, bound, seconds, mebibytes]: [f64; 6] =
        numbers.try_into().expect("six numbers");
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small whole numbers, printed by this program"
    )]
    let whole = |number: f64| number as u64;
    Measured {
        rows,
        pods: whole(pods),
        bins: whole(bins),
        bound: whole(bound),
        seconds,
        mebibytes,
    }
}

fn measure(file: &Path) {
    let problem = read_vbp(&std::fs::read_to_string(file).expect("a problem")).expect("a problem");
    let steps = policy::defaults()
        .expect("the shipped policy")
        .packing
        .search_steps;
    let start = Instant::now();
    let solution = solve(&problem, &Budget::new(steps, &|| false));
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} {} {} {} {seconds} {}",
        problem.types(),
        problem.items(),
        solution.used(),
        solution.bound.bins,
        peak_mebibytes()
    );
}

/// Peak resident memory as Linux counts it; elsewhere 0.
fn peak_mebibytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    kibibytes.map_or(0.0, |kibibytes: f64| kibibytes / 1024.0)
}

/// A scatter of one figure over the number of rows.
struct Panel {
    title: &'static str,
    left: f64,
    ticks: [f64; 5],
    value: fn(&Measured) -> f64,
}

/// Two scatters over the number of rows, both scales logarithmic: seconds, and mebibytes.
fn drawn(all: &[Measured]) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 300\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"760\" height=\"300\" fill=\"white\"/>\n",
    );
    let panels = [
        Panel {
            title: "seconds for one packing",
            left: 60.0,
            ticks: [0.001, 0.01, 0.1, 1.0, 10.0],
            value: |packing| packing.seconds,
        },
        Panel {
            title: "peak memory, MiB",
            left: 440.0,
            ticks: [1.0, 10.0, 100.0, 1000.0, 10_000.0],
            value: |packing| packing.mebibytes,
        },
    ];
    for Panel {
        title,
        left,
        ticks,
        value,
    } in panels
    {
        let x = |rows: f64| left + rows.max(1.0).log10() / 4.2 * 300.0;
        let y = |value: f64| 250.0 - ((value.max(ticks[0]) / ticks[0]).log10() / 4.0 * 210.0);
        writeln!(
            svg,
            "<text x=\"{left}\" y=\"25\" font-weight=\"bold\">{title}</text>"
        )
        .expect("text");
        for tick in ticks {
            writeln!(
                svg,
                "<path d=\"M{left} {0:.1}h300\" stroke=\"#ddd\"/><text x=\"{1:.1}\" y=\"{2:.1}\" text-anchor=\"end\">{tick}</text>",
                y(tick),
                left - 6.0,
                y(tick) + 4.0
            )
            .expect("text");
        }
        for rows in [1.0, 10.0, 100.0, 1000.0, 10_000.0] {
            writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"268\" text-anchor=\"middle\">{rows}</text>",
                x(rows)
            )
            .expect("text");
        }
        writeln!(svg, "<text x=\"{}\" y=\"288\" text-anchor=\"middle\">apps and add-ons in the packing</text>", left + 150.0)
            .expect("text");
        for packing in all {
            let color = if packing.bins == packing.bound {
                "#1f6f43"
            } else {
                "#c2410c"
            };
            writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{color}\" fill-opacity=\"0.6\"/>",
                x(packing.rows),
                y(value(packing))
            )
            .expect("text");
        }
    }
    svg.push_str("<text x=\"560\" y=\"25\"><tspan fill=\"#1f6f43\">● certified as fewest</tspan>  <tspan fill=\"#c2410c\">● gap stated</tspan></text>\n</svg>\n");
    svg
}
