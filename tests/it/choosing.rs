//! What to choose: every way has its bill, the printed settings give it to the cent, and the frontier is one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::program::{Desk, planned_sample, sample};

fn alternatives(plan: &Value) -> &[Value] {
    plan["economics"]["alternatives"]
        .as_array()
        .expect("a list")
}

fn words(list: &Value) -> BTreeSet<&str> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one.as_str().expect("a text"))
        .collect()
}

/// Of the bill `after` in a plan made with these arguments.
fn planned_with(more: &[&str]) -> String {
    let place = Desk::new();
    place.plan(&sample(), more).assert_planned(0);
    let plan = place.plan_json();
    let bills = plan["bills"].as_array().expect("a list");
    let after = bills.iter().find(|bill| bill["name"] == "after");
    after.expect("a bill")["total"]
        .as_str()
        .expect("an amount")
        .to_owned()
}

#[test]
fn the_settings_of_a_row_give_its_bill_to_the_cent() {
    let plan = planned_sample().json();
    let of_plans = alternatives(&plan)
        .iter()
        .filter(|one| !words(&one["settings"]).is_empty());
    let mut tried = 0;
    for one in of_plans {
        let settings = one["settings"].as_array().expect("a list");
        let arguments: Vec<&str> = settings
            .iter()
            .flat_map(|setting| ["--set", setting.as_str().expect("a text")])
            .collect();
        assert_eq!(
            planned_with(&arguments),
            one["monthly"].as_str().expect("an amount"),
            "{} {arguments:?}",
            one["kind"]
        );
        tried += 1;
    }
    assert!(tried >= 3, "{tried} plans to try");
}

#[test]
fn the_recommended_plan_is_made_on_request() {
    let plan = planned_sample().json();
    let recommended: Vec<&Value> = alternatives(&plan)
        .iter()
        .filter(|one| one["recommended"] == true)
        .collect();
    let [best] = recommended[..] else {
        panic!("{} are recommended", recommended.len());
    };
    assert_eq!(
        planned_with(&["--choose", "recommended"]),
        best["monthly"].as_str().expect("an amount")
    );
}

/// Cents of a decimal.
fn cents(value: &Value) -> i64 {
    let text = value.as_str().expect("a decimal").replace('.', "");
    text.parse().expect("a number")
}

#[test]
fn what_is_recommended_survives_what_was_asked_for_and_nothing_like_it_is_cheaper() {
    let plan = planned_sample().json();
    let asked = words(&plan["inputs"]["policy"]["topology"]["survive"]);
    let is_plan = |one: &Value| {
        let kind = one["kind"].as_str().expect("a text");
        kind == "as_asked" || kind == "one_cluster" || kind.starts_with("eks_")
    };
    let fit: Vec<&Value> = alternatives(&plan)
        .iter()
        .filter(|one| is_plan(one) && one["unpriced_lines"] == 0)
        .filter(|one| asked.is_subset(&words(&one["survives"])))
        .filter(|one| !words(&one["needs"]).contains("arm64_images"))
        .filter(|one| one["replay"]["passes"] != false)
        .collect();
    let cheapest = fit.iter().map(|one| cents(&one["monthly"])).min();
    let best = fit.iter().find(|one| one["recommended"] == true);
    assert_eq!(best.map(|one| cents(&one["monthly"])), cheapest);
    assert_eq!(best.expect("one")["replay"]["passes"], true);
}

#[test]
fn nothing_that_survives_as_much_undercuts_the_frontier() {
    let plan = planned_sample().json();
    let priced: Vec<&Value> = alternatives(&plan)
        .iter()
        .filter(|one| one["unpriced_lines"] == 0)
        .collect();
    for one in &priced {
        let undercut = priced.iter().any(|other| {
            words(&other["survives"]).is_superset(&words(&one["survives"]))
                && cents(&other["monthly"]) < cents(&one["monthly"])
        });
        if one["frontier"] == true {
            assert!(!undercut, "{}", one["kind"]);
        } else {
            let equalled = priced.iter().any(|other| {
                other["kind"] != one["kind"]
                    && words(&other["survives"]).is_superset(&words(&one["survives"]))
                    && cents(&other["monthly"]) == cents(&one["monthly"])
            });
            assert!(undercut || equalled, "{}", one["kind"]);
        }
    }
}

#[test]
fn every_way_is_told_with_its_bill_or_with_why_not() {
    const KINDS: [&str; 14] = [
        "as_is",
        "right_sized",
        "as_asked",
        "one_cluster",
        "windows_stays",
        "auto_mode",
        "cluster_mode",
        "ecs_fargate",
        "ecs_ec2",
        "eks_node",
        "eks_zone",
        "eks_cluster",
        "eks_all",
        "eks_graviton",
    ];
    let plan = planned_sample().json();
    let not_offered = plan["economics"]["not_offered"].as_array().expect("a list");
    let told = alternatives(&plan).iter().chain(not_offered);
    let mut told: Vec<&str> = told
        .map(|one| one["kind"].as_str().expect("a text"))
        .collect();
    told.sort_unstable();
    let mut all = KINDS;
    all.sort_unstable();
    assert_eq!(told, all);
    for one in not_offered {
        assert!(one["reason"].is_object() || one["reason"].is_string());
    }
    for one in alternatives(&plan) {
        let of = |key: &str| cents(&one["likely"][key]);
        assert!(of("low") <= cents(&one["monthly"]) && cents(&one["monthly"]) <= of("high"));
    }
}

#[test]
fn a_row_of_a_node_type_is_the_bill_of_a_plan_made_on_it() {
    let plan = planned_sample().json();
    // Of each generation, since their vCPUs do more or less work, and a small type, on which big pods are divided.
    for name in ["m6i.xlarge", "r7i.2xlarge", "m6a.xlarge"] {
        let rows = plan["node_types"].as_array().expect("a list");
        let row = rows
            .iter()
            .find(|row| row["instance_types"] == serde_json::json!([name]))
            .unwrap_or_else(|| panic!("no row of {name}"));
        let setting = format!("nodes.instance_type={name}");
        assert_eq!(
            planned_with(&["--set", &setting]),
            row["outcome"]["per_month"].as_str().expect("an amount"),
            "{name}"
        );
    }
}

#[test]
fn burstable_types_are_no_nodes() {
    for key in ["nodes.instance_type", "windows_nodes.instance_type"] {
        let desk = Desk::new();
        let setting = format!("{key}=t3.2xlarge");
        desk.plan(&sample(), &["--set", &setting])
            .assert_refused(2, &["t3.2xlarge", key, "credits"]);
    }
}
