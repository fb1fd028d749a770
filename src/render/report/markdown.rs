//! GitHub Markdown in which the text of strangers stays text.

use std::fmt::Write as _;

use super::ReportHead;
use super::block::{self, Block, Line, LongList, Piece, Section};
use super::locale::Locale;
use crate::render::inert;
use crate::wording::text;

/// Longer names are cut in the report; the CSV and the JSON have them in full.
const LONGEST_NAME: usize = 64;
/// Longer messages are cut likewise. The longest text of the catalogues, which are cut by the same rule, has 700.
const LONGEST_PROSE: usize = 1_000;

/// A name as a code span.
///
/// GitHub splits table rows before it reads code spans and mistakes `\|` in them, so that names with
/// such characters become `<code>` with everything but letters and digits as entities.
pub(in crate::render) fn code(text: &str) -> String {
    let text = shortened(&inert::name(text), LONGEST_NAME);
    let text = text.trim();
    if !text.contains(['`', '|', '\\']) {
        return format!("`{text}`");
    }
    let mut html = String::from("<code>");
    for c in text.chars() {
        if c.is_alphanumeric() || c == ' ' {
            html.push(c);
        } else {
            let _ = write!(html, "&#{};", u32::from(c));
        }
    }
    html.push_str("</code>");
    html
}

/// A command as a code span outside of tables, whole: one that is cut cannot be typed. Names in it are made of letters,
/// digits and hyphens, or left to whoever types it ([`typed`]).
pub(in crate::render) fn command(text: &str) -> String {
    format!("`{}`", inert::one_line(text).replace('`', "'"))
}

/// A name of AWS as a shell takes it, or `otherwise` where a shell could take it for something else.
pub(in crate::render) fn typed<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    let is_plain = !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if is_plain { name } else { otherwise }
}

/// Words that may contain names: nothing in them is markup, a link or a mention.
pub(in crate::render) fn prose(text: impl ToString) -> String {
    let line = shortened(&inert::one_line(&text.to_string()), LONGEST_PROSE);
    let mut safe = String::with_capacity(line.len() + 16);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            // A backslash in front would not do: tables are split before it is read.
            '|' => safe.push_str("&#124;"),
            // GitHub looks for mentions and links in the text that is left after escaping.
            '@' => safe.push_str("@<!-- -->"),
            ':' if rest.peek() == Some(&'/') => safe.push_str(":<!-- -->"),
            '.' if safe.ends_with("www") => safe.push_str("<!-- -->."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => safe.extend(['\\', c]),
            _ => safe.push(c),
        }
    }
    safe
}

/// A table whose rows fill at most so many characters.
struct Table {
    text: String,
    rows_left_out: usize,
    room: usize,
}

impl Table {
    /// A table with these titles; a title that ends in `:` has its column aligned to the right.
    fn new(titles: &[&str], room: usize) -> Self {
        let shown: Vec<_> = titles
            .iter()
            .map(|title| title.trim_end_matches(':'))
            .collect();
        let rule: Vec<_> = titles
            .iter()
            .map(|title| if title.ends_with(':') { "---:" } else { "---" })
            .collect();
        Self {
            text: format!("| {} |\n| {} |", shown.join(" | "), rule.join(" | ")),
            rows_left_out: 0,
            room,
        }
    }

    /// Adds a row of finished Markdown, if there is room. After the first that is left out, all are.
    fn row(&mut self, cells: &[String]) {
        let row = format!("\n| {} |", cells.join(" | "));
        let size = row.chars().count();
        if self.rows_left_out > 0 || size > self.room {
            self.rows_left_out += 1;
        } else {
            self.room -= size;
            self.text.push_str(&row);
        }
    }

    /// The table, and the sentence about what is not in it.
    fn finish(self, left_out: impl FnOnce(usize) -> String) -> String {
        match self.rows_left_out {
            0 => self.text,
            count => format!("{}\n\n{}", self.text, left_out(count)),
        }
    }
}

/// Folded until somebody opens it.
fn details(summary: &str, content: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{content}\n\n</details>")
}

/// Title, answer, decisions, coverage and warnings.
pub(super) fn head(head: &ReportHead, locale: Locale) -> Vec<String> {
    let mut parts = vec![
        format!("# {}", prose(&head.title)),
        format!("**{}**", prose(&head.verdict)),
    ];
    parts.extend(head.answer.iter().map(line));
    let mut blocks: Vec<Option<String>> = Vec::new();
    blocks.extend(
        head.columns
            .iter()
            .map(|columns| Some(table(columns, locale))),
    );
    blocks.extend(head.why.iter().map(|why| Some(line(why))));
    blocks.extend(head.levers.iter().map(|levers| Some(table(levers, locale))));
    blocks.extend(head.next.iter().map(|next| Some(whole_line(next))));
    if !head.decisions.is_empty() {
        let decisions = (1..).zip(&head.decisions);
        let decisions: Vec<String> = decisions
            .map(|(number, decision)| format!("{number}. {}", whole_line(decision)))
            .collect();
        blocks.push(Some(decisions.join("\n")));
    }
    blocks.push(Some(line(&head.coverage)));
    blocks.extend(head.warnings.iter().map(|block| self::block(block, locale)));
    parts.extend(blocks.into_iter().flatten());
    parts
}

/// A section with its heading; drawings are left out, since their numbers stand in tables.
pub(super) fn section(section: &Section, locale: Locale) -> String {
    let mut parts = vec![
        format!("## {}", prose(&section.title)),
        line(&section.finding),
    ];
    parts.extend(
        section
            .blocks
            .iter()
            .filter_map(|block| self::block(block, locale)),
    );
    parts.join("\n\n")
}

fn block(block: &Block, locale: Locale) -> Option<String> {
    Some(match block {
        Block::Paragraph(text) => line(text),
        Block::Notice(text) => format!("> {}", line(text)),
        Block::Heading(title) => format!("### {}", prose(title)),
        Block::List(items) => items
            .iter()
            .map(|item| format!("- {}", line(item)))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::LongList(list) => long_list(list, locale),
        Block::Table(rows) => table(rows, locale),
        Block::Folded { summary, blocks } => {
            let content: Vec<String> = blocks
                .iter()
                .filter_map(|block| self::block(block, locale))
                .collect();
            details(&prose(summary), &content.join("\n\n"))
        }
        Block::Drawing(_) | Block::Drawings(_) => return None,
    })
}

/// As many items as there is room for, and what is said of the rest.
fn long_list(list: &LongList, locale: Locale) -> String {
    let mut room = list.room;
    let mut shown: Vec<String> = Vec::new();
    for item in list.items.iter().map(|item| format!("- {}", line(item))) {
        let size = item.chars().count();
        if size > room {
            break;
        }
        room -= size;
        shown.push(item);
    }
    let rest = list.items.len() - shown.len();
    let mut parts = vec![shown.join("\n")];
    if rest > 0 {
        parts.push(line(&locale.line(&(list.left_out)(rest))));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Words, names and what stands out.
pub(super) fn line(line: &Line) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => prose(words),
        Piece::Strong(words) => format!("**{}**", prose(words)),
        Piece::Name(name) => code(name),
    };
    line.0.iter().map(piece).collect()
}

/// The same, with commands that can be typed: a name in it is not cut.
fn whole_line(line: &Line) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => prose(words),
        Piece::Strong(words) => format!("**{}**", prose(words)),
        Piece::Name(name) => command(name),
    };
    line.0.iter().map(piece).collect()
}

fn table(table: &block::Table, locale: Locale) -> String {
    let titles: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            format!(
                "{}{}",
                prose(&column.title),
                if column.is_number { ":" } else { "" }
            )
        })
        .collect();
    let mut rows = Table::new(
        &titles.iter().map(String::as_str).collect::<Vec<_>>(),
        table.room,
    );
    for row in &table.rows {
        let cell = |cell: &block::Cell| match line(&cell.line) {
            shown if row.is_total && !shown.is_empty() => format!("**{shown}**"),
            shown => shown,
        };
        rows.row(&row.cells.iter().map(cell).collect::<Vec<_>>());
    }
    rows.finish(|count| line(&locale.line(&text!("table-cut", count = count, file = table.all_in))))
}

fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        text.to_owned()
    } else {
        text.chars().take(longest - 1).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_code_whatever_they_contain() {
        assert_eq!(code("search-prod"), "`search-prod`");
        assert_eq!(code("<b>@all"), "`<b>@all`");
        assert_eq!(code("a|b"), "<code>a&#124;b</code>");
        assert_eq!(code("`x`\\|"), "<code>&#96;x&#96;&#92;&#124;</code>");
        assert_eq!(code("\u{202e}\n"), "`(no name)`");
        assert_eq!(code(&"x".repeat(100)).chars().count(), LONGEST_NAME + 2);
    }

    #[test]
    fn prose_is_never_markup() {
        assert_eq!(
            prose("a|b <i> `c` *d* [e](f)"),
            "a&#124;b &lt;i&gt; \\`c\\` \\*d\\* \\[e\\](f)"
        );
        assert_eq!(prose("\\|"), "\\\\&#124;");
        assert_eq!(
            prose("@team https://evil www.evil"),
            "@<!-- -->team https:<!-- -->//evil www<!-- -->.evil"
        );
        assert_eq!(prose("sizing.cpu_risk: 10 %"), "sizing.cpu\\_risk: 10 %");
    }

    #[test]
    fn a_full_table_says_how_much_is_missing() {
        let mut table = Table::new(&["a", "b:"], 20);
        for row in 0..5 {
            table.row(&[row.to_string(), "x".to_owned()]);
        }
        let text = table.finish(|count| format!("{count} more rows"));
        assert!(
            text.starts_with("| a | b |\n| --- | ---: |\n| 0 | x |"),
            "{text}"
        );
        assert!(text.ends_with("\n\n3 more rows"), "{text}");
    }
}
