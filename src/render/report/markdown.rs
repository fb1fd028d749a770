//! GitHub Markdown in which the text of strangers stays text.

use std::fmt::Write as _;

use super::super::inert;

/// Longer names are cut in the report; the CSV and the JSON have them in full.
const LONGEST_NAME: usize = 64;
/// Longer messages are cut likewise.
const LONGEST_PROSE: usize = 600;

/// A name as a code span.
///
/// GitHub splits table rows before it reads code spans and mistakes `\|` in them, so that names with
/// such characters become `<code>` with everything but letters and digits as entities.
pub(in crate::render) fn code(text: impl ToString) -> String {
    let text = shortened(&inert::name(&text.to_string()), LONGEST_NAME);
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
pub(in crate::render) struct Table {
    text: String,
    rows_left_out: usize,
    room: usize,
}

impl Table {
    /// A table with these titles; a title that ends in `:` has its column aligned to the right.
    pub(in crate::render) fn new(titles: &[&str], room: usize) -> Self {
        let shown: Vec<_> = titles.iter().map(|title| title.trim_end_matches(':')).collect();
        let rule: Vec<_> = titles.iter().map(|title| if title.ends_with(':') { "---:" } else { "---" }).collect();
        Self { text: format!("| {} |\n| {} |", shown.join(" | "), rule.join(" | ")), rows_left_out: 0, room }
    }

    /// Adds a row of finished Markdown, if there is room. After the first that is left out, all are.
    pub(in crate::render) fn row(&mut self, cells: &[String]) {
        let row = format!("\n| {} |", cells.join(" | "));
        let size = row.chars().count();
        if self.rows_left_out > 0 || size > self.room {
            self.rows_left_out += 1;
        } else {
            self.room -= size;
            self.text.push_str(&row);
        }
    }

    /// The table, and what is not in it: `all` names the file with every row.
    pub(in crate::render) fn finish(self, all: &str) -> String {
        match self.rows_left_out {
            0 => self.text,
            count => format!("{}\n\n{count} more rows are in `{all}`.", self.text),
        }
    }
}

/// Folded until somebody opens it.
pub(super) fn details(summary: &str, content: &str) -> String {
    format!("<details><summary>{summary}</summary>\n\n{content}\n\n</details>")
}

fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest { text.to_owned() } else { text.chars().take(longest - 1).chain(['…']).collect() }
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
        assert_eq!(prose("a|b <i> `c` *d* [e](f)"), "a&#124;b &lt;i&gt; \\`c\\` \\*d\\* \\[e\\](f)");
        assert_eq!(prose("\\|"), "\\\\&#124;");
        assert_eq!(prose("@team https://evil www.evil"), "@<!-- -->team https:<!-- -->//evil www<!-- -->.evil");
        assert_eq!(prose("sizing.cpu_risk: 10 %"), "sizing.cpu\\_risk: 10 %");
    }

    #[test]
    fn a_full_table_says_how_much_is_missing() {
        let mut table = Table::new(&["a", "b:"], 20);
        for row in 0..5 {
            table.row(&[row.to_string(), "x".to_owned()]);
        }
        let text = table.finish("plan.json");
        assert!(text.starts_with("| a | b |\n| --- | ---: |\n| 0 | x |"), "{text}");
        assert!(text.ends_with("3 more rows are in `plan.json`."), "{text}");
    }
}
