//! History to requests, limits and replicas.
//!
//! Comes in: the series of one environment, its instances and the policy. Goes out: a [`Sizing`] in
//! which every number carries its [`Reason`]s and its [`Evidence`], or the reason why there is none.
//! This room refuses to fill gaps: what was not measured is bounded and marked, or unknown.
//! Invariants: a request is never under its floor, a replica is never larger than what the caller
//! says an empty node offers, a limit is never under its request.

mod evidence;
mod flag;
mod reason;
mod replicas;
mod sizing;
mod stage;

pub use evidence::{CpuEvidence, Evidence, MemoryEvidence, MemoryOrigin};
pub use flag::Flag;
pub use reason::{Reason, Step};
pub use replicas::{ClusterReplicas, Replicas};
pub use sizing::{Limits, Sizing};
pub use stage::Stage;
