//! The same numbers in every format and in both languages, read back by readers that the project did not write.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cmp_owned,
    reason = "numbers of a small fleet, compared as a reader sees them"
)]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::OnceLock;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::program::{Desk, Ending, eb2eks, files_below, planned_sample};

/// The reports of the sample in Japanese, made from its plan.json.
fn japanese() -> &'static BTreeMap<String, Vec<u8>> {
    static MADE: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    MADE.get_or_init(|| {
        let desk = Desk::new();
        let plan = desk.path().join("plan.json");
        std::fs::write(&plan, &planned_sample().files["plan.json"]).expect("a plan");
        let out = desk.path().join("ja");
        let ending = Ending::of(
            eb2eks()
                .arg("report")
                .arg(&plan)
                .args(["--lang", "ja", "--out"])
                .arg(&out),
        );
        assert!(matches!(ending.code, 0 | 3), "{ending:#?}");
        files_below(&out)
    })
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).expect("UTF-8")
}

fn book(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook")
}

/// Money of plan.json in cents.
fn cents(money: &Value) -> i64 {
    let text = money.as_str().expect("money is a decimal string");
    (text.parse::<f64>().expect("a decimal") * 100.0).round() as i64
}

fn number(cell: Option<&Data>) -> f64 {
    match cell {
        Some(Data::Float(number)) => *number,
        Some(Data::Int(number)) => *number as f64,
        other => panic!("a number and not {other:?}"),
    }
}

fn in_cents(cell: Option<&Data>) -> i64 {
    (number(cell) * 100.0).round() as i64
}

/// Rows of a table of the page: what each cell says, without markup.
fn table<'a>(page: &'a str, id: &str) -> Vec<Vec<String>> {
    let start = page
        .find(&format!("<table id=\"{id}\">"))
        .unwrap_or_else(|| panic!("no table {id}"));
    let table = &page[start..start + page[start..].find("</table>").expect("an end")];
    let cells = |row: &'a str| {
        row.split("<t")
            .skip(1)
            .filter(|cell| cell.starts_with('h') || cell.starts_with('d'))
            .map(|cell| without_markup(&format!("<t{cell}")))
            .collect()
    };
    table
        .split("<tr")
        .skip(2)
        .map(|row| cells(row.split("</tr>").next().expect("a row")))
        .collect()
}

fn without_markup(html: &str) -> String {
    let mut words = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            letter if !is_tag => words.push(letter),
            _ => {}
        }
    }
    words
}

/// Whole dollars as the report writes them.
fn whole(money: &Value) -> String {
    let units = (cents(money) as f64 / 100.0).round() as i64;
    let digits = units.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{}${grouped}", if units < 0 { "-" } else { "" })
}

#[test]
fn every_format_begins_with_the_verdict_and_the_three_columns_have_the_plans_numbers() {
    let plan = planned_sample().json();
    let alternatives = plan["economics"]["alternatives"]
        .as_array()
        .expect("a list");
    let find = |wanted: &dyn Fn(&Value) -> bool| {
        alternatives
            .iter()
            .find(|one| wanted(one))
            .expect("it is there")
    };
    let shown = [
        find(&|one| one["recommended"] == true),
        find(&|one| one["kind"] == "as_asked"),
        find(&|one| one["kind"] == "as_is"),
    ];
    for (files, verdict) in [
        (
            &planned_sample().files,
            "For cost alone: do it, but not as asked.",
        ),
        (japanese(), "費用面の結論：移行を推奨します。"),
    ] {
        let page = text(files, "report.html");
        let headline = page
            .split("class=\"verdict\">")
            .nth(1)
            .and_then(|rest| rest.split("</h2>").next())
            .expect("a verdict");
        let markdown = text(files, "report.md").lines().nth(2).expect("a verdict");
        let range = book(&files["report.xlsx"])
            .worksheet_range_at(0)
            .expect("a sheet")
            .expect("it reads");
        let of_workbook = range.get((0, 0)).expect("a cell").to_string();
        assert!(
            headline.starts_with(verdict)
                && markdown.starts_with(&format!("**{verdict}"))
                && of_workbook.starts_with(verdict),
            "{headline} / {markdown} / {of_workbook}"
        );
        let columns = table(page, "answer-columns");
        let row = |place: usize| columns[place][1..].to_vec();
        assert_eq!(row(1), shown.map(|one| whole(&one["monthly"])));
        let saved = shown.map(|one| whole(&one["saving"]));
        assert_eq!(row(3)[..2], saved[..2]);
        assert_eq!(row(4)[..2], shown.map(|one| whole(&one["once"]))[..2]);
        let months = row(5);
        let expected = shown[0]["payback_month"]
            .as_u64()
            .expect("it pays")
            .to_string();
        assert!(months[0].contains(&expected), "{months:?}");
        assert_eq!(row(6)[..2], shown.map(|one| whole(&one["cumulative"]))[..2]);
    }
}

#[test]
fn the_workbook_has_every_alternative_with_its_curve_and_lines_are_quantity_times_price() {
    let plan = planned_sample().json();
    let alternatives = plan["economics"]["alternatives"]
        .as_array()
        .expect("a list");
    let mut book = book(&planned_sample().files["report.xlsx"]);
    let answer = book.worksheet_range("Answer").expect("a sheet");
    let (first, _) = answer
        .rows()
        .enumerate()
        .find(|(_, row)| row[0].to_string() == "Alternative")
        .expect("a table");
    let formulas = book.worksheet_formula("Answer").expect("formulas");
    for (place, one) in alternatives.iter().enumerate() {
        let row = u32::try_from(first + 1 + place).expect("few");
        assert_eq!(in_cents(answer.get_value((row, 1))), cents(&one["monthly"]));
        assert_eq!(in_cents(answer.get_value((row, 4))), cents(&one["saving"]));
        assert_eq!(
            in_cents(answer.get_value((row, 7))),
            cents(&one["cumulative"])
        );
        let total = formulas.get_value((row, 1)).expect("a formula");
        assert!(total.starts_with("SUMIFS("), "{total}");
    }
    let lines = book.worksheet_range("Bill lines").expect("lines");
    let formulas = book.worksheet_formula("Bill lines").expect("formulas");
    let mut calculated = 0;
    for row in 1..lines.height() {
        let at = u32::try_from(row).expect("few");
        let is_product = formulas
            .get_value((at, 7))
            .is_some_and(|formula| formula.starts_with("ROUND(E"));
        if is_product {
            calculated += 1;
            let product = number(lines.get((row, 4))) * number(lines.get((row, 6)));
            assert_eq!(
                (product * 100.0).round() as i64,
                in_cents(lines.get((row, 7))),
                "row {row}"
            );
        }
    }
    assert!(
        calculated * 10 > lines.height() * 9,
        "{calculated} of {} lines",
        lines.height()
    );
}

#[test]
fn rows_and_sums_of_the_bills_are_the_same_in_every_format_and_language() {
    let plan = planned_sample().json();
    let english = table(planned_sample().text("report.html"), "money-by-category");
    let translated = table(text(japanese(), "report.html"), "money-by-category");
    assert_eq!(english.len(), translated.len());
    let numbers =
        |rows: &[Vec<String>]| rows.iter().map(|row| row[1..].to_vec()).collect::<Vec<_>>();
    assert_eq!(numbers(&english), numbers(&translated));
    let total: Vec<i64> = english.last().expect("a total")[1..]
        .iter()
        .map(|cell| {
            (cell.replace(['$', ','], "").parse::<f64>().expect("money") * 100.0).round() as i64
        })
        .collect();
    assert_eq!(
        total,
        ["today", "after", "per_month"].map(|name| cents(&plan["saving"][name]))
    );
    for files in [&planned_sample().files, japanese()] {
        let mut book = book(&files["report.xlsx"]);
        let summary = book
            .worksheet_range_at(1)
            .expect("a sheet")
            .expect("it reads");
        let shown: Vec<Vec<i64>> = (1..=english.len())
            .map(|row| {
                (1..=3)
                    .map(|column| in_cents(summary.get((row, column))))
                    .collect()
            })
            .collect();
        assert_eq!(shown.last().expect("a total"), &total);
        let sum: i64 = shown[..shown.len() - 1].iter().map(|row| row[0]).sum();
        assert_eq!(sum, total[0], "rows add up to the total");
        // Sums are formulas over cells of the file, not numbers that happen to be right.
        let name = book.sheet_names()[1].clone();
        let formulas = book.worksheet_formula(&name).expect("formulas");
        let at = |row: u32, column: u32| {
            formulas
                .get_value((row, column))
                .cloned()
                .unwrap_or_default()
        };
        let last = u32::try_from(english.len()).expect("few");
        assert!(
            at(1, 1).starts_with("SUMIFS(")
                && at(last, 1).starts_with("SUM(B2:B")
                && at(last, 3).starts_with('B'),
            "{} {}",
            at(1, 1),
            at(last, 1)
        );
    }
}

#[test]
fn every_app_line_and_gap_is_in_the_workbook() {
    let plan = planned_sample().json();
    let mut book = book(&planned_sample().files["report.xlsx"]);
    assert_eq!(
        book.sheet_names(),
        [
            "Answer",
            "Summary",
            "Apps",
            "Nodes",
            "Bill lines",
            "Assumptions",
            "Gaps"
        ]
    );
    let apps = book.worksheet_range("Apps").expect("apps");
    let environments = plan["environments"].as_array().expect("a list");
    assert_eq!(apps.height(), environments.len() + 2, "header and sums");
    for (row, environment) in (1..).zip(environments) {
        assert_eq!(
            apps.get((row, 0)).map(ToString::to_string).as_deref(),
            environment["label"].as_str()
        );
        let request = environment["outcome"]["sizing"]["requests"]["cpu_millicores"].as_f64();
        assert_eq!(
            Some(number(apps.get((row, 6)))),
            request,
            "{}",
            environment["label"]
        );
    }
    let last = environments.len() + 1;
    let shared: Vec<i64> = [13, 14, 15]
        .map(|column| in_cents(apps.get((last, column))))
        .to_vec();
    assert_eq!(
        shared,
        ["today", "after", "per_month"].map(|name| cents(&plan["saving"][name])),
        "what is shared out is all"
    );
    let lines = book.worksheet_range("Bill lines").expect("lines");
    let count: usize = plan["bills"]
        .as_array()
        .expect("bills")
        .iter()
        .map(|bill| bill["lines"].as_array().expect("lines").len())
        .sum();
    assert_eq!(lines.height(), count + 1);
    let sum: i64 = lines
        .rows()
        .skip(1)
        .filter(|row| row[0].to_string() == "today")
        .map(|row| in_cents(Some(&row[7])))
        .sum();
    assert_eq!(sum, cents(&plan["saving"]["today"]));
    let nodes = book.worksheet_range("Nodes").expect("nodes");
    let desired: f64 = plan["clusters"]
        .as_array()
        .expect("clusters")
        .iter()
        .flat_map(|cluster| cluster["node_groups"].as_array().expect("groups"))
        .map(|group| group["desired_capacity"].as_f64().expect("a size"))
        .sum();
    assert_eq!(number(nodes.get((nodes.height() - 1, 4))), desired);
    assert!(
        book.worksheet_range("Assumptions")
            .expect("assumptions")
            .height()
            > 100
    );
}

#[test]
fn the_page_has_an_app_for_each_and_needs_nothing_from_outside() {
    let plan = planned_sample().json();
    for (files, language) in [(&planned_sample().files, "en"), (japanese(), "ja")] {
        let page = text(files, "report.html");
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
        assert_eq!(
            page.matches("<article ").count(),
            plan["coverage"]["planned"].as_u64().expect("a count") as usize
        );
        assert_eq!(page.matches("<tr").count(), page.matches("</tr>").count());
        for outside in [
            "src=",
            "@import",
            "url(http",
            "<link",
            "<iframe",
            "href=\"http",
            " style=",
            " onclick",
        ] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(
            page.contains("content=\"default-src 'none'; style-src 'sha256-"),
            "a policy that allows nothing else"
        );
    }
}

/// Mebibytes of a step's value, if it is an amount of memory.
fn mebibytes(step: &Value) -> Option<f64> {
    let text = step["value"].as_str()?;
    text.strip_suffix("Mi")?.parse().ok()
}

#[test]
fn what_settings_demand_raises_the_memory_that_the_history_asked_for() {
    let plan = planned_sample().json();
    let mut demanded = 0;
    for environment in plan["environments"].as_array().expect("a list") {
        for reason in environment["outcome"]["sizing"]["reasons"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let steps = reason["steps"].as_array().expect("a list");
            for pair in steps
                .windows(2)
                .filter(|pair| pair[1]["rule"]["id"] == "rule-memory-demanded")
            {
                assert!(mebibytes(&pair[1]) >= mebibytes(&pair[0]), "{pair:#?}");
                demanded += 1;
            }
        }
    }
    assert!(demanded > 0, "the sample has heaps and workers");
}

#[test]
fn a_report_made_again_in_english_is_the_plans_own() {
    let desk = Desk::new();
    let plan = desk.path().join("plan.json");
    std::fs::write(&plan, &planned_sample().files["plan.json"]).expect("a plan");
    let out = desk.path().join("reports");
    // The second takes the place of the first.
    for language in ["ja", "en"] {
        let ending = Ending::of(
            eb2eks()
                .arg("report")
                .arg(&plan)
                .args(["--lang", language, "--out"])
                .arg(&out),
        );
        assert!(matches!(ending.code, 0 | 3), "{ending:#?}");
    }
    let again = files_below(&out);
    for file in ["report.html", "report.md", "report.xlsx", "plan.json"] {
        assert!(
            again[file] == planned_sample().files[file],
            "{file} is the same, byte by byte"
        );
    }
}
