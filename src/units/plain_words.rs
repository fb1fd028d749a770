//! What parsers say of a wrong text, in the words of whoever wrote it.
//!
//! Comes in: the message of serde or of a format's parser. Goes out: the message without words of the
//! implementation, with the name that was probably meant. What this file does not recognise is passed on as
//! it is: the project's own messages are in plain words already.

use super::near_names;

/// Names that are listed whole; of more, only those that look alike are worth reading.
const MOST_LISTED: usize = 12;

/// `message` of the value that stands at `path` in a document of keys, as a policy is.
#[must_use]
pub fn of_key(message: &str, path: &[String]) -> String {
    let table = match path.split_last() {
        Some((_, [])) | None => None,
        Some((_, table)) => Some(format!("[{}]", table.join("."))),
    };
    in_plain_words(message, path, table.as_deref())
}

/// `message` of serde or of a parser of JSON; where it stands comes last: `a number is expected, not "abc" (line 3)`.
#[must_use]
pub fn of_parser(message: &str) -> String {
    let Some((message, place)) = message.rsplit_once(" at line ") else {
        return in_plain_words(message, &[], None);
    };
    let line = place.split(' ').next().unwrap_or_default();
    let words = of_syntax(message).unwrap_or_else(|| in_plain_words(message, &[], None));
    format!("{words} (line {line})")
}

/// What is wrong with a record of a CSV.
#[must_use]
pub fn of_csv_reader(error: &csv::Error) -> String {
    let cells = |count: u64| format!("{count} {}", if count == 1 { "cell" } else { "cells" });
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("{}, but the header has {expected_len}", cells(*len)),
        csv::ErrorKind::Utf8 { .. } => "a cell is no text in UTF-8".to_owned(),
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => "it is no CSV".to_owned(),
    }
}

fn in_plain_words(message: &str, path: &[String], table: Option<&str>) -> String {
    let recognised = unknown_key(message, path, table)
        .or_else(|| unknown_choice(message))
        .or_else(|| wrong_type(message))
        .or_else(|| named(message, "missing field ", "the key", "is missing"))
        .or_else(|| named(message, "duplicate field ", "the key", "stands twice"));
    recognised.unwrap_or_else(|| message.to_owned())
}

/// What `serde_json` says of a text that is no JSON.
fn of_syntax(message: &str) -> Option<String> {
    Some(match message {
        "expected value" | "expected ident" => "no value of JSON is here".to_owned(),
        "trailing characters" => "something follows the end of the JSON".to_owned(),
        "trailing comma" => "there is a comma too many".to_owned(),
        "key must be a string" => "a key stands in double quotes".to_owned(),
        "lone leading surrogate in hex escape" | "invalid escape" => {
            "a text has an escape that JSON does not know".to_owned()
        }
        "invalid number" | "number out of range" => "a number is none of JSON".to_owned(),
        _ if message.starts_with("EOF while parsing") => "it ends in the middle".to_owned(),
        _ => {
            let wanted = message.strip_prefix("expected ")?;
            format!("{} is expected", wanted.replace('`', ""))
        }
    })
}

/// unknown field `instance_typ`, expected one of `instance_type`, `volume_gib`
fn unknown_key(message: &str, path: &[String], table: Option<&str>) -> Option<String> {
    let (asked, known) = asked_and_known(message, "unknown field ")?;
    let table = match path.last() {
        Some(last) if *last == asked => table.unwrap_or("the policy"),
        _ => "it",
    };
    let near = like(&asked, &known);
    Some(match &near[..] {
        [] if known.is_empty() => format!("there is no key \"{asked}\"; {table} has no keys"),
        [] if known.len() > MOST_LISTED => format!("there is no key \"{asked}\" in {table}"),
        [] => format!(
            "there is no key \"{asked}\"; {table} has {}",
            known.join(", ")
        ),
        near => format!(
            "there is no key \"{asked}\"; did you mean {}?",
            near.join(" or ")
        ),
    })
}

/// Of `known`, what differs from `asked` by a slip; else what shares a word with it, as `cpu_risk` does with `risk`.
fn like<'a>(asked: &str, known: &[&'a str]) -> Vec<&'a str> {
    /// More are no answer.
    const MOST: usize = 6;
    let near = near_names(asked, known.iter().copied());
    if !near.is_empty() {
        return near;
    }
    let words: Vec<&str> = asked
        .split(['_', '-'])
        .filter(|word| word.len() > 2)
        .collect();
    let sharing = known
        .iter()
        .filter(|name| name.split(['_', '-']).any(|word| words.contains(&word)));
    let sharing: Vec<&str> = sharing.copied().collect();
    if sharing.len() > MOST {
        Vec::new()
    } else {
        sharing
    }
}

/// unknown variant `spinaker`, expected `spinnaker` or `argo-cd`
fn unknown_choice(message: &str) -> Option<String> {
    let (asked, known) = asked_and_known(message, "unknown variant ")?;
    let near = near_names(&asked, known.iter().copied());
    let listed = if known.len() <= MOST_LISTED || near.is_empty() {
        format!("; allowed are {}", known.join(", "))
    } else {
        String::new()
    };
    let meant = if near.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    };
    Some(format!("\"{asked}\" is no choice here{listed}{meant}"))
}

/// The names in back quotes behind `start`: the first, and the others.
fn asked_and_known<'a>(message: &'a str, start: &str) -> Option<(String, Vec<&'a str>)> {
    let (asked, rest) = message
        .strip_prefix(start)?
        .strip_prefix('`')?
        .split_once('`')?;
    let known = rest.split('`').skip(1).step_by(2).collect();
    Some((asked.to_owned(), known))
}

/// invalid type: string "abc", expected f64
fn wrong_type(message: &str) -> Option<String> {
    let rest = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let found = match kind {
        "string" => format!("the text {value}"),
        "integer" | "boolean" => value.replace('`', ""),
        "floating" => value.trim_start_matches("point ").replace('`', ""),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        "null" => "nothing".to_owned(),
        _ => found.to_owned(),
    };
    let most = match expected.trim_start_matches("a nonzero ") {
        "u8" => u64::from(u8::MAX),
        "u16" => u64::from(u16::MAX),
        "u32" => u64::from(u32::MAX),
        _ => u64::MAX,
    };
    if kind == "integer" && found.parse::<u64>().is_ok_and(|value| value > most) {
        return Some(format!("{found} is too large for a count"));
    }
    let expected = match expected {
        "f64" | "f32" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "a nonzero u8" | "a nonzero u16" | "a nonzero u32" | "a nonzero u64" => {
            "a whole number, 1 or more"
        }
        "a sequence" => "a list in square brackets",
        "a string" | "a borrowed string" => "a text in quotes",
        "a boolean" => "true or false",
        "a map" => "a table of keys",
        other
            if [
                "struct ",
                "internally tagged ",
                "adjacently tagged ",
                "a tuple ",
                "tuple ",
                "enum ",
            ]
            .iter()
            .any(|start| other.starts_with(start)) =>
        {
            if other.contains("tuple") {
                "a list in square brackets"
            } else {
                "a table of keys"
            }
        }
        other => other,
    };
    Some(format!("{expected} is expected, not {found}"))
}

/// missing field `cpu`
fn named(message: &str, start: &str, what: &str, how: &str) -> Option<String> {
    let name = message
        .strip_prefix(start)?
        .strip_prefix('`')?
        .strip_suffix('`')?;
    Some(format!("{what} \"{name}\" {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str, path: &str) -> String {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        of_key(message, &path)
    }

    #[test]
    fn what_was_meant_is_named() {
        let message = "unknown field `volum_gib`, expected one of `volume_gib`, `max_pods`";
        assert_eq!(
            told(message, "nodes.volum_gib"),
            "there is no key \"volum_gib\"; did you mean volume_gib?"
        );
        let message = "unknown field `colour`, expected `volume_gib` or `max_pods`";
        assert_eq!(
            told(message, "nodes.colour"),
            "there is no key \"colour\"; [nodes] has volume_gib, max_pods"
        );
        let message =
            "unknown field `risk`, expected one of `cpu_risk`, `memory_limit_risk`, `cpu_step`";
        assert_eq!(
            told(message, "sizing.risk"),
            "there is no key \"risk\"; did you mean cpu_risk or memory_limit_risk?"
        );
        assert_eq!(
            told(
                "unknown variant `spinaker`, expected `spinnaker` or `argo-cd`",
                "platform.delivery"
            ),
            "\"spinaker\" is no choice here; allowed are spinnaker, argo-cd; did you mean spinnaker?"
        );
    }

    #[test]
    fn types_are_named_as_people_write_them() {
        for (message, plain) in [
            (
                "invalid type: string \"abc\", expected f64",
                "a number is expected, not the text \"abc\"",
            ),
            (
                "invalid type: integer `3`, expected struct Nodes",
                "a table of keys is expected, not 3",
            ),
            (
                "invalid type: floating point `1.5`, expected u32",
                "a whole number, 0 or more is expected, not 1.5",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                "a whole number, 0 or more is expected, not -1",
            ),
            (
                "invalid value: integer `4294967296`, expected u32",
                "4294967296 is too large for a count",
            ),
            (
                "invalid type: map, expected a sequence",
                "a list in square brackets is expected, not a table",
            ),
            (
                "invalid type: integer `5`, expected a tuple of size 2",
                "a list in square brackets is expected, not 5",
            ),
            ("missing field `cpu`", "the key \"cpu\" is missing"),
            ("duplicate field `cpu`", "the key \"cpu\" stands twice"),
            ("15 is out of range", "15 is out of range"),
        ] {
            assert_eq!(told(message, "a.b"), plain);
        }
    }

    #[test]
    fn parsers_of_json_are_put_in_plain_words_too() {
        for text in [
            "",
            "x",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{a:1}",
            "[1,]",
            "[1 2]",
            "{\"a\":1}x",
            "\"\\q\"",
            "-",
            "nul",
            "\"a",
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).expect_err(text);
            let words = of_parser(&error.to_string());
            for jargon in ["EOF", "ident", "column", "at line", "trailing", "`"] {
                assert!(!words.contains(jargon), "{text}: {words}");
            }
            assert!(words.ends_with(" (line 1)"), "{text}: {words}");
        }
        let error = serde_json::from_str::<Vec<u32>>("[\n\"a\"]").expect_err("a text");
        assert_eq!(
            of_parser(&error.to_string()),
            "a whole number, 0 or more is expected, not the text \"a\" (line 2)"
        );
    }

    #[test]
    fn a_record_of_a_csv_says_how_many_cells_it_has() {
        let mut reader = csv::Reader::from_reader(&b"a,b\n1\n"[..]);
        let error = reader.records().find_map(Result::err).expect("one cell");
        assert_eq!(of_csv_reader(&error), "1 cell, but the header has 2");
    }
}
