//! A CSV file as rows, each with the line that it begins on.
//!
//! Line ends are made alike before the parser sees them (CR LF, LF, or CR alone), since it counts LF only;
//! what is not UTF-8 is told as such, with what to do.

use std::io::{self, BufRead, Read};

use csv::{ByteRecord, StringRecord};

/// What is asked of somebody whose file is in another encoding.
pub(super) const ENCODING: &str = "not UTF-8 text (Shift JIS, UTF-16 or another encoding): save it as \"CSV UTF-8\", or convert it, as in iconv -f CP932 -t UTF-8";

/// A CSV file that is being read.
pub(super) struct Table<R> {
    reader: csv::Reader<LineEnds<R>>,
    header: StringRecord,
    row: ByteRecord,
}

/// A row that cannot be read.
pub(super) struct BadRow {
    /// Where it begins, from 1.
    pub(super) line: u64,
    /// What is wrong with the row.
    pub(super) message: String,
    /// Whether the file itself failed: nothing comes after it.
    pub(super) is_last: bool,
}

impl<R: BufRead> Table<R> {
    /// Reads the header. Without `delimiter` the header tells it: a tab, else the more frequent of `;` and `,`.
    pub(super) fn open(mut input: R, delimiter: Option<u8>) -> Result<Self, String> {
        let head = input.fill_buf().map_err(|error| error.to_string())?;
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Err(format!("the file is {ENCODING}"));
        }
        let head = head
            .split(|byte| matches!(byte, b'\n' | b'\r'))
            .next()
            .unwrap_or_default();
        let delimiter = delimiter.unwrap_or_else(|| {
            let count = |delimiter: u8| head.iter().filter(|&&byte| byte == delimiter).count();
            if count(b'\t') > 0 {
                b'\t'
            } else if count(b';') > count(b',') {
                b';'
            } else {
                b','
            }
        });
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(LineEnds::of(input));
        let header = reader
            .byte_headers()
            .map_err(|error| error.to_string())?
            .clone();
        let header = StringRecord::from_byte_record(header)
            .ok()
            .filter(|header| !header.iter().any(|name| name.contains('\0')))
            .ok_or_else(|| format!("the header is {ENCODING}"))?;
        Ok(Self {
            reader,
            header,
            row: ByteRecord::new(),
        })
    }

    pub(super) const fn header(&self) -> &StringRecord {
        &self.header
    }

    /// The next row into `row`, and its line; `None` after the last.
    pub(super) fn next(&mut self, row: &mut StringRecord) -> Option<Result<u64, BadRow>> {
        match self.reader.read_byte_record(&mut self.row) {
            Ok(false) => return None,
            Ok(true) => {}
            Err(error) => {
                return Some(Err(BadRow {
                    line: self.reader.position().line(),
                    message: error.to_string(),
                    is_last: true,
                }));
            }
        }
        // The parser stands behind the row's last line end. Where a row begins it does not tell, since it
        // skips empty lines.
        let inside = self
            .row
            .iter()
            .flatten()
            .filter(|&&byte| byte == b'\n')
            .count() as u64;
        let line = self.reader.position().line().saturating_sub(1 + inside);
        let bad = |message: String| {
            Some(Err(BadRow {
                line,
                message,
                is_last: false,
            }))
        };
        if self.row.len() != self.header.len() {
            return bad(format!(
                "{} cells, but the header has {}",
                self.row.len(),
                self.header.len()
            ));
        }
        match StringRecord::from_byte_record(std::mem::take(&mut self.row)) {
            Ok(read) => {
                self.row = std::mem::replace(row, read).into_byte_record();
                Some(Ok(line))
            }
            Err(_) => bad(ENCODING.to_owned()),
        }
    }
}

/// The input with LF at the end of each line, the last included.
struct LineEnds<R> {
    input: R,
    is_after_return: bool,
    last: u8,
}

impl<R> LineEnds<R> {
    const fn of(input: R) -> Self {
        Self {
            input,
            is_after_return: false,
            last: b'\n',
        }
    }
}

impl<R: BufRead> Read for LineEnds<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                let ends_inside_a_line = self.last != b'\n' && !out.is_empty();
                if ends_inside_a_line {
                    self.last = b'\n';
                    out[0] = b'\n';
                }
                return Ok(usize::from(ends_inside_a_line));
            }
            let (mut taken, mut given) = (0, 0);
            for &byte in input {
                if given == out.len() {
                    break;
                }
                taken += 1;
                let is_second_half = self.is_after_return && byte == b'\n';
                self.is_after_return = byte == b'\r';
                if !is_second_half {
                    self.last = if byte == b'\r' { b'\n' } else { byte };
                    out[given] = self.last;
                    given += 1;
                }
            }
            self.input.consume(taken);
            if given > 0 || out.is_empty() {
                return Ok(given);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines and cells of a file; of a bad row its message.
    fn rows(text: &[u8]) -> Vec<(u64, String)> {
        // A buffer of three bytes: line ends fall across its edge.
        let input = io::BufReader::with_capacity(3, text);
        let mut table = Table::open(input, Some(b',')).expect("a header");
        let mut row = StringRecord::new();
        let mut found = Vec::new();
        while let Some(next) = table.next(&mut row) {
            found.push(match next {
                Ok(line) => (line, row.iter().collect::<Vec<_>>().join("|")),
                Err(bad) => (bad.line, bad.message),
            });
        }
        found
    }

    #[test]
    fn a_line_is_the_editors_whatever_ends_it() {
        let expected = vec![
            (2, "1|2".to_owned()),
            (4, "3|4\n5".to_owned()),
            (7, "6|7".to_owned()),
        ];
        for end in ["\n", "\r\n", "\r"] {
            // An empty line before the second row and one after it, a line end inside a cell.
            let text = "a,b\n1,2\n\n3,\"4\n5\"\n\n6,7".replace('\n', end);
            assert_eq!(rows(text.as_bytes()), expected, "{end:?}");
            assert_eq!(
                rows(format!("{text}{end}").as_bytes()),
                expected,
                "{end:?} at the end"
            );
        }
    }

    #[test]
    fn a_short_row_and_one_in_another_encoding_are_bad_by_line() {
        let found = rows(b"a,b\r\n1\r\n\x93\xfa,2\r\n3,4\r\n");
        assert_eq!(found[0], (2, "1 cells, but the header has 2".to_owned()));
        assert!(
            found[1].0 == 3 && found[1].1.contains("iconv"),
            "{:?}",
            found[1]
        );
        assert_eq!(found[2], (4, "3|4".to_owned()));
    }

    #[test]
    fn another_encoding_of_the_header_is_told_as_such() {
        for text in [
            &b"\x93\xfa\x8e\x9e,CPU\r\n"[..],
            b"\xff\xfet\0i\0m\0e\0\n\0",
            b"t\0i\0m\0e\0,\0c\0\n\0",
        ] {
            let refused = Table::open(text, None).err().expect("refused");
            assert!(
                refused.contains("UTF-8") && refused.contains("Shift JIS"),
                "{refused}"
            );
        }
    }
}
