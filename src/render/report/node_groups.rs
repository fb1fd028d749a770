//! The clusters: how many nodes, how few could possibly do, and why.

use super::markdown::{Table, code, details, prose};
use crate::plan::{ClusterPlan, GroupPlan, Packing, Plan};
use crate::units::Resources;

const ROOM: usize = 3_500;
const ROOM_FOR_REASONS: usize = 3_000;

/// One row for each node group, and the reasons for its sizes.
pub(super) fn section(plan: &Plan) -> String {
    let groups: Vec<(&ClusterPlan, &GroupPlan)> =
        plan.clusters.iter().flat_map(|cluster| cluster.node_groups.iter().map(move |group| (cluster, group))).collect();
    if groups.is_empty() {
        return "## Clusters\n\nNo node group is planned, because no environment is.".to_owned();
    }
    let mut table = Table::new(
        &[
            "Cluster",
            "Group",
            "Type",
            "Needed in normal times:",
            "Needed at most:",
            "min:",
            "desired:",
            "max:",
            "Allocatable on a node",
            "For apps",
        ],
        ROOM,
    );
    let mut reasons = Table::new(&["Cluster", "Group", "Number", "Value", "Because", "Policy"], ROOM_FOR_REASONS);
    for (cluster, group) in groups {
        table.row(&[
            code(&cluster.name),
            code(&group.name),
            code(&group.instance_type),
            needed(&group.normal),
            needed(&group.at_most),
            group.min_size.to_string(),
            format!("**{}**", group.desired_capacity),
            group.max_size.to_string(),
            resources(group.node.allocatable),
            resources(group.node.available),
        ]);
        for reason in &group.reasons {
            for step in &reason.steps {
                let policy = step.policy.as_ref().map_or_else(String::new, |key| code(key));
                reasons.row(&[code(&cluster.name), code(&group.name), prose(reason.number), prose(&step.value), prose(&step.rule), policy]);
            }
        }
    }
    let versions: Vec<_> = plan
        .clusters
        .iter()
        .map(|cluster| {
            let network = cluster.network.as_ref().map_or_else(
                || "no network in the snapshot fits".to_owned(),
                |network| format!("{} and {} private subnets", code(&network.vpc), network.private_subnets.len()),
            );
            format!("- {}: Kubernetes {}, {}, {network}", code(&cluster.name), prose(&cluster.kubernetes_version), code(&cluster.region))
        })
        .collect();
    format!(
        "## Clusters\n\n{}\n\n{}\n\n\"Needed\" is the fewest nodes that hold everything, however replicas are spread and without headroom for failures; in brackets, what no \
         packing of pods of these sizes can go below. Max carries the loss of the other cluster and the rollouts, not a lost node \
         at the same time. \"For apps\" is what the daemons leave of a node.\n\n{}",
        versions.join("\n"),
        table.finish("plan.json"),
        details("Why these sizes", &reasons.finish("plan.json"))
    )
}

fn needed(packing: &Packing) -> String {
    format!("{} (at least {})", packing.nodes_needed, packing.lower_bound.nodes)
}

fn resources(resources: Resources) -> String {
    format!("{}, {:.1} GiB", resources.cpu, resources.memory.gibibytes())
}
