//! Load tests against the plan: what an app really carries, and what that makes of its numbers.
//!
//! Comes in: the sizing of one app and the results of a load test, step by step. Goes out: the
//! [`Knee`] of its latency over its throughput, and a [`Correction`] of replicas and requests, as an
//! entry for the policy. This room refuses to guess: a test that never got slow gives a lower bound of
//! what a pod carries and says so; one that was slow from the start gives nothing. Invariant: a
//! correction never goes under what the load test saw a pod use.

mod correction;
mod knee;
mod results;

pub use correction::{Correction, Peak};
pub use knee::Knee;
pub use results::{Step, steps};
