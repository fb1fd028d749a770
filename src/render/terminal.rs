//! Text for a terminal of a given width: tables and wrapped paragraphs.
//!
//! comfy-table counts columns as terminals do (a Japanese letter takes two) and breaks what does not
//! fit. It is told the width and never asks the terminal.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::inert;

/// The narrowest and the widest text: below, tables turn into columns of letters; above, lines are hard to follow.
const WIDTHS: (usize, usize) = (60, 100);

/// One line under the header: lines between columns cost width and tell nothing.
const RULED: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// Between columns without lines.
const GAP: u16 = 2;

/// A width that tables can live with.
pub(crate) fn readable(width: usize) -> usize {
    width.clamp(WIDTHS.0, WIDTHS.1)
}

/// A table with a header; the columns named in `numbers` are aligned to the right.
pub(crate) fn table(
    header: &[&str],
    rows: Vec<Vec<String>>,
    numbers: &[usize],
    width: usize,
) -> String {
    let mut table = empty(RULED, width);
    table.set_header(header.to_vec());
    add(&mut table, rows);
    for &column in numbers {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    finished(&table)
}

/// Columns without lines, indented.
pub(super) fn columns(rows: Vec<Vec<String>>, indent: usize, width: usize) -> String {
    let mut table = empty(NOTHING, width.saturating_sub(indent));
    add(&mut table, rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP));
    }
    indented(&finished(&table), indent)
}

/// A paragraph, wrapped at a width, with an indent.
pub(crate) fn paragraph(text: &str, indent: usize, width: usize) -> String {
    // The gap that columns keep to their right is of no use to the only one.
    columns(
        vec![vec![text.to_owned()]],
        indent,
        width + usize::from(GAP),
    )
}

/// `text` in at most so many columns; what is cut ends in a mark.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut columns = 0;
    let kept = text.chars().take_while(|c| {
        columns += c.width().unwrap_or(0);
        columns < most
    });
    kept.chain(['…']).collect()
}

fn empty(style: TableStyle, width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(style)
        .force_no_tty()
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table
}

fn add(table: &mut Table, rows: Vec<Vec<String>>) {
    for row in rows {
        table.add_row(
            row.iter()
                .map(|cell| inert::one_line(cell))
                .collect::<Vec<_>>(),
        );
    }
}

fn finished(table: &Table) -> String {
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

fn indented(text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("{margin}{line}\n")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_wrapped_at_the_width() {
        let text = paragraph(&"word ".repeat(60), 2, 60);
        assert!(
            text.lines()
                .all(|line| line.starts_with("  word") && line.chars().count() <= 60),
            "{text}"
        );
        assert!(text.lines().count() >= 5);
    }

    #[test]
    fn names_are_cut_by_their_width() {
        assert_eq!(
            [shortened("search", 6), shortened("search", 5)],
            ["search", "sear…"]
        );
        assert_eq!(
            [
                shortened("検索検索", 8),
                shortened("検索検索", 7),
                shortened("検索検索", 6)
            ],
            ["検索検索", "検索検…", "検索…"]
        );
    }

    #[test]
    fn letters_that_take_two_columns_count_twice() {
        let text = columns(vec![vec!["検索".repeat(40)]], 0, 60);
        assert!(
            text.lines().all(|line| line.chars().count() <= 30),
            "{text}"
        );
    }
}
