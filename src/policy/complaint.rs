//! What serde says of a wrong value, in a policy's words.
//!
//! Comes in: serde's message, and the path of the key. Goes out: the message without words of the
//! implementation, with the name that was probably meant. What this file does not recognise is passed on as
//! it is: the project's own messages are in plain words already.

use crate::units::near_names;

/// Names that are listed whole; of more, only those that look alike are worth reading.
const MOST_LISTED: usize = 8;

/// `message` of the value at `path`, for whoever wrote the policy.
pub(super) fn in_plain_words(message: &str, path: &[String]) -> String {
    let recognised = unknown_key(message, path)
        .or_else(|| unknown_choice(message))
        .or_else(|| wrong_type(message))
        .or_else(|| missing_key(message));
    recognised.unwrap_or_else(|| message.to_owned())
}

/// unknown field `instance_typ`, expected one of `instance_type`, `volume_gib`
fn unknown_key(message: &str, path: &[String]) -> Option<String> {
    let (asked, known) = asked_and_known(message, "unknown field ")?;
    let table = match path.split_last() {
        Some((last, [])) if *last == asked => "the policy".to_owned(),
        Some((last, table)) if *last == asked => format!("[{}]", table.join(".")),
        _ => "it".to_owned(),
    };
    Some(match &near_names(&asked, known.iter().copied())[..] {
        [] if known.is_empty() => format!("there is no key \"{asked}\"; {table} has no keys"),
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
        other if other.starts_with("struct ") || other.starts_with("internally tagged ") => {
            "a table of keys"
        }
        other => other,
    };
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let found = match kind {
        "string" => format!("the text {value}"),
        "integer" | "boolean" => value.replace('`', ""),
        "floating" => value.trim_start_matches("point ").replace('`', ""),
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        _ => found.to_owned(),
    };
    Some(format!("{expected} is expected, not {found}"))
}

/// missing field `cpu`
fn missing_key(message: &str) -> Option<String> {
    let name = message.strip_prefix("missing field `")?.strip_suffix('`')?;
    Some(format!("the key \"{name}\" is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str, path: &str) -> String {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        in_plain_words(message, &path)
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
                "invalid type: map, expected a sequence",
                "a list in square brackets is expected, not a table",
            ),
            ("missing field `cpu`", "the key \"cpu\" is missing"),
            ("15 is out of range", "15 is out of range"),
        ] {
            assert_eq!(told(message, "a.b"), plain);
        }
    }
}
