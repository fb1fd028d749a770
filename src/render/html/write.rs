//! Blocks as HTML; the text of strangers stays text.

use std::fmt::Write as _;

use crate::render::figure::escaped;
use crate::render::report::block::{
    Block, Cell, Drawing, Line, NarrowLayout, Piece, Row, Section, Table,
};

/// A section, folded behind its heading and what it finds. The id is that of what is folded, so that a browser opens it
/// for whoever follows a link to it, without a script too.
pub(super) fn section(into: &mut String, section: &Section) {
    open_section(into, section.id, &section.title, &section.finding);
    let mut has_figure = false;
    for one in &section.blocks {
        match one {
            Block::Drawing(_) | Block::Drawings(_) => {
                has_figure = true;
                block(into, one);
            }
            // Numbers of a figure are a click away.
            Block::Table(rows) if has_figure => {
                folded(into, &rows.caption, |into| table(into, rows))
            }
            // What is the only thing in a section is folded once.
            Block::Folded { blocks, .. } if section.blocks.len() == 1 => self::blocks(into, blocks),
            other => block(into, other),
        }
    }
    close_section(into);
}

/// Up to its content; [`close_section`] ends it.
pub(super) fn open_section(into: &mut String, id: &str, title: &str, finding: &Line) {
    let _ = write!(
        into,
        "<section aria-labelledby=\"{id}-title\"><details class=\"chapter\"><summary><h2 id=\"{id}-title\">{}</h2><p class=\"finding\">",
        escaped(title)
    );
    line(into, finding);
    let _ = write!(into, "</p></summary><div class=\"content\" id=\"{id}\">");
}

pub(super) fn close_section(into: &mut String) {
    into.push_str("</div></details></section>\n");
}

/// Behind its summary until somebody opens it.
pub(super) fn folded(into: &mut String, summary: &str, content: impl FnOnce(&mut String)) {
    let _ = write!(into, "<details><summary>{}</summary>", escaped(summary));
    content(into);
    into.push_str("</details>");
}

/// Several, one after the other.
pub(super) fn blocks(into: &mut String, blocks: &[Block]) {
    blocks.iter().for_each(|one| block(into, one));
}

fn block(into: &mut String, block: &Block) {
    match block {
        Block::Paragraph(text) => wrapped(into, "p", "", text),
        Block::Notice(text) => wrapped(into, "p", " class=\"notice\"", text),
        Block::Heading(title) => {
            let _ = write!(into, "<h3>{}</h3>", escaped(title));
        }
        Block::List(items) => {
            into.push_str("<ul>");
            items.iter().for_each(|item| wrapped(into, "li", "", item));
            into.push_str("</ul>");
        }
        Block::LongList(list) => self::block(into, &Block::List(list.items.clone())),
        Block::Table(rows) => table(into, rows),
        Block::Folded { summary, blocks } => {
            folded(into, summary, |into| self::blocks(into, blocks));
        }
        Block::Drawing(one) => drawing(into, one),
        Block::Drawings(several) => {
            into.push_str("<div class=\"pair\">");
            several.iter().for_each(|one| drawing(into, one));
            into.push_str("</div>");
        }
    }
}

fn wrapped(into: &mut String, element: &str, attributes: &str, text: &Line) {
    let _ = write!(into, "<{element}{attributes}>");
    line(into, text);
    let _ = write!(into, "</{element}>");
}

/// Letters of a name that stay on one line.
const UNBROKEN: usize = 40;

/// Words, names and what stands out.
pub(super) fn line(into: &mut String, line: &Line) {
    for piece in &line.0 {
        let _ = match piece {
            Piece::Words(words) => write!(into, "{}", breakable(words)),
            Piece::Strong(words) => write!(into, "<strong>{}</strong>", escaped(words)),
            // Keys of the policy are read in one piece; what is longer may break anywhere.
            Piece::Name(name) if name.chars().count() > UNBROKEN => {
                write!(into, "<code class=\"long\">{}</code>", escaped(name))
            }
            Piece::Name(name) => write!(into, "<code>{}</code>", escaped(name)),
        };
    }
}

/// Words of which one that is longer than a column may break after its slashes.
fn breakable(words: &str) -> String {
    const COLUMN: usize = 24;
    let broken = |word: &str| {
        if word.len() > COLUMN {
            escaped(word).replace('/', "/<wbr>")
        } else {
            escaped(word)
        }
    };
    words.split(' ').map(broken).collect::<Vec<_>>().join(" ")
}

/// A drawing with what it shows, above its numbers.
pub(super) fn drawing(into: &mut String, drawing: &Drawing) {
    let class = if drawing.resource.is_empty() {
        String::new()
    } else {
        format!(" class=\"{}\"", drawing.resource)
    };
    let _ = write!(
        into,
        "<figure id=\"{}\"{class}><figcaption><b>{}</b>{}</figcaption>",
        escaped(&drawing.id),
        escaped(&drawing.title),
        escaped(&drawing.says)
    );
    let _ = match &drawing.narrow {
        NarrowLayout::Fits => write!(into, "{}", drawing.svg),
        NarrowLayout::Own(narrow) => write!(
            into,
            "<div class=\"wide\">{}</div><div class=\"narrow\">{narrow}</div>",
            drawing.svg
        ),
        NarrowLayout::Scrolls => write!(
            into,
            "<div class=\"scroll drawn\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">{}</div>",
            escaped(&drawing.title),
            drawing.svg
        ),
    };
    into.push_str("</figure>");
}

/// Rows whose first cell is their heading.
pub(super) fn table(into: &mut String, table: &Table) {
    let caption = escaped(&table.caption);
    let id = if table.id.is_empty() {
        String::new()
    } else {
        format!(" id=\"{}\"", table.id)
    };
    let _ = write!(
        into,
        "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{caption}\"><table{id}><caption>{caption}</caption><thead><tr>"
    );
    for column in &table.columns {
        let class = if column.is_number { " class=\"n\"" } else { "" };
        let _ = write!(
            into,
            "<th scope=\"col\"{class}>{}</th>",
            escaped(&column.title)
        );
    }
    into.push_str("</tr></thead><tbody>");
    table.rows.iter().for_each(|one| row(into, one, table));
    into.push_str("</tbody></table></div>");
}

fn row(into: &mut String, row: &Row, table: &Table) {
    into.push_str(if row.is_total {
        "<tr class=\"total\">"
    } else {
        "<tr>"
    });
    for (place, one) in row.cells.iter().enumerate() {
        let is_number = table
            .columns
            .get(place)
            .is_some_and(|column| column.is_number);
        cell(into, one, place == 0, is_number);
    }
    into.push_str("</tr>");
}

fn cell(into: &mut String, cell: &Cell, is_heading: bool, is_number: bool) {
    let element = if is_heading { "th" } else { "td" };
    let _ = write!(into, "<{element}");
    if is_heading {
        into.push_str(" scope=\"row\"");
    }
    if is_number {
        into.push_str(" class=\"n\"");
    }
    if let Some(order) = cell.order {
        let _ = write!(into, " data-order=\"{order}\"");
    }
    into.push('>');
    line(into, &cell.line);
    let _ = write!(into, "</{element}>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_may_break_after_slashes() {
        assert_eq!(
            breakable("and/or alb.ingress.kubernetes.io/listen-ports <b>"),
            "and/or alb.ingress.kubernetes.io/<wbr>listen-ports &lt;b&gt;"
        );
    }
}
