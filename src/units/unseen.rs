//! Characters that act on a terminal or hide their neighbours.

/// Control characters, and the format characters of Unicode that hide, join or reorder what stands beside them.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// `text` on one line, with what nobody would see spelt out: `\u{202e}`.
#[must_use]
pub fn spelt(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_spelt_out() {
        assert_eq!(
            spelt("a\u{1b}[2Jb\u{202e}c\u{200b}d\ne検索"),
            r"a\u{1b}[2Jb\u{202e}c\u{200b}d\ne検索"
        );
    }
}
