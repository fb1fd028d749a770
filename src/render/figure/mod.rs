//! Numbers as drawings: SVG without colours, links, scripts or fonts of its own.
//!
//! Comes in: numbers, and words that are finished. Goes out: an `<svg>` element whose parts have classes that the
//! page's style colours, so that one drawing serves light, dark, print and forced colours. Solid is measured,
//! outlined is planned, hatched is estimated or unknown: no meaning hangs on a colour alone. This room refuses to
//! decide: scales begin at zero, and what it shows stands in a table as well.

mod bars;
mod curve;
mod dots;
mod fill;
mod scale;
mod stack;
mod svg;
mod tenths;
mod ticks;
mod tornado;
mod usage;
mod waterfall;
mod week;

pub(super) use bars::{Bar, bars};
pub(super) use curve::{Curve, Curves, curves};
pub(super) use dots::{Dot, Role, dots};
pub(super) use fill::{FillWords, FilledNode, fill};
pub(super) use stack::{Fill, Part, Stack, stacks};
pub(super) use svg::{DEFINITIONS, escaped};
pub(super) use tenths::{TenthsFigure, tenths};
pub(super) use tornado::{TornadoBar, tornado};
pub(super) use usage::{UsageFigure, usage};
pub(super) use waterfall::{Step, StepKind, waterfall};
pub(super) use week::{WeekFigure, week};
