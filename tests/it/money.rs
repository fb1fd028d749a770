//! Prices, bills and choices from the command line, and plans side by side.

use std::fs;

use serde_json::Value;

use crate::program::{Desk, Ending, eb2eks, english, sample};

fn plan(arguments: &[&str]) -> Ending {
    Ending::of(
        eb2eks()
            .arg("plan")
            .arg(sample())
            .args(arguments)
            .args(["-o", "json"]),
    )
}

fn planned(arguments: &[&str]) -> Value {
    let ending = plan(arguments);
    assert_eq!(ending.code, 0, "{}", ending.stderr);
    serde_json::from_str(&ending.stdout).expect("JSON")
}

fn lines<'a>(plan: &'a Value, bill: &str) -> Vec<&'a Value> {
    let bills = plan["bills"].as_array().expect("bills");
    let bill = bills
        .iter()
        .find(|one| one["name"] == bill)
        .expect("that bill");
    bill["lines"].as_array().expect("lines").iter().collect()
}

#[test]
fn a_setting_of_the_command_line_changes_the_plan_and_a_wrong_one_is_told_with_its_key() {
    let plan = planned(&[
        "--set",
        "nodes.instance_type=m5.2xlarge",
        "--set",
        "migration.horizon_months=12",
    ]);
    assert_eq!(
        plan["inputs"]["policy"]["nodes"]["instance_type"],
        "m5.2xlarge"
    );
    assert_eq!(
        plan["economics"]["move"]["curve"].as_array().map(Vec::len),
        Some(12)
    );
    self::plan(&["--set", "nodes.instance_tpye=m5.2xlarge"]).assert_refused(
        2,
        &[
            "--set nodes.instance_tpye=m5.2xlarge",
            "did you mean instance_type?",
        ],
    );
}

#[test]
fn prices_of_a_file_win_over_those_of_the_policy() {
    let desk = Desk::new();
    let prices = desk.path().join("prices.csv");
    fs::write(
        &prices,
        "key,usd,source\nap-northeast-1/ec2/c5.2xlarge,0.4,contract of 2026\n",
    )
    .expect("a file");
    let path = prices.to_str().expect("UTF-8");
    let plan = planned(&[
        "--prices",
        path,
        "--set",
        "prices.overrides.\"ap-northeast-1/ec2/c5.2xlarge\"=0.3",
    ]);
    let nodes: Vec<&Value> = lines(&plan, "after")
        .into_iter()
        .filter(|line| english(&line["item"]) == "c5.2xlarge linux node")
        .collect();
    assert!(!nodes.is_empty() && nodes.iter().all(|line| line["unit_price"] == "0.40"));
    assert_eq!(
        nodes[0]["source"],
        "prices.csv: ap-northeast-1/ec2/c5.2xlarge (contract of 2026)"
    );
    assert!(
        plan["inputs"]["files"]
            .as_array()
            .is_some_and(|files| files.iter().any(|file| file["name"] == "prices.csv"))
    );

    fs::write(&prices, "key,usd\nap-northeast-1/ec2/c5.2xlarge,free\n").expect("a file");
    self::plan(&["--prices", path]).assert_refused(7, &["prices.csv:2", "free"]);
    self::plan(&["--prices", "/nowhere.csv"]).assert_refused(7, &["/nowhere.csv"]);
}

#[test]
fn a_real_bill_stands_beside_the_estimate() {
    let desk = Desk::new();
    let bill = desk.path().join("focus.csv");
    let header = "ChargePeriodStart,ChargePeriodEnd,EffectiveCost,ListCost,ChargeCategory,BillingCurrency,ServiceName,ResourceId,Tags,x_UsageType,PricingQuantity,SubAccountId";
    let row = "2026-10-01T00:00:00Z,2026-10-31T10:00:00Z,900.00,1103.76,Usage,USD,Amazon Elastic Compute Cloud,i-1,\"{\"\"aws:elasticbeanstalk:environment-name\"\":\"\"search-prod\"\"}\",APN1-BoxUsage:c4.2xlarge,2190,111122223333";
    fs::write(&bill, format!("{header}\n{row}\n")).expect("a file");
    let plan = planned(&["--bill", bill.to_str().expect("UTF-8")]);
    let rows = plan["economics"]["reconciliation"]["rows"]
        .as_array()
        .expect("rows");
    let search = rows
        .iter()
        .find(|row| row["subject"] == "search-prod" && row["category"] == "machines")
        .expect("a row");
    assert_eq!(
        (search["bill"].as_str(), search["by_discount"].as_str()),
        (Some("900.00"), Some("203.76"))
    );
    fs::write(&bill, "a,b\n").expect("a file");
    self::plan(&["--bill", bill.to_str().expect("UTF-8")])
        .assert_refused(7, &["focus.csv:1", "ChargePeriodStart"]);
}

#[test]
fn totals_in_yen_have_no_decimals_and_their_tax_is_a_row() {
    let yen = [
        "currency.code=JPY",
        "currency.per_usd=155.2",
        "currency.rate_date=2026-11-10",
        "currency.consumption_tax=0.1",
    ];
    let settings: Vec<&str> = yen.iter().flat_map(|setting| ["--set", setting]).collect();
    let plan = planned(&settings);
    let shown = &plan["economics"]["in_currency"];
    let whole = |amount: &Value| {
        amount
            .as_str()
            .expect("an amount")
            .strip_suffix(".00")
            .expect("whole yen")
            .parse::<i64>()
            .expect("a number")
    };
    let rows = shown["rows"].as_array().expect("rows");
    assert_eq!(
        rows.iter().map(|row| whole(&row["today"])).sum::<i64>(),
        whole(&shown["today"])
    );
    assert_eq!(
        rows.iter().map(|row| whole(&row["after"])).sum::<i64>(),
        whole(&shown["after"])
    );
    assert_eq!(
        whole(&shown["tax_after"]),
        (whole(&shown["after"]) + 5) / 10
    );
    let desk = Desk::new();
    let out = desk.path().join("out");
    let ending = Ending::of(
        eb2eks()
            .arg("plan")
            .arg(sample())
            .args(&settings)
            .arg("--out")
            .arg(&out),
    );
    assert_eq!(ending.code, 0, "{}", ending.stderr);
    let report = fs::read_to_string(out.join("report.md")).expect("a report");
    assert!(
        report.contains("\n\nAt JPY 155.20 for a dollar, the rate of 2026-11-10")
            && report.contains("## In JPY\n\nJPY ")
            && report.contains("¥"),
        "{report}"
    );
    self::plan(&[
        "--set",
        "currency.code=JPY",
        "--set",
        "currency.per_usd=155.2",
    ])
    .assert_refused(2, &["currency.rate_date"]);
}

#[test]
fn two_plans_side_by_side_differ_by_lines_that_add_up() {
    let desk = Desk::new();
    let folder = |name: &str, settings: &[&str]| {
        let out = desk.path().join(name);
        let ending = Ending::of(
            eb2eks()
                .arg("plan")
                .arg(sample())
                .args(settings)
                .arg("--out")
                .arg(&out),
        );
        assert_eq!(ending.code, 0, "{}", ending.stderr);
        out
    };
    let (asked, other) = (
        folder("asked", &[]),
        folder("other", &["--set", "nodes.instance_type=r5.2xlarge"]),
    );
    let ending = Ending::of(
        eb2eks()
            .arg("compare")
            .arg(&asked)
            .arg(&other)
            .args(["-o", "json"]),
    );
    assert_eq!((ending.code, ending.stderr.as_str()), (0, ""));
    let compared: Value = serde_json::from_str(&ending.stdout).expect("JSON");
    let choices: Vec<&str> = compared["choices"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(choices, ["nodes.instance_type"]);
    let nanos = |amount: &Value| {
        amount.as_str().map_or(0, |text| {
            text.parse::<eb2eks::units::Money>()
                .expect("an amount")
                .nanos()
        })
    };
    for bill in compared["bills"].as_array().expect("a list") {
        for place in 0..2 {
            let lines: i64 = bill["lines"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|line| nanos(&line["parts"][place]["amount"]))
                .sum();
            assert_eq!(
                nanos(&bill["totals"][place]),
                nanos(&bill["same"]) + lines,
                "{}",
                bill["name"]
            );
        }
    }
    assert!(
        compared["bills"][0]["lines"]
            .as_array()
            .is_some_and(Vec::is_empty),
        "today is the same"
    );
    let text = Ending::of(eb2eks().arg("compare").arg(&asked).arg(&other)).stdout;
    assert!(
        text.contains("nodes.instance_type") && text.contains("B - A"),
        "{text}"
    );
    assert_eq!(
        Ending::of(eb2eks().arg("compare").arg(&asked)).code,
        2,
        "one plan is no comparison"
    );
}
