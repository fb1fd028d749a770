//! Lines of a text that is broken where a reader expects it.
//!
//! Comes in: a text on one line, and how many columns a line has. Goes out: lines that are no wider. English is
//! broken at blanks; Japanese, which has none, between letters, but never inside a word in katakana, before a
//! closing sign or after an opening one. Only what is wider than a whole line is broken inside, behind a sign
//! where there is one.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Signs behind which a name that is too wide for a line is broken.
const JOINTS: [char; 10] = ['/', '.', ':', '-', '_', ',', '=', '(', '@', '&'];

/// What stays together on a line.
struct Piece<'a> {
    text: &'a str,
    /// Whether a blank stands before it.
    after_blank: bool,
}

/// The columns of the widest part of `text` that has to stay together.
pub(super) fn widest_piece(text: &str) -> usize {
    pieces(text)
        .iter()
        .map(|piece| piece.text.width())
        .max()
        .unwrap_or(0)
}

/// The lines of `text`, none wider than `width` columns (of which there are two at least); one empty line of nothing.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let line = lines.last_mut().map_or_else(String::new, std::mem::take);
        let blank = if piece.after_blank && !line.is_empty() {
            " "
        } else {
            ""
        };
        let longer = format!("{line}{blank}{}", piece.text);
        if longer.width() <= width {
            replace_last(&mut lines, longer);
            continue;
        }
        replace_last(&mut lines, line);
        let mut parts = parts(piece.text, width).into_iter();
        match lines.last_mut() {
            // The line before was empty, as at the beginning.
            Some(last) if last.is_empty() => last.extend(parts.next()),
            _ => {}
        }
        lines.extend(parts);
    }
    lines
}

fn replace_last(lines: &mut [String], line: String) {
    if let Some(last) = lines.last_mut() {
        *last = line;
    }
}

/// `piece` itself, or if it is wider than a line parts that are not.
fn parts(piece: &str, width: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = piece;
    while rest.width() > width {
        let fits = rest
            .char_indices()
            .map(|(at, letter)| at + letter.len_utf8())
            .take_while(|&end| rest[..end].width() <= width)
            .last()
            .unwrap_or(rest.len());
        // Behind the last joint, if that does not leave the line nearly empty.
        let joint = rest[..fits].rfind(JOINTS).map(|at| at + 1);
        let end = joint.filter(|&end| 3 * end >= fits).unwrap_or(fits);
        parts.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for (place, word) in text.split(' ').filter(|word| !word.is_empty()).enumerate() {
        let mut start = 0;
        let mut before: Option<char> = None;
        for (at, letter) in word.char_indices() {
            if before.is_some_and(|before| is_between(before, letter)) {
                pieces.push(Piece {
                    text: &word[start..at],
                    after_blank: place > 0 && start == 0,
                });
                start = at;
            }
            before = Some(letter);
        }
        pieces.push(Piece {
            text: &word[start..],
            after_blank: place > 0 && start == 0,
        });
    }
    pieces
}

/// Whether a line may end between these letters of a text without blanks.
fn is_between(before: char, after: char) -> bool {
    if !is_wide(before) && !is_wide(after) {
        return false;
    }
    let is_inside = is_katakana(before) && is_katakana(after);
    !(is_inside || is_closing(after) || is_opening(before))
}

fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
        && letter.width() == Some(2)
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// What no line of Japanese begins with (JIS X 4051).
fn is_closing(letter: char) -> bool {
    "、。，．・：；？！ー々〜～）］｝」』】〉》〕％ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ,.:;?!)]}%"
        .contains(letter)
        // A mark on the letter before.
        || letter.width() == Some(0)
}

/// What no line of Japanese ends with.
fn is_opening(letter: char) -> bool {
    "（［｛「『【〈《〔([{".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_broken_at_blanks() {
        assert_eq!(
            wrapped("the cheapest that was found", 12),
            ["the cheapest", "that was", "found"]
        );
        assert_eq!(wrapped("", 12), [""]);
        assert_eq!(widest_piece("the cheapest that"), 8);
    }

    #[test]
    fn japanese_is_broken_between_letters_but_in_no_word_of_katakana() {
        assert_eq!(
            wrapped("レプリカの数は、リソース要求量（requests）で決まる。", 16),
            [
                "レプリカの数は、",
                "リソース要求量",
                "（requests）で決",
                "まる。"
            ]
        );
        assert_eq!(widest_piece("台数はレプリカ"), 8);
        for width in 12..40 {
            for line in wrapped(
                "Podのレプリカ「ノード」・リソース、クラスター（EKS）。",
                width,
            ) {
                assert!(!line.starts_with(is_closing), "{line}");
                assert!(!line.ends_with(is_opening), "{line}");
            }
        }
    }

    #[test]
    fn what_is_wider_than_a_line_is_broken_behind_a_joint() {
        assert_eq!(
            wrapped("see alb.ingress.kubernetes.io/healthcheck-path", 20),
            ["see", "alb.ingress.", "kubernetes.io/", "healthcheck-path"]
        );
        assert_eq!(wrapped("aaaaaaaa", 3), ["aaa", "aaa", "aa"]);
    }

    #[test]
    fn nothing_is_lost() {
        for text in ["a  b", " a ", "検索 サービス", "e\u{301}é", "👩‍👩‍👧👩‍👩‍👧"]
        {
            for width in 2..9 {
                let joined: String = wrapped(text, width).concat();
                assert_eq!(joined.replace(' ', ""), text.replace(' ', ""), "{width}");
            }
        }
    }
}
