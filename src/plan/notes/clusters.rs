//! What to know about the clusters.

use crate::catalog::{OperatingSystem, Support};
use crate::plan::{
    ClusterPlan, EnvironmentPlan, GroupPlan, NodeTypeOutcome, NodeTypeRow, Note, Plan, Workload,
};
use crate::size::Stage;
use crate::units::{Money, Resources, div_ceil};
use crate::wording::text;

/// What keeping a minimum on every cluster costs, if it costs anything.
pub(super) fn about_minimum(plan: &Plan) -> Option<Note> {
    let clusters = u32::try_from(plan.clusters.len()).unwrap_or(u32::MAX);
    let production = plan
        .environments
        .iter()
        .filter(|environment| environment.stage == Stage::Production);
    let (mut carrying, mut running, mut is_kept) = (0, 0, false);
    for replicas in production
        .filter_map(EnvironmentPlan::planned)
        .map(|(_, sizing)| &sizing.replicas)
    {
        carrying += replicas.full_load;
        running += replicas
            .clusters
            .values()
            .map(|cluster| cluster.normal)
            .sum::<u32>();
        // More than an even share rounded up: the minimum, not the rounding.
        is_kept |= replicas
            .clusters
            .values()
            .any(|cluster| cluster.normal > div_ceil(replicas.full_load, clusters));
    }
    let least = plan.inputs.policy.sizing.production_min_replicas;
    is_kept.then(|| {
        let message = text!(
            "note-minimum-on-every-cluster",
            running = running,
            clusters = clusters.to_string(),
            carrying = carrying.to_string()
        );
        let hint = text!(
            "note-minimum-on-every-cluster-hint",
            least = least.to_string()
        );
        Note::advice(
            "minimum-on-every-cluster",
            text!("subject-fleet"),
            message,
            hint,
        )
    })
}

/// The cheapest other type, and the cheapest for other processors if that is cheaper still.
pub(super) fn about_node_types(plan: &Plan) -> Vec<Note> {
    let note = |(row, saving): (&NodeTypeRow, Money)| {
        let NodeTypeOutcome::Feasible { nodes, .. } = row.outcome else {
            return None;
        };
        let message =
            text!("note-cheaper-node-type", type = row.name(), nodes = nodes, saving = saving);
        let how = match row.min_gib_per_core {
            None => text!("choice-of-instance-type"),
            Some(least) => text!("choice-of-group-by-memory", gib = least.to_string()),
        };
        let hint = if row.needs_other_images {
            text!("note-cheaper-node-type-hint-images", how = how)
        } else {
            text!("note-cheaper-node-type-hint", how = how)
        };
        Some(Note::advice("cheaper-node-type", row.name(), message, hint))
    };
    let saves = |row: &NodeTypeRow| match row.outcome {
        NodeTypeOutcome::Feasible {
            saving: Some(saving),
            ..
        } if saving > Money::ZERO => Some(saving),
        _ => None,
    };
    let cheaper: Vec<(&NodeTypeRow, Money)> = plan
        .node_types
        .iter()
        .filter_map(|row| Some((row, saves(row)?)))
        .collect();
    let same = cheaper.iter().find(|(row, _)| !row.needs_other_images);
    let other = cheaper
        .iter()
        .find(|(row, _)| row.needs_other_images)
        .filter(|(_, saving)| same.is_none_or(|(_, least)| saving > least));
    same.into_iter()
        .chain(other)
        .copied()
        .filter_map(note)
        .collect()
}

/// Whether all pods at their memory limits at once would be more than the nodes have.
fn about_limits(group: &GroupPlan, cluster: &ClusterPlan, plan: &Plan) -> Option<Note> {
    let of_group = plan
        .environments
        .iter()
        .filter(|environment| environment.node_group() == Some(group.name.as_str()));
    let limits = of_group
        .filter_map(EnvironmentPlan::planned)
        .filter_map(|(_, sizing)| {
            let pods = sizing.replicas.clusters.get(&cluster.name)?.normal;
            Some(f64::from(pods) * sizing.limits.memory_bytes.gibibytes())
        });
    let (limits, has) = (
        limits.sum::<f64>(),
        f64::from(group.desired_capacity) * group.node.available.memory.gibibytes(),
    );
    (limits > has).then(|| {
        let message = text!(
            "note-memory-limits-over-nodes",
            limits = format!("{limits:.0}"),
            offered = format!("{has:.0}")
        );
        let subject = format!("{}/{}", cluster.name, group.name);
        Note::advice(
            "memory-limits-over-nodes",
            subject,
            message,
            text!("note-memory-limits-over-nodes-hint"),
        )
    })
}

pub(super) fn about_cluster(cluster: &ClusterPlan, plan: &Plan, support: Support) -> Vec<Note> {
    let mut notes = Vec::new();
    let policy = &plan.inputs.policy;
    if cluster.network.is_none() {
        let message = if policy.nodes.subnets.is_empty() {
            text!("note-no-network")
        } else {
            text!("note-no-network-named")
        };
        notes.push(Note::warning(
            "no-network",
            &cluster.name,
            message,
            text!("note-no-network-hint"),
        ));
    }
    if support != Support::Standard {
        let message = text!("note-old-kubernetes", version = &cluster.kubernetes_version);
        notes.push(Note::warning(
            "old-kubernetes",
            &cluster.name,
            message,
            text!("note-old-kubernetes-hint"),
        ));
    }
    notes.extend(
        cluster
            .node_groups
            .iter()
            .flat_map(|group| about_group(group, cluster, plan)),
    );
    notes.extend(
        cluster
            .node_groups
            .iter()
            .filter_map(|group| about_limits(group, cluster, plan)),
    );
    notes
}

fn about_group(group: &GroupPlan, cluster: &ClusterPlan, plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let on_group = |workload: &&Workload| {
        group
            .normal
            .placement
            .iter()
            .any(|node| node.pods.iter().any(|pods| pods.workload == workload.name))
    };
    let requested: Resources = cluster
        .workloads
        .iter()
        .filter(on_group)
        .map(|workload| workload.requests * workload.replicas)
        .sum();
    let offered = group.node.available * group.desired_capacity;
    #[expect(clippy::cast_precision_loss, reason = "a share, for people")]
    let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
    let (cpu, memory) = (
        share(requested.cpu.0, offered.cpu.0),
        share(requested.memory.0, offered.memory.0),
    );
    let subject = format!("{}/{}", cluster.name, group.name);
    if memory > 2.0 * cpu {
        let message = text!(
            "note-memory-bound-nodes",
            memory = format!("{memory:.0}"),
            cpu = format!("{cpu:.0}")
        );
        let hint = text!("note-memory-bound-nodes-hint", type = &group.instance_type);
        // Where the plan loses money, this is the first thing to change.
        let is_urgent = plan.saving.per_month.is_negative();
        let note = if is_urgent {
            Note::warning
        } else {
            Note::advice
        };
        notes.push(note("memory-bound-nodes", &subject, message, hint));
    }
    if group.operating_system == OperatingSystem::Windows {
        let hint = text!(
            "note-windows-hint",
            image = &plan.inputs.policy.windows_nodes.ami_family
        );
        let message = text!("note-windows", nodes = group.desired_capacity);
        notes.push(Note::advice("windows", &subject, message, hint));
    }
    notes
}
