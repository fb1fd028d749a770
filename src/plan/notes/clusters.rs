//! What to know about the clusters.

use crate::catalog::{OperatingSystem, Support};
use crate::plan::{ClusterPlan, EnvironmentPlan, GroupPlan, NodeTypeOutcome, NodeTypeRow, Note, Plan, Workload};
use crate::size::Stage;
use crate::units::{Money, Resources, div_ceil};

/// What keeping a minimum on every cluster costs, if it costs anything.
pub(super) fn about_minimum(plan: &Plan) -> Option<Note> {
    let clusters = u32::try_from(plan.clusters.len()).unwrap_or(u32::MAX);
    let production = plan.environments.iter().filter(|environment| environment.stage == Stage::Production);
    let (mut carrying, mut running, mut is_kept) = (0, 0, false);
    for replicas in production.filter_map(EnvironmentPlan::planned).map(|(_, sizing)| &sizing.replicas) {
        carrying += replicas.full_load;
        running += replicas.clusters.values().map(|cluster| cluster.normal).sum::<u32>();
        // More than an even share rounded up: the minimum, not the rounding.
        is_kept |= replicas.clusters.values().any(|cluster| cluster.normal > div_ceil(replicas.full_load, clusters));
    }
    let least = plan.inputs.policy.sizing.production_min_replicas;
    is_kept.then(|| {
        let message = format!("{running} production pods run on {clusters} clusters, though {carrying} would carry the load");
        let hint = format!(
            "each cluster keeps at least {least} of every app, so that it survives a node by itself; fewer clusters need fewer pods"
        );
        Note::advice("minimum-on-every-cluster", "the fleet", message, hint)
    })
}

/// The cheapest other type, and the cheapest for other processors if that is cheaper still.
pub(super) fn about_node_types(plan: &Plan) -> Vec<Note> {
    let note = |(row, saving): (&NodeTypeRow, Money)| {
        let NodeTypeOutcome::Feasible { nodes, .. } = row.outcome else { return None };
        let message = format!("the same fleet on {} takes {nodes} Linux nodes and costs {saving} a month less than the plan", row.name());
        let images = if row.needs_other_images { "; its images must be built for Graviton" } else { "" };
        let how = match row.min_gib_per_core {
            None => "nodes.instance_type".to_owned(),
            Some(least) => format!("[[nodes.groups]] with min_gib_per_core = {least}"),
        };
        let hint = format!("choose it by {how} in the policy{images}; the report compares them all");
        Some(Note::advice("cheaper-node-type", &row.name(), message, hint))
    };
    let saves = |row: &NodeTypeRow| match row.outcome {
        NodeTypeOutcome::Feasible { saving: Some(saving), .. } if saving > Money::ZERO => Some(saving),
        _ => None,
    };
    let cheaper: Vec<(&NodeTypeRow, Money)> = plan.node_types.iter().filter_map(|row| Some((row, saves(row)?))).collect();
    let same = cheaper.iter().find(|(row, _)| !row.needs_other_images);
    let other = cheaper.iter().find(|(row, _)| row.needs_other_images).filter(|(_, saving)| same.is_none_or(|(_, least)| saving > least));
    same.into_iter().chain(other).copied().filter_map(note).collect()
}

/// Whether all pods at their memory limits at once would be more than the nodes have.
fn about_limits(group: &GroupPlan, cluster: &ClusterPlan, plan: &Plan) -> Option<Note> {
    let of_group = plan.environments.iter().filter(|environment| environment.node_group() == Some(group.name.as_str()));
    let limits = of_group.filter_map(EnvironmentPlan::planned).filter_map(|(_, sizing)| {
        let pods = sizing.replicas.clusters.get(&cluster.name)?.normal;
        Some(f64::from(pods) * sizing.limits.memory_bytes.gibibytes())
    });
    let (limits, has) = (limits.sum::<f64>(), f64::from(group.desired_capacity) * group.node.available.memory.gibibytes());
    let message = format!("pods at their memory limits all at once would take {limits:.0} GiB of the {has:.0} GiB that its nodes offer");
    let hint = "pods are packed by requests and do not all peak at once; memory_request_risk = memory_limit_risk leaves no doubt, and takes more nodes";
    (limits > has).then(|| Note::advice("memory-limits-over-nodes", &format!("{}/{}", cluster.name, group.name), message, hint))
}

pub(super) fn about_cluster(cluster: &ClusterPlan, plan: &Plan, support: Support) -> Vec<Note> {
    let mut notes = Vec::new();
    let policy = &plan.inputs.policy;
    if cluster.network.is_none() {
        let message = if policy.nodes.subnets.is_empty() {
            "the snapshot names no private subnets in two zones of the VPC that the environments live in"
        } else {
            "the subnets that nodes.subnets names are not in two zones of one VPC of the snapshot"
        };
        let hint = "name the subnets under nodes.subnets, or let eksctl make a new VPC and connect it";
        notes.push(Note::warning("no-network", &cluster.name, message, hint));
    }
    if support != Support::Standard {
        let message = format!("Kubernetes {} is out of standard support on the day of the snapshot", cluster.kubernetes_version);
        notes.push(Note::warning(
            "old-kubernetes",
            &cluster.name,
            message,
            "choose a later kubernetes.version: extended support costs six times as much",
        ));
    }
    notes.extend(cluster.node_groups.iter().flat_map(|group| about_group(group, cluster, plan)));
    notes.extend(cluster.node_groups.iter().filter_map(|group| about_limits(group, cluster, plan)));
    notes
}

fn about_group(group: &GroupPlan, cluster: &ClusterPlan, plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let on_group =
        |workload: &&Workload| group.normal.placement.iter().any(|node| node.pods.iter().any(|pods| pods.workload == workload.name));
    let requested: Resources = cluster.workloads.iter().filter(on_group).map(|workload| workload.requests * workload.replicas).sum();
    let offered = group.node.available * group.desired_capacity;
    #[expect(clippy::cast_precision_loss, reason = "a share, for people")]
    let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
    let (cpu, memory) = (share(requested.cpu.0, offered.cpu.0), share(requested.memory.0, offered.memory.0));
    let subject = format!("{}/{}", cluster.name, group.name);
    let message = format!("{memory:.0} % of the memory is requested but {cpu:.0} % of the CPU");
    if memory > 2.0 * cpu {
        let hint = format!("memory is what fills the {} nodes: see what types with more memory a vCPU would cost", group.instance_type);
        // Where the plan loses money, this is the first thing to change.
        let note = if plan.saving.per_month.is_negative() { Note::warning } else { Note::advice };
        notes.push(note("memory-bound-nodes", &subject, message, hint));
    }
    if group.operating_system == OperatingSystem::Windows {
        let hint = format!(
            "build images for {}, and check Active Directory, drives and registry settings",
            plan.inputs.policy.windows_nodes.ami_family
        );
        let message = format!("{} Windows nodes, each with a licence", group.desired_capacity);
        notes.push(Note::advice("windows", &subject, message, hint));
    }
    notes
}
