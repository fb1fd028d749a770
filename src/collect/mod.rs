//! The AWS edge: the only room that opens a connection.
//!
//! Comes in: a region or several, a profile, and whatever the SDK's own chain finds (environment
//! variables, shared config, SSO, instance roles, `AWS_ENDPOINT_URL`). Goes out: for now what is
//! reachable, call by call ([`run()`], [`doctor()`]), the least-privilege policy ([`iam_policy()`]), and list prices
//! ([`refresh()`]).
//! This room refuses to write to AWS, to make a call that is not in [`Call::ALL`], to set an endpoint,
//! and to repeat a credential that an answer carried. Invariants: every call of the list ends in
//! exactly one [`Outcome`], attempted or not; no call outlives its [`RetryPolicy`].

mod accounts;
mod arguments;
mod call_error;
mod calls;
mod clients;
mod collect_error;
mod collection;
mod contact;
mod control;
mod doctor;
mod dry_run;
mod estimate;
mod filter;
mod iam_policy;
mod identity;
mod inventory;
mod journal;
mod measured;
mod message;
mod metrics;
mod observer;
mod outcome;
mod parts;
mod prices;
mod probe;
mod redaction;
mod refusal;
mod region;
mod remedy;
mod report;
mod report_text;
mod retry_policy;
mod run;
mod run_text;
mod scope;
mod selection;
mod signals;
mod summary;
mod wire;
mod work_folder;
mod writing;

pub use accounts::AccountError;
pub use arguments::CollectArgs;
pub use calls::{ASSUME_ROLE, Call, Service};
pub use clients::RegionClients;
pub use collect_error::CollectError;
pub use control::{Signal, Stop};
pub use doctor::{DoctorArgs, DoctorError, doctor, run};
pub use dry_run::{DryScope, dry_run};
pub use estimate::{Census, Estimate, estimate};
pub use filter::{Filter, FilterError};
pub use iam_policy::iam_policy;
pub use observer::{Observer, Progress, Stage};
pub use outcome::Outcome;
pub use prices::dry_run as dry_refresh;
pub use prices::{
    DryRefresh, ListPrice, MissingPrice, RefreshArgs, RefreshError, RefreshedPrices,
    dry_refresh_text, provenance, refresh, refreshed_text,
};
pub use region::{RegionName, RegionNameError};
pub use report::{DoctorReport, Probe, RegionReport, Verdict};
pub use report_text::{report_text, shell_word};
pub use retry_policy::RetryPolicy;
pub use run::collect;
pub use run_text::{collected_text, dry_text};
pub use summary::{CollectionSummary, ScopeSummary};
pub use wire::{BundleError, Tally};
pub use work_folder::WorkFolderError;
