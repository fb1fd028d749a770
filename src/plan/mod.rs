//! The story: facts and policy in, one Plan out.
//!
//! Comes in: a snapshot and a policy. Goes out: the [`Plan`] document. This room owns the order of the
//! steps and nothing else: what a request is, where it runs and what it costs is decided in `size`,
//! `pack` and `price`. Invariant: every environment of the snapshot is in the plan exactly once.

mod addresses;
mod build;
mod clusters;
mod document;
mod environments;
mod network;
mod node_types;
mod nodes;
mod note;
mod notes;
mod remedies;
mod rollout;
mod scenario;
#[cfg(test)]
mod tests;

// What a plan is made of, for the rooms that read plans and know nothing of how they are made.
pub use crate::catalog::OperatingSystem;
pub use crate::pack::vector::{CERTIFICATE_FORMAT, Certificate, EqualBins, PriceBound, PricedItem};
pub use crate::pack::{AddressMode, GroupPlan, LowerBound, NodeCapacity, NodePlacement, Packing, PodsOnNode, Workload, WorkloadKind};
pub use crate::policy::{Addon, Daemon, NodeGroup, Policy, Survive};
pub use crate::price::{Bill, BillLine, Bound, Category, Saving};
pub use crate::size::{
    Autoscaling, ClusterReplicas, Coincidence, CpuEvidence, Evidence, Factor, Flag, Grade, Limits, MemoryEvidence, MemoryOrigin, Reason,
    Record, Replicas, Rhythm, Scaler, Sizing, Stage, Step,
};
pub use crate::snapshot::{InputFile, Scope, Window};
pub use addresses::{AddressUse, SubnetAddresses};
pub use build::{PlanError, build};
pub use document::{ClusterPlan, Coverage, EnvironmentPlan, Inputs, Network, Outcome, PLAN_FORMAT, Plan};
pub use node_types::{NodeTypeOutcome, NodeTypeRow};
pub use note::{Note, Severity};
