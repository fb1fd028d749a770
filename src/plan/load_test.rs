//! What a load test of an app asks for, and what the plan expects of it.

use serde::{Deserialize, Serialize};

use super::ManifestPlan;
use crate::size::{Scaler, Sizing, Traffic};
use crate::translate::{EntranceKind, Intents};

/// A load test against one cluster that carries everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LoadTest {
    /// Requests a second at today's busiest; absent where nobody counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_per_second: Option<f64>,
    /// Steps of the ramp, lightest first.
    pub steps: Vec<LoadStep>,
    /// The app's traffic.
    pub traffic: Traffic,
    /// The 95th percentile of the latency may not exceed this, in milliseconds.
    pub slow_ms: u32,
    /// Whether `slow_ms` comes from today's latency.
    pub is_slow_known: bool,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LoadStep {
    /// Per cent of the peak.
    pub percent: u32,
    /// Pods on the cluster that the autoscaler should reach.
    pub expected_pods: u32,
}

/// Up to a quarter more than was ever seen: where it breaks is what a load test is for.
const PERCENTS: [u32; 6] = [25, 50, 75, 100, 110, 125];
/// Twice today's latency is slow, as `eb2eks calibrate` counts it.
const SLOW_FACTOR: f64 = 2.0;
/// Where no latency is known: what people begin to notice.
const SLOW_MS: u32 = 1_000;

/// `None` for what nobody calls, and for ports that k6 does not speak.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "float-to-int casts saturate; neither is negative"
)]
pub(super) fn of(
    intents: &Intents,
    sizing: &Sizing,
    manifests: &ManifestPlan,
    traffic: Traffic,
) -> Option<LoadTest> {
    let entrance = intents.entrance.as_ref()?;
    let cluster = manifests.clusters.values().next()?;
    if entrance.kind != EntranceKind::Application || sizing.autoscaling.scaler != Scaler::Cpu {
        return None;
    }
    let rhythm = &sizing.evidence.cpu.rhythm;
    let target = sizing.requests.cpu.cores() * f64::from(sizing.autoscaling.target_percent) / 100.0;
    let step = |percent: u32| {
        // The busy hours' CPU, in proportion to the load: what the autoscaler divides by its target.
        let demand = rhythm.busy.cores() * f64::from(percent) / 100.0;
        let pods = if target > 0.0 {
            (demand / target - 1e-9).ceil() as u32
        } else {
            0
        };
        LoadStep {
            percent,
            expected_pods: pods.clamp(cluster.min_replicas, cluster.max_replicas),
        }
    };
    let slow = traffic
        .latency_p95_seconds
        .map(|seconds| (seconds * SLOW_FACTOR * 1_000.0).ceil() as u32);
    Some(LoadTest {
        peak_per_second: rhythm.requests_per_second,
        steps: PERCENTS.map(step).to_vec(),
        traffic,
        slow_ms: slow.unwrap_or(SLOW_MS),
        is_slow_known: slow.is_some(),
    })
}
