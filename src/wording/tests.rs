//! All catalogues say the same, and the source says nothing that they do not know.

#![allow(clippy::disallowed_methods, reason = "a test that reads the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

use super::{Argument, Language, Text, catalogue, text};
use crate::units::{Bytes, Millicores, Resources};

/// Entries of a language with the arguments that they name.
fn entries(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (file, source) in catalogue::files(language) {
        let resource = parse(*source)
            .unwrap_or_else(|(_, errors)| panic!("{}/{file}.ftl: {errors:?}", language.tag()));
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut arguments = BTreeSet::new();
                let pattern = message
                    .value
                    .unwrap_or_else(|| panic!("{file}: {} is empty", message.id.name));
                in_pattern(&pattern, &mut arguments);
                let again = found.insert(message.id.name.to_owned(), arguments);
                assert!(
                    again.is_none(),
                    "{}/{file}.ftl: {} stands twice",
                    language.tag(),
                    message.id.name
                );
            }
        }
    }
    found
}

/// The ids that begin with `prefix`, for entries whose ids no `text!` names.
pub(crate) fn ids(prefix: &str) -> BTreeSet<String> {
    entries(Language::English)
        .into_keys()
        .filter(|id| id.starts_with(prefix))
        .collect()
}

fn in_pattern(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => in_inline(inline, into),
                Expression::Select { selector, variants } => {
                    in_inline(selector, into);
                    variants
                        .iter()
                        .for_each(|variant| in_pattern(&variant.value, into));
                }
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        into.insert(id.name.to_owned());
    }
}

/// Every `text!("id", name = …)` of the source, with the names of its arguments.
fn said() -> BTreeMap<String, BTreeSet<BTreeSet<String>>> {
    let mut said: BTreeMap<String, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = fs::read_to_string(&file).expect("a source file");
        for (at, _) in source.match_indices("text!(") {
            let call = &source[at + "text!(".len()..];
            let Some(id) = call
                .trim_start()
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            said.entry(id.to_owned()).or_default().insert(names(call));
        }
    }
    said
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let is_here = folder.ends_with("wording");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            files.extend(sources(&entry));
        } else if !is_here && entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
    files
}

/// The names before each `=` on the outermost level of a call, up to its closing bracket.
fn names(call: &str) -> BTreeSet<String> {
    let (mut depth, mut in_string, mut escaped) = (0_i32, false, false);
    let mut part = String::new();
    let mut parts = Vec::new();
    for letter in call.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ if in_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(letter);
    }
    parts.push(part);
    let name = |part: &String| part.split_once('=').map(|(name, _)| name.trim().to_owned());
    parts.iter().skip(1).filter_map(name).collect()
}

#[test]
fn every_language_has_the_same_entries_with_the_same_arguments() {
    let english = entries(Language::English);
    for language in Language::ALL {
        let other = entries(language);
        for (id, arguments) in &english {
            assert_eq!(other.get(id), Some(arguments), "{id} in {}", language.tag());
        }
        let unknown: Vec<_> = other
            .keys()
            .filter(|id| !english.contains_key(*id))
            .collect();
        assert!(
            unknown.is_empty(),
            "{} alone has {unknown:?}",
            language.tag()
        );
    }
}

#[test]
fn the_source_says_what_the_catalogue_has() {
    let english = entries(Language::English);
    for (id, calls) in said() {
        let known = english
            .get(&id)
            .unwrap_or_else(|| panic!("no catalogue has \"{id}\""));
        for arguments in calls {
            assert_eq!(known, &arguments, "the arguments of \"{id}\"");
        }
    }
}

#[test]
fn the_catalogue_has_nothing_that_nobody_says() {
    let said = said();
    // What the other rooms do not spell out: entries of policy keys, those that the table of options names, and the one
    // that this room says itself.
    let table =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/translate/options.csv"))
            .expect("the table");
    let named: BTreeSet<&str> = table.split([',', '\n', '"']).collect();
    let is_said = |id: &&String| {
        said.contains_key(*id)
            || named.contains(id.as_str())
            || id.starts_with("policy-")
            || *id == "resources"
    };
    let entries = entries(Language::English);
    let dead: Vec<&String> = entries.keys().filter(|id| !is_said(id)).collect();
    assert!(dead.is_empty(), "{dead:?}");
}

#[test]
fn japanese_is_japanese() {
    // What has no letters to translate reads alike in both.
    for (file, source) in catalogue::files(Language::Japanese) {
        for line in source
            .lines()
            .filter(|line| line.contains(" = ") && !line.starts_with('#'))
        {
            let (id, value) = line.split_once(" = ").expect("an entry");
            // Full-width signs count: some entries have nothing else between their arguments.
            let is_japanese = value
                .chars()
                .any(|letter| matches!(letter, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'));
            let is_only_symbols = !value.contains("  ") && !value.contains(' ');
            assert!(
                is_japanese || is_only_symbols || value.starts_with('{'),
                "ja/{file}.ftl: {id} = {value}"
            );
        }
    }
}

#[test]
fn plan_json_shows_english_and_reads_back() {
    let nested = Text::of("no-such-entry")
        .with("name", "x")
        .with("count", 3_u32)
        .with("list", vec![Text::plain("a"), Text::of("b")]);
    let json = serde_json::to_value(&nested).expect("JSON");
    assert_eq!(
        json["english"], "no-such-entry",
        "an id of a newer version is shown itself"
    );
    assert_eq!(
        serde_json::from_value::<Text>(json).expect("a text"),
        nested
    );
    assert_eq!(serde_json::to_value(Text::plain(7)).expect("JSON"), "7");
    assert_eq!(Argument::from(7_u32), Argument::Count(7));
    let node = Resources {
        cpu: Millicores(7_470),
        memory: Bytes(3_000_000_000),
    };
    assert_eq!(Text::from(node).to_string(), node.to_string());
    assert_eq!(
        text!("no-such-entry", name = "x"),
        Text::of("no-such-entry").with("name", "x")
    );
}
