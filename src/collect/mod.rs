//! The AWS edge: the only room that opens a connection.
//!
//! Comes in: a region or several, a profile, and whatever the SDK's own chain finds (environment
//! variables, shared config, SSO, instance roles, `AWS_ENDPOINT_URL`). Goes out: for now what is
//! reachable, call by call ([`run`], [`doctor()`]), and the least-privilege policy ([`iam_policy()`]).
//! This room refuses to write to AWS, to make a call that is not in [`Call::ALL`], to set an endpoint,
//! and to repeat a credential that an answer carried. Invariants: every call of the list ends in
//! exactly one [`Outcome`], attempted or not; no call outlives its [`Patience`].

mod calls;
mod clients;
mod doctor;
mod iam_policy;
mod message;
mod outcome;
mod patience;
mod probe;
mod refusal;
mod region;
mod report;
mod report_text;

pub use calls::{Call, Service};
pub use clients::RegionClients;
pub use doctor::{DoctorArgs, DoctorError, doctor, run};
pub use iam_policy::iam_policy;
pub use outcome::Outcome;
pub use patience::Patience;
pub use region::{RegionName, RegionNameError};
pub use report::{DoctorReport, Probe, RegionReport, Verdict};
pub use report_text::report_text;
