//! `eb2eks import`, as its users run it: exports of other systems beside what a snapshot has.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use eb2eks::snapshot::{EnvironmentKey, Metric, Series, Snapshot, Subject, write_metrics};

use crate::fleet::Fleet;
use crate::program::{Desk, Ending, eb2eks};

fn import(desk: &Desk, base: &Path, csv: &str, more: &[&str]) -> Ending {
    let file = desk.path().join("export.csv");
    fs::write(&file, csv).expect("it can be written");
    let out = desk.path().join("completed");
    Ending::of(
        eb2eks()
            .arg("import")
            .arg(file)
            .arg("--into")
            .arg(base)
            .arg("--out")
            .arg(out)
            .args(["--source", "Other"])
            .args(more),
    )
}

fn series(folder: &Path) -> Vec<(EnvironmentKey, Series)> {
    let history = Snapshot::read(folder)
        .expect("sound")
        .history
        .summarise(|_, series| series, &|_| ())
        .expect("sound");
    history
        .into_iter()
        .flat_map(|(key, all)| all.into_iter().map(move |one| (key.clone(), one)))
        .collect()
}

/// Memory stripped from a snapshot and given back as CSV: the plan sizes it as it did before.
#[test]
fn memory_that_came_by_csv_is_sized_like_memory_that_was_collected() {
    let fleet = Fleet::of(3);
    let before = Desk::new();
    before.plan(fleet.path(), &[]);
    let mut csv = "\u{feff}clock;host;value\r\n".to_owned();
    let all = series(fleet.path());
    for (_, one) in all
        .iter()
        .filter(|(_, one)| one.metric == Metric::MemoryPercent)
    {
        let Subject::Instance(id) = &one.subject else {
            continue;
        };
        for (slot, value) in one.present() {
            let second = one.start.as_second()
                + i64::try_from(slot).expect("small") * i64::from(one.period_seconds);
            write!(csv, "{second};{id};{value}\r\n").expect("a text");
        }
    }
    let kept: Vec<_> = all
        .into_iter()
        .filter(|(_, one)| one.metric != Metric::MemoryPercent)
        .collect();
    write_metrics(&fleet.file("metrics.parquet"), kept.clone()).expect("it can be written");
    let desk = Desk::new();
    let ending = import(
        &desk,
        fleet.path(),
        &csv,
        &["--memory-unit", "percent", "--memory-column", "value"],
    );
    assert_eq!(ending.code, 0, "{ending:#?}");
    let completed = desk.path().join("completed");
    let still: Vec<_> = series(&completed)
        .into_iter()
        .filter(|(_, one)| one.source != "Other")
        .collect();
    assert_eq!(
        format!("{still:?}"),
        format!("{kept:?}"),
        "what was there stays"
    );
    desk.plan(&completed, &[]);
    let (one, other) = (before.plan_json(), desk.plan_json());
    for (was, is) in one["environments"]
        .as_array()
        .expect("a list")
        .iter()
        .zip(other["environments"].as_array().expect("a list"))
    {
        let memory = |it: &serde_json::Value| {
            (
                it["name"].clone(),
                it["outcome"]["sizing"]["requests"].clone(),
            )
        };
        assert!(!memory(was).1.is_null());
        assert_eq!(memory(was), memory(is));
        assert_eq!(
            is["outcome"]["sizing"]["evidence"]["memory"]["sources"][0],
            "Other"
        );
    }
}

#[test]
fn bad_rows_are_named_by_file_and_line_and_nothing_is_written() {
    let fleet = Fleet::of(1);
    let desk = Desk::new();
    let csv = "time,environment,cpu\n2026-11-14T00:00:00Z,search-prod,12\nsoon,search-prod,1\n2026-11-14T00:05:00Z,search-prod,\"1,5\"\n";
    let unit = ["--cpu-unit", "percent"];
    import(&desk, fleet.path(), csv, &unit).assert_refused(
        7,
        &["2 rows", "export.csv:3: \"soon\"", "export.csv:4: cpu:"],
    );
    assert_eq!(desk.entries(), ["export.csv"]);
    assert_eq!(
        import(
            &desk,
            fleet.path(),
            csv,
            &["--cpu-unit", "percent", "--skip-bad-rows"]
        )
        .code,
        3
    );
}

/// As Grafana, Excel and Datadog write them: line ends, encodings, dates, separators, and what is idle.
#[test]
fn exports_of_other_systems_are_refused_by_their_line_and_as_they_stand() {
    let fleet = Fleet::of(1);
    let desk = Desk::new();
    let percent = ["--cpu-unit", "percent", "--time-zone", "Asia/Tokyo"];
    let lines = "time,environment,cpu\n2026-11-14T00:00:00Z,search-prod,12\n\n2026-11-14T00:05:00Z,search-prod,bad\n";
    for text in [lines.to_owned(), lines.replace('\n', "\r\n")] {
        import(&desk, fleet.path(), &text, &percent)
            .assert_refused(7, &["export.csv:4: cpu: \"bad\""]);
    }
    let japanese = "time,environment,cpu\r\n2026/11/1 0:00,search-prod,12\r\n";
    import(&desk, fleet.path(), japanese, &percent)
        .assert_refused(7, &["export.csv:2: \"2026/11/1 0:00\" is no time"]);
    let formatted = "\u{feff}\"time\",\"environment\",\"cpu\"\n\"2026-11-01 00:00:00\",\"search-prod\",\"20.5%\"\n";
    import(&desk, fleet.path(), formatted, &percent)
        .assert_refused(7, &["export.csv:2: cpu: \"20.5%\"", "without the unit"]);
    let thousands = "time,environment,memory\n2026-11-14T00:00:00Z,search-prod,\"2,100,000,000\"\n";
    let skipping = ["--memory-unit", "bytes", "--skip-bad-rows"];
    import(&desk, fleet.path(), thousands, &skipping).assert_refused(
        7,
        &["no row could be used: 1 of 1", "separators of thousands"],
    );
    let idle = "time,environment,system.cpu.idle\n2026-11-14T00:00:00Z,search-prod,78.5\n";
    let column = ["--cpu-column", "system.cpu.idle", "--cpu-unit"];
    let with = |unit: &str| import(&desk, fleet.path(), idle, &[&column[..], &[unit]].concat());
    with("percent").assert_refused(2, &["system.cpu.idle", "percent-idle"]);
    assert_eq!(with("percent-idle").code, 0);
    let busy = series(&desk.path().join("completed"));
    assert!(
        busy.iter()
            .any(|(_, one)| one.source == "Other" && one.samples == [21.5]),
        "{busy:?}"
    );
}

/// The header is Shift JIS, as Excel writes it in Japan: no hint about columns mends that.
#[test]
fn another_encoding_is_told_as_such() {
    let fleet = Fleet::of(1);
    let desk = Desk::new();
    let file = desk.path().join("export.csv");
    fs::write(&file, b"\x93\xfa\x8e\x9e,CPU\r\n2026/11/1 0:00,20.5\r\n").expect("written");
    let ending = Ending::of(
        eb2eks()
            .arg("import")
            .arg(file)
            .arg("--into")
            .arg(fleet.path())
            .arg("--out")
            .arg(desk.path().join("completed"))
            .args(["--source", "Other", "--cpu-unit", "percent"]),
    );
    ending.assert_refused(7, &["not UTF-8", "Shift JIS"]);
    assert!(!ending.stderr.contains("--time-column"), "{ending:?}");
}

#[test]
fn rows_of_whom_nobody_knows_are_a_gap() {
    let fleet = Fleet::of(1);
    let desk = Desk::new();
    let csv = "time,environment,cpu\n2026-11-14T00:00:00Z,search-prod,12\n2026-11-14T00:00:00Z,stranger,12\n";
    assert_eq!(
        import(&desk, fleet.path(), csv, &["--cpu-unit", "percent"]).code,
        3
    );
    let gaps = &Snapshot::read(&desk.path().join("completed"))
        .expect("sound")
        .manifest
        .scopes[0]
        .gaps;
    assert!(
        gaps.iter().any(|gap| gap.what.contains("stranger")),
        "{gaps:?}"
    );
}

#[test]
fn units_and_columns_are_never_guessed() {
    let fleet = Fleet::of(1);
    let csv = "time,environment,env,memory\n2026-11-14T00:00:00Z,search-prod,x,0.5\n";
    let desk = Desk::new();
    import(&desk, fleet.path(), csv, &[]).assert_refused(2, &["unit"]);
    import(&desk, fleet.path(), csv, &["--memory-unit", "percent"])
        .assert_refused(2, &["2 columns could be the environment"]);
    let named = [
        "--memory-unit",
        "percent",
        "--environment-column",
        "environment",
    ];
    import(&desk, fleet.path(), csv, &named).assert_refused(7, &["fractions"]);
    // Turned around, a fraction that is free would pass for a machine that is full.
    let free = [
        "--memory-unit",
        "percent-free",
        "--environment-column",
        "environment",
    ];
    import(&desk, fleet.path(), csv, &free).assert_refused(7, &["fractions"]);
}

/// No account needed: machines from one list, history from another system, hosts as that system knows them.
#[test]
fn a_snapshot_is_built_from_csv_alone_and_can_be_planned() {
    let desk = Desk::new();
    let file = |name: &str, text: &str| {
        let path = desk.path().join(name);
        fs::write(&path, text).expect("it can be written");
        path
    };
    let mut machines = "environment,instance,type,region,host,tag:Stack\n".to_owned();
    let mut values = "time,host,cpu,memory\n".to_owned();
    for (environment, stage) in [("shop-prod", "prod"), ("shop-stg", "staging")] {
        for number in 1..=2 {
            let host = format!("{environment}-{number}.internal:9100");
            writeln!(
                machines,
                "{environment},i-{environment}{number},t3.medium,ap-northeast-1,{host},{stage}"
            )
            .expect("a text");
            for slot in 0..20 * 288 {
                let time = 1_794_700_800 + slot * 300;
                writeln!(values, "{time},{host},0.{},1200", 10 + slot % 40).expect("a text");
            }
        }
    }
    let out = desk.path().join("built");
    let ending = Ending::of(
        eb2eks()
            .arg("import")
            .arg(file("values.csv", &values))
            .arg("--machines")
            .arg(file("machines.csv", &machines))
            .arg("--out")
            .arg(&out)
            .args([
                "--source",
                "Prometheus node_exporter",
                "--cpu-unit",
                "fraction",
                "--memory-unit",
                "mib",
            ]),
    );
    assert_eq!(ending.code, 0, "{ending:#?}");
    let snapshot = Snapshot::read(&out).expect("sound");
    assert_eq!(snapshot.inventory.environments.len(), 2);
    assert_eq!(snapshot.manifest.window.end, snapshot.manifest.collected_at);
    desk.plan(&out, &[]);
    let plan = desk.plan_json();
    for one in plan["environments"].as_array().expect("a list") {
        let sizing = &one["outcome"]["sizing"];
        // A quarter to a half of two vCPUs, and 1,200 MiB, each with a margin.
        assert!(sizing["requests"].is_object(), "{one}");
    }
    assert_eq!(plan["environments"].as_array().expect("a list").len(), 2);
}

/// Gaps are samples, too: these rows would be gigabytes of them.
#[test]
fn a_few_rows_far_apart_do_not_fill_memory() {
    let fleet = Fleet::of(3);
    let desk = Desk::new();
    let instances: Vec<String> = series(fleet.path())
        .into_iter()
        .filter_map(|(_, one)| match one.subject {
            Subject::Instance(id) => Some(id),
            _ => None,
        })
        .collect();
    let of = |times: &[&str]| {
        let rows = times
            .iter()
            .flat_map(|time| instances.iter().map(move |id| format!("{time},{id},5\n")));
        format!("time,instance,cpu\n{}", rows.collect::<String>())
    };
    let cpu = ["--cpu-unit", "percent"];
    let century = of(&[
        "2000-01-01T00:00:00Z",
        "2026-11-01T00:00:00Z",
        "2026-11-01T00:05:00Z",
    ]);
    import(&desk, fleet.path(), &century, &cpu).assert_refused(
        7,
        &[
            "from 2000-01-01T00:00:00Z to 2026-11-01",
            "3660 days",
            "hint: is a year mistyped",
        ],
    );
    let years = of(&["2017-01-01T00:00:00Z", "2026-11-01T00:00:00Z"]);
    import(
        &desk,
        fleet.path(),
        &years,
        &[&cpu[..], &["--period", "60"]].concat(),
    )
    .assert_refused(7, &["values are spread over", "slots of time", "--period"]);
}
