//! The story: facts and policy in, one Plan out.
//!
//! Comes in: a snapshot and a policy. Goes out: the [`Plan`] document. This room owns the order of the
//! steps and nothing else: what a request is, where it runs and what it costs is decided in `size`,
//! `pack` and `price`. Invariant: every environment of the snapshot is in the plan exactly once.

mod addresses;
mod balancer_subnets;
mod build;
mod clusters;
mod compare;
mod document;
mod economics;
mod environments;
mod error;
mod fleet;
mod fleet_calibration;
mod histories;
mod ingress_groups;
mod larger_types;
mod live;
mod load_test;
mod manifests;
mod network;
mod node_types;
mod nodes;
mod note;
mod notes;
mod out_of_scope;
mod plan_basis;
mod platform;
mod remedies;
mod replayed;
mod rolling_update;
mod rollout;
mod rules_on_nodes;
mod scenario;
mod schema;
mod shared;
mod site;
#[cfg(test)]
mod tests;
mod waves;

// What a plan is made of, for the rooms that read plans and know nothing of how they are made.
pub use crate::beanstalk::{
    Batch, HealthCheck, PlatformKind, Schedule, ScheduleWindow, Scheme, Stickiness, Variable,
    VariableSource, Worker,
};
pub use crate::catalog::OperatingSystem;
pub use crate::pack::scheduler::{Distribution, Event, Situation};
pub use crate::pack::vector::{CERTIFICATE_FORMAT, Certificate, EqualBins, PriceBound, PricedItem};
pub use crate::pack::{
    BIG_PERCENT, Change, GroupPlan, LargestPod, LowerBound, NodeCapacity, NodePlacement, Packing,
    PodsOnNode, Remedy, RemedyKind, SimulatedNodeCounts, Workload, WorkloadKind, ZoneSizes,
};
pub use crate::policy::{
    Addon, AddressMode, Ci, Daemon, Delivery, DnsCache, Endpoint, Monitoring, NamePattern,
    Namespaces, NetworkPolicy, NodeAutoscaler, NodeGroup, Policy, SupportType, Survive,
    defaults as default_policy, description,
};
pub use crate::price::{
    AlternativeKind, Bill, BillKey, BillLine, BilledBalancers, Bound, Category, CurveMonth, Driver,
    Hours, Machines, Move, MoveEffort, MoveWave, Reconciliation, ReconciliationRow, Saving, Unit,
    UnpricedItem,
};
pub use crate::size::{
    Autoscaling, ClusterReplicas, Coincidence, CpuEvidence, Evidence, Factor, Flag, Grade,
    Improvement, Limits, MemoryEvidence, MemoryOrigin, Number, Reason, Record, Replicas, Rhythm,
    Scaler, Sizing, Stage, Step, TENTHS, Tenths, Traffic, UsageHistory, Utilisation,
};
pub use crate::snapshot::{Gap, InputFile, Scope, Window};
pub use crate::translate::{
    Blocker, Derivation, Effort, Entrance, EntranceKind, HostRule, Intents, JudgedOption, Listener,
    Owner, PodShutdown, Process, RolloutIntent, Route, Runtime, Settings, TranslatedEnvironment,
    Verdict, VerdictCount,
};
pub use build::{OptionalInputs, build, replay_over};
pub use compare::{ComparedBill, ComparedLine, ComparedPart, Comparison, Difference, compare};
pub use document::{
    AddressUse, ClusterManifest, ClusterPlan, CorednsReplicas, Coverage, DnsEstimate,
    EnvironmentPlan, GivenUpWish, IngressGroup, Inputs, LoadStep, LoadTest, LoadTestPlan,
    ManifestPlan, NamespacePlan, Network, NodeTypeOutcome, NodeTypeRow, Outcome, PLAN_FORMAT,
    Phase, PhaseAssignment, Plan, PlatformPlan, Priority, SubnetAddresses, ZoneSpread,
};
pub use economics::{
    Alternative, AppSaving, CurrencyRow, CurrencyTotals, Decision, Economics, Lever, LeverKind,
    LikelyRange, Outlook, Prerequisite, ReplayVerdict, SearchCoverage, TornadoRow,
    UnavailableAlternative,
};
pub use error::PlanError;
pub use note::{Note, Severity};
pub use replayed::{
    AppHappening, AppHappeningKind, FewestNodes, LimitingFactor, Loss, Losses, MemoryEnd,
    MemoryEnds, MemoryOutcome, NodeUse, Replay, ReplayRun, ReplayWork, ReplayedApp, ReplayedGroup,
    ReplayedHour, WorstDay, WorstLoss,
};
pub use rules_on_nodes::{OWN_RULE, RuleOnNodes, rules_on_nodes};
pub use schema::schema;
pub use shared::Shared;
