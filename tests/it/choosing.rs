//! What to choose: every way has its bill, the printed settings give it to the cent, and the frontier is one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::program::{Desk, Ending, eb2eks, planned_sample, sample};

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
    after(&place.plan_json())
}

/// The same of the plan that the summary's command makes, typed as it is printed but for the folder, whose parent is
/// gone by now.
fn by_the_printed_command() -> String {
    let mut lines = planned_sample().ending.stdout.lines();
    lines.find(|line| *line == "To make its files:");
    let command = lines
        .next()
        .expect("the command stands on a line of its own");
    let words: Vec<&str> = command.split_whitespace().collect();
    let [program, arguments @ .., option, _out] = &words[..] else {
        panic!("{command}");
    };
    assert_eq!((*program, *option), ("eb2eks", "--out"));
    let place = Desk::new();
    Ending::of(
        eb2eks()
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(arguments)
            .arg("--out")
            .arg(place.out()),
    )
    .assert_planned(0);
    after(&place.plan_json())
}

fn after(plan: &Value) -> String {
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
    let made = by_the_printed_command();
    assert_eq!(made, best["monthly"].as_str().expect("an amount"));
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

/// By category, in cents, with a pocket calculator, the list prices of ap-northeast-1 and a month of 730 hours; each line
/// is rounded once.
#[test]
fn five_bills_of_the_sample_worked_out_by_hand() {
    let worked: [(&str, &[(&str, i64)]); 5] = [
        // Instances: 5110 h of c4.2xlarge at 0.504 = 2,575.44; 2980.59 h of c4.xlarge at 0.252 = 751.11; c5.large 1460 x
        // 0.107 = 156.22; m4.xlarge 2190 x 0.258 = 565.02, with Windows 1460 x 0.442 = 645.32; m5.4xlarge 1460 x 0.992 =
        // 1,448.32; m5.large 11680 x 0.124 = 1,448.32, with Windows 1460 x 0.216 = 315.36; m5.xlarge with Windows 1460 x
        // 0.432 = 630.72; t2.medium 1460 x 0.0608 = 88.77; t3.large 4380 x 0.1088 = 476.54; t3.medium 2920 x 0.0544 =
        // 158.85. Twenty balancers at 730 x 0.0243 = 17.74; 45 addresses for 730 h at 0.005.
        (
            "as_is",
            &[
                ("machines", 925_999),
                ("load_balancers", 35_480),
                ("addresses", 16_425),
            ],
        ),
        // Two instances each, but for three of booking-prod and member-prod and four of search-prod. t3.small: eight
        // environments of 2 x 730 x 0.0272 = 39.71; c5.large: four of 2 x 730 x 0.107 = 156.22 and one of c6i.large, which
        // costs as much, two of 3 x 730 x 0.107 = 234.33, one of 312.44; m5.xlarge 2 x 730 x 0.248 = 362.08; c5.large with Windows (0.107 + 2 x 0.046) two of
        // 290.54; t3.small with Windows (0.0272 + 0.0184) 66.58; kept: t2.medium 88.77, t3.medium two of 79.42; t3.large
        // 158.85. Four shared balancers of 17.74.
        (
            "right_sized",
            &[("machines", 329_608), ("load_balancers", 7_096)],
        ),
        // Nine and seven nodes: 16 x 730 x 0.428 = 4,999.04, above them 222.57 h = 95.26 and 349.55 h = 149.61; four with
        // Windows: 4 x 730 x (0.428 + 8 x 0.046) = 2,324.32, above them 153.05 h = 121.83. Together 7,690.06. Two
        // control planes of 73.00; disks: 16 x 100 and 4 x 150 GB at 0.096.
        (
            "as_asked",
            &[
                ("machines", 769_006),
                ("control_planes", 14_600),
                ("volumes", 21_120),
                ("load_balancers", 14_192),
            ],
        ),
        // 11 x 730 x 0.428 = 3,436.84, above them 121.67 h = 52.07, Windows 2 x 730 x 0.796 = 1,162.16. Disks: 11 x 100 x
        // 0.096 + 2 x 150 x 0.096. Five balancers of 17.74, three of them with an address in each of three zones.
        (
            "one_cluster",
            &[
                ("machines", 465_107),
                ("control_planes", 7_300),
                ("volumes", 13_440),
                ("load_balancers", 8_870),
                ("addresses", 3_285),
            ],
        ),
        // No node, no disk, no control plane: of these, the tasks of search-prod alone are (4 x 730 + 50.694 h) x (2 x
        // 0.05056 + 4 x 0.00553) = 300.40 + 65.71, and those of partner-stg (2 x 730 + 65.661 h) x (0.058144 + 0.046 + 2 x
        // 0.0063595) = 88.71 + 70.18 + 19.40.
        (
            "ecs_fargate",
            &[("machines", 343_382), ("load_balancers", 8_870)],
        ),
    ];
    let plan = planned_sample().json();
    let bills = plan["bills"].as_array().expect("a list");
    for (kind, categories) in worked {
        let one = alternatives(&plan).iter().find(|one| one["kind"] == kind);
        let name = &one.unwrap_or_else(|| panic!("no {kind}"))["bill"];
        let bill = bills.iter().find(|bill| bill["name"] == *name);
        let lines = bill.expect("its bill")["lines"].as_array().expect("a list");
        for (category, amount) in categories {
            let of_category = lines.iter().filter(|line| line["category"] == *category);
            let sum: i64 = of_category.map(|line| cents(&line["amount"])).sum();
            assert_eq!(sum, *amount, "{kind} {category}");
        }
    }
    let tasks = |subject: &str| -> i64 {
        let fargate = bills.iter().find(|bill| bill["name"] == "ecs_fargate");
        let lines = fargate.expect("a bill")["lines"]
            .as_array()
            .expect("a list");
        let own = lines.iter().filter(|line| line["subject"] == subject);
        own.map(|line| cents(&line["amount"])).sum()
    };
    assert_eq!(tasks("search-prod"), 30_040 + 6_571);
    assert_eq!(tasks("partner-stg"), 8_871 + 7_018 + 1_940);
}
