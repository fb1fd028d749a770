//! Questions that `explain` cannot answer.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Desk, Ending, eb2eks, planned_sample};

const USAGE: i32 = 2;
const BAD_INPUT: i32 = 7;

fn explain(app: &str, plan: &Path) -> Ending {
    Ending::of(eb2eks().args(["explain", app, "--plan"]).arg(plan))
}

/// A desk with this text as `plan.json`.
fn with_plan(text: &[u8]) -> Desk {
    let desk = Desk::new();
    fs::write(desk.path().join("plan.json"), text).expect("it can be written");
    desk
}

#[test]
fn an_unknown_app_gets_near_names() {
    let desk = with_plan(&planned_sample().files["plan.json"]);
    explain("serch-prod", desk.path())
        .assert_refused(USAGE, &["\"serch-prod\"", "hint: did you mean search-prod"]);
    explain("zzzzzzzzzzzz", desk.path())
        .assert_refused(USAGE, &["\"zzzzzzzzzzzz\"", "requests.csv"]);
    explain("", desk.path()).assert_refused(USAGE, &["\"\""]);
}

#[test]
fn a_plan_is_found_by_its_folder_and_by_its_file() {
    let desk = with_plan(&planned_sample().files["plan.json"]);
    let by_folder = explain("search-prod", desk.path());
    assert_eq!((by_folder.code, by_folder.stderr.as_str()), (0, ""));
    assert_eq!(
        explain("search-prod", &desk.path().join("plan.json")),
        by_folder
    );
}

#[test]
fn without_a_plan_there_is_nothing_to_explain() {
    let desk = Desk::new();
    explain("search-prod", desk.path()).assert_refused(BAD_INPUT, &["plan.json", "eb2eks plan"]);
    explain("search-prod", &desk.path().join("nowhere")).assert_refused(BAD_INPUT, &["nowhere"]);
    // The folder that is looked into unless told otherwise.
    Ending::of(
        eb2eks()
            .current_dir(desk.path())
            .args(["explain", "search-prod"]),
    )
    .assert_refused(BAD_INPUT, &["eb2eks-out"]);
}

#[test]
fn a_damaged_plan_is_refused_wherever_it_ends() {
    let whole = &planned_sample().files["plan.json"];
    for length in [0, 1, 20, whole.len() / 2, whole.len() - 3] {
        explain("search-prod", with_plan(&whole[..length]).path())
            .assert_refused(BAD_INPUT, &["plan.json"]);
    }
    for other in [
        "[]",
        "null",
        "{\"format\": \"eb2eks-plan/1\"}",
        "{\"format\": 1}",
    ] {
        explain("search-prod", with_plan(other.as_bytes()).path())
            .assert_refused(BAD_INPUT, &["plan.json"]);
    }
}

/// Every number of `value`, however deep, as large as a count can be.
fn inflate(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_u64() => *value = Value::from(u32::MAX),
        Value::Array(items) => items.iter_mut().for_each(inflate),
        Value::Object(fields) => fields.values_mut().for_each(inflate),
        _ => {}
    }
}

/// Nothing checks a plan before it is explained: whatever its numbers are, they are printed.
#[test]
fn a_plan_of_nonsense_is_explained_as_it_stands() {
    let mut plan = planned_sample().json();
    for environment in plan["environments"].as_array_mut().expect("a list") {
        // What it asks for; a port beyond 65,535 would be refused before anything is explained.
        inflate(&mut environment["outcome"]);
    }
    inflate(&mut plan["clusters"]);
    let group = &mut plan["clusters"][0]["node_groups"][0];
    for node in group["normal"]["placement"].as_array_mut().expect("a list") {
        let pods = node["pods"].as_array_mut().expect("a list");
        pods.extend_from_within(..);
    }
    let ending = explain("search-prod", with_plan(plan.to_string().as_bytes()).path());
    assert_eq!((ending.code, ending.stderr.as_str()), (0, ""));
    assert!(ending.stdout.contains("4294967295m"), "{}", ending.stdout);
}

#[test]
fn a_plan_of_a_later_format_is_refused_by_its_name() {
    let desk = with_plan(b"{\"format\": \"eb2eks-plan/2\", \"all\": \"else differs\"}");
    explain("search-prod", desk.path())
        .assert_refused(BAD_INPUT, &["\"eb2eks-plan/2\"", "\"eb2eks-plan/1\""]);
}
