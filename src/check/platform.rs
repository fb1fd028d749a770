//! Does the plan say what the files of every cluster are made from?
//!
//! Comes in: the apps with their clusters and namespaces, and the numbers of the platform by the same names. Goes out:
//! a note for each cluster whose DNS has no replicas, for each app that may take longer to end than its cluster waits,
//! for each of its namespaces without bounds, and where nothing says for how long logs are kept. Refuses to judge how wide the bounds are: they are the policy's.
//! Invariant: without a fatal note, no renderer leaves a file out because the plan is silent.

use super::finding::wrong;
use crate::plan::{Monitoring, Note, Plan};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let platform = &plan.platform;
    let mut notes = Vec::new();
    for cluster in &plan.clusters {
        if !platform.cluster_dns.contains_key(&cluster.name) {
            let message = text!("note-dns-replicas", cluster = cluster.name.as_str());
            notes.push(wrong("dns-replicas", &cluster.name, message));
        }
    }
    let monitoring = plan.inputs.policy.platform.monitoring;
    if monitoring == Monitoring::Cloudwatch && platform.log_days.is_none() {
        let message = text!("note-log-days");
        notes.push(wrong("log-days", "platform.monitoring", message));
    }
    for environment in &plan.environments {
        let Some(manifests) = environment.manifests() else {
            continue;
        };
        let needed = environment.translation.intents.stop.grace_seconds;
        for cluster in manifests.clusters.keys() {
            let message = match platform.longest_grace_seconds.get(cluster) {
                None => Some(text!("note-grace-unknown", cluster = cluster)),
                Some(&waits) if waits < needed => Some(text!(
                    "note-grace-cut-off",
                    cluster = cluster,
                    needed = needed,
                    waits = waits
                )),
                Some(_) => None,
            };
            notes.extend(message.map(|text| wrong("grace-cut-off", &environment.name, text)));
            let of_cluster = platform.namespaces.get(cluster);
            let namespace = manifests.namespace.as_str();
            if !of_cluster.is_some_and(|namespaces| namespaces.contains_key(namespace)) {
                let message = text!(
                    "note-namespace-bounds",
                    cluster = cluster,
                    namespace = namespace
                );
                notes.push(wrong("namespace-bounds", &environment.name, message));
            }
        }
    }
    notes
}
