//! Vector bin packing: the fewest equal bins, and a proof of how few there could be.
//!
//! Comes in: a [`Problem`] (what a bin offers of each of any number of resources, types of items with
//! their sizes and demand) and a [`Budget`]. Goes out: a [`Solution`], a legal packing and a [`Bound`],
//! which a [`Certificate`] makes checkable by others. Whole numbers throughout; floating point only
//! steers the search. This room refuses to read a clock: the caller says when it is over. Invariants: a
//! solution packs all demand and is legal whenever it ends; bound <= bins; the same problem and steps
//! give the same solution, and the order of the items does not change the number of bins.

mod bins;
mod bound;
mod canonical;
mod certificate;
mod chance;
mod clock;
mod columns;
mod construct;
mod dive;
mod ejection;
mod master;
mod one_resource;
mod pricing;
mod problem;
mod refill;
mod slack;
mod solution;
mod solve;
#[cfg(test)]
mod tests;
mod vbp;

pub use bound::{Bound, Rule};
pub use certificate::{CERTIFICATE_FORMAT, Certificate, EqualBins, PriceBound, PricedItem};
pub use clock::Budget;
pub use problem::{ItemType, Pattern, Problem, ProblemError};
pub use solution::Solution;
pub use solve::{quick_bound, solve};
pub use vbp::{VbpError, read_vbp};
