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
        let promised = if row["resource"] == "cpu" { 0.2 } else { 0.02 };
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
