//! Nothing is lost and everything adds up, in every output, read back by readers of other makers.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::fleet::{Fleet, live_names};
use crate::program::{Planned, english, planned_sample};

/// A plan and the inventory that it was made from.
struct Case {
    planned: &'static Planned,
    inventory: Value,
}

/// Sizes and seeds of fleets that nobody has looked at.
const RANDOM: [(u32, u64); 3] = [(5, 11), (12, 12), (19, 13)];

/// The sample, a fleet of 60 that repeats its cases, and random ones.
fn cases() -> Vec<Case> {
    static OTHERS: OnceLock<Vec<(Planned, Value)>> = OnceLock::new();
    let others = OTHERS.get_or_init(|| {
        let planned = |(environments, seed)| {
            let fleet = Fleet::seeded(environments, seed);
            let inventory = serde_json::from_slice(&fleet.bytes("inventory.json")).expect("JSON");
            (Planned::from(fleet.path()), inventory)
        };
        RANDOM.into_iter().map(planned).collect()
    });
    static SIXTY: OnceLock<(Planned, Value)> = OnceLock::new();
    let (planned, inventory) = SIXTY.get_or_init(|| {
        let fleet = Fleet::of(60);
        // One of each class, so that the counts have something to count.
        fleet.edit_environments(|environments| {
            environments[3]["instances"] = Value::Array(Vec::new());
            environments[5]["instances"]
                .as_array_mut()
                .expect("a list")
                .iter_mut()
                .for_each(|instance| instance["type"] = "z9.huge".into());
            environments[7]["status"] = "Terminating".into();
        });
        let inventory = serde_json::from_slice(&fleet.bytes("inventory.json")).expect("JSON");
        (Planned::from(fleet.path()), inventory)
    });
    let sample_inventory =
        serde_json::from_str(include_str!("../../fixtures/sample/inventory.json")).expect("JSON");
    let others = others.iter().map(|(planned, inventory)| Case {
        planned,
        inventory: inventory.clone(),
    });
    [
        Case {
            planned: planned_sample(),
            inventory: sample_inventory,
        },
        Case {
            planned,
            inventory: inventory.clone(),
        },
    ]
    .into_iter()
    .chain(others)
    .collect()
}

/// `-1,234.50`, `$1,234.5` or `1234` in cents; what is no amount in whole cents is a defect.
#[track_caller]
fn cents(amount: &str) -> i64 {
    let plain = amount.replace(['$', ',', '*', '\\'], "");
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or((1, plain.as_str()), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(fraction.len() <= 2, "{amount} is no whole number of cents");
    let cents = format!("{fraction:0<2}").parse::<i64>().expect("digits");
    sign * (whole.parse::<i64>().expect("digits") * 100 + cents)
}

fn texts<'a>(plan: &'a Value, list: &str, key: &str) -> Vec<&'a str> {
    plan[list]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| item[key].as_str().expect("a text"))
        .collect()
}

/// `[seen, planned, excluded, unknown]` from a text that says `24 environments seen: 24 planned, 0 …`.
fn counts_in(text: &str) -> Vec<u64> {
    let line = text
        .lines()
        .find(|line| line.contains("environments seen: "))
        .expect("the counts are told");
    let numbers = line
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    numbers
        .take(4)
        .map(|number| number.parse().expect("a number"))
        .collect()
}

/// The amounts of the row `Total`, the last of its table: today, after, saving. On a terminal a row may
/// take several lines.
fn totals_in(text: &str) -> Vec<i64> {
    let from = text
        .lines()
        .skip_while(|line| !(line.contains("Total") && line.contains('$')));
    from.take_while(|line| !line.is_empty())
        .flat_map(amounts_in)
        .collect()
}

fn amounts_in(line: &str) -> impl Iterator<Item = i64> {
    line.split([' ', '*', '|'])
        .filter(|word| word.contains('$'))
        .map(cents)
}

/// What a bill line may pay for, as tables have it.
const CATEGORIES: [&str; 10] = [
    "Instances and nodes",
    "Volumes",
    "Load balancers",
    "Public IPv4 addresses",
    "NAT traffic",
    "Control planes",
    "Agents billed per host",
    "Metrics and logs",
    "Named in the policy",
    "Terms and commitments",
];

#[test]
fn every_bill_is_the_sum_of_its_rows_in_the_table_and_in_the_plan() {
    for Case { planned, .. } in cases() {
        let plan = planned.json();
        let rows = planned.rows("bills.csv");
        for bill in plan["bills"].as_array().expect("a list") {
            let name = bill["name"].as_str().expect("a name");
            for (end, column) in [
                ("total", "amount_per_month"),
                ("low", "low_per_month"),
                ("high", "high_per_month"),
            ] {
                let of_bill = rows
                    .iter()
                    .filter(|row| row["bill"] == name && !row[column].is_empty());
                let sum: i64 = of_bill.map(|row| cents(&row[column])).sum();
                assert_eq!(
                    sum,
                    cents(bill[end].as_str().expect("an amount")),
                    "{name}: {end}"
                );
            }
        }
        for alternative in plan["economics"]["alternatives"]
            .as_array()
            .expect("a list")
        {
            let total = |key: &str| cents(alternative[key].as_str().expect("an amount"));
            let bill = |key: &str| {
                let bills = plan["bills"].as_array().expect("a list");
                let bill = bills
                    .iter()
                    .find(|bill| bill["name"] == alternative[key])
                    .expect("its bill");
                cents(bill["total"].as_str().expect("an amount"))
            };
            assert_eq!(total("monthly"), bill("bill"));
            assert_eq!(
                total("monthly_with_terms"),
                bill("bill") + bill("terms_bill")
            );
            let title = english(&alternative["title"]);
            let in_report = planned
                .text("report.md")
                .lines()
                .filter(|line| line.starts_with('|') && line.contains(title))
                .map(|line| amounts_in(line).collect::<Vec<i64>>())
                // The front page names it above its columns, without amounts.
                .find(|shown| shown.len() >= 4);
            let shown = in_report.expect("a row");
            assert_eq!(
                shown[..4],
                [
                    "monthly",
                    "saving",
                    "monthly_with_terms",
                    "saving_with_terms"
                ]
                .map(total),
                "{title}"
            );
        }
    }
}

#[test]
fn every_environment_that_lives_is_in_the_plan_exactly_once() {
    for Case { planned, inventory } in cases() {
        let mut names = texts(&planned.json(), "environments", "name")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        names.sort();
        assert_eq!(names, live_names(&inventory));
        let mut rows: Vec<String> = planned
            .rows("requests.csv")
            .into_iter()
            .map(|mut row| row.remove("environment").expect("a column"))
            .collect();
        rows.sort();
        assert_eq!(rows, names, "requests.csv");
    }
}

#[test]
fn the_counts_add_up_and_are_the_same_everywhere() {
    for Case { planned, inventory } in cases() {
        let plan = planned.json();
        let coverage: Vec<u64> = ["seen", "planned", "excluded", "unknown"]
            .iter()
            .map(|class| plan["coverage"][class].as_u64().expect("a count"))
            .collect();
        assert_eq!(coverage[0], coverage[1..].iter().sum::<u64>());
        assert_eq!(coverage[0], live_names(&inventory).len() as u64);
        let all = inventory["environments"].as_array().expect("a list").len() as u64;
        assert_eq!(
            coverage[0] + plan["coverage"]["terminated"].as_u64().expect("a count"),
            all
        );

        let rows = planned.rows("requests.csv");
        let count = |status: &str| rows.iter().filter(|row| row["status"] == status).count() as u64;
        assert_eq!(
            coverage[1..],
            [count("planned"), count("excluded"), count("unknown")],
            "requests.csv"
        );
        let outcome = |status: &str| {
            let environments = plan["environments"].as_array().expect("a list");
            environments
                .iter()
                .filter(|environment| environment["outcome"]["status"] == status)
                .count() as u64
        };
        assert_eq!(
            coverage[1..],
            [outcome("planned"), outcome("excluded"), outcome("unknown")],
            "plan.json"
        );
        assert_eq!(coverage, counts_in(planned.text("report.md")), "report.md");
        assert_eq!(coverage, counts_in(&planned.ending.stdout), "the summary");
        let is_complete = coverage[3] == 0;
        assert_eq!(planned.ending.code, if is_complete { 0 } else { 3 });
    }
}

#[test]
fn replicas_are_the_same_in_the_table_and_in_the_plan() {
    for Case { planned, .. } in cases() {
        let plan = planned.json();
        let rows = planned.rows("requests.csv");
        for cluster in plan["clusters"].as_array().expect("a list") {
            let name = cluster["name"].as_str().expect("a name");
            let apps = cluster["workloads"]
                .as_array()
                .expect("a list")
                .iter()
                .filter(|workload| workload["kind"] == "app");
            let mut in_the_plan: BTreeMap<&str, u64> = BTreeMap::new();
            for app in apps {
                in_the_plan.insert(
                    app["name"].as_str().expect("a name"),
                    app["replicas"].as_u64().expect("a number"),
                );
            }
            let on_it = rows.iter().filter(|row| {
                row["status"] == "planned" && row[&format!("replicas_{name}")] != "0"
            });
            let in_the_table: BTreeMap<&str, u64> = on_it
                .map(|row| {
                    (
                        row["kubernetes_name"].as_str(),
                        row[&format!("replicas_{name}")].parse().expect("a number"),
                    )
                })
                .collect();
            assert_eq!(in_the_plan, in_the_table, "{name}");
        }
    }
}

#[test]
fn today_less_after_is_the_saving_everywhere() {
    for Case { planned, .. } in cases() {
        let plan = planned.json();
        let saving: Vec<i64> = ["today", "after", "per_month"]
            .iter()
            .map(|key| cents(plan["saving"][key].as_str().expect("an amount")))
            .collect();
        assert_eq!(saving[0] - saving[1], saving[2]);
        assert_eq!(texts(&plan, "bills", "name")[..2], ["today", "after"]);
        assert_eq!(
            texts(&plan, "bills", "total")
                .into_iter()
                .take(2)
                .map(cents)
                .collect::<Vec<_>>(),
            saving[..2]
        );
        assert_eq!(totals_in(planned.text("report.md")), saving, "report.md");
        assert_eq!(totals_in(&planned.ending.stdout), saving, "the summary");
        let mut from_lines = [0, 0];
        for row in planned.rows("bills.csv") {
            if ["today", "after"].contains(&row["bill"].as_str())
                && !row["amount_per_month"].is_empty()
            {
                from_lines[usize::from(row["bill"] == "after")] += cents(&row["amount_per_month"]);
            }
        }
        assert_eq!(from_lines, saving[..2], "bills.csv");
    }
}

#[test]
fn the_rows_of_the_money_tables_add_up_to_their_totals() {
    for Case { planned, .. } in cases() {
        for text in [planned.text("report.md"), &planned.ending.stdout] {
            let totals = totals_in(text);
            let is_row = |line: &&str| {
                // In a sentence one blank stands behind the name.
                let is_cell = |rest: &str| rest.starts_with("  ") || rest.starts_with(" |");
                let cells = line.trim_start_matches(['|', ' ']);
                line.contains('$')
                    && CATEGORIES
                        .iter()
                        .any(|label| cells.strip_prefix(label).is_some_and(is_cell))
            };
            let mut sums = [0, 0];
            for line in text.lines().filter(is_row) {
                let amounts: Vec<i64> = amounts_in(line).collect();
                sums[0] += amounts[0];
                sums[1] += amounts[1];
            }
            assert_eq!(sums, totals[..2], "{text}");
        }
    }
}
