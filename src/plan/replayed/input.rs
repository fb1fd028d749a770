//! A plan's clusters and its apps' histories, as the replay wants them.

use std::collections::BTreeMap;

use crate::pack::WorkloadKind;
use crate::plan::{Batch, ClusterPlan, EnvironmentPlan, GroupPlan, Scaler, Stage};
use crate::policy::Policy;
use crate::replay::{AppToReplay, ClusterToReplay, GroupToReplay, Load, Scaling, Start, WorkShare};
use crate::size::RecordedLoad;
use crate::units::{Resources, div_ceil};

/// Every planned app with what its instances used together, by name on the clusters.
pub(in crate::plan) type Loads<'a> = BTreeMap<&'a str, &'a RecordedLoad>;

/// One cluster, with the names of its apps and add-ons in their order.
pub(super) struct NamedCluster<'a> {
    pub(super) plan: &'a ClusterPlan,
    pub(super) names: Vec<&'a str>,
    pub(super) cluster: ClusterToReplay<'a>,
}

impl NamedCluster<'_> {
    /// The name of a zone, by the number that nodes are counted in.
    pub(super) fn zone(&self, number: usize) -> String {
        let placed = self
            .plan
            .node_groups
            .iter()
            .flat_map(|group| &group.normal.placement);
        // Nodes go round the zones.
        placed
            .take(number + 1)
            .last()
            .map_or_else(|| number.to_string(), |node| node.zone.clone())
    }
}

/// All clusters of a plan. Apps without a history are left out: nothing is known of what they would do.
pub(super) fn clusters<'a>(
    environments: &'a [EnvironmentPlan],
    clusters: &'a [ClusterPlan],
    loads: &Loads<'a>,
    zones: usize,
    policy: &'a Policy,
) -> Vec<NamedCluster<'a>> {
    let planned: BTreeMap<&str, &EnvironmentPlan> = environments
        .iter()
        .filter_map(|environment| Some((environment.planned()?.0.as_str(), environment)))
        .collect();
    let cluster = |plan: &'a ClusterPlan| {
        let group_of = |name: &str| {
            plan.node_groups
                .iter()
                .position(|group| group.name == name)
                .unwrap_or(0)
        };
        let (mut names, mut apps) = (Vec::new(), Vec::new());
        for workload in &plan.workloads {
            let app = match workload.kind {
                WorkloadKind::Addon => Some(addon(workload.requests, workload.replicas, policy)),
                WorkloadKind::App => planned
                    .get(workload.name.as_str())
                    .zip(loads.get(workload.name.as_str()))
                    .and_then(|(environment, load)| {
                        let group = group_of(environment.node_group().unwrap_or_default());
                        app(environment, &plan.name, group, load)
                    }),
            };
            if let Some(app) = app {
                names.push(workload.name.as_str());
                apps.push(app);
            }
        }
        NamedCluster {
            plan,
            names,
            cluster: ClusterToReplay {
                groups: plan
                    .node_groups
                    .iter()
                    .map(|group| to_replay(group, zones))
                    .collect(),
                apps,
            },
        }
    };
    clusters.iter().map(cluster).collect()
}

fn to_replay(group: &GroupPlan, zones: usize) -> GroupToReplay {
    GroupToReplay {
        shape: group.node.shape(),
        zones,
        nodes: group.desired_capacity,
        min: group.min_size,
        max: group.max_size,
        start: Start::Scheduled,
    }
}

/// Add-ons run on the workers, which come first, and use what daemons do of what they request.
fn addon(requests: Resources, replicas: u32, policy: &Policy) -> AppToReplay<'static> {
    AppToReplay {
        is_counted: false,
        group: 0,
        requests,
        cpu_limit: None,
        memory_limit: requests.memory,
        replicas,
        scaling: None,
        // Of the cluster itself: above every app.
        priority: 10_000,
        pods_per_instance: 1,
        share: WorkShare::WHOLE,
        load: Load::Constant(requests.share(policy.replay.daemon_use.get())),
        surge: 1,
        unavailable: 0,
    }
}

fn app<'a>(
    environment: &'a EnvironmentPlan,
    cluster: &str,
    group: usize,
    load: &'a RecordedLoad,
) -> Option<AppToReplay<'a>> {
    let (_, sizing) = environment.planned()?;
    let here = sizing.replicas.clusters.get(cluster)?;
    let before = sizing
        .replicas
        .clusters
        .iter()
        .take_while(|(name, _)| name.as_str() != cluster)
        .map(|(_, there)| there.normal)
        .sum();
    let all = sizing
        .replicas
        .clusters
        .values()
        .map(|there| there.normal)
        .sum::<u32>()
        .max(1);
    let rollout = &environment.translation.intents.rollout;
    let manifest = environment.manifests()?.clusters.get(cluster)?;
    // A queue's length is not in the history: workers stay at their normal pods.
    let scaling = (sizing.autoscaling.scaler == Scaler::Cpu).then_some(Scaling {
        min: manifest.min_replicas,
        max: manifest.max_replicas,
        target_percent: sizing.autoscaling.target_percent,
        window_minutes: rollout.scale_down_window_seconds.div_ceil(60),
    });
    Some(AppToReplay {
        is_counted: true,
        group,
        requests: sizing.requests,
        cpu_limit: sizing.limits.cpu_millicores,
        memory_limit: sizing.limits.memory_bytes,
        replicas: here.normal,
        scaling,
        priority: match environment.stage {
            Stage::Production => 2_000,
            Stage::Staging => 1_000,
        },
        pods_per_instance: sizing.replicas.pods_per_instance,
        share: WorkShare {
            before,
            own: here.normal,
            all,
        },
        load: Load::Recorded(load),
        // Kubernetes rounds what may be more up and what may be missing down.
        surge: pods(rollout.max_surge, here.normal, true),
        unavailable: pods(rollout.max_unavailable, here.normal, false),
    })
}

fn pods(batch: Batch, of: u32, is_rounded_up: bool) -> u32 {
    match batch {
        Batch::Count(count) => count,
        Batch::Percent(percent) if is_rounded_up => div_ceil(of.saturating_mul(percent), 100),
        Batch::Percent(percent) => of.saturating_mul(percent) / 100,
    }
}
