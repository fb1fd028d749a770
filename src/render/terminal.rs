//! Text for a terminal of a given width: tables and wrapped paragraphs.
//!
//! Columns are counted as terminals do (a Japanese letter takes two). A column is as wide as its widest word at
//! least; where not all columns have room for that, each row becomes a block of its own, one cell under the other,
//! so that no word is broken because a neighbour is long.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::inert;
use super::wrap::{widest_piece, wrapped};

/// The narrowest and the widest text: below, tables turn into columns of letters; above, lines are hard to follow.
const WIDTHS: (usize, usize) = (60, 100);

/// Blanks between columns of a table, over which a header's rule runs: fewer where no word would have room else.
const GAPS_OF_TABLE: [usize; 3] = [3, 2, 1];

/// Blanks between columns without a header.
const GAP: usize = 2;

/// A width that tables can live with.
pub(crate) fn readable(width: usize) -> usize {
    width.clamp(WIDTHS.0, WIDTHS.1)
}

/// A table with a header; the columns named in `numbers` are aligned to the right and not broken.
pub(crate) fn table(
    header: &[&str],
    rows: Vec<Vec<String>>,
    numbers: &[usize],
    width: usize,
) -> String {
    let rows = shown(rows);
    let header: Vec<String> = header.iter().map(|title| inert::one_line(title)).collect();
    let all: Vec<&[String]> = std::iter::once(&header[..])
        .chain(rows.iter().map(Vec::as_slice))
        .collect();
    // A blank at both ends, so that the rule stands out on either side.
    let margin = 1;
    let available = width.saturating_sub(2 * margin);
    let fitting = GAPS_OF_TABLE
        .into_iter()
        .find_map(|gap| Some((gap, widths(&all, numbers, available, gap)?)));
    let Some((gap, widths)) = fitting else {
        return blocks(Some(&header), &rows, width);
    };
    let layout = Layout {
        widths: &widths,
        numbers,
        gap,
        margin,
    };
    let mut text = layout.row(&header);
    let all_columns = widths.iter().sum::<usize>() + gap * widths.len().saturating_sub(1);
    text.push_str(&"─".repeat(all_columns + 2 * margin));
    text.push('\n');
    rows.iter().for_each(|row| text.push_str(&layout.row(row)));
    text
}

/// Columns without lines, indented.
pub(super) fn columns(rows: Vec<Vec<String>>, indent: usize, width: usize) -> String {
    let rows = shown(rows);
    let all: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
    let available = width.saturating_sub(indent);
    let Some(widths) = widths(&all, &[], available, GAP) else {
        return indented(&blocks(None, &rows, available), indent);
    };
    let layout = Layout {
        widths: &widths,
        numbers: &[],
        gap: GAP,
        margin: 0,
    };
    let text: String = rows.iter().map(|row| layout.row(row)).collect();
    indented(&text, indent)
}

/// A paragraph, wrapped at a width, with an indent.
pub(crate) fn paragraph(text: &str, indent: usize, width: usize) -> String {
    let lines = wrapped(&inert::one_line(text), width.saturating_sub(indent));
    indented(&(lines.join("\n") + "\n"), indent)
}

/// Columns and what stands between and before them.
struct Layout<'a> {
    widths: &'a [usize],
    numbers: &'a [usize],
    gap: usize,
    margin: usize,
}

impl Layout<'_> {
    /// A row on as many lines as its highest cell has.
    fn row(&self, cells: &[String]) -> String {
        let cells: Vec<Vec<String>> = cells
            .iter()
            .zip(self.widths)
            .map(|(cell, &width)| wrapped(cell, width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let mut text = String::new();
        for place in 0..height {
            let mut line = " ".repeat(self.margin);
            for (column, cell) in cells.iter().enumerate() {
                let part = cell.get(place).map_or("", String::as_str);
                let blanks = " ".repeat(self.widths[column].saturating_sub(part.width()));
                if column > 0 {
                    line.push_str(&" ".repeat(self.gap));
                }
                if self.numbers.contains(&column) {
                    line.push_str(&blanks);
                    line.push_str(part);
                } else {
                    line.push_str(part);
                    line.push_str(&blanks);
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// How wide each column is, in all at most `available` with their gaps; nothing where a word would have to be broken.
fn widths(
    rows: &[&[String]],
    numbers: &[usize],
    available: usize,
    gap: usize,
) -> Option<Vec<usize>> {
    let count = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let of_column = |column: usize, measure: &dyn Fn(&str) -> usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| measure(cell)).max().unwrap_or(0)
    };
    let least: Vec<usize> = (0..count)
        .map(|column| {
            // A number of two lines is read as two; its title, and words in its place, may have them.
            let words = of_column(column, &widest_piece);
            let of_numbers = rows.iter().skip(1).filter_map(|row| row.get(column));
            let of_numbers = of_numbers.filter(|cell| !cell.starts_with(char::is_alphabetic));
            let number = of_numbers.map(|cell| cell.width()).max().unwrap_or(0);
            if numbers.contains(&column) {
                words.max(number)
            } else {
                words
            }
        })
        .collect();
    // Never less, though letters that join are narrower together.
    let most: Vec<usize> = (0..count)
        .map(|column| of_column(column, &|cell| cell.width()).max(least[column]))
        .collect();
    let available = available.checked_sub(gap * count.saturating_sub(1))?;
    let spare = available.checked_sub(least.iter().sum())?;
    Some(shared(&least, &most, spare))
}

/// `least` and what there is to spare, dealt out evenly: short columns get all that they want, and long texts the rest.
fn shared(least: &[usize], most: &[usize], mut spare: usize) -> Vec<usize> {
    let mut widths = least.to_vec();
    loop {
        let wanting: Vec<usize> = (0..widths.len())
            .filter(|&column| widths[column] < most[column])
            .collect();
        if wanting.is_empty() || spare == 0 {
            return widths;
        }
        let each = (spare / wanting.len()).max(1);
        for column in wanting {
            let more = each.min(most[column] - widths[column]).min(spare);
            widths[column] += more;
            spare -= more;
        }
    }
}

/// Each row as a block: its first cell, and the others under it with what they are.
fn blocks(header: Option<&[String]>, rows: &[Vec<String>], width: usize) -> String {
    let mut text = String::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let title = header
                .and_then(|header| header.get(column))
                .filter(|title| column > 0 && !title.is_empty());
            let told = title.map_or_else(|| cell.clone(), |title| format!("{title}: {cell}"));
            text.push_str(&paragraph(&told, if column > 0 { 4 } else { 1 }, width));
        }
    }
    text
}

/// Every cell on one line, without what a terminal would obey.
fn shown(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    rows.into_iter()
        .map(|row| row.iter().map(|cell| inert::one_line(cell)).collect())
        .collect()
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
    fn no_word_is_broken_because_its_neighbour_is_long() {
        let row = [
            "elasticbeanstalk:environment:process",
            "search-instance-profile",
            "alb.ingress.kubernetes.io/port",
        ];
        let rows = vec![row.map(str::to_owned).to_vec()];
        let whole = |text: &str| row.iter().all(|word| text.contains(word));
        for width in 60..=100 {
            let text = table(&["Option", "Today", "Becomes"], rows.clone(), &[], width);
            assert!(whole(&text), "{width}:\n{text}");
            assert!(whole(&columns(rows.clone(), 2, width)), "{width}");
            assert!(
                text.lines().all(|line| line.width() <= width),
                "{width}:\n{text}"
            );
        }
        let narrow = table(&["Option", "Today", "Becomes"], rows, &[], 60);
        assert!(
            narrow.contains("\n    Today: search-instance-profile\n"),
            "{narrow}"
        );
    }

    #[test]
    fn a_table_of_numbers_stays_one_on_a_narrow_terminal() {
        let titles = [
            "Hour",
            "Asked",
            "Pods",
            "Busiest pod",
            "Largest pod",
            "Missing",
            "Evicted",
            "Killed",
        ];
        let row = ["07", "5120m", "4 / 4", "1440m", "2304 MiB", "12", "0", "0"];
        let text = table(
            &titles,
            vec![row.map(str::to_owned).to_vec()],
            &[1, 2, 3, 4, 5, 6, 7],
            60,
        );
        assert_eq!(text.lines().count(), 4, "{text}");
        assert!(text.lines().all(|line| line.width() <= 60), "{text}");
    }

    #[test]
    fn a_long_text_leaves_room_for_numbers() {
        let rows = vec![vec![
            "words ".repeat(30),
            "$1,234.50".to_owned(),
            "8 (>= 8)".to_owned(),
        ]];
        let text = table(&["Item", "A month", "Needed"], rows, &[1, 2], 60);
        assert!(text.contains("$1,234.50   8 (>= 8)"), "{text}");
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
