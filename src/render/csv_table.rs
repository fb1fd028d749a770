//! Rows to CSV that a spreadsheet reads as text and numbers, never as a formula.
//!
//! RFC 4180 with one header row, a fixed column order and CRLF. Numbers are plain decimals; text is
//! made inert. An absent number is an empty cell, never a zero.

use csv::{Terminator, WriterBuilder};

use super::inert;

/// Text as a cell: visible, on one line, and not a formula in any spreadsheet.
pub(super) fn text(value: &str) -> String {
    let line = inert::one_line(value);
    // A leading quote marks text in every spreadsheet. The full-width signs count as operators in
    // Japanese ones; leading blanks are trimmed by some importers; tabs and breaks are blanks by now.
    let was_break = value.starts_with(['\t', '\r', '\n']);
    let formula = line
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if was_break || formula {
        format!("'{line}")
    } else {
        line
    }
}

/// A number as it is, anything else as [`text`].
pub(super) fn cell(value: &str) -> String {
    if value.parse::<f64>().is_ok() {
        value.to_owned()
    } else {
        text(value)
    }
}

/// The whole table.
///
/// # Errors
/// Rows of different lengths.
pub(super) fn write(header: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for formula in [
            "=1+1",
            "+cmd",
            "-2",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{200b}=1",
            "＝1",
        ] {
            assert!(text(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(text("search-prod"), "search-prod");
        assert_eq!(text("a=b"), "a=b");
    }
}
