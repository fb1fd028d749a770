//! Money: today's bill and the plan's, line by line.
//!
//! Comes in: the environments, the clusters with their node groups, and a dated price book. Goes out:
//! [`Bill`]s whose total is the sum of their lines. This room refuses to guess: a line whose price is
//! unknown has no amount, and the total says that it is a lower bound. Invariant: every amount is
//! quantity x unit price, rounded once to the cent.

mod after;
mod bill;
mod book;
mod host_agents;
#[cfg(test)]
mod tests;
mod today;
mod unit_price;

pub use after::{ClusterToPrice, GroupToPrice, Ingress, after_lines};
pub use bill::{Bill, BillLine, Bound, Category, Saving};
pub use book::{PriceBook, PriceError, override_source};
pub use today::{Billed, today_lines};
pub use unit_price::UnitPrice;
