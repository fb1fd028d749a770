//! What the scheduler costs beside a packing, and what would change that.

use crate::plan::{BIG_PERCENT, ClusterPlan, Event, GroupPlan, Note, Plan, Remedy, RemedyKind, Survive};

pub(super) fn about_scheduler(cluster: &ClusterPlan, plan: &Plan) -> Vec<Note> {
    cluster.node_groups.iter().flat_map(|group| about_group(group, &format!("{}/{}", cluster.name, group.name), plan)).collect()
}

fn about_group(group: &GroupPlan, subject: &str, plan: &Plan) -> Vec<Note> {
    let percentile = plan.inputs.policy.packing.percentile;
    let realistic = &group.realistic;
    let mut notes: Vec<Note> = realistic.remedies.iter().map(|remedy| about_remedy(remedy, group, subject, percentile)).collect();
    let (real, packed) = (realistic.normal.at(percentile), group.normal.nodes_needed);
    if real > packed {
        let message = format!(
            "kube-scheduler places every pod on {real} nodes in {percentile} % of {} simulated orders; packed they fit on {packed}",
            realistic.normal.orders
        );
        let hint = "it spreads, so that no node has room left for a large pod: see the advice on fewer nodes, where there is any";
        notes.push(Note::advice("scheduler-spreads", subject, message, hint));
    }
    let zone = realistic.situations.iter().find(|situation| situation.event == Event::ZoneLost);
    let is_promised = plan.inputs.policy.topology.survives(Survive::Zone);
    if let Some(zone) = zone.filter(|zone| !is_promised && zone.holds < zone.nodes.orders) {
        let message = format!(
            "after the loss of a zone production pods wait for new nodes in {} of {} simulated orders; {} nodes run when all are placed",
            zone.nodes.orders - zone.holds,
            zone.nodes.orders,
            zone.nodes.at(percentile)
        );
        let hint = "add \"zone\" to topology.survive to have the room at once; it takes about half as many nodes again";
        notes.push(Note::advice("zone-loss-waits", subject, message, hint));
    }
    notes
}

fn about_remedy(remedy: &Remedy, group: &GroupPlan, subject: &str, percentile: u32) -> Note {
    let Remedy { kind, nodes, nodes_with, workloads } = *remedy;
    let saved = nodes - nodes_with;
    let fewer = format!("{saved} of {nodes} nodes fewer at {percentile} %");
    let apps = if workloads == 1 { "1 app has pods".to_owned() } else { format!("{workloads} apps have pods") };
    let largest = group
        .realistic
        .largest_pod
        .as_ref()
        .map_or_else(String::new, |largest| format!(" (the largest, of {}, {} %)", largest.workload, largest.percent_of_node));
    let big = format!("{apps} of more than {BIG_PERCENT} % of a node{largest}");
    let (code, message, hint) = match kind {
        RemedyKind::BiggestFirst => (
            "big-apps-first",
            format!("{fewer} if the biggest apps are deployed first"),
            "apply them one after the other, largest pods first, or give them a PriorityClass above the others: they then find room, and small pods fill what is left"
                .to_owned(),
        ),
        RemedyKind::OwnGroup => (
            "big-apps-apart",
            format!("{fewer} if big pods have a node group of their own; {big}"),
            "set them apart with [[node_groups]]".to_owned(),
        ),
        RemedyKind::SmallerPods => (
            "smaller-pods",
            format!("{fewer} if no pod takes more than {BIG_PERCENT} % of a node; {big}"),
            "run more and smaller replicas (sizing.max_node_share, sizing.split_node_share), or choose a larger node type".to_owned(),
        ),
        RemedyKind::Descheduler => (
            "drain-emptiest",
            format!("{fewer} once the emptiest nodes are drained while their pods fit elsewhere"),
            "let the descheduler do that after each wave, and lower minSize so that the autoscaler may remove what is empty".to_owned(),
        ),
    };
    Note::advice(code, subject, message, hint)
}
