//! Names from strangers, made harmless: one line, visible, nothing that acts.
//!
//! Comes in: any text. Goes out: the same text without line breaks, control characters, terminal
//! escape sequences and characters that hide or reorder others. Each format adds its own escaping on
//! top. The exact text always stands in plan.json.

use crate::units::is_unseen;

/// `text` on one line, without anything that a terminal or an editor would obey.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let starts_sequence = c == '\u{9b}' || (c == '\u{1b}' && chars.next_if_eq(&'[').is_some());
        if starts_sequence {
            // Parameters, then one final byte. Longer sequences (titles, links) lose only their introducer:
            // skipping to a terminator that may never come would hide the rest of the name.
            while chars.next_if(|c| (' '..='?').contains(c)).is_some() {}
            chars.next_if(|c| ('@'..='~').contains(c));
        } else if matches!(
            c,
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        ) {
            line.push(' ');
        } else if !is_unseen(c) {
            line.push(c);
        }
    }
    line
}

/// [`one_line`] for something that must be visible: blank names get a stand-in.
pub(super) fn name(text: &str) -> String {
    let line = one_line(text);
    if line.trim().is_empty() {
        "(no name)".to_owned()
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_left() {
        assert_eq!(one_line("a\u{1b}[31mred\u{1b}[0m\u{9b}2Jb"), "aredb");
        assert_eq!(one_line("\u{1b}]0;title\u{7}rest"), "]0;titlerest");
        assert_eq!(one_line("x\r\ny\u{2028}z\u{85}"), "x  y z ");
        assert_eq!(one_line("abc\u{202e}dcb\u{200b}\u{feff}"), "abcdcb");
        assert_eq!(one_line("検索 é 🚀"), "検索 é 🚀");
        assert_eq!(one_line("\u{1b}["), "");
        assert_eq!(name("\u{200b} \n"), "(no name)");
    }
}
