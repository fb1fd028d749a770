//! What a load test of an app asks for, and what the plan expects of it.

use super::document::{LoadStep, LoadTest, LoadTestPlan, ManifestPlan};
use crate::size::{Scaler, Sizing, Traffic};
use crate::translate::{EntranceKind, Intents};
use crate::wording::text;

/// Up to a quarter more than was ever seen: where it breaks is what a load test is for.
const PERCENTS: [u32; 6] = [25, 50, 75, 100, 110, 125];
/// Twice today's latency is slow, as `eb2eks calibrate` counts it.
const SLOW_FACTOR: f64 = 2.0;
/// Where no latency is known: what people begin to notice.
const SLOW_MS: u32 = 1_000;

/// None for what nobody calls, and for ports that k6 does not speak: each says so.
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
) -> LoadTestPlan {
    let left_out = |reason| LoadTestPlan::LeftOut { reason };
    let Some(entrance) = &intents.entrance else {
        return left_out(if sizing.autoscaling.scaler == Scaler::Queue {
            text!("load-test-of-a-queue")
        } else {
            text!("load-test-of-nobody")
        });
    };
    if entrance.kind != EntranceKind::Application {
        return left_out(text!("load-test-of-bytes"));
    }
    // Of several clusters any: each has to carry everything alone.
    let (fewest, most) = manifests
        .clusters
        .values()
        .next()
        .map_or((1, 1), |cluster| {
            (cluster.min_replicas, cluster.max_replicas)
        });
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
            expected_pods: pods.clamp(fewest, most.max(fewest)),
        }
    };
    let slow = traffic
        .latency_p95_seconds
        .map(|seconds| (seconds * SLOW_FACTOR * 1_000.0).ceil() as u32);
    LoadTestPlan::Planned {
        test: LoadTest {
            peak_per_second: rhythm.requests_per_second,
            steps: PERCENTS.map(step).to_vec(),
            traffic,
            slow_ms: slow.unwrap_or(SLOW_MS),
            is_slow_known: slow.is_some(),
        },
    }
}
