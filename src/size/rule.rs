//! The sizing rule: what the last days peaked at, times the factor that was enough in so many of the weeks
//! of similar apps; see `docs/METHOD.md`.

use std::fmt;

use super::autoscaling::Bounds;
use super::backtest::Rule;
use super::evidence::EvidenceInputs;
use super::flag::flags;
use super::profile::Profile;
use super::replicas::least;
use super::risk::Calibration;
use super::shape::{Shape, largest_limit};
use super::story::Story;
use super::whole_replica::WholeReplica;
use super::{Autoscaling, Level, Limits, Record, Replicas, Scaler, Sizing, Stage, Tried};
use crate::beanstalk::EnvironmentReading;
use crate::catalog::Architecture;
use crate::policy::{Calibrated, CpuLimit, MinReplicasOn, Policy};
use crate::snapshot::{Environment, Series, Window};
use crate::units::{Bytes, Millicores, Resources};
use crate::wording::{Text, text};

/// One environment to size.
#[derive(Debug)]
pub struct Case<'a> {
    /// As the snapshot has it.
    pub environment: &'a Environment,
    /// What its settings say.
    pub reading: &'a EnvironmentReading,
    /// Everything that was measured of it and of its instances.
    pub series: &'a [Series],
    /// The time that the history covers.
    pub window: Window,
    /// Decides how few replicas it may have, and on how many clusters.
    pub stage: Stage,
    /// What an empty node of its operating system offers to workloads.
    pub node_room: Resources,
    /// What images on those nodes must be built for.
    pub node_architecture: Architecture,
    /// A rule of others whose requests are taken in place of ours, where the profile knows them.
    pub by: Option<Rule>,
}

/// Why an environment has no sizing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsized {
    /// The catalogue has no such type.
    UnknownInstanceType(String),
    /// Nothing to size by.
    NoCpuHistory {
        /// Samples that its instances should have left.
        expected: u64,
        /// Samples that came but cannot be true.
        rejected: u64,
    },
    /// Not even in the most pieces that the policy allows.
    TooLarge {
        /// One of today's instances, in requests.
        needs: Resources,
        /// What one pod may have.
        room: Resources,
        /// The most pieces that the policy lets an instance become.
        max_split: u32,
    },
    /// Nothing runs, and nothing should.
    NoInstances,
    /// Nothing ran at the moment of collecting, though something should.
    InstancesMissing {
        /// The larger of minimum and desired capacity.
        wanted: u32,
    },
}

impl Unsized {
    /// The reason, as plans and reports give it.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::UnknownInstanceType(name) => text!("unsized-instance-type", name = name),
            Self::NoCpuHistory {
                expected,
                rejected: 0,
            } => text!("unsized-no-cpu", expected = *expected),
            Self::NoCpuHistory { expected, rejected } => text!(
                "unsized-no-true-cpu",
                expected = *expected,
                rejected = *rejected
            ),
            Self::TooLarge {
                needs,
                room,
                max_split,
            } => {
                text!(
                    "unsized-too-large",
                    needs = *needs,
                    room = *room,
                    pods = *max_split
                )
            }
            Self::NoInstances => text!("unsized-no-instances"),
            Self::InstancesMissing { wanted } => {
                text!("unsized-instances-missing", wanted = *wanted)
            }
        }
    }
}

impl fmt::Display for Unsized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for Unsized {}

/// What an environment's own weeks say about the rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Records {
    /// Windows in which CPU went over the request.
    pub cpu: Record,
    /// Windows in which memory went over the limit.
    pub memory: Record,
}

/// Sizes one environment; see `docs/METHOD.md` for the formulas with worked examples.
///
/// # Errors
/// When no node could take it.
pub fn size(
    case: &Case<'_>,
    profile: &Profile,
    (calibration, level): (&Calibration, (Level, Tried)),
    records: Records,
    policy: &Policy,
) -> Result<Sizing, Unsized> {
    let (level, tried) = level;
    let rules = &policy.sizing;
    let whole = WholeReplica::of(profile, calibration, policy);
    let whole = match case.by.and_then(|rule| profile.peers()?.by(rule)) {
        Some((cpu, memory)) => whole.requesting(cpu, memory),
        None => whole,
    };
    // Memory that only grows reaches its limit, whatever it usually held.
    let level = if profile
        .odd
        .memory_growth
        .is_some_and(|growth| growth >= LEAK)
    {
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
        || Unsized::TooLarge {
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
    let story = Story {
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

/// Growth of memory in 30 days, as a share of its mean, that is a leak.
pub(super) const LEAK: f64 = 0.1;

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
