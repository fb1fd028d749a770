//! Are there enough replicas, in normal times and when a cluster serves alone?
//!
//! Comes in: the replicas of each planned app and what the policy wants survived. Goes out: a note for
//! each that is too few. Refuses to say how many are right. Invariant: without a fatal note, the
//! clusters together carry the full load, and each alone where the policy says so.

use super::finding::wrong;
use crate::plan::{EnvironmentPlan, Flag, Note, Plan, Sizing, Stage, Survive};
use crate::wording::text;

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
        let message = text!(
            "note-replicas-at-full-load",
            replicas = full_load,
            stage = env.stage.to_string(),
            least = least.to_string()
        );
        notes.push(wrong("replicas-too-few", &env.name, message));
    }
    let running = env
        .instances_today
        .values()
        .map(|count| u64::from(*count))
        .sum::<u64>();
    if u64::from(sizing.replicas.instances_today) != running {
        let message = text!(
            "note-instances-differ",
            sized = sizing.replicas.instances_today,
            running = running.to_string()
        );
        notes.push(Note::warning(
            "instances-differ",
            &env.name,
            message,
            text!("note-instances-differ-hint"),
        ));
    }
}

fn on_clusters(plan: &Plan, env: &EnvironmentPlan, sizing: &Sizing, notes: &mut Vec<Note>) {
    let full_load = sizing.replicas.full_load;
    let must_stand_alone = env.stage == Stage::Production
        && plan
            .inputs
            .policy
            .topology
            .survive
            .contains(&Survive::Cluster);
    for (cluster, replicas) in &sizing.replicas.clusters {
        if replicas.normal == 0 {
            notes.push(wrong(
                "replicas-too-few",
                &env.name,
                text!("note-replicas-none", cluster = cluster),
            ));
        }
        if must_stand_alone && replicas.failover < full_load {
            let (alone, full) = (replicas.failover, full_load.to_string());
            let message = text!(
                "note-replicas-alone",
                replicas = alone,
                cluster = cluster,
                full_load = full
            );
            notes.push(wrong("replicas-too-few", &env.name, message));
        }
    }
    let together = sizing
        .replicas
        .clusters
        .values()
        .map(|replicas| u64::from(replicas.normal))
        .sum::<u64>();
    if together < u64::from(full_load) {
        let message = text!(
            "note-replicas-together",
            replicas = together,
            full_load = full_load.to_string()
        );
        notes.push(wrong("replicas-too-few", &env.name, message));
    }
}

fn pods_per_instance(plan: &Plan, env: &EnvironmentPlan, sizing: &Sizing, notes: &mut Vec<Note>) {
    let (pods, most) = (
        sizing.replicas.pods_per_instance,
        plan.inputs.policy.sizing.max_split,
    );
    if pods == 0 || pods > most {
        let message = text!("note-split-allowed", pods = pods, most = most.to_string());
        notes.push(wrong("split", &env.name, message));
    }
    if (pods > 1) != sizing.flags.contains(&Flag::Split) {
        let message = text!("note-split-mark", pods = pods);
        notes.push(wrong("split", &env.name, message));
    }
}
