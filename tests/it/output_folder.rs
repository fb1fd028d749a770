//! The output folder as a whole: the same plan, the same numbers in every format.

use eb2eks::plan::{Plan, Saving};
use eb2eks::render::{NextCommands, files, summary};
use eb2eks::units::Money;
use eb2eks::wording::Language;
use serde_json::Value;

/// `tests/plans/hand-made.json`, with the default policy.
pub(crate) fn hand_made() -> Plan {
    let mut json: Value =
        serde_json::from_str(include_str!("../plans/hand-made.json")).expect("the fixture is JSON");
    let policy = eb2eks::policy::defaults().expect("the shipped defaults are a policy");
    json["inputs"]["policy"] = serde_json::to_value(policy).expect("a policy is JSON");
    serde_json::from_value(json).expect("the fixture is a plan")
}

fn text(plan: &Plan, path: &str) -> String {
    String::from_utf8(
        files(plan, Language::English).expect("the plan can be written")[path].clone(),
    )
    .expect("UTF-8")
}

#[test]
fn the_folder_holds_what_was_promised() {
    let paths: Vec<_> = files(&hand_made(), Language::English)
        .expect("the plan can be written")
        .into_keys()
        .collect();
    let mut tops: Vec<&str> = paths
        .iter()
        .map(|path| path.split('/').next().expect("a name"))
        .collect();
    tops.dedup();
    let promised = [
        "README.md",
        "apps",
        "bills.csv",
        "bootstrap",
        "certificates",
        "delivery",
        "eksctl",
        "files.sha256",
        "handover",
        "loadtest",
        "plan.json",
        "platform",
        "preflight.sh",
        "rehearsal",
        "report.html",
        "report.md",
        "report.xlsx",
        "requests.csv",
    ];
    assert_eq!(tops, promised);
    assert!(
        paths.iter().any(|path| path == "eksctl/eks-1.yaml")
            && paths.iter().any(|path| path == "eksctl/eks-2.yaml")
    );
}

#[test]
fn plan_json_is_the_plan() {
    let plan = hand_made();
    let json = text(&plan, "plan.json");
    assert!(json.ends_with("}\n"));
    assert_eq!(
        serde_json::from_str::<Plan>(&json).expect("the plan reads back"),
        plan
    );
}

#[test]
fn the_fixture_adds_up() {
    let plan = hand_made();
    for bill in &plan.bills {
        assert_eq!(
            bill.lines
                .iter()
                .filter_map(|line| line.amount)
                .sum::<Money>(),
            bill.total,
            "{}",
            bill.key
        );
    }
    let (today, after) = (
        plan.bill(eb2eks::plan::BillKey::TODAY).expect("today"),
        plan.bill(eb2eks::plan::BillKey::AFTER).expect("after"),
    );
    assert_eq!(plan.saving, Saving::between(today, after));
}

#[test]
fn the_headline_is_the_same_everywhere() {
    let plan = hand_made();
    let report = text(&plan, "report.md");
    let summary = summary(&plan, Language::English, 100, &NextCommands::default());
    for amount in ["$825.12", "$2,724.88", "$1,899.76"] {
        assert!(report.contains(amount), "{amount} in\n{report}");
        assert!(summary.contains(amount), "{amount} in\n{summary}");
    }
    assert_eq!(
        (plan.saving.today.to_string(), plan.saving.after.to_string()),
        ("825.12".to_owned(), "2724.88".to_owned())
    );
    let csv = text(&plan, "bills.csv");
    let mut totals = [Money::ZERO; 2];
    for row in csv::Reader::from_reader(csv.as_bytes())
        .records()
        .map(|row| row.expect("a row"))
    {
        if let Ok(amount) = row[8].parse::<Money>() {
            totals[usize::from(&row[0] == "after")] += amount;
        }
    }
    assert_eq!(totals, [plan.saving.today, plan.saving.after]);
    let json: Value = serde_json::from_str(&text(&plan, "plan.json")).expect("JSON");
    assert_eq!(json["saving"]["per_month"], Value::from("-1899.76"));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    assert_eq!(
        files(&hand_made(), Language::English).expect("files"),
        files(&hand_made(), Language::English).expect("files")
    );
}

#[test]
fn an_empty_plan_is_still_readable() {
    let mut plan = hand_made();
    plan.environments.clear();
    plan.notes.clear();
    plan.clusters
        .iter_mut()
        .for_each(|cluster| cluster.node_groups.clear());
    let report = text(&plan, "report.md");
    assert!(
        report.contains("No node group is planned")
            && report.contains("nothing in this plan waits"),
        "{report}"
    );
    assert!(
        summary(&plan, Language::English, 80, &NextCommands::default())
            .contains("No node group is planned")
    );
}
