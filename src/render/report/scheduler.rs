//! What the real scheduler makes of each node group.

use super::markdown::{Table, code, prose};
use crate::plan::{Change, Plan};
use crate::render::simulated::{event, quantiles, remedy};

const ROOM: usize = 1_000;
const ROOM_FOR_SITUATIONS: usize = 2_400;

/// Numbers of nodes over many orders, what holds on the planned ones, and what would take fewer; nothing without a group.
pub(super) fn section(plan: &Plan) -> Option<String> {
    let groups: Vec<_> = plan.clusters.iter().flat_map(|cluster| cluster.node_groups.iter().map(move |group| (cluster, group))).collect();
    if groups.is_empty() {
        return None;
    }
    let mut counts = Table::new(
        &[
            "Cluster",
            "Group",
            "Nodes:",
            "desired:",
            "If all at once:",
            "If no pod may wait after a loss:",
            "Largest pod, of a node:",
            "Orders:",
        ],
        ROOM,
    );
    let mut situations =
        Table::new(&["Cluster", "Group", "When", "Nothing waits for a node in:", "Nodes at the end:", "max:"], ROOM_FOR_SITUATIONS);
    let mut remedies = Table::new(&["Cluster", "Group", "If", "Nodes fewer:", "Fewer if all at once:", "Workloads:"], ROOM);
    let mut has_remedy = false;
    for (cluster, group) in groups {
        let realistic = &group.realistic;
        let largest =
            realistic.largest_pod.as_ref().map_or_else(String::new, |pod| format!("{} % ({})", pod.percent_of_node, prose(&pod.workload)));
        counts.row(&[
            code(&cluster.name),
            code(&group.name),
            quantiles(&realistic.grown),
            format!("**{}**", group.desired_capacity),
            number(realistic.at_once),
            number(realistic.without_waiting),
            largest,
            realistic.grown.orders.to_string(),
        ]);
        for situation in &realistic.situations {
            situations.row(&[
                code(&cluster.name),
                code(&group.name),
                event(situation.event).to_owned(),
                format!("{} of {} orders", situation.holds, situation.nodes.orders),
                quantiles(&situation.nodes),
                group.max_size.to_string(),
            ]);
        }
        for change in &realistic.remedies {
            has_remedy = true;
            remedies.row(&[
                code(&cluster.name),
                code(&group.name),
                remedy(change.kind).to_owned(),
                fewer(&change.grown),
                change.at_once.as_ref().map_or_else(|| "-".to_owned(), fewer),
                change.workloads.to_string(),
            ]);
        }
    }
    let remedies = if has_remedy {
        format!(
            "\n\nWhat would take fewer nodes, each simulated for itself at {} %:\n\n{}",
            plan.inputs.policy.packing.percentile,
            remedies.finish("plan.json")
        )
    } else {
        String::new()
    };
    Some(format!(
        "## What the scheduler makes of it\n\nkube-scheduler does not pack: it spreads, and which of equal nodes a pod gets is chance. Numbers of nodes are those that do in 50 / 95 / 99 % \
         of the simulated orders in which pods may be created, with cluster-autoscaler adding what each needs as the apps move. \"All at once\" is what it takes if \
         all nodes are there first, and \"no pod may wait\" if in addition production pods find room at once after what is to be survived: spread pods leave no room for large ones.\n\n{}\n\nOn the desired nodes, with cluster-autoscaler adding what is missing (lost nodes are not counted until they are replaced):\n\n{}{remedies}",
        counts.finish("plan.json"),
        situations.finish("plan.json"),
    ))
}

fn number(nodes: Option<u32>) -> String {
    nodes.map_or_else(|| "-".to_owned(), |nodes| nodes.to_string())
}

fn fewer(change: &Change) -> String {
    format!("{} ({} instead of {})", change.saved(), change.nodes_with, change.nodes)
}
