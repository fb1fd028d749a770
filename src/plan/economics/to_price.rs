//! The clusters as the bill sees them.

use std::collections::BTreeMap;

use super::{Estate, Layout};
use crate::beanstalk::Scheme;
use crate::plan::live::LiveEnvironment;
use crate::plan::manifests::ingress_groups;
use crate::plan::nodes::WORKERS;
use crate::plan::platform::log_days;
use crate::plan::{ClusterPlan, EntranceKind, EnvironmentPlan, GroupPlan, Scaler, Sizing, Stage};
use crate::price::{ClusterToPrice, GroupToPrice, Ingress, Logs, ThreePoint};
use crate::snapshot::EnvironmentKey;
use crate::units::{HOURS_PER_MONTH, Millicores, Quantity, Resources};
use crate::wording::text;

/// Zones of a cluster of which no network is known: EKS takes at least two.
const LEAST_ZONES: u32 = 2;

pub(super) fn clusters<'a>(
    estate: &Estate<'_>,
    layout: &'a Layout,
    auto_mode: bool,
) -> Vec<ClusterToPrice<'a>> {
    let zones = estate.fleet.network.map_or(LEAST_ZONES, |network| {
        u32::try_from(network.private_subnets.len()).unwrap_or(LEAST_ZONES)
    });
    let one = |cluster: &'a ClusterPlan| {
        let here: Vec<PlacedEnvironment<'_>> = on_cluster(estate, layout, &cluster.name);
        let public = here
            .iter()
            .filter(|(_, one, share)| *share > 0.0 && one.reading.public_addresses.any())
            .count();
        let (logs, agent_metrics) = reported(estate, layout, &here);
        ClusterToPrice {
            name: &cluster.name,
            region: &cluster.region,
            support: Some(estate.support),
            tasks: Vec::new(),
            auto_mode,
            groups: cluster
                .node_groups
                .iter()
                .map(|group| to_price(estate, layout, cluster, group))
                .collect(),
            ingresses: ingresses(estate, layout, &cluster.name),
            zones,
            // Each environment is counted once, on the first of its clusters.
            nat_environments: if is_first(layout, cluster) {
                u32::try_from(public).unwrap_or(u32::MAX)
            } else {
                0
            },
            logs,
            agent_metrics,
        }
    };
    layout.clusters.iter().map(one).collect()
}

fn is_first(layout: &Layout, cluster: &ClusterPlan) -> bool {
    layout
        .clusters
        .first()
        .is_some_and(|first| first.name == cluster.name)
}

/// What the instances of today report to CloudWatch, as far as their pods are here. Where the platform sends logs
/// there, it sends everybody's, whoever streams them today.
fn reported(
    estate: &Estate<'_>,
    layout: &Layout,
    here: &[PlacedEnvironment<'_>],
) -> (Logs, Quantity) {
    let of_everybody = log_days(&layout.environments, &layout.policy);
    let (mut instances, mut days, mut metrics) = (0, 0, 0);
    for (_, one, share) in here {
        let Some(usage) = estate.usage(one.environment) else {
            continue;
        };
        let mean = Quantity::estimated(usage.instances_in_all().as_f64() * share);
        metrics += mean.scaled(i64::from(usage.agent_metrics), 1).millionths();
        if let Some(kept) = of_everybody.or(one.reading.log_days) {
            instances += mean.millionths();
            days += mean.scaled(i64::from(kept), 1).millionths();
        }
    }
    let of = Quantity::from_millionths;
    (
        Logs {
            instances: of(instances),
            instance_days: of(days),
        },
        of(metrics),
    )
}

/// An environment that runs on a cluster, and the share of its traffic that the cluster carries.
type PlacedEnvironment<'a> = (&'a EnvironmentPlan, &'a LiveEnvironment<'a>, f64);

/// Those that run on the cluster, each with the share of its traffic that the cluster carries.
fn on_cluster<'a>(
    estate: &'a Estate<'_>,
    layout: &'a Layout,
    cluster: &str,
) -> Vec<PlacedEnvironment<'a>> {
    let share = |plan: &EnvironmentPlan| {
        let (_, sizing) = plan.planned()?;
        let clusters = &sizing.replicas.clusters;
        let all: u32 = clusters.values().map(|here| here.normal).sum();
        clusters
            .get(cluster)
            .map(|here| f64::from(here.normal) / f64::from(all.max(1)))
    };
    estate
        .pairs(layout)
        .filter_map(|(plan, one, _)| share(plan).map(|share| (plan, one, share)))
        .collect()
}

fn to_price<'a>(
    estate: &Estate<'_>,
    layout: &Layout,
    cluster: &ClusterPlan,
    group: &'a GroupPlan,
) -> GroupToPrice<'a> {
    let ends = layout
        .nodes_at
        .get(&(cluster.name.clone(), group.name.clone()));
    let [low, high] = ends.copied().unwrap_or([group.desired_capacity; 2]);
    let (cpu, memory) = requested(layout, cluster, group).millionths_of(group.node.available);
    let most = cpu.max(memory);
    // Nothing but add-ons: what grows is none of theirs.
    let of_binding = |millionths: u64| match most {
        0 => 1_000,
        most => i64::try_from(millionths.saturating_mul(1_000) / most).unwrap_or(1_000),
    };
    GroupToPrice {
        cpu_of_binding: if most == 0 { 0 } else { of_binding(cpu) },
        memory_of_binding: of_binding(memory),
        instance_type: &group.instance_type,
        operating_system: group.operating_system,
        nodes: ThreePoint {
            low,
            expected: group.desired_capacity,
            high,
        },
        hours_above: hours_above(estate, layout, cluster, group),
    }
}

/// By the normal pods of the apps of a group.
fn requested(layout: &Layout, cluster: &ClusterPlan, group: &GroupPlan) -> Resources {
    let here = layout
        .environments
        .iter()
        .filter(|plan| plan.node_group() == Some(group.name.as_str()))
        .filter_map(EnvironmentPlan::planned);
    here.filter_map(|(_, sizing)| {
        let pods = sizing.replicas.clusters.get(&cluster.name)?.normal;
        Some(sizing.requests * pods)
    })
    .sum()
}

/// Hours of a month in which the autoscalers would have asked for more than the group's normal pods, by the
/// nodes that takes: for each hour of the history, desiredCapacity x (what the pods of that hour request, over
/// what the normal ones do), rounded up, at most maxSize. Requests are taken by their dominant share of a node.
fn hours_above(
    estate: &Estate<'_>,
    layout: &Layout,
    cluster: &ClusterPlan,
    group: &GroupPlan,
) -> Quantity {
    struct App<'a> {
        hourly: &'a [Millicores],
        per_pod: f64,
        target: f64,
        bounds: (u32, u32),
        normal: u32,
        share: f64,
        request: f64,
    }
    let dominant = |requests: Resources| {
        #[expect(clippy::cast_precision_loss, reason = "millionths of a node")]
        let share = requests.dominant_millionths_of(group.node.available) as f64;
        share
    };
    let mut apps = Vec::new();
    let mut normal = 0.0;
    for (plan, one, share) in on_cluster(estate, layout, &cluster.name) {
        let Some((_, sizing)) = plan
            .planned()
            .filter(|_| plan.node_group() == Some(group.name.as_str()))
        else {
            continue;
        };
        let Some(here) = sizing.replicas.clusters.get(&cluster.name) else {
            continue;
        };
        let per_pod = dominant(sizing.requests);
        normal += per_pod * f64::from(here.normal);
        // A queue's length is not in the history: workers stay at their normal pods.
        let hourly = if sizing.autoscaling.scaler == Scaler::Cpu {
            estate
                .fleet
                .histories
                .hourly(one.environment, &layout.policy)
                .unwrap_or_default()
        } else {
            &[]
        };
        let scaling = &sizing.autoscaling;
        apps.push(App {
            hourly,
            per_pod,
            target: f64::from(scaling.target_percent) / 100.0,
            bounds: (scaling.min, scaling.max),
            normal: here.normal,
            share,
            request: sizing.requests.cpu.cores(),
        });
    }
    let addons: f64 = if group.name == WORKERS {
        let all = layout
            .policy
            .installed_addons()
            .map(|addon| dominant(addon.requests()) * f64::from(addon.replicas));
        all.sum()
    } else {
        0.0
    };
    let hours = apps.iter().map(|app| app.hourly.len()).max().unwrap_or(0);
    if hours == 0 || normal <= 0.0 {
        return Quantity::default();
    }
    let mut above = 0_u64;
    for hour in 0..hours {
        let asked: f64 = apps
            .iter()
            .map(|app| {
                let Some(demand) = app.hourly.get(hour) else {
                    return app.per_pod * f64::from(app.normal);
                };
                let pods = wanted(*demand, app.request * app.target, app.bounds);
                app.per_pod * (pods * app.share).ceil()
            })
            .sum();
        let ratio = (asked + addons) / (normal + addons);
        let nodes = (f64::from(group.desired_capacity) * ratio - 1e-6)
            .ceil()
            .min(f64::from(group.max_size));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number of nodes, from a saturating cast"
        )]
        let nodes = nodes as u64;
        above += nodes.saturating_sub(u64::from(group.desired_capacity));
    }
    let above = Quantity::from_millionths(
        i64::try_from(above)
            .unwrap_or(0)
            .saturating_mul(Quantity::SCALE),
    );
    above.scaled(
        i64::from(HOURS_PER_MONTH),
        i64::try_from(hours).unwrap_or(i64::MAX),
    )
}

/// Pods that the autoscaler wants, each of which it means to be so busy.
fn wanted(demand: Millicores, busy: f64, (least, most): (u32, u32)) -> f64 {
    let wanted = (demand.cores() / busy.max(1e-9) - 1e-9).ceil();
    wanted.clamp(f64::from(least.min(most)), f64::from(most))
}

/// Hours of a month of tasks that the autoscaler would have added above the normal ones of an app, hour by hour of the
/// history. Tasks of a queue stay at their normal number, as pods do.
pub(super) fn task_hours_above(
    estate: &Estate<'_>,
    layout: &Layout,
    sizing: &Sizing,
    one: &LiveEnvironment<'_>,
) -> Quantity {
    let scaling = &sizing.autoscaling;
    let histories = estate.fleet.histories;
    let hourly = match scaling.scaler {
        Scaler::Cpu => histories
            .hourly(one.environment, &layout.policy)
            .unwrap_or_default(),
        _ => &[],
    };
    let normal: u32 = sizing.replicas.clusters.values().map(|on| on.normal).sum();
    let busy = sizing.requests.cpu.cores() * f64::from(scaling.target_percent) / 100.0;
    let bounds = (scaling.min, scaling.max);
    let above = hourly
        .iter()
        .map(|demand| (wanted(*demand, busy, bounds) - f64::from(normal)).max(0.0));
    #[expect(clippy::cast_precision_loss, reason = "hours of a history are few")]
    let mean = above.sum::<f64>() / hourly.len().max(1) as f64;
    Quantity::estimated(mean * f64::from(HOURS_PER_MONTH))
}

/// The load balancers of a cluster, by what must not be mixed: those that apps share, as their manifests group
/// them, and those of an app's own.
fn ingresses(estate: &Estate<'_>, layout: &Layout, cluster: &str) -> Vec<Ingress> {
    let here: BTreeMap<EnvironmentKey, PlacedEnvironment<'_>> = on_cluster(estate, layout, cluster)
        .into_iter()
        .map(|one| (one.0.key(), one))
        .collect();
    let rate = |key: &EnvironmentKey| {
        let (_, one, share) = here.get(key)?;
        let usage = estate.usage(one.environment)?;
        Some(usage.requests_per_second? * share)
    };
    let mut by_kind: BTreeMap<(Stage, Scheme, EntranceKind), Ingress> = BTreeMap::new();
    let mut add = |stage, scheme, kind, members: &[&EnvironmentKey]| {
        let ingress = by_kind
            .entry((stage, scheme, kind))
            .or_insert_with(|| Ingress {
                label: match stage {
                    Stage::Production => text!("ingress-production", scheme = scheme.word()),
                    Stage::Staging => text!("ingress-staging", scheme = scheme.word()),
                },
                kind: match kind {
                    EntranceKind::Network => "network",
                    EntranceKind::Application => "application",
                },
                balancers: 0,
                apps: 0,
                scheme,
                requests_per_second: None,
            });
        ingress.balancers += 1;
        ingress.apps += u32::try_from(members.len()).unwrap_or(u32::MAX);
        for rate in members.iter().filter_map(|key| rate(key)) {
            *ingress.requests_per_second.get_or_insert(0.0) += rate;
        }
    };
    let moving = || {
        let plans = layout.environments.iter();
        plans.filter(|plan| plan.planned().is_some())
    };
    for group in ingress_groups(moving(), &layout.policy) {
        let members: Vec<&EnvironmentKey> = group
            .members
            .iter()
            .filter(|key| here.contains_key(key))
            .collect();
        if !members.is_empty() {
            add(
                group.stage,
                group.of.scheme,
                EntranceKind::Application,
                &members,
            );
        }
    }
    for plan in moving() {
        let key = plan.key();
        if let Some(entrance) = &plan.translation.intents.entrance
            && entrance.kind == EntranceKind::Network
            && here.contains_key(&key)
        {
            add(plan.stage, entrance.scheme, EntranceKind::Network, &[&key]);
        }
    }
    let rounded = |rate: f64| (rate * 1_000.0).round() / 1_000.0;
    let ingress = |ingress: Ingress| Ingress {
        requests_per_second: ingress.requests_per_second.map(rounded),
        ..ingress
    };
    by_kind.into_values().map(ingress).collect()
}
