//! Lines of a text as an editor counts them.

/// The line, from 1, that the byte at `offset` stands on, whatever ends lines: LF, CR LF or CR.
#[must_use]
pub fn line_at(text: &str, offset: usize) -> u64 {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let ends = before.iter().enumerate().filter(|&(place, &byte)| {
        byte == b'\n' || (byte == b'\r' && text.as_bytes().get(place + 1) != Some(&b'\n'))
    });
    1 + ends.count() as u64
}

/// The line that a record of a CSV begins on. A reader stands where the record before ended, which may be between
/// CR and LF; blank lines, and those that begin with `comment`, come before the record.
#[must_use]
pub fn line_of_record(text: &str, offset: u64, comment: Option<char>) -> u64 {
    let mut at = usize::try_from(offset)
        .unwrap_or(usize::MAX)
        .min(text.len());
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let line = rest.split(['\r', '\n']).next().unwrap_or_default();
        let is_record =
            !line.trim().is_empty() && !comment.is_some_and(|mark| line.starts_with(mark));
        if is_record {
            break;
        }
        at += line.len() + 1;
    }
    line_at(text, at.min(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_the_editors_whatever_ends_it() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "b", "", "# c", "d"].join(end);
            let at = |part: &str| text.find(part).expect("it is there");
            assert_eq!(
                [
                    line_at(&text, 0),
                    line_at(&text, at("b")),
                    line_at(&text, at("d"))
                ],
                [1, 2, 5]
            );
            let behind = |part: &str| line_of_record(&text, (at(part) + 1) as u64, Some('#'));
            assert_eq!([behind("a"), behind("b")], [2, 5], "{end:?}");
            // Between CR and LF, where a reader of CSV stands.
            assert_eq!(
                line_of_record(&text, (at("a") + 2) as u64, Some('#')),
                2,
                "{end:?}"
            );
        }
    }
}
