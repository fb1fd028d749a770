//! The story: facts and policy in, one Plan out.
//!
//! Comes in: a snapshot and a policy. Goes out: the [`Plan`] document. This room owns the order of the
//! steps and nothing else: what a request is, where it runs and what it costs is decided in `size`,
//! `pack` and `price`. Invariant: every environment of the snapshot is in the plan exactly once.

mod build;
mod clusters;
mod document;
mod environments;
mod network;
mod nodes;
mod note;
mod notes;
mod rollout;
#[cfg(test)]
mod tests;

// What a plan is made of, for the rooms that read plans and know nothing of how they are made.
pub use crate::catalog::OperatingSystem;
pub use crate::pack::scheduler::{Distribution, Event, Situation};
pub use crate::pack::{
    BIG_PERCENT, Change, GroupPlan, LargestPod, LowerBound, NodeCapacity, NodePlacement, Packing, PodsOnNode, Realistic, Remedy,
    RemedyKind, Workload, WorkloadKind,
};
pub use crate::policy::{Addon, Daemon, NodeGroup, Policy, Survive};
pub use crate::price::{Bill, BillLine, Bound, Category, Saving};
pub use crate::size::{
    Autoscaling, ClusterReplicas, Coincidence, CpuEvidence, Evidence, Factor, Flag, Grade, Limits, MemoryEvidence, MemoryOrigin, Reason,
    Record, Replicas, Rhythm, Scaler, Sizing, Stage, Step,
};
pub use crate::snapshot::{InputFile, Scope, Window};
pub use build::{PlanError, build};
pub use document::{ClusterPlan, Coverage, EnvironmentPlan, Inputs, Network, Outcome, PLAN_FORMAT, Plan};
pub use note::{Note, Severity};
