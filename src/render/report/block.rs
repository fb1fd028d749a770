//! The report before it has a format: sections of blocks, whose words have a language and no markup.
//!
//! Sections are written once and printed as Markdown and as HTML, so that both say the same. Nothing here is
//! escaped: a writer escapes everything that it prints.

use super::localisable::Localisable;
use crate::wording::Text;

/// A chapter of a report.
#[derive(Debug)]
pub(in crate::render) struct Section {
    /// Stable, for links: `money`.
    pub(in crate::render) id: &'static str,
    /// The heading in the report's language.
    pub(in crate::render) title: String,
    /// What it finds, in one line: all that is read of it where it is folded.
    pub(in crate::render) finding: Line,
    /// What stands in it.
    pub(in crate::render) blocks: Vec<Block>,
}

/// What a chapter is made of, in any format.
#[derive(Debug)]
pub(in crate::render) enum Block {
    /// A paragraph of words.
    Paragraph(Line),
    /// A paragraph that must not be missed.
    Notice(Line),
    /// A heading inside of a section.
    Heading(String),
    /// Items without an order.
    List(Vec<Line>),
    /// Items that Markdown cuts where its room ends; formats without a limit show them all.
    LongList(LongList),
    /// A table with a header row.
    Table(Table),
    /// Whole tables that Markdown folds; HTML shows them, since a printed page cannot be opened.
    Folded {
        /// What is in it.
        summary: String,
        /// What is under the heading.
        blocks: Vec<Block>,
    },
    /// A drawing, for formats that can draw; its numbers stand in tables.
    Drawing(Drawing),
    /// Small drawings, side by side where there is room.
    Drawings(Vec<Drawing>),
}

/// Words and names of a paragraph, an item or a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render) struct Line(pub(in crate::render) Vec<Piece>);

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) enum Piece {
    /// Words, maybe with names in them.
    Words(String),
    /// Words that stand out.
    Strong(String),
    /// A name, a key, a file: set in the type of code.
    Name(String),
}

/// Items, the most important first.
#[derive(Debug)]
pub(in crate::render) struct LongList {
    pub(in crate::render) items: Vec<Line>,
    /// Characters that they may fill in Markdown.
    pub(in crate::render) room: usize,
    /// What is said of so many that are left out.
    pub(in crate::render) left_out: fn(usize) -> Text,
}

/// A table with a header row; every row has as many cells.
#[derive(Debug)]
pub(in crate::render) struct Table {
    /// Stable, for links: `money-by-category`.
    pub(in crate::render) id: &'static str,
    /// What it shows, in a few words.
    pub(in crate::render) caption: String,
    pub(in crate::render) columns: Vec<Column>,
    pub(in crate::render) rows: Vec<Row>,
    /// The file that has every row, for a table that is cut.
    pub(in crate::render) all_in: &'static str,
    /// Characters that its rows may fill in Markdown.
    pub(in crate::render) room: usize,
}

#[derive(Debug, Clone)]
pub(in crate::render) struct Column {
    pub(in crate::render) title: String,
    /// Numbers stand on the right.
    pub(in crate::render) is_number: bool,
}

#[derive(Debug, Clone)]
pub(in crate::render) struct Row {
    pub(in crate::render) cells: Vec<Cell>,
    /// Whether it sums up the others.
    pub(in crate::render) is_total: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::render) struct Cell {
    pub(in crate::render) line: Line,
    /// What it is sorted by, if not by its words.
    pub(in crate::render) order: Option<f64>,
}

/// A drawing as SVG, with what it says in words.
#[derive(Debug)]
pub(in crate::render) struct Drawing {
    /// Stable, for links: `usage-search-prod`.
    pub(in crate::render) id: String,
    /// What it shows: the finding, not the subject.
    pub(in crate::render) title: String,
    /// The sentence that says what is to be seen, for those who do not see it.
    pub(in crate::render) says: String,
    /// An `<svg>` element without links, scripts and styles.
    pub(in crate::render) svg: String,
    /// How it is read on a telephone.
    pub(in crate::render) narrow: NarrowLayout,
    /// `of-cpu` or `of-memory` for a drawing of one resource, else nothing.
    pub(in crate::render) resource: &'static str,
}

/// How a drawing is read where the page is narrow.
#[derive(Debug)]
pub(in crate::render) enum NarrowLayout {
    /// As it is: it was drawn for a column.
    Fits,
    /// By this one instead.
    Own(String),
    /// By scrolling sideways, in a region that the keyboard reaches.
    Scrolls,
}

impl Section {
    /// A chapter with its heading, what it finds, and nothing below it yet.
    pub(in crate::render) fn new(id: &'static str, title: String, finding: Line) -> Self {
        Self {
            id,
            title,
            finding,
            blocks: Vec::new(),
        }
    }

    /// With one block more.
    pub(in crate::render) fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }
}

impl Line {
    /// A line of words without emphasis.
    pub(in crate::render) fn words(words: impl Into<String>) -> Self {
        Self(vec![Piece::Words(words.into())])
    }

    /// The same line with more words after it.
    pub(in crate::render) fn and(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Words(words.into()));
        self
    }

    /// With a name more.
    pub(in crate::render) fn and_name(mut self, name: impl Into<String>) -> Self {
        self.0.push(Piece::Name(name.into()));
        self
    }

    /// Names with `separator` between them.
    pub(in crate::render) fn names<'a>(
        names: impl IntoIterator<Item = &'a str>,
        separator: &str,
    ) -> Self {
        let mut line = Self::default();
        for name in names {
            if !line.0.is_empty() {
                line.0.push(Piece::Words(separator.to_owned()));
            }
            line.0.push(Piece::Name(name.to_owned()));
        }
        line
    }

    /// With words that stand out.
    pub(in crate::render) fn and_strong(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Strong(words.into()));
        self
    }

    /// With all of another line.
    pub(in crate::render) fn and_line(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Lines with `separator` between them.
    pub(in crate::render) fn joined(
        lines: impl IntoIterator<Item = Self>,
        separator: &str,
    ) -> Self {
        let join = |so_far: Self, next: Self| {
            if so_far.0.is_empty() {
                next
            } else {
                so_far.and(separator).and_line(next)
            }
        };
        lines.into_iter().fold(Self::default(), join)
    }

    /// The line's words without markup.
    pub(in crate::render) fn plain(&self) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Words(text) | Piece::Strong(text) | Piece::Name(text) => text.clone(),
        };
        self.0.iter().map(text).collect()
    }
}

impl Table {
    /// A table without rows; a title that ends in `:` is that of a column of numbers.
    pub(in crate::render) fn new(
        id: &'static str,
        caption: String,
        titles: &[String],
        room: usize,
        all_in: &'static str,
    ) -> Self {
        let column = |title: &String| Column {
            title: title.trim_end_matches(':').to_owned(),
            is_number: title.ends_with(':'),
        };
        Self {
            id,
            caption,
            columns: titles.iter().map(column).collect(),
            rows: Vec::new(),
            all_in,
            room,
        }
    }

    /// Puts a row below the others.
    pub(in crate::render) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(Row {
            cells: cells.into_iter().collect(),
            is_total: false,
        });
    }

    /// Adds the row that sums up the others.
    pub(in crate::render) fn total(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(Row {
            cells: cells.into_iter().collect(),
            is_total: true,
        });
    }
}

impl Cell {
    pub(in crate::render) fn words(words: impl Into<String>) -> Self {
        Self {
            line: Line::words(words),
            order: None,
        }
    }

    pub(in crate::render) fn name(name: impl Into<String>) -> Self {
        Self {
            line: Line::default().and_name(name),
            order: None,
        }
    }

    /// Words that stand out.
    pub(in crate::render) fn strong(words: impl Into<String>) -> Self {
        Self {
            line: Line::default().and_strong(words),
            order: None,
        }
    }

    /// A number that is the same in every language.
    pub(in crate::render) fn count(count: u32) -> Self {
        Self::number(count.to_string(), f64::from(count))
    }

    /// Words that are sorted by a number.
    pub(in crate::render) fn number(shown: impl Into<String>, order: f64) -> Self {
        Self {
            line: Line::words(shown),
            order: Some(order),
        }
    }

    /// The same, sorted by `order`.
    pub(in crate::render) fn by(self, order: f64) -> Self {
        Self {
            order: Some(order),
            ..self
        }
    }
}

impl From<Line> for Cell {
    fn from(line: Line) -> Self {
        Self { line, order: None }
    }
}

impl Localisable for Line {
    fn say(&self, _: crate::wording::Language) -> String {
        self.plain()
    }
}
