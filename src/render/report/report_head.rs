//! What stands above all sections.

use super::block::{Block, Line, Table};
use crate::render::verdict::NextStep;

/// The answer, as every format prints it.
#[derive(Debug)]
pub(in crate::render) struct ReportHead {
    /// Of the whole report.
    pub(in crate::render) title: String,
    /// Whether to do it, for cost alone.
    pub(in crate::render) verdict: String,
    /// The sentences behind the verdict, the one that carries it first.
    pub(in crate::render) answer: Vec<Line>,
    /// Recommended, as asked, as it is.
    pub(in crate::render) columns: Option<Table>,
    /// Where the difference comes from, where it does not pay.
    pub(in crate::render) why: Vec<Line>,
    /// What would change that.
    pub(in crate::render) levers: Option<Table>,
    /// What to type next.
    pub(in crate::render) next: Vec<Line>,
    /// The same for who can print it as it is typed.
    pub(in crate::render) next_step: Option<NextStep>,
    /// Three, each with its owner.
    pub(in crate::render) decisions: Vec<Line>,
    /// How many environments it speaks of, and what it is based on.
    pub(in crate::render) coverage: Line,
    /// What must be said next to the number.
    pub(in crate::render) warnings: Vec<Block>,
}
