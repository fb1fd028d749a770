//! `reports/` holds the sample's reports in both languages: `UPDATE_GOLDEN=1` writes the folder anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Desk, Ending, eb2eks, files_below, planned_sample};

/// What is kept of a report: what a browser and a reviewer read. The workbook is a binary file.
const KEPT: [&str; 2] = ["report.html", "report.md"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports")
}

/// The reports by path in the folder: `en/report.html`.
fn made() -> BTreeMap<String, Vec<u8>> {
    let planned = planned_sample();
    let desk = Desk::new();
    let plan = desk.path().join("plan.json");
    fs::write(&plan, &planned.files["plan.json"]).expect("it can be written");
    let ending = Ending::of(
        eb2eks()
            .arg("report")
            .arg(&plan)
            .args(["--lang", "ja", "--out"])
            .arg(desk.out()),
    );
    assert_eq!(ending.code, 0, "{ending:#?}");
    let japanese = files_below(&desk.out());
    [("en", &planned.files), ("ja", &japanese)]
        .into_iter()
        .flat_map(|(language, files)| {
            KEPT.map(|name| (format!("{language}/{name}"), files[name].clone()))
        })
        .collect()
}

#[test]
fn kept_reports_are_what_the_program_writes() {
    let (folder, made) = (folder(), made());
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        for (name, bytes) in &made {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, bytes).expect("it can be written");
        }
        return;
    }
    for (name, bytes) in &made {
        let kept = fs::read(folder.join(name)).unwrap_or_default();
        assert!(
            kept == *bytes,
            "reports/{name} is not what the program writes: UPDATE_GOLDEN=1 cargo test --no-default-features kept_reports"
        );
    }
}
