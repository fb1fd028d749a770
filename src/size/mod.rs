//! History to requests, limits and replicas.
//!
//! Comes in: one environment with its series, the policy, and what an empty node offers. Goes out: a
//! [`Sizing`] in which every number carries its [`Reason`]s and its [`Evidence`], or an [`Unsized`]
//! that says why there is none. This room refuses to fill gaps: what was not measured is bounded and
//! marked, or unknown. Invariants: a request is never under its floor, a replica never larger than
//! what a node may give it, a limit never under its request.

mod backtest;
mod cpu;
mod evidence;
mod flag;
mod grid;
mod memory;
mod percentile;
mod reason;
mod replicas;
mod rule;
mod sizing;
mod stage;
mod story;
mod subjects;
#[cfg(test)]
mod tests;
mod whole_replica;

pub use backtest::{BEST_KNOWN, Backtest, BacktestError, Comparison, Judged, Resource, Row, Rule, Skipped, Span, backtest};
pub use evidence::{CpuEvidence, Evidence, MemoryEvidence, MemoryOrigin};
pub use flag::Flag;
pub use percentile::{exceedance_upper_bound, nearest_rank};
pub use reason::{Reason, Step};
pub use replicas::{ClusterReplicas, Replicas};
pub use rule::{Case, Unsized, size};
pub use sizing::{Limits, Sizing};
pub use stage::Stage;
