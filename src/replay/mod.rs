//! The recorded history, run over planned clusters minute by minute.
//!
//! Comes in: for each cluster its node groups, its apps with requests, limits and autoscaling, and what each app's
//! instances used together, slot by slot. Goes out: what would have happened, in whole numbers: CPU that was asked
//! for and delivered, pods that waited, evictions and kills, and how full the nodes were. Schedulers, autoscalers,
//! kubelet and kernel act by their documented rules (`docs/METHOD.md`, section 9a). This room refuses to size or to
//! pack: it judges any plan that it is given. Invariants: every millicore-minute that comes in is delivered, starved
//! or lost; the same input gives the same outcome, whatever the number of threads.

mod account;
mod autoscaler;
mod cluster;
mod cpu;
mod failures;
mod growth;
mod input;
mod memory;
mod pods;
mod pressure;
mod rest;
mod split;
mod tally;
#[cfg(test)]
mod tests;

pub use cluster::{replay, replay_until};
pub use failures::{FailureOutcome, Failures, LostPart, replay_with_failures, worst_slots};
pub use input::{
    AppToReplay, Assumptions, ClusterToReplay, GroupToReplay, Load, MemoryModel, Scaling, Start,
    WorkShare,
};
pub use tally::{
    AppOutcome, ClusterOutcome, Day, GroupOutcome, Happening, HappeningKind, Hour, Minutes, Spread,
    Work,
};
