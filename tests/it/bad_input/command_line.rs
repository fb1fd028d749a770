//! What newcomers type: said in plain words, with a hint that names what there is.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::fleet::Fleet;
use crate::program::{Desk, Ending, eb2eks, planned_sample};

const USAGE: i32 = 2;
const BAD_INPUT: i32 = 7;

fn typed(arguments: &[&str]) -> Ending {
    Ending::of(eb2eks().args(arguments))
}

/// Words of parsers and of the system, which tell nobody what to do.
#[track_caller]
fn assert_plain(ending: &Ending) {
    for jargon in [
        "os error",
        "expected one of",
        "invalid type",
        "u32",
        "f64",
        "column ",
        "serde",
        "Usage:",
        "defaults.toml",
    ] {
        assert!(
            !ending.stderr.contains(jargon),
            "{jargon} in\n{}",
            ending.stderr
        );
    }
}

#[test]
fn a_slip_is_answered_with_what_was_meant() {
    for (arguments, subjects) in [
        (
            &["plam", "fleet"][..],
            &["\"plam\"", "hint: did you mean plan?"][..],
        ),
        (
            &["plan", "fleet", "--polcy", "x"],
            &["--polcy", "did you mean --policy?"],
        ),
        (
            &["plan", "fleet", "--format", "json"],
            &["--format", "did you mean --output?"],
        ),
        (
            &["plan", "fleet", "-o", "jason"],
            &["\"jason\"", "did you mean json?"],
        ),
        (
            &["report", "p", "--out", "o", "--lang", "jp"],
            &["\"jp\"", "did you mean ja? allowed are en, ja"],
        ),
        (&["plan"], &["needs SNAPSHOT"]),
        (
            &["replay", "p"],
            &["needs --snapshot", "--snapshot SNAPSHOT: "],
        ),
        (
            &["sample", "--out", "o", "--days", "many"],
            &["\"many\"", "a whole number, 1 or more, is expected"],
        ),
        (
            &["sample", "--out", "o", "--end", "today"],
            &["\"today\"", "a moment is expected"],
        ),
        (
            &["plan", "fleet", "--set", "nodes.instance_type"],
            &["KEY=VALUE is expected"],
        ),
        (
            &["plan", "fleet", "-o", "csv"],
            &["--show requests --output csv"],
        ),
    ] {
        let ending = typed(arguments);
        ending.assert_refused(USAGE, subjects);
        assert_plain(&ending);
    }
}

#[test]
fn settings_are_answered_by_their_own_words() {
    let fleet = Fleet::of(1);
    let set = |setting: &str| {
        typed(&[
            "plan",
            fleet.path().to_str().expect("UTF-8"),
            "--set",
            setting,
        ])
    };
    for (setting, subjects) in [
        (
            "nodes.instance_typ=m5.large",
            &["did you mean instance_type?"][..],
        ),
        (
            "clusters.count=1",
            &[
                "there is no key \"clusters\"",
                "did you mean topology.clusters?",
            ],
        ),
        (
            "sizing.risk=0.1",
            &["did you mean cpu_risk or memory_limit_risk?"],
        ),
        (
            "topology.survive=node",
            &["a list in square brackets is expected"],
        ),
        (
            "sizing.max_split=99999999999",
            &["99999999999 is too large"],
        ),
        (
            "sizing.max_split=-1",
            &["a whole number, 0 or more is expected, not -1"],
        ),
        (
            "platform.delivery=argo",
            &["allowed are spinnaker, argo-cd"],
        ),
        (
            "nodes.instance_type=m5.larg",
            &["m5.larg", "did you mean m5.large"],
        ),
        (
            "currency.code=JPY",
            &["JPY", "currency.per_usd", "currency.rate_date"],
        ),
    ] {
        let ending = set(setting);
        ending.assert_refused(USAGE, subjects);
        assert_plain(&ending);
    }
}

#[test]
fn lines_are_counted_as_editors_do() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    let put = |name: &str, lines: &[&str], end: &str| {
        let path = desk.path().join(name);
        fs::write(&path, lines.join(end)).expect("it can be written");
        path
    };
    let plan = |option: &str, path: &Path| {
        let ending = Ending::of(eb2eks().arg("plan").arg(fleet.path()).arg(option).arg(path));
        assert_plain(&ending);
        ending
    };
    for end in ["\n", "\r\n"] {
        let policy = put(
            "p.toml",
            &["# mine", "[nodes]", "", "adresses = \"prefixes\"", ""],
            end,
        );
        plan("--policy", &policy).assert_refused(USAGE, &["p.toml:4: ", "did you mean addresses?"]);
        let policy = put(
            "p.toml",
            &["[nodes]", "", "instance_type = c5.2xlarge", ""],
            end,
        );
        plan("--policy", &policy).assert_refused(
            USAGE,
            &["p.toml:3: a text stands in quotes: instance_type = \"c5.2xlarge\""],
        );
        let key = "ap-northeast-1/ec2/c5.2xlarge";
        let rows = [
            "key,usd",
            &format!("{key},1"),
            "",
            &format!("{key},lots"),
            "",
        ];
        let prices = put("p.csv", &rows, end);
        plan("--prices", &prices).assert_refused(BAD_INPUT, &["p.csv:4: "]);
        let header = "ChargePeriodStart,ChargePeriodEnd,EffectiveCost,ListCost,ChargeCategory,BillingCurrency,ServiceName,ResourceId";
        let row = |currency: &str| {
            format!("2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,1,1,Usage,{currency},EC2,i-1")
        };
        let bill = put("b.csv", &[header, &row("USD"), &row("EUR"), ""], end);
        plan("--bill", &bill).assert_refused(BAD_INPUT, &["b.csv:3: ", "EUR"]);
    }
}

#[test]
fn other_formats_are_recognised() {
    let (desk, fleet) = (Desk::new(), Fleet::of(1));
    let policy = desk.path().join("p");
    for (text, says) in [
        ("{\"nodes\": {\"volume_gib\": 50}}", "this looks like JSON"),
        ("nodes:\n  volume_gib: 50\n", "this looks like YAML"),
    ] {
        fs::write(&policy, text).expect("it can be written");
        let ending = Ending::of(
            eb2eks()
                .arg("plan")
                .arg(fleet.path())
                .arg("--policy")
                .arg(&policy),
        );
        ending.assert_refused(USAGE, &["p:1: ", says, "[nodes]"]);
    }
}

/// A folder with the sample's plan, and one with a snapshot.
fn both() -> (Desk, PathBuf, Fleet) {
    let desk = Desk::new();
    let plan = desk.path().join("plan.json");
    fs::write(&plan, &planned_sample().files["plan.json"]).expect("it can be written");
    (desk, plan, Fleet::of(1))
}

#[test]
fn what_stands_where_another_thing_was_meant_is_named() {
    let (desk, plan, fleet) = both();
    let (folder, snapshot) = (
        desk.path().to_str().expect("UTF-8"),
        fleet.path().to_str().expect("UTF-8"),
    );
    let report = desk.path().join("report.html");
    fs::write(&report, "<!doctype html>").expect("it can be written");
    let manifest = fleet.file("manifest.json");
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    for (arguments, subjects) in [
        (
            vec!["plan", "nowhere"],
            &[
                "nowhere",
                "there is no such folder",
                "eb2eks sample --out nowhere",
            ][..],
        ),
        (
            vec!["plan", &text(&manifest)],
            &["is a file, and a snapshot is a folder"],
        ),
        (
            vec!["plan", folder],
            &["holds a plan, not a snapshot", "eb2eks explain"],
        ),
        (
            vec!["explain", "a", "--plan", snapshot],
            &["holds a snapshot, not a plan", "eb2eks plan "],
        ),
        (
            vec!["explain", "a", "--plan", "nowhere"],
            &["there is no plan at nowhere"],
        ),
        (
            vec!["compare", &text(&plan), "nowhere"],
            &[
                "there is no plan at nowhere",
                "eb2eks plan SNAPSHOT --out DIR",
            ],
        ),
        (
            vec!["report", &text(&report), "--out", "o"],
            &["report.html is no plan", "name the folder"],
        ),
        (
            vec!["simulate", folder],
            &["it is a folder, and a file is expected"],
        ),
        (
            vec!["verify-certificate", "nowhere"],
            &["there is no such file or folder", "certificates/"],
        ),
    ] {
        let ending = typed(&arguments);
        ending.assert_refused(BAD_INPUT, subjects);
        assert_plain(&ending);
        // Hints name options that the command has.
        let has_plan_option = arguments[0] == "explain";
        assert!(
            has_plan_option || !ending.stderr.contains("--plan"),
            "{}",
            ending.stderr
        );
    }
}

#[test]
fn a_plan_that_somebody_changed_says_where() {
    let (desk, path, _) = both();
    let mut plan: Value = planned_sample().json();
    let nodes = plan["inputs"]["policy"]["nodes"]
        .as_object_mut()
        .expect("an object");
    nodes.insert("instance_typo".to_owned(), json!("c5.large"));
    fs::write(&path, plan.to_string()).expect("it can be written");
    let ending = Ending::of(
        eb2eks()
            .args(["explain", "search-prod", "--plan"])
            .arg(desk.path()),
    );
    ending.assert_refused(
        BAD_INPUT,
        &["inputs.policy.nodes", "did you mean instance_type?"],
    );
    assert_plain(&ending);
}

#[test]
fn a_report_of_an_incomplete_plan_says_why_it_ends_with_3() {
    let (desk, path, _) = both();
    let mut plan: Value = planned_sample().json();
    plan["bills"][0]["unpriced_lines"] = json!(2);
    fs::write(&path, plan.to_string()).expect("it can be written");
    let ending = Ending::of(
        eb2eks()
            .arg("report")
            .arg(&path)
            .arg("--out")
            .arg(desk.out()),
    );
    assert_eq!(ending.code, 3, "{ending:#?}");
    assert!(
        ending
            .stderr
            .contains("the plan is incomplete (exit code 3): "),
        "{}",
        ending.stderr
    );
    assert!(ending.stderr.contains("2 "), "{}", ending.stderr);
}

#[test]
fn plans_of_different_snapshots_are_compared_with_a_warning() {
    let (desk, path, _) = both();
    let mut plan: Value = planned_sample().json();
    let files = plan["inputs"]["files"].as_array_mut().expect("a list");
    for file in files {
        file["sha256"] = json!("0".repeat(64));
    }
    let other = desk.path().join("other.json");
    fs::write(&other, plan.to_string()).expect("it can be written");
    let compare = |format: &str, language: &str| {
        let ending = Ending::of(
            eb2eks()
                .args(["compare", "-o", format, "--lang", language])
                .arg(&path)
                .arg(&other),
        );
        assert_eq!(ending.code, 0, "{ending:#?}");
        ending
    };
    let table = compare("table", "en").stdout;
    assert!(
        table.contains("Warning: these plans are of different snapshots"),
        "{table}"
    );
    assert!(
        table.contains(&"0".repeat(12)) && !table.contains(&"0".repeat(13)),
        "{table}"
    );
    assert!(
        compare("table", "ja")
            .stdout
            .contains("スナップショットが異なる")
    );
    for format in ["json", "yaml"] {
        assert!(compare(format, "en").stderr.contains("different snapshots"));
    }
}

#[test]
fn a_plan_without_a_folder_says_that_nothing_was_written_and_what_writes_it() {
    let desk = Desk::new();
    let fleet = Fleet::of(1);
    let plan = |more: &[&str]| {
        Ending::of(
            eb2eks()
                .current_dir(desk.path())
                .arg("plan")
                .arg(fleet.path())
                .args(["--set", "sizing.cpu_risk=0.2"])
                .args(more),
        )
    };
    let ending = plan(&[]);
    let command = format!(
        "eb2eks plan {} --set sizing.cpu_risk=0.2 --out eb2eks-out",
        fleet.path().display()
    );
    assert!(
        ending.stderr.contains("nothing was written"),
        "{}",
        ending.stderr
    );
    assert!(ending.stderr.contains(&command), "{}", ending.stderr);
    desk.assert_empty();
    plan(&["--out", "eb2eks-out"]).assert_planned(0);
    assert_eq!(desk.entries(), ["eb2eks-out"]);
}

/// Every command takes `-o` and `--output`, and the same words for the same format.
#[test]
fn formats_are_called_the_same_everywhere() {
    for command in [
        "plan",
        "explain",
        "compare",
        "replay",
        "backtest",
        "simulate",
        "solve",
        "verify-certificate",
    ] {
        let help = typed(&[command, "--help"]).stdout;
        let option = help.lines().find(|line| line.contains("--output"));
        assert_eq!(
            option.map(str::trim),
            Some("-o, --output <FORMAT>"),
            "{command}"
        );
        for format in ["table", "json", "yaml"] {
            assert!(help.contains(&format!("- {format}:")), "{command}: {help}");
        }
    }
}

#[cfg(not(feature = "aws"))]
#[test]
fn a_build_without_aws_says_which_build_has_the_command() {
    for command in ["collect", "doctor", "iam-policy", "prices"] {
        for more in [&[][..], &["--help"], &["--region", "eu-west-1"]] {
            let ending = Ending::of(eb2eks().arg(command).args(more));
            ending.assert_refused(
                USAGE,
                &[&format!("eb2eks {command}"), "hint: cargo install --path ."],
            );
        }
        let help = typed(&["help", command]);
        assert!(help.stdout.contains("not in this build"), "{}", help.stdout);
    }
    let help = typed(&["--help"]).stdout;
    assert_eq!(help.matches("(not in this build)").count(), 4, "{help}");
}
