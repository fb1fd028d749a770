//! Is every planned app on its clusters, as it was sized, and nothing else?
//!
//! Comes in: the environments with their sizings, the policy's add-ons, and the workloads of each
//! cluster. Goes out: a note for each that is missing, differs or belongs to nobody. Refuses to match
//! loosely: requests, stage and replicas are equal or wrong. Invariant: without a fatal note, what is
//! packed is what was sized.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{counted, wrong};
use crate::plan::{ClusterPlan, ClusterReplicas, EnvironmentPlan, Note, Plan, Sizing, Stage, Workload, WorkloadKind};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for env in &plan.environments {
        if let Some((name, sizing)) = env.planned() {
            clusters_of(plan, env, sizing, &mut notes);
            for (cluster, replicas) in &sizing.replicas.clusters {
                app_on(plan, cluster, (env, name.as_str(), sizing, *replicas), &mut notes);
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
        let list = |names: &BTreeSet<&String>| names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
        let message = format!("{} app is on clusters [{}], the policy puts it on [{}]", env.stage, list(&planned), list(&due));
        notes.push(wrong("app-clusters", &env.name, message));
    }
}

type SizedApp<'a> = (&'a EnvironmentPlan, &'a str, &'a Sizing, ClusterReplicas);

fn app_on(plan: &Plan, cluster: &str, (env, name, sizing, replicas): SizedApp<'_>, notes: &mut Vec<Note>) {
    let subject = format!("{cluster}/{name}");
    let found = plan.clusters.iter().filter(|planned| planned.name == cluster).flat_map(|planned| &planned.workloads);
    let Some(workload) = found.into_iter().find(|workload| workload.kind == WorkloadKind::App && workload.name == name) else {
        let message = format!("app \"{name}\" is sized for cluster {cluster} and no workload there");
        notes.push(wrong("workload-missing", &subject, message));
        return;
    };
    let mut differs = |what: &str, packed: String, sized: String| {
        let message = format!("app \"{name}\" on cluster {cluster} is packed with {what} {packed}, sized with {sized}");
        notes.push(wrong("workload-differs", &subject, message));
    };
    if workload.requests != sizing.requests {
        differs("requests", workload.requests.to_string(), sizing.requests.to_string());
    }
    if workload.stage != env.stage {
        differs("stage", workload.stage.to_string(), env.stage.to_string());
    }
    if workload.replicas != replicas.normal {
        differs("replicas", workload.replicas.to_string(), replicas.normal.to_string());
    }
    let at_most = u64::from(replicas.failover) + u64::from(replicas.surge);
    if u64::from(workload.replicas_at_most) != at_most {
        differs("replicas at most", workload.replicas_at_most.to_string(), format!("{at_most} (failover and surge)"));
    }
    if workload.surge != replicas.surge {
        differs("surge", workload.surge.to_string(), replicas.surge.to_string());
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
            let message = format!("app \"{}\" on cluster {} belongs to no environment that is planned there", workload.name, cluster.name);
            notes.push(wrong("workload-unowned", &format!("{}/{}", cluster.name, workload.name), message));
        }
    }
}

fn addons(plan: &Plan, cluster: &ClusterPlan, notes: &mut Vec<Note>) {
    let mut packed: BTreeMap<&str, &Workload> = BTreeMap::new();
    for workload in cluster.workloads.iter().filter(|workload| workload.kind == WorkloadKind::Addon) {
        packed.insert(&workload.name, workload);
    }
    for addon in &plan.inputs.policy.addons {
        let subject = format!("{}/{}", cluster.name, addon.name);
        let Some(workload) = packed.remove(addon.name.as_str()) else {
            // None of it is wanted, so none of it is missed.
            if addon.replicas > 0 {
                notes.push(wrong("addon-missing", &subject, format!("add-on \"{}\" is not on cluster {}", addon.name, cluster.name)));
            }
            continue;
        };
        let is_as_chosen = workload.requests.cpu == addon.cpu
            && workload.requests.memory == addon.memory
            && workload.replicas == addon.replicas
            && workload.replicas_at_most >= addon.replicas
            && workload.surge == 0;
        if !is_as_chosen {
            let message = format!(
                "add-on \"{}\" is packed as {} of {} (at most {}), the policy wants {} of {} CPU, {} memory",
                addon.name,
                counted(workload.replicas, "replica"),
                workload.requests,
                workload.replicas_at_most,
                addon.replicas,
                addon.cpu,
                addon.memory
            );
            notes.push(wrong("addon-differs", &subject, message));
        }
    }
    for name in packed.into_keys() {
        let message = format!("add-on \"{name}\" on cluster {} is not in the policy", cluster.name);
        notes.push(wrong("workload-unowned", &format!("{}/{name}", cluster.name), message));
    }
}
