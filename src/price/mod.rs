//! Money: today's bill and the plan's, line by line; terms, the move, and what moves the answer.
//!
//! Comes in: the environments with what they used, the clusters with their node groups, and a dated price
//! book. Goes out: [`Bill`]s whose total is the sum of their lines. This room refuses to guess: a line whose
//! price is unknown has no amount, and the total says that it is a lower bound; what was not counted is an
//! estimate with a low and a high, and says so. Invariant: every amount is quantity x unit price, rounded
//! once to the cent.

mod after;
mod balancers;
mod bases;
mod bill;
mod bill_export;
mod bill_key;
mod book;
mod book_sources;
mod environment_to_price;
mod fargate;
mod host_agents;
mod levels;
mod migration;
mod monitoring;
mod needed;
mod price_file;
mod pricing;
mod reconcile;
mod right_sized;
mod term_keys;
mod terms;
#[cfg(test)]
mod tests;
mod three_point;
mod today;
mod traffic;
mod unattributed;
mod unit;
mod unit_price;
mod unpriced_item;
mod usage;
mod volumes;

pub use after::{ClusterToPrice, GroupToPrice, Ingress, after_lines};
pub use balancers::shared_subject;
pub use bill::{Bill, BillLine, BilledBalancers, Bound, Category, Hours, Machines, Saving};
pub use bill_export::{BillExport, BillExportError};
pub use bill_key::{AlternativeKind, BillKey, BillKeyError};
pub use book::{Discount, PriceBook, PriceError, override_source};
pub use environment_to_price::EnvironmentToPrice;
pub use fargate::{FargateSize, TasksToPrice, fargate_size};
pub use levels::{Driver, Levels};
pub use migration::{AppToMove, CurveMonth, Move, MoveEffort, MoveInputs, MoveWave, plan_move};
pub use monitoring::Logs;
pub use needed::{PriceKey, needed};
pub use price_file::{PriceFile, PriceFileError, StatedPrice, price_file_text};
pub use pricing::{Growth, Pricing};
pub use reconcile::{Reconciliation, ReconciliationRow, reconcile};
pub use right_sized::{InstanceNeed, right_sized};
pub use terms::{Regions, SpotHours, commitment_lines, term_lines, term_name};
pub use three_point::ThreePoint;
pub use today::{extra_lines, today_lines};
pub use unattributed::not_billed;
pub use unit::Unit;
pub use unit_price::{RangedPrice, UnitPrice};
pub use unpriced_item::UnpricedItem;
pub use usage::Usage;
