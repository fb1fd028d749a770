//! Is every planned app on its clusters, as it was sized, and nothing else?
//!
//! Comes in: the environments with their sizings, the policy's add-ons, and the workloads of each
//! cluster. Goes out: a note for each that is missing, differs or belongs to nobody. Refuses to match
//! loosely: requests, stage and replicas are equal or wrong. Invariant: without a fatal note, what is
//! packed is what was sized.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::wrong;
use crate::plan::{
    ClusterPlan, ClusterReplicas, EnvironmentPlan, Note, Plan, Sizing, Stage, Workload,
    WorkloadKind,
};
use crate::wording::{Text, text};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for env in &plan.environments {
        if let Some((name, sizing)) = env.planned() {
            clusters_of(plan, env, sizing, &mut notes);
            for (cluster, replicas) in &sizing.replicas.clusters {
                app_on(
                    plan,
                    cluster,
                    (env, name.as_str(), sizing, *replicas),
                    &mut notes,
                );
            }
        }
    }
    for cluster in &plan.clusters {
        owners(plan, cluster, &mut notes);
        addons(plan, cluster, &mut notes);
    }
    notes
}

/// Production runs on every cluster, staging on the one that the policy names.
fn clusters_of(plan: &Plan, env: &EnvironmentPlan, sizing: &Sizing, notes: &mut Vec<Note>) {
    let topology = &plan.inputs.policy.topology;
    let due: BTreeSet<&String> = match env.stage {
        Stage::Production => topology.clusters.iter().collect(),
        Stage::Staging => BTreeSet::from([&topology.staging_cluster]),
    };
    let planned: BTreeSet<&String> = sizing.replicas.clusters.keys().collect();
    if planned != due {
        let list = |names: BTreeSet<&String>| names.into_iter().map(Text::from).collect::<Vec<_>>();
        let message = text!(
            "note-app-clusters",
            stage = env.stage.to_string(),
            planned = list(planned),
            due = list(due)
        );
        notes.push(wrong("app-clusters", &env.name, message));
    }
}

type SizedApp<'a> = (&'a EnvironmentPlan, &'a str, &'a Sizing, ClusterReplicas);

fn app_on(
    plan: &Plan,
    cluster: &str,
    (env, name, sizing, replicas): SizedApp<'_>,
    notes: &mut Vec<Note>,
) {
    let subject = format!("{cluster}/{name}");
    let found = plan
        .clusters
        .iter()
        .filter(|planned| planned.name == cluster)
        .flat_map(|planned| &planned.workloads);
    let Some(workload) = found
        .into_iter()
        .find(|workload| workload.kind == WorkloadKind::App && workload.name == name)
    else {
        let message = text!("note-workload-missing", app = name, cluster = cluster);
        notes.push(wrong("workload-missing", &subject, message));
        return;
    };
    let mut differs = |what: Text, packed: Text, sized: Text| {
        let message = text!(
            "note-workload-differs",
            app = name,
            cluster = cluster,
            what = what,
            packed = packed,
            sized = sized
        );
        notes.push(wrong("workload-differs", &subject, message));
    };
    if workload.requests != sizing.requests {
        differs(
            text!("differs-requests"),
            workload.requests.into(),
            sizing.requests.into(),
        );
    }
    if workload.stage != env.stage {
        differs(
            text!("differs-stage"),
            workload.stage.text(),
            env.stage.text(),
        );
    }
    if workload.replicas != replicas.normal {
        differs(
            text!("differs-replicas"),
            workload.replicas.into(),
            replicas.normal.into(),
        );
    }
    let at_most = u64::from(replicas.failover) + u64::from(replicas.surge);
    if u64::from(workload.replicas_at_most) != at_most {
        let sized = text!("failover-and-surge", replicas = at_most.to_string());
        differs(
            text!("differs-replicas-at-most"),
            workload.replicas_at_most.into(),
            sized,
        );
    }
    if workload.surge != replicas.surge {
        differs(
            text!("differs-surge"),
            workload.surge.into(),
            replicas.surge.into(),
        );
    }
}

fn owners(plan: &Plan, cluster: &ClusterPlan, notes: &mut Vec<Note>) {
    let owned: BTreeSet<&str> = plan
        .environments
        .iter()
        .filter_map(EnvironmentPlan::planned)
        .filter(|(_, sizing)| sizing.replicas.clusters.contains_key(&cluster.name))
        .map(|(name, _)| name.as_str())
        .collect();
    for workload in &cluster.workloads {
        if workload.kind == WorkloadKind::App && !owned.contains(workload.name.as_str()) {
            let message = text!(
                "note-workload-unowned",
                app = &workload.name,
                cluster = &cluster.name
            );
            notes.push(wrong(
                "workload-unowned",
                format!("{}/{}", cluster.name, workload.name),
                message,
            ));
        }
    }
}

fn addons(plan: &Plan, cluster: &ClusterPlan, notes: &mut Vec<Note>) {
    let mut packed: BTreeMap<&str, &Workload> = BTreeMap::new();
    for workload in cluster
        .workloads
        .iter()
        .filter(|workload| workload.kind == WorkloadKind::Addon)
    {
        packed.insert(&workload.name, workload);
    }
    for addon in plan.inputs.policy.installed_addons() {
        let subject = format!("{}/{}", cluster.name, addon.name);
        let Some(workload) = packed.remove(addon.name.as_str()) else {
            // None of it is wanted, so none of it is missed.
            if addon.replicas > 0 {
                let message = text!(
                    "note-addon-missing",
                    addon = &addon.name,
                    cluster = &cluster.name
                );
                notes.push(wrong("addon-missing", &subject, message));
            }
            continue;
        };
        let is_as_chosen = workload.requests.cpu == addon.cpu
            && workload.requests.memory == addon.memory
            && workload.replicas == addon.replicas
            && workload.replicas_at_most >= addon.replicas
            && workload.surge == 0;
        if !is_as_chosen {
            let message = text!(
                "note-addon-differs",
                addon = &addon.name,
                replicas = workload.replicas,
                requests = workload.requests,
                most = workload.replicas_at_most.to_string(),
                wanted = addon.replicas.to_string(),
                cpu = addon.cpu,
                memory = addon.memory
            );
            notes.push(wrong("addon-differs", &subject, message));
        }
    }
    for name in packed.into_keys() {
        let message = text!("note-addon-unowned", addon = name, cluster = &cluster.name);
        notes.push(wrong(
            "workload-unowned",
            format!("{}/{name}", cluster.name),
            message,
        ));
    }
}
