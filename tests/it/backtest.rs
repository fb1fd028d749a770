//! `eb2eks backtest` as scripts and people see it.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use eb2eks::sample::{self, Recipe};
use eb2eks::size::Rule;
use serde_json::Value;
use tempfile::TempDir;

fn fleet(days: u32) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    sample::write_snapshot(
        &Recipe {
            environments: 6,
            days,
            ..Recipe::default()
        },
        folder.path(),
    )
    .expect("it can be written");
    folder
}

fn backtest(snapshot: &Path, arguments: &[&str], threads: &str) -> Output {
    let mut command = Command::cargo_bin("eb2eks").expect("the program");
    command
        .arg("backtest")
        .arg(snapshot)
        .args(arguments)
        .env("RAYON_NUM_THREADS", threads);
    command.output().expect("it runs")
}

fn rows(output: &Output) -> Vec<Value> {
    serde_json::from_slice(&output.stdout).expect("a list of rows")
}

#[test]
fn rows_have_the_fields_that_scripts_rely_on() {
    let folder = fleet(28);
    let output = backtest(folder.path(), &["-o", "json"], "2");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let rows = rows(&output);
    assert_eq!(rows.len(), 2 * Rule::ALL.len());
    for (row, rule) in rows.iter().zip(Rule::ALL.iter().chain(&Rule::ALL)) {
        let mut fields: Vec<&String> = row.as_object().expect("an object").keys().collect();
        fields.sort();
        assert_eq!(
            fields,
            [
                "nominal_share",
                "policy",
                "requested_over_used",
                "resource",
                "violating_share",
                "windows"
            ]
        );
        assert_eq!(row["policy"], rule.name());
        assert_eq!(
            row["nominal_share"].as_f64(),
            rule.risk().map(|risk| risk.get()),
            "only ours promise a share"
        );
        assert!(row["windows"].as_u64().is_some_and(|windows| windows > 0));
        assert!(
            row["requested_over_used"]
                .as_f64()
                .is_some_and(|ratio| ratio > 0.0 && (ratio * 1e4).round() / 1e4 == ratio)
        );
        assert!(
            row["violating_share"]
                .as_f64()
                .is_some_and(|share| (0.0..=1.0).contains(&share))
        );
    }
    let share = |policy: &str, resource: &str, field: &str| {
        let row = rows
            .iter()
            .find(|row| row["policy"] == policy && row["resource"] == resource);
        row.and_then(|row| row[field].as_f64()).expect("a number")
    };
    for resource in ["cpu", "memory"] {
        // From the definitions: more is requested, less is violated; what the instance has is never passed.
        for field in [
            ("eb2eks-90", "eb2eks-98"),
            ("p95", "p99"),
            ("p99", "max"),
            ("max", "provisioned"),
            ("krr-simple-limit", "krr-simple"),
            ("vpa-target", "vpa-upper"),
        ] {
            assert!(
                share(field.0, resource, "requested_over_used")
                    <= share(field.1, resource, "requested_over_used"),
                "{field:?}"
            );
            assert!(
                share(field.0, resource, "violating_share")
                    >= share(field.1, resource, "violating_share"),
                "{field:?}"
            );
        }
        assert_eq!(share("provisioned", resource, "violating_share"), 0.0);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = fleet(28);
    let of = |threads| backtest(folder.path(), &["-o", "json"], threads).stdout;
    let one = of("1");
    assert!(!one.is_empty());
    assert_eq!(one, of("2"));
    assert_eq!(one, of("7"));
}

#[test]
fn the_table_begins_with_what_was_judged() {
    let output = backtest(fleet(28).path(), &[], "2");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(
        text.starts_with("Requests made from 14 days were judged on the 7 days after"),
        "{text}"
    );
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("; beside compute-optimizer, the plan's rule asks for"),
        "{text}"
    );
    for rule in Rule::ALL {
        assert!(
            text.lines()
                .any(|line| line.trim_start().starts_with(rule.name())),
            "{rule} in {text}"
        );
    }
}

#[test]
fn each_environment_has_its_own_weeks_at_the_policys_risk() {
    let folder = fleet(28);
    let policy = folder.path().join("policy.toml");
    #[expect(clippy::disallowed_methods, reason = "a policy for the test")]
    std::fs::write(&policy, "[sizing]\ncpu_risk = 0.2\n").expect("it can be written");
    let text = policy.to_str().expect("a path in UTF-8");
    let rows = rows(&backtest(
        folder.path(),
        &["--show", "environments", "-o", "json", "--policy", text],
        "2",
    ));
    assert_eq!(rows.len(), 12, "six environments, two resources");
    for row in &rows {
        let promised = if row["resource"] == "cpu" { 0.2 } else { 0.01 };
        assert_eq!(row["nominal_share"].as_f64(), Some(promised));
        assert!(row["violated"].as_u64() <= row["weeks"].as_u64());
    }
    assert!(rows.iter().any(|row| row["weeks"].as_u64() > Some(0)));
}

#[test]
fn scores_have_the_form_of_the_shipped_prior() {
    let text = String::from_utf8(
        backtest(fleet(28).path(), &["--show", "scores", "-o", "csv"], "2").stdout,
    )
    .expect("text");
    let strata: Vec<&str> = text
        .lines()
        .filter_map(|line| line.rsplitn(2, ',').last()?.get(..5))
        .collect();
    assert_eq!(
        text.lines().count(),
        9,
        "five strata of CPU, four of memory: {strata:?}"
    );
    let scores = text
        .lines()
        .flat_map(|line| line.split(',').skip(2))
        .filter(|cell| !cell.is_empty());
    assert!(
        scores.clone().count() > 40 && scores.clone().all(|score| score.parse::<f64>().is_ok())
    );
}

#[test]
fn a_history_shorter_than_a_fold_is_refused_with_a_hint() {
    let folder = fleet(10);
    let output = backtest(folder.path(), &[], "2");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(
        message.contains("10 days") && message.contains("14 to fit") && message.contains("hint:"),
        "{message}"
    );
    assert!(
        backtest(
            folder.path(),
            &["--train-days", "6", "--test-days", "2"],
            "2"
        )
        .status
        .success()
    );
    assert_eq!(
        backtest(folder.path(), &["--test-days", "0"], "2")
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn rules_are_packed_and_replayed_on_days_that_they_had_not_seen() {
    let folder = fleet(63);
    let of = |threads| backtest(folder.path(), &["--show", "nodes", "-o", "json"], threads);
    let output = of("2");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.stdout, of("1").stdout);
    let rows = rows(&output);
    let moments: std::collections::BTreeSet<&str> = rows
        .iter()
        .map(|row| row["planned_at"].as_str().expect("a moment"))
        .collect();
    assert_eq!(moments.len(), 3, "42, 28 and 14 days before the end");
    for moment in &moments {
        let of_moment: Vec<&Value> = rows
            .iter()
            .filter(|row| row["planned_at"] == *moment)
            .collect();
        assert_eq!(of_moment[0]["rule"], "eb2eks");
        // Ours, at each of its eight levels, and seven others.
        assert_eq!(of_moment.len(), 16);
        let at_level = |level: u32| {
            let name = format!("eb2eks-level-{level}");
            let row = of_moment.iter().find(|row| row["rule"] == *name);
            row.expect("a level")["nodes"].as_u64().expect("a number")
        };
        assert!(at_level(1) < at_level(8), "requests are limits on the last");
        for row in of_moment {
            assert_eq!(row["apps"], rows[0]["apps"], "{row}");
            assert_eq!(row["days"], 14.0, "{row}");
            assert!(row["nodes"].as_u64().expect("a number") > 0, "{row}");
        }
    }

    // The last one is the plan that is tried on the days that it had not seen.
    let mut plan = Command::cargo_bin("eb2eks").expect("the program");
    let out = folder.path().join("out");
    let planned = plan
        .arg("plan")
        .arg(folder.path())
        .arg("--out")
        .arg(&out)
        .output();
    assert!(planned.expect("it runs").status.code().is_some());
    let plan: Value =
        serde_json::from_slice(&std::fs::read(out.join("plan.json")).expect("a plan"))
            .expect("JSON");
    let unseen = &plan["replay"]["unseen"];
    let last = rows
        .iter()
        .filter(|row| row["rule"] == "eb2eks")
        .max_by_key(|row| row["planned_at"].as_str())
        .expect("a row");
    for field in [
        "days",
        "pod_weeks",
        "evictions",
        "kills",
        "starved_app_minutes",
        "kept",
    ] {
        assert_eq!(last[field], unseen[field], "{field}");
    }
    assert_eq!(last["node_cpu_max"], unseen["node_cpu"]["max"]);

    let table = backtest(folder.path(), &["--show", "nodes"], "2").stdout;
    let table = String::from_utf8(table).expect("UTF-8");
    assert!(
        table.contains("compute-optimizer-capped") && table.contains("/3"),
        "{table}"
    );
}

#[test]
fn a_history_without_days_to_judge_is_refused_with_a_hint() {
    let output = backtest(fleet(20).path(), &["--show", "nodes"], "2");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(
        message.contains("14 days before the end") && message.contains("hint:"),
        "{message}"
    );
}
