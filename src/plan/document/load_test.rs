//! What a load test of an app asks for.

use serde::{Deserialize, Serialize};

use crate::size::Traffic;
use crate::wording::Text;

/// Whether an app can be load-tested from outside, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum LoadTestPlan {
    /// By requests, in steps.
    Planned {
        /// The ramp, and what it is judged by.
        test: LoadTest,
    },
    /// Not by a script of this plan.
    LeftOut {
        /// Why, and what to test instead.
        reason: Text,
    },
}

/// A load test against one cluster that carries everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LoadTest {
    /// Requests a second at today's busiest; absent where nobody counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_per_second: Option<f64>,
    /// Steps of the ramp, lightest first.
    pub steps: Vec<LoadStep>,
    /// How busy each hour of the day is, and the latency of today.
    pub traffic: Traffic,
    /// The 95th percentile of the latency may not exceed this, in milliseconds.
    pub slow_ms: u32,
    /// Whether `slow_ms` comes from today's latency.
    pub is_slow_known: bool,
}

/// A step of the ramp.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LoadStep {
    /// Per cent of the peak.
    pub percent: u32,
    /// Pods on the cluster that the autoscaler should reach.
    pub expected_pods: u32,
}
