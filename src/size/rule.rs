//! The sizing rule: what the last days peaked at, times the factor that was enough in so many of the weeks
//! of similar apps; see `docs/METHOD.md`.

use super::autoscaling::Bounds;
use super::evidence::{EvidenceInputs, Records};
use super::flag::flags;
use super::profile::Profile;
use super::reason_inputs::ReasonInputs;
use super::replicas::least;
use super::risk::Calibration;
use super::shape::{Shape, largest_limit};
use super::whole_replica::WholeReplica;
use super::{
    Autoscaling, EnvironmentToSize, Level, LevelRecord, Limits, Replicas, Scaler, Sizing,
    SizingError,
};
use crate::policy::{Calibrated, CpuLimit, MinReplicasOn, Policy};
use crate::units::{Bytes, Millicores, Resources};

/// Sizes one environment; see `docs/METHOD.md` for the formulas with worked examples.
///
/// # Errors
/// When no node could take it.
pub fn size(
    case: &EnvironmentToSize<'_>,
    profile: &Profile,
    (calibration, level): (&Calibration, (Level, LevelRecord)),
    records: Records,
    policy: &Policy,
) -> Result<Sizing, SizingError> {
    let (level, tried) = level;
    let rules = &policy.sizing;
    let whole = WholeReplica::of(profile, calibration, policy);
    let whole = match case.by.and_then(|rule| profile.peers()?.by(rule)) {
        Some((cpu, memory)) => whole.requesting(cpu, memory),
        None => whole,
    };
    // Memory that only grows reaches its limit, whatever it usually held.
    let level = if profile.odd.is_memory_a_leak() {
        level.by_itself()
    } else {
        level
    };
    let tested = policy
        .calibrated
        .get(&case.environment.name)
        .copied()
        .unwrap_or_default();
    let place = (case.stage, case.node_room);
    let Shape {
        pieces,
        full_load,
        clusters,
        most,
        requests,
    } = Shape::with_replicas(profile, &whole, place, level, tested.replicas, policy).ok_or_else(
        || SizingError::TooLarge {
            needs: Resources {
                memory: Bytes::from_f64_rounded_up(whole.unbounded_memory(level)),
                ..whole.piece(1, 1.0, (level, case.node_room), policy)
            },
            room: case.node_room.share(rules.split_node_share.get()),
            max_split: rules.max_split,
        },
    )?;
    let normal: u32 = clusters.values().map(|on| on.normal).sum();
    let requests = after_load_test(requests, tested, policy);
    let limits = limits(requests, &whole, (pieces, case.node_room), policy);
    let least = least(case.stage, rules);
    let on_clusters = u32::try_from(clusters.len()).unwrap_or(u32::MAX);
    let kept = match rules.min_replicas_on {
        MinReplicasOn::EachCluster => least.saturating_mul(on_clusters),
        MinReplicasOn::AllClusters => least.max(on_clusters),
    };
    let bounds = Bounds {
        // Pieces of a split app hold its memory between them: fewer would have to hold more each. Each cluster holds a
        // whole instance's, however little of the work comes to it.
        least: if pieces > 1 {
            let instances = profile.running.least.max(on_clusters);
            kept.max(instances.saturating_mul(pieces))
        } else {
            kept
        },
        normal,
        most,
    };
    let scaler = if case.environment.tier == "Worker" {
        Scaler::Queue
    } else {
        Scaler::Cpu
    };
    let autoscaling = Autoscaling::of(&profile.cpu.rhythm, requests.cpu, bounds, scaler, rules);
    let weighed = EvidenceInputs {
        profile,
        whole: &whole,
        records,
        requests,
        limits,
        pieces,
        cpu_share: f64::from(full_load) / f64::from(normal.max(1)),
        level,
        tried,
        policy,
    };
    let evidence = weighed.evidence();
    let flags = flags(&weighed, &evidence, case.node_architecture);
    let story = ReasonInputs {
        case,
        profile,
        whole: &whole,
        evidence: &evidence,
        pieces,
        requests,
        limits,
        full_load,
        tested,
        autoscaling: &autoscaling,
        level,
        tried,
        normal,
        policy,
    };
    Ok(Sizing {
        requests,
        limits,
        replicas: Replicas {
            instances_today: profile.instances_today,
            pods_per_instance: pieces,
            full_load,
            clusters,
        },
        reasons: story.reasons(),
        autoscaling,
        evidence,
        flags,
    })
}

/// A pod's requests, where a load test found other ones: CPU as it found it, memory if it is more. What was
/// needed once is needed again, whatever a test did not get to.
fn after_load_test(requests: Resources, tested: Calibrated, policy: &Policy) -> Resources {
    let rules = &policy.sizing;
    let cpu = tested.cpu_request.map_or(requests.cpu, |cpu| {
        cpu.max(rules.cpu_floor)
            .max(Millicores(1))
            .rounded_up_to(rules.cpu_step)
    });
    let memory = tested
        .memory_request
        .unwrap_or_default()
        .rounded_up_to(rules.memory_step);
    Resources {
        cpu,
        memory: requests.memory.max(memory),
    }
}

fn limits(
    requests: Resources,
    whole: &WholeReplica,
    (pieces, room): (u32, Resources),
    policy: &Policy,
) -> Limits {
    let rules = &policy.sizing;
    let cpu = match rules.cpu_limit {
        CpuLimit::None => None,
        CpuLimit::Factor(factor) => Some(
            Millicores::from_cores_rounded_up(requests.cpu.cores() * factor)
                .rounded_up_to(rules.cpu_step),
        ),
    };
    let memory = Bytes::from_f64_rounded_up(whole.memory_limit / f64::from(pieces));
    Limits {
        cpu_millicores: cpu,
        memory_bytes: memory
            .rounded_up_to(rules.memory_step)
            .min(largest_limit(room, policy))
            .max(requests.memory),
    }
}
