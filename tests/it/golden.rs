//! What the program makes of the sample, kept in `tests/golden/sample` so that a change shows in a diff.
//!
//! `UPDATE_GOLDEN=1 cargo test --no-default-features golden` writes the folder anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{Desk, Ending, eb2eks, files_below, planned_sample};

/// An ordinary app, one whose memory is assumed, one that is split, one that ran out of credits.
const EXPLAINED: [&str; 4] = [
    "search-prod",
    "review-prod",
    "hotel-prod",
    "ranking-worker-prod",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sample")
}

/// Everything that is kept, by path in the folder.
fn made() -> BTreeMap<String, Vec<u8>> {
    let planned = planned_sample();
    let mut files = planned.files.clone();
    let plan = files.remove("plan.json").expect("a plan");
    files.remove("files.sha256");
    // A megabyte and a binary file: `reports.rs` reads both back.
    files.retain(|path, _| is_kept(path) && path != "report.html" && path != "report.xlsx");
    files.insert(
        "summary.txt".to_owned(),
        planned.ending.stdout.clone().into_bytes(),
    );
    files.insert("plan-headline.json".to_owned(), headline(&planned.json()));
    let desk = Desk::new();
    let path = desk.path().join("plan.json");
    fs::write(&path, plan).expect("it can be written");
    for app in EXPLAINED {
        let ending = Ending::of(eb2eks().args(["explain", app, "--plan"]).arg(&path));
        assert_eq!((ending.code, ending.stderr.as_str()), (0, ""), "{app}");
        files.insert(format!("explain-{app}.txt"), ending.stdout.into_bytes());
    }
    files
}

/// Of what there is for each app: three of them in full (an ordinary one, a worker, one on Windows), two pages, one
/// pipeline, one load test, one app for Cluster Mode.
fn is_kept(path: &str) -> bool {
    const KEPT: [&str; 9] = [
        "apps/search/search-prod/",
        "apps/booking-worker/",
        "apps/partner/partner-prod/",
        "cluster-mode/search-prod.json",
        "delivery/cdn/search-prod/",
        "delivery/spinnaker/search-prod.json",
        "handover/search-prod.md",
        "handover/ranking-worker-prod.md",
        "loadtest/search-prod/",
    ];
    let (top, rest) = path.split_once('/').unwrap_or(("", path));
    let is_of_an_app = match top {
        "apps" | "delivery" | "loadtest" => rest.contains('/'),
        "cluster-mode" => true,
        "handover" => rest != "waves.md",
        _ => false,
    };
    !is_of_an_app
        || KEPT.iter().any(|kept| path.starts_with(kept))
        || path.starts_with("apps/namespaces/")
}

/// The numbers of plan.json that decide; the rest of it is too large to be read in a diff.
fn headline(plan: &Value) -> Vec<u8> {
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let group = |group: &Value| {
        let keys = [
            "name",
            "instance_type",
            "min_size",
            "desired_capacity",
            "max_size",
        ];
        Value::Object(
            keys.iter()
                .map(|&key| (key.to_owned(), group[key].clone()))
                .collect(),
        )
    };
    let cluster = |cluster: &Value| {
        let groups: Vec<_> = list(&cluster["node_groups"]).iter().map(group).collect();
        json!({"name": cluster["name"], "node_groups": groups})
    };
    let clusters: Vec<_> = list(&plan["clusters"]).iter().map(cluster).collect();
    let headline =
        json!({"coverage": plan["coverage"], "saving": plan["saving"], "clusters": clusters});
    let mut text = serde_json::to_string_pretty(&headline).expect("JSON");
    text.push('\n');
    text.into_bytes()
}

/// Where two texts part, for people.
fn first_difference(golden: &[u8], made: &[u8]) -> String {
    let (golden, made) = (
        String::from_utf8_lossy(golden),
        String::from_utf8_lossy(made),
    );
    let (mut golden, mut made) = (golden.split('\n'), made.split('\n'));
    for number in 1.. {
        match (golden.next(), made.next()) {
            (None, None) => break,
            (was, is) if was == is => {}
            (was, is) => {
                return format!(
                    "line {number}\n  was {:?}\n  is  {:?}",
                    was.unwrap_or("(the end)"),
                    is.unwrap_or("(the end)")
                );
            }
        }
    }
    "nowhere".to_owned()
}

#[test]
fn golden() {
    let (folder, made) = (folder(), made());
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        // Written as a whole: what is no longer made shall not stay.
        drop(fs::remove_dir_all(&folder));
        for (name, bytes) in &made {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, bytes).expect("it can be written");
        }
        return;
    }
    let golden = files_below(&folder);
    let (kept, names): (Vec<_>, Vec<_>) = (golden.keys().collect(), made.keys().collect());
    assert_eq!(kept, names, "the files of tests/golden/sample");
    let differences: Vec<String> = made
        .iter()
        .filter(|(name, bytes)| golden[*name] != **bytes)
        .map(|(name, bytes)| {
            format!(
                "tests/golden/sample/{name} differs from {}",
                first_difference(&golden[name], bytes)
            )
        })
        .collect();
    assert!(
        differences.is_empty(),
        "{}\nif that is meant: UPDATE_GOLDEN=1 cargo test --no-default-features golden",
        differences.join("\n")
    );
}

#[test]
fn a_mismatch_is_told_by_its_first_line() {
    assert_eq!(
        first_difference(b"a\nb\nc\n", b"a\nx\nc\n"),
        "line 2\n  was \"b\"\n  is  \"x\""
    );
    assert_eq!(
        first_difference(b"a\n", b"a\nb\n"),
        "line 2\n  was \"\"\n  is  \"b\""
    );
    assert_eq!(
        first_difference(b"a\r\n", b"a\n"),
        "line 1\n  was \"a\\r\"\n  is  \"a\""
    );
}

#[test]
fn the_contributors_are_told_the_command() {
    let command = "UPDATE_GOLDEN=1 cargo test --no-default-features golden";
    assert!(
        include_str!("../../CONTRIBUTING.md").contains(command),
        "CONTRIBUTING.md tells how to write them anew"
    );
}
