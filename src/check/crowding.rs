//! Is every replica on a node that has room for it?
//!
//! Comes in: both placements of each cluster. Goes out: a note for each node that holds more than it
//! offers, each pod that nobody asked for, each replica that is nowhere. Refuses to trust a packing's
//! own sums: it adds up the pods. Invariant: without a fatal note, both placements are feasible and
//! complete.

use std::collections::BTreeMap;

use super::finding::{counted, wrong};
use super::load::Load;
use super::moment::Moment;
use super::roster::{Member, roster};
use crate::plan::{ClusterPlan, GroupPlan, NodePlacement, Note, Plan};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        let members = roster(plan, cluster);
        for moment in Moment::BOTH {
            for group in &cluster.node_groups {
                for node in &moment.packing(group).placement {
                    one_node(Place { cluster, group, node, moment }, &members, &mut notes);
                }
            }
            everyone_is_placed(cluster, moment, &members, &mut notes);
        }
    }
    notes
}

#[derive(Clone, Copy)]
struct Place<'a> {
    cluster: &'a ClusterPlan,
    group: &'a GroupPlan,
    node: &'a NodePlacement,
    moment: Moment,
}

fn one_node(place: Place<'_>, members: &BTreeMap<&str, Member<'_>>, notes: &mut Vec<Note>) {
    let subject = format!("{}/{}", place.cluster.name, place.node.node);
    let place_name = format!("node {} of {} (placement \"{}\")", place.node.node, place.cluster.name, place.moment.name());
    let mut load = Load::default();
    for pods in &place.node.pods {
        let Some(member) = members.get(pods.workload.as_str()) else {
            let message = format!("{place_name} holds \"{}\", which is no workload of the cluster", pods.workload);
            notes.push(wrong("pods-unknown", &subject, message));
            continue;
        };
        load = load.plus(Load::of(member.workload.requests, pods.replicas));
        if pods.replicas == 0 {
            notes.push(wrong("pods-none", &subject, format!("{place_name} lists \"{}\" with no replica", pods.workload)));
        }
        // An app without an environment is reported as such; which nodes it needs, nobody knows.
        if let Some(needed) = member.operating_system.filter(|needed| *needed != place.group.operating_system) {
            let message = format!("{place_name} runs {}, \"{}\" needs {needed}", place.group.operating_system, pods.workload);
            notes.push(wrong("pods-wrong-system", &subject, message));
        } else if let Some(needed) = member.node_group.filter(|needed| *needed != place.group.name) {
            let message = format!("{place_name} belongs to group \"{}\", \"{}\" to group \"{needed}\"", place.group.name, pods.workload);
            notes.push(wrong("pods-wrong-group", &subject, message));
        }
    }
    if let Some(excess) = load.excess_over(Load::room(&place.group.node)) {
        notes.push(wrong("node-overfull", &subject, format!("{place_name} holds {excess} available")));
    }
}

fn everyone_is_placed(cluster: &ClusterPlan, moment: Moment, members: &BTreeMap<&str, Member<'_>>, notes: &mut Vec<Note>) {
    let mut placed: BTreeMap<&str, u64> = BTreeMap::new();
    for pods in cluster.node_groups.iter().flat_map(|group| &moment.packing(group).placement).flat_map(|node| &node.pods) {
        *placed.entry(&pods.workload).or_default() += u64::from(pods.replicas);
    }
    for (name, member) in members {
        let (found, due) = (placed.get(name).copied().unwrap_or(0), moment.replicas(member.workload));
        if found != u64::from(due) {
            let message = format!(
                "placement \"{}\" of {} holds {} of \"{name}\", the workload has {due}",
                moment.name(),
                cluster.name,
                counted(found, "replica")
            );
            notes.push(wrong("replicas-unplaced", &format!("{}/{name}", cluster.name), message));
        }
    }
}
