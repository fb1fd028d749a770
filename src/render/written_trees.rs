//! What the YAML writer was given, for readers in other languages to compare with what they read.
//!
//! [`note`] keeps the tree of each text that [`super::yaml::text`] makes in this thread. The test writes them as JSON,
//! by serde_json and not by the writer under test: for each output folder in `EB2EKS_OUTPUTS` (`.ci/run` sets it)
//! `FOLDER.trees.json`, after it has found that its files are the folder's, byte by byte; and a folder of hostile
//! texts. `.ci/check_yaml.py` does the reading. Without the variable the hostile texts alone are read back, in Rust.

#![allow(
    clippy::disallowed_methods,
    reason = "a test that reads a folder and writes beside it"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde_json::{Value, json};

use super::yaml;
use crate::plan::Plan;

thread_local! {
    static TREES: RefCell<BTreeMap<String, Value>> = const { RefCell::new(BTreeMap::new()) };
}

/// Keeps the tree of `text`.
pub(super) fn note<T: Serialize>(text: &str, value: &T) {
    let tree = serde_json::to_value(value).expect("what is written has names for keys");
    TREES.with_borrow_mut(|trees| trees.insert(text.to_owned(), tree));
}

/// The trees of a file's documents: comments before the first belong to none.
fn trees_of(path: &str, file: &str) -> Vec<Value> {
    let mut rest = file;
    while rest.starts_with('#') || rest.starts_with('\n') {
        rest = rest.split_once('\n').map_or("", |(_, after)| after);
    }
    let texts = rest.strip_prefix("---\n").unwrap_or(rest).split("\n---\n");
    let count = texts.clone().count();
    let tree = |(place, text): (usize, &str)| {
        let text = if place + 1 == count {
            text.to_owned()
        } else {
            format!("{text}\n")
        };
        TREES
            .with_borrow(|trees| trees.get(&text).cloned())
            .unwrap_or_else(|| panic!("{path}: not from the writer: {text}"))
    };
    texts.enumerate().map(tree).collect()
}

fn is_yaml(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Words that YAML 1.1 or 1.2 takes for something else than text, or that break a line, a comment, a template.
const HOSTILE: [&str; 62] = [
    "",
    " ",
    "no",
    "NO",
    "n",
    "y",
    "Yes",
    "on",
    "Off",
    "true",
    "TRUE",
    "null",
    "Null",
    "~",
    "NaN",
    ".nan",
    ".inf",
    "-.INF",
    "1:30",
    "190:20:30",
    "0o17",
    "017",
    "0x1F",
    "0b101",
    "1_000",
    "1e3",
    "1.",
    ".5",
    "+1",
    "-0",
    "12e03",
    "2001-12-14",
    "2001-12-14t21:59:43.10-05:00",
    "=",
    "<<",
    "@a",
    "`a",
    "%a",
    "!a",
    "!!python/object:os",
    "&a",
    "*a",
    "|",
    ">-",
    "?",
    "? a",
    "-",
    "- a",
    ":",
    "a: b",
    "a #b",
    "#a",
    "[a",
    "{a: b}",
    "{{ .Values.x }}",
    "${{ secrets.x }}",
    "a\tb",
    "\ta",
    "a\nb\n\n",
    "\u{85}a\u{2028}b\u{2029}",
    "\u{1f680}\u{200d}\u{fe0f}\u{feff}",
    "\u{0}\u{7}\u{1b}[2J\u{7f}\u{9b}",
];

/// Documents that have hostile texts as keys and as values.
fn hostile() -> Vec<Value> {
    let mut texts: Vec<String> = HOSTILE.iter().map(|&text| text.to_owned()).collect();
    texts.extend(HOSTILE.iter().flat_map(|text| {
        [
            format!("{text} "),
            format!(" {text}"),
            format!("{text}\n"),
            format!("---\n{text}"),
        ]
    }));
    let mut runner = TestRunner::deterministic();
    let strategies = [
        "\\PC{0,40}",
        "[ -~\t\n]{0,120}",
        "[-:#{}\\[\\],&*!|>'\"%@`? \n\t0-9eE.+_xo]{1,12}",
        "(?s).{0,60}",
    ];
    for strategy in strategies {
        for _ in 0..500 {
            let tree = proptest::string::string_regex(strategy)
                .expect("an expression")
                .new_tree(&mut runner)
                .expect("a text");
            texts.push(tree.current());
        }
    }
    let nested = |text: &String| json!({"key": {text.as_str(): [text, {"inner": text}]}, "long": format!("{text} {}", text.repeat(3)), "text": text});
    texts.iter().map(nested).collect()
}

#[test]
fn hostile_texts_come_back_as_they_were() {
    for tree in hostile() {
        let text = yaml::text(&tree).expect("YAML");
        let back: Value =
            serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(back, tree, "{text}");
    }
}

#[test]
fn trees_for_other_readers() {
    let Some(root) = std::env::var_os("EB2EKS_OUTPUTS").map(PathBuf::from) else {
        return;
    };
    let write = |name: &str, trees: &BTreeMap<String, Vec<Value>>| {
        fs::write(
            root.join(format!("{name}.trees.json")),
            serde_json::to_vec(trees).expect("JSON"),
        )
        .expect("it can be written");
    };
    let mut folders = 0;
    for entry in fs::read_dir(&root).expect("a folder") {
        let folder = entry.expect("an entry").path();
        let Ok(plan) = fs::read(folder.join("plan.json")) else {
            continue;
        };
        let plan: Plan = serde_json::from_slice(&plan).expect("a plan");
        let mut trees = BTreeMap::new();
        for (path, bytes) in super::files(&plan, crate::wording::Language::English)
            .expect("files")
            .iter()
            .filter(|(path, _)| is_yaml(path))
        {
            assert!(
                fs::read(folder.join(path)).expect("it is there") == *bytes,
                "{path} is another in the folder"
            );
            trees.insert(
                path.clone(),
                trees_of(path, std::str::from_utf8(bytes).expect("UTF-8")),
            );
        }
        assert!(!trees.is_empty());
        write(
            &folder.file_name().expect("a name").to_string_lossy(),
            &trees,
        );
        folders += 1;
    }
    assert!(folders > 0, "no output folder in {}", root.display());
    let documents = hostile();
    fs::create_dir_all(root.join("hostile")).expect("it can be made");
    fs::write(
        root.join("hostile/all.yaml"),
        yaml::documents(&documents).expect("YAML"),
    )
    .expect("it can be written");
    write(
        "hostile",
        &BTreeMap::from([("all.yaml".to_owned(), documents)]),
    );
}
