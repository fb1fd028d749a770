//! History to requests, limits and replicas.
//!
//! Comes in: one environment with its series, the policy, and what an empty node offers. In two steps,
//! because what an app risks is learnt from the weeks of all of them: a [`Profile`] of each environment,
//! then, with a [`Calibration`] of the fleet, its [`Sizing`], in which every number carries its
//! [`Reason`]s and its [`Evidence`], or an [`SizingError`] that says why there is none. This room refuses to
//! fill gaps: what was not measured is bounded and marked, or unknown. Invariants: a request is never under
//! its floor, a replica never larger than what a node may give it, a limit never under its request.

mod autoscaling;
mod backtest;
mod censored;
mod coincidence;
mod cpu;
mod environment_to_size;
mod evidence;
mod flag;
mod grade;
mod grid;
mod headroom;
mod memory;
mod oddities;
mod peer_requests;
mod percentile;
mod profile;
mod readings;
mod reason;
mod reason_inputs;
mod recorded_load;
mod replica;
mod replicas;
mod rhythm;
mod risk;
mod rule;
mod running_instances;
mod runtime_floor;
mod shape;
mod sizing;
mod sizing_error;
mod stage;
mod subjects;
#[cfg(test)]
mod tests;
mod traffic;
mod usage_history;
mod utilisation;
mod whole_replica;
mod year_peak;

pub use autoscaling::{Autoscaling, Scaler};
pub use backtest::{
    BEST_KNOWN, Backtest, BacktestError, BacktestRow, BacktestTable, Comparison, JudgedWindows,
    OwnWeeks, Rule, SkippedWindows, backtest,
};
pub use coincidence::Coincidence;
pub use environment_to_size::EnvironmentToSize;
pub use evidence::{CpuEvidence, Evidence, MemoryEvidence, MemoryOrigin, Records};
pub use flag::Flag;
pub use grade::{Grade, Improvement};
pub use headroom::{EnvironmentOnNodes, FleetExperience, Headroom, Level, LevelRecord};
pub use peer_requests::PeerRequests;
pub use percentile::{exceedance_upper_bound, nearest_rank};
pub use profile::Profile;
pub use reason::{Number, Reason, Step};
pub use recorded_load::{LoadSample, MemoryOfACore, RecordedLoad};
pub use replicas::{ClusterReplicas, Replicas};
pub use rhythm::Rhythm;
pub use risk::{Calibration, Factor, Record, Resource, Span, Stratum, Trial};
pub use rule::size;
pub use sizing::{Limits, Sizing};
pub use sizing_error::SizingError;
pub use stage::Stage;
pub use traffic::Traffic;
pub use usage_history::UsageHistory;
pub use utilisation::{TENTHS, Tenths, Utilisation};
pub use year_peak::YEAR_SECONDS;
