//! Are there enough replicas, in normal times and when a cluster serves alone?
//!
//! Comes in: the replicas of each planned app and what the policy wants survived. Goes out: a note for
//! each that is too few. Refuses to say how many are right. Invariant: without a fatal note, the
//! clusters together carry the full load, and each alone where the policy says so.

use super::finding::{counted, wrong};
use crate::plan::{EnvironmentPlan, Flag, Note, Plan, Sizing, Stage, Survive};

pub(super) fn check(plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    for env in &plan.environments {
        if let Some((_, sizing)) = env.planned() {
            full_load(plan, env, sizing, &mut notes);
            on_clusters(plan, env, sizing, &mut notes);
            pods_per_instance(plan, env, sizing, &mut notes);
        }
    }
    notes
}

fn full_load(plan: &Plan, env: &EnvironmentPlan, sizing: &Sizing, notes: &mut Vec<Note>) {
    let (rules, full_load) = (&plan.inputs.policy.sizing, sizing.replicas.full_load);
    let least = match env.stage {
        Stage::Production => rules.production_min_replicas,
        Stage::Staging => rules.staging_min_replicas,
    };
    if full_load < least {
        let message = format!("{} at full load, {} needs {least}", counted(full_load, "replica"), env.stage);
        notes.push(wrong("replicas-too-few", &env.name, message));
    }
    let running = env.instances_today.values().map(|count| u64::from(*count)).sum::<u64>();
    if u64::from(sizing.replicas.instances_today) != running {
        let message = format!("sized for {}, {running} run today", counted(sizing.replicas.instances_today, "instance"));
        notes.push(Note::warning("instances-differ", &env.name, message, "eb2eks explain shows what the replicas were counted from"));
    }
}

fn on_clusters(plan: &Plan, env: &EnvironmentPlan, sizing: &Sizing, notes: &mut Vec<Note>) {
    let full_load = sizing.replicas.full_load;
    let must_stand_alone = env.stage == Stage::Production && plan.inputs.policy.topology.survive.contains(&Survive::Cluster);
    for (cluster, replicas) in &sizing.replicas.clusters {
        if replicas.normal == 0 {
            notes.push(wrong("replicas-too-few", &env.name, format!("no replica on cluster {cluster} in normal times")));
        }
        if must_stand_alone && replicas.failover < full_load {
            let alone = counted(replicas.failover, "replica");
            let message = format!("{alone} on cluster {cluster} when it serves alone, the full load takes {full_load}");
            notes.push(wrong("replicas-too-few", &env.name, message));
        }
    }
    let together = sizing.replicas.clusters.values().map(|replicas| u64::from(replicas.normal)).sum::<u64>();
    if together < u64::from(full_load) {
        let message = format!("{} on all clusters together, the full load takes {full_load}", counted(together, "replica"));
        notes.push(wrong("replicas-too-few", &env.name, message));
    }
}

fn pods_per_instance(plan: &Plan, env: &EnvironmentPlan, sizing: &Sizing, notes: &mut Vec<Note>) {
    let (pods, most) = (sizing.replicas.pods_per_instance, plan.inputs.policy.sizing.max_split);
    if pods == 0 || pods > most {
        let message = format!("an instance becomes {}, allowed are 1 to {most}", counted(pods, "pod"));
        notes.push(wrong("split", &env.name, message));
    }
    if (pods > 1) != sizing.flags.contains(&Flag::Split) {
        let message = format!("an instance becomes {}, and the mark \"split\" says otherwise", counted(pods, "pod"));
        notes.push(wrong("split", &env.name, message));
    }
}
