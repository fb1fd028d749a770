//! What the scheduler costs beside a packing, and what would change that.

use crate::plan::{BIG_PERCENT, Change, ClusterPlan, Event, GroupPlan, Note, Plan, Remedy, RemedyKind, Survive};

pub(super) fn about_scheduler(cluster: &ClusterPlan, plan: &Plan) -> Vec<Note> {
    cluster.node_groups.iter().flat_map(|group| about_group(group, &format!("{}/{}", cluster.name, group.name), plan)).collect()
}

fn about_group(group: &GroupPlan, subject: &str, plan: &Plan) -> Vec<Note> {
    let percentile = plan.inputs.policy.packing.percentile;
    let realistic = &group.realistic;
    let mut notes: Vec<Note> = realistic.remedies.iter().map(|remedy| about_remedy(remedy, group, subject, percentile)).collect();
    let (at_once, packed) = (realistic.at_once, group.normal.nodes_needed);
    if let Some(at_once) = at_once.filter(|at_once| *at_once > group.desired_capacity) {
        let message = format!(
            "deployed all at once onto nodes that are there first, the pods take {at_once} nodes at {percentile} %; {} are planned, packed they fit on {packed}",
            group.desired_capacity
        );
        let hint = "kube-scheduler spreads, so that no node keeps room for a large pod: let the group grow with the apps that move, large pods first";
        notes.push(Note::advice("scheduler-spreads", subject, message, hint));
    }
    for (event, survive, what, code) in
        [(Event::NodeLost, Survive::Node, "node", "node-loss-waits"), (Event::ZoneLost, Survive::Zone, "zone", "zone-loss-waits")]
    {
        let Some(situation) = realistic.situations.iter().find(|situation| situation.event == event) else { continue };
        let orders = situation.nodes.orders;
        let is_promised = plan.inputs.policy.topology.survives(survive);
        let is_kept = u64::from(situation.holds) * 100 >= u64::from(orders) * u64::from(percentile);
        if is_kept {
            continue;
        }
        let could = if is_promised { ", though packed anew the others could hold them" } else { "" };
        let waiting = orders - situation.holds;
        let message =
            format!("after the loss of a {what} production pods wait for new nodes in {waiting} of {orders} simulated orders{could}");
        let hint = match realistic.without_waiting.filter(|_| is_promised) {
            Some(nodes) => format!("smaller pods or an own group for big ones leave room; {nodes} nodes would do as it is"),
            None => format!("pods wait some minutes for the autoscaler; \"{what}\" in topology.survive keeps room for them"),
        };
        notes.push(if is_promised { Note::warning(code, subject, message, hint) } else { Note::advice(code, subject, message, hint) });
    }
    notes
}

fn about_remedy(remedy: &Remedy, group: &GroupPlan, subject: &str, percentile: u32) -> Note {
    let Remedy { kind, workloads, grown, at_once } = *remedy;
    let fewer = |change: &Change| format!("{} of {} nodes fewer", change.saved(), change.nodes);
    let deployed =
        at_once.as_ref().filter(|change| change.saved() > 0).map(|change| format!("{} when all is deployed at once", fewer(change)));
    let planned = Some(&grown).filter(|change| change.saved() > 0).map(|change| format!("{} at {percentile} %", fewer(change)));
    let fewer = planned.into_iter().chain(deployed).collect::<Vec<_>>().join(", ");
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
            "set them apart with [[nodes.groups]]".to_owned(),
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
