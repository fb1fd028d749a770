//! What a stranger wrote, made fit for a terminal.
//!
//! An error message of AWS can echo the request: the canonical string of a refused signature carries the
//! session token, a denial by EC2 an encoded statement of several hundred characters. A proxy can answer
//! anything at all. What leaves this file has no control or direction characters, nothing that looks like
//! key material, and at most [`LONGEST`] characters.

use super::redaction::{REMOVED, has_key_id, redacted};
use crate::units::is_unseen;

/// Enough for the sentence that names who may not do what to which.
pub(super) const LONGEST: usize = 200;

/// After these words comes only what is never shown.
const CUT_AFTER: [&str; 2] = [
    "encoded authorization failure message",
    "the canonical string for this request",
];

/// One line, without key material, shortened with an ellipsis.
pub(super) fn clean(raw: &str) -> String {
    let visible: String = raw
        .chars()
        .map(|c| if is_unseen(c) { ' ' } else { c })
        .collect();
    let without = redacted(cut(&visible));
    let words: Vec<String> = without.split(' ').map(without_keys).collect();
    shorten(&words.join(" "))
}

fn cut(text: &str) -> &str {
    // ASCII lower-casing keeps every byte position.
    let lower = text.to_ascii_lowercase();
    CUT_AFTER
        .iter()
        .filter_map(|words| lower.find(words).map(|at| at + words.len()))
        .min()
        .map_or(text, |end| &text[..end])
}

/// An ARN is kept whole, since it says who was denied; no AWS credential has that form.
fn without_keys(word: &str) -> String {
    if word
        .trim_start_matches(['"', '\'', '(', '['])
        .starts_with("arn:aws")
    {
        return word.to_owned();
    }
    let mut kept = String::with_capacity(word.len());
    let mut run = String::new();
    for c in word.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '%') {
            run.push(c);
        } else {
            keep(&mut kept, &run);
            run.clear();
            kept.push(c);
        }
    }
    keep(&mut kept, &run);
    kept
}

fn keep(kept: &mut String, run: &str) {
    kept.push_str(if looks_secret(run) { REMOVED } else { run });
}

/// A secret access key has 40 characters of base64, a session token hundreds, a signature 64 of
/// hexadecimal; 32 in a row with no other sign is nothing that a reader misses. An access key id is
/// 20 capitals and digits that start with `A…IA`; inside a longer run it is removed with the run.
fn looks_secret(run: &str) -> bool {
    run.len() >= 32 || has_key_id(run)
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_denial_stays_readable() {
        let denial = "User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ReadOnlyAccess_0123456789abcdef/a.user is not authorized to perform: cloudwatch:GetMetricData";
        assert_eq!(clean(denial), denial);
    }

    #[test]
    fn key_material_is_removed_wherever_it_stands() {
        let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        let token = "FwoGZXIvYXdzEBYaDJ".repeat(20);
        for raw in [
            format!("key {secret} refused"),
            format!("key=\"{secret}\", again"),
            format!("x-amz-security-token:{token}\nhost"),
            format!("Credential=AKIAIOSFODNN7EXAMPLE/20261122/us-east-1 {secret}"),
            format!("The Canonical String for this request should have been 'POST / x:{secret}'"),
            format!("You are not authorized. Encoded authorization failure message: {token}"),
        ] {
            let shown = clean(&raw);
            assert!(
                !shown.contains(secret) && !shown.contains("FwoGZXIv") && !shown.contains("AKIA"),
                "{shown}"
            );
        }
    }

    #[test]
    fn terminal_commands_and_direction_changes_become_spaces() {
        assert_eq!(clean("a\u{1b}[2Jb\u{7}\r\n\tc\u{202e}d\u{0}"), "a [2Jb c d");
    }

    proptest! {
        #[test]
        fn whatever_comes_in_one_short_printable_line_goes_out(raw in "(?s).{0,400}") {
            let shown = clean(&raw);
            prop_assert!(shown.chars().count() <= LONGEST);
            prop_assert!(!shown.chars().any(is_unseen));
            prop_assert_eq!(clean(&shown), shown.clone());
        }
    }
}
