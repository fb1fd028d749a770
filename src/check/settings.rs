//! Does every option setting have a verdict, and do the manifests stay within what the nodes are planned for?
//!
//! Comes in: the settings by number, the list of options, the bounds of the autoscalers. Goes out: a note for
//! each number that names no option, each count that is not the sum, each bound beyond the replicas that are
//! packed, and each name in DNS that two apps have. Refuses to read the table of options: whether a verdict is
//! right is for people. Invariant: without a fatal note, no setting is lost between the snapshot and the plan.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::wrong;
use crate::plan::{Note, Plan, Verdict, VerdictCount};
use crate::wording::text;

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut counted: BTreeMap<Verdict, VerdictCount> = BTreeMap::new();
    let mut hosts = BTreeSet::new();
    for env in &plan.environments {
        let settings = &env.translation.settings;
        let mut count =
            |number: u32, add: fn(&mut VerdictCount)| match plan.options.get(number as usize) {
                Some(option) => add(counted.entry(option.verdict).or_default()),
                None => {
                    let message = text!(
                        "note-option-unknown",
                        number = number.to_string(),
                        options = plan.options.len()
                    );
                    notes.push(wrong("option-unknown", &env.name, message));
                }
            };
        settings
            .set
            .keys()
            .for_each(|&number| count(number, |count| count.set += 1));
        settings
            .redacted
            .iter()
            .for_each(|&number| count(number, |count| count.redacted += 1));
        settings
            .default
            .iter()
            .for_each(|&number| count(number, |count| count.default += 1));
        settings
            .unset
            .iter()
            .for_each(|&number| count(number, |count| count.unset += 1));
        let (Some((_, sizing)), Some(manifests)) = (env.planned(), env.manifests()) else {
            continue;
        };
        for (cluster, manifest) in &manifests.clusters {
            let packed = sizing
                .replicas
                .clusters
                .get(cluster)
                .map_or(0, |replicas| replicas.failover);
            let (least, most) = (manifest.min_replicas, manifest.max_replicas);
            if least == 0 || least > most || most > packed.max(1) {
                let (least, packed) = (least.to_string(), packed.to_string());
                let message = text!(
                    "note-autoscaler-bounds",
                    cluster = cluster,
                    least = least,
                    most = most,
                    packed = packed
                );
                notes.push(wrong("autoscaler-bounds", &env.name, message));
            }
            if manifest
                .host
                .as_ref()
                .is_some_and(|host| !hosts.insert(host))
            {
                notes.push(wrong("host-twice", &env.name, text!("note-host-twice")));
            }
        }
        let pod = manifests.sidecar.unwrap_or_default() + manifests.container;
        if pod != sizing.requests {
            let message = text!("note-pod-requests", containers = pod, pod = sizing.requests);
            notes.push(wrong("pod-requests", &env.name, message));
        }
    }
    for verdict in Verdict::ALL {
        let (stated, found) = (
            plan.option_coverage
                .get(&verdict)
                .copied()
                .unwrap_or_default(),
            counted.get(&verdict).copied().unwrap_or_default(),
        );
        if stated != found {
            let message = text!(
                "note-option-coverage",
                stated = stated.all(),
                found = found.all().to_string()
            );
            notes.push(wrong(
                "option-coverage",
                text!("subject-verdict", verdict = verdict.word()),
                message,
            ));
        }
    }
    notes
}
