//! What `-o` prints for machines: clean on stdout, and the same document in every format.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::hostile::planned_attacks;
use crate::program::{Desk, Ending, Planned, eb2eks, planned_sample, sample};

fn printed(arguments: &[&str], places: &[&Path]) -> String {
    let ending = Ending::of(eb2eks().args(arguments).args(places));
    assert!(
        matches!(ending.code, 0 | 3) && ending.stderr.is_empty(),
        "clean for machines: {ending:#?}"
    );
    ending.stdout
}

/// As readers see it that keep numbers for keys apart from texts, which this one does not.
#[track_caller]
fn yaml(text: &str) -> Value {
    let is_number = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
    let number = text.lines().find(|line| {
        line.trim_start_matches([' ', '-'])
            .split_once(':')
            .is_some_and(|(key, _)| is_number(key))
    });
    assert_eq!(number, None, "a key is a text");
    serde_saphyr::from_str(text).expect("YAML")
}

/// The plan of a run in a folder of its own.
fn kept(planned: &Planned) -> (Desk, PathBuf) {
    let desk = Desk::new();
    let path = desk.path().join("plan.json");
    fs::write(&path, &planned.files["plan.json"]).expect("it can be written");
    (desk, path)
}

#[test]
fn a_plan_on_stdout_is_that_of_the_folder() {
    let (planned, sample) = (planned_sample(), sample());
    let printed =
        |show: &str, format: &str| printed(&["plan", "--show", show, "-o", format], &[&sample]);
    assert!(
        printed("plan", "json") == planned.text("plan.json"),
        "-o json is plan.json to the byte"
    );
    assert!(
        printed("requests", "csv").as_bytes() == planned.files["requests.csv"],
        "--show requests -o csv is requests.csv to the byte"
    );
    assert_eq!(yaml(&printed("plan", "yaml")), planned.json());
}

#[test]
fn names_that_attack_stay_what_they_are_in_yaml() {
    let plan = planned_attacks().json();
    assert_eq!(
        serde_saphyr::from_str::<Value>(&eb2eks::render::yaml(&plan).expect("YAML")).expect("YAML"),
        plan
    );
}

#[test]
fn an_app_for_machines_is_its_part_of_the_plan() {
    let (_desk, path) = kept(planned_sample());
    let plan = planned_sample().json();
    for environment in plan["environments"].as_array().expect("a list") {
        let id = environment["id"].as_str().expect("an id");
        let json: Value =
            serde_json::from_str(&printed(&["explain", id, "-o", "json", "--plan"], &[&path]))
                .expect("JSON");
        assert_eq!(json["environment"], *environment);
        assert_eq!(
            yaml(&printed(&["explain", id, "-o", "yaml", "--plan"], &[&path])),
            json
        );
        for (number, option) in json["options"].as_object().expect("an object") {
            assert_eq!(
                *option,
                plan["options"][number.parse::<usize>().expect("a number")]
            );
        }
        for (part, whole) in [
            ("today", &plan["bills"][0]["lines"]),
            ("notes", &plan["notes"]),
        ] {
            let of_it: Vec<_> = whole
                .as_array()
                .expect("a list")
                .iter()
                .filter(|one| one["subject"] == environment["label"])
                .cloned()
                .collect();
            assert_eq!(json[part], Value::Array(of_it), "{id}, {part}");
        }
    }
    Ending::of(
        eb2eks()
            .args(["explain", "nobody", "-o", "json", "--plan"])
            .arg(&path),
    )
    .assert_refused(2, &["nobody"]);
}

#[test]
fn a_comparison_is_the_same_in_json_and_yaml() {
    let desk = Desk::new();
    let (_kept, one) = kept(planned_sample());
    let other = desk.path().join("other.json");
    fs::write(
        &other,
        printed(
            &[
                "plan",
                "-o",
                "json",
                "--set",
                "nodes.instance_type=r5.2xlarge",
            ],
            &[&sample()],
        ),
    )
    .expect("a file");
    let json: Value =
        serde_json::from_str(&printed(&["compare", "-o", "json"], &[&one, &other])).expect("JSON");
    assert_eq!(json["choices"][0]["name"], "nodes.instance_type");
    assert_eq!(
        yaml(&printed(&["compare", "-o", "yaml"], &[&one, &other])),
        json
    );
}
