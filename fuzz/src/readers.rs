//! Everything that is read from outside: one function for each kind of file, which takes any bytes.
//!
//! An error is an answer. A panic, an abort, memory without bound and a broken promise of a room are findings.
//! The fuzzer calls these functions, and `tests/it/fuzzed.rs` does with what the fuzzer once found.

use std::fs;
use std::sync::OnceLock;

use eb2eks::beanstalk::EnvironmentReading;
use eb2eks::calibrate;
use eb2eks::check;
use eb2eks::import::{
    self, CpuUnit, EnvironmentIndex, Importer, Machines, MemoryUnit, Options, Statistic,
};
use eb2eks::pack::scheduler::{Fleet, Scenario, WorkloadFile};
use eb2eks::pack::vector::{Budget, Certificate, read_vbp, solve};
use eb2eks::plan::Plan;
use eb2eks::policy::{self, Setting};
use eb2eks::price::{BillExport, PriceFile, price_file_text};
use eb2eks::snapshot::Snapshot;
use serde_json::Value;

/// What reads, whatever it is given.
pub type Reader = fn(&[u8]);

/// Each reader by the name of its target and of its folders in `fuzz/corpus` and `fuzz/found`.
pub const ALL: [(&str, Reader); 13] = [
    ("bill", bill),
    ("certificate", certificate),
    ("import", import),
    ("inventory", inventory),
    ("machines", machines),
    ("manifest", manifest),
    ("metrics", metrics),
    ("plan", plan),
    ("policy", policy),
    ("prices", prices),
    ("results", results),
    ("vbp", vbp),
    ("workload", workload),
];

/// A FOCUS export of a bill.
pub fn bill(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        drop(BillExport::read("bill.csv", text));
    }
}

/// A certificate of a packing, whose check must answer whatever it claims. Of few items: the search for a content
/// that is dearer gives up after 400 million choices, which is longer than the fuzzer waits.
pub fn certificate(bytes: &[u8]) {
    let Ok(certificate) = serde_json::from_slice::<Certificate>(bytes) else {
        return;
    };
    let items = certificate.items.iter().map(|item| u64::from(item.demand));
    if items.sum::<u64>() <= 20 {
        drop(check::verify(&certificate));
    }
}

/// A CSV of another monitoring system, laid beside the history of a snapshot. The first byte says how it is read.
pub fn import(bytes: &[u8]) {
    let Some((&how, csv)) = bytes.split_first() else {
        return;
    };
    let options = options_of(how);
    let folder = snapshot_with(None);
    let base = Snapshot::read(folder.path()).expect("the snapshot that is always there");
    let environments = EnvironmentIndex::of(&base.inventory);
    let mut importer = Importer::new(&environments, &options);
    if importer.read("metrics.csv", csv).is_err() {
        return;
    }
    let Ok(import) = importer.finish() else {
        return;
    };
    let out = tempfile::tempdir().expect("a folder");
    drop(import::complete(out.path(), &base, import, &options));
}

/// Units, separators, zone and leniency by the bits of `how`.
fn options_of(how: u8) -> Options {
    let is_set = |bit: u8| how >> bit & 1 == 1;
    Options {
        columns: import::ColumnNames::default(),
        cpu: match how & 3 {
            0 => None,
            1 => Some(CpuUnit::Percent),
            2 => Some(CpuUnit::FractionIdle),
            _ => Some(CpuUnit::Cores),
        },
        memory: match how >> 2 & 3 {
            0 => None,
            1 => Some(MemoryUnit::Percent),
            2 => Some(MemoryUnit::FractionFree),
            _ => Some(MemoryUnit::Bytes),
        },
        statistic: if is_set(4) {
            Statistic::Maximum
        } else {
            Statistic::Average
        },
        source: "other system".to_owned(),
        time_zone: is_set(5)
            .then(|| import::parse_time_zone("Asia/Tokyo").ok())
            .flatten(),
        period: is_set(6).then(|| "60".parse().ok()).flatten(),
        delimiter: None,
        has_decimal_comma: is_set(7),
        only: Vec::new(),
        skips_bad_rows: is_set(7),
    }
}

/// `inventory.json` of a snapshot, and what Beanstalk's settings in it mean.
pub fn inventory(bytes: &[u8]) {
    let folder = snapshot_with(Some(("inventory.json", bytes)));
    if let Ok(Snapshot { inventory, .. }) = Snapshot::read(folder.path()) {
        for environment in &inventory.environments {
            drop(EnvironmentReading::of(environment, &inventory));
        }
    }
}

/// A list of machines, for whoever has no snapshot.
pub fn machines(bytes: &[u8]) {
    drop(Machines::read("machines.csv", bytes));
}

/// `manifest.json` of a snapshot.
pub fn manifest(bytes: &[u8]) {
    let folder = snapshot_with(Some(("manifest.json", bytes)));
    drop(Snapshot::read(folder.path()));
}

/// `metrics.parquet` of a snapshot, decoded to its end both ways.
pub fn metrics(bytes: &[u8]) {
    let folder = snapshot_with(Some(("metrics.parquet", bytes)));
    if let Ok(Snapshot { history, .. }) = Snapshot::read(folder.path()) {
        let summarised = history.summarise(|_, series| series.len(), &|_| ());
        let visited = history.visit(|_, _| Ok(()));
        assert_eq!(
            summarised.is_ok(),
            visited.is_ok(),
            "both read the same file"
        );
    }
}

/// A plan that was written before and changed by hand, and the check that distrusts it. Each line is a change: the
/// number of a value, and the JSON that stands there instead.
pub fn plan(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let mut plan = hand_made_plan().clone();
    for (number, json) in text.lines().take(8).filter_map(|line| line.split_once(' ')) {
        if let (Ok(mut number), Ok(json)) = (number.parse(), serde_json::from_str(json))
            && let Some(place) = value_at(&mut plan, &mut number)
        {
            *place = json;
        }
    }
    if let Ok(plan) = serde_json::from_value::<Plan>(plan) {
        drop(check::check(&plan));
    }
}

/// The fixture with the default policy.
fn hand_made_plan() -> &'static Value {
    static PLAN: OnceLock<Value> = OnceLock::new();
    PLAN.get_or_init(|| {
        let text = include_str!("../../tests/plans/hand-made.json");
        let mut plan: Value = serde_json::from_str(text).expect("the fixture is JSON");
        let policy = policy::defaults().expect("the shipped defaults are a policy");
        plan["inputs"]["policy"] = serde_json::to_value(policy).expect("a policy is JSON");
        plan
    })
}

/// The value of this number, in the order of the text, objects and lists before what is in them.
fn value_at<'a>(value: &'a mut Value, number: &mut usize) -> Option<&'a mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(values) => values.iter_mut().find_map(|value| value_at(value, number)),
        Value::Object(values) => values
            .values_mut()
            .find_map(|value| value_at(value, number)),
        _ => None,
    }
}

/// A policy; behind record separators (0x1e) settings of the command line.
pub fn policy(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let mut parts = text.split('\u{1e}');
    let file = parts.next().unwrap_or_default();
    let settings: Vec<Setting> = parts.filter_map(|part| part.parse().ok()).collect();
    drop(policy::read_with("eb2eks.toml", file, &settings));
}

/// Prices of a file. What is written of them must be read as the same.
pub fn prices(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(read) = PriceFile::read("prices.csv", text) else {
        return;
    };
    let written = price_file_text(&[], &read.prices).expect("it goes to memory");
    let again = PriceFile::read("prices.csv", str::from_utf8(&written).expect("UTF-8"));
    let again = again.expect("what was written is read");
    let amounts = |file: &PriceFile| {
        let prices = file.prices.iter();
        prices
            .map(|(key, price)| (key.clone(), price.usd))
            .collect::<Vec<_>>()
    };
    assert_eq!(amounts(&read), amounts(&again));
}

/// Results of a load test.
pub fn results(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        drop(calibrate::steps(text));
    }
}

/// An instance of vector bin packing. A small one is solved, and the proof must be accepted.
pub fn vbp(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(problem) = read_vbp(text) else {
        return;
    };
    if problem.types() > 12 || problem.items() > 100 || problem.resources() > 6 {
        return;
    }
    let solution = solve(&problem, &Budget::new(2_000, &|| false));
    let rule = solution.bound.rule.in_words();
    let certificate = Certificate::new("fuzzed.vbp", &problem, &solution, &[], rule);
    assert_eq!(check::is_about(&certificate, text), Ok(()));
    assert!(check::verify(&certificate).is_ok(), "{certificate:?}");
}

/// A workload for the simulation. A small one is simulated.
pub fn workload(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let Ok(file) = WorkloadFile::parse(text) else {
        return;
    };
    let (shape, apps) = (file.shape(), file.apps());
    let pods: u32 = apps.iter().map(|app| app.replicas).sum();
    if pods > 40 {
        return;
    }
    let fleet = Fleet {
        shape: &shape,
        apps: &apps,
        zones: file.zones(),
    };
    for scenario in Scenario::ALL {
        let _ = scenario.simulate(fleet, 1, 50);
    }
}

/// A small snapshot that can be read, with one file replaced.
fn snapshot_with(replaced: Option<(&str, &[u8])>) -> tempfile::TempDir {
    const FILES: [(&str, &[u8]); 3] = [
        (
            "manifest.json",
            include_bytes!("../../tests/cases/a20-at-most-one/manifest.json"),
        ),
        (
            "inventory.json",
            include_bytes!("../../tests/cases/a20-at-most-one/inventory.json"),
        ),
        (
            "metrics.parquet",
            include_bytes!("../../tests/cases/a20-at-most-one/metrics.parquet"),
        ),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in FILES {
        let bytes = replaced
            .filter(|(other, _)| *other == name)
            .map_or(bytes, |(_, other)| other);
        fs::write(folder.path().join(name), bytes).expect("it can be written");
    }
    folder
}
