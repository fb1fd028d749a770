//! The environments: what each asks for and how well that is known; and those that do not move.

use std::collections::{BTreeMap, BTreeSet};

use super::markdown::{Table, code, details, prose};
use crate::plan::{EnvironmentPlan, Evidence, Improvement, MemoryOrigin, Outcome, Plan, Record, Sizing};
use crate::units::KubernetesName;

/// For a hundred rows with ordinary names.
const ROOM: usize = 26_000;
const ROOM_FOR_THE_REST: usize = 2_500;

/// Everything that moves, folded.
pub(super) fn planned(plan: &Plan) -> String {
    let mut table = Table::new(&["Environment", "On EKS", "CPU:", "Memory:", "Replicas", "Evidence", "Careful"], ROOM);
    let mut count = 0_usize;
    for environment in &plan.environments {
        if let Some((name, sizing)) = environment.planned() {
            table.row(&row(environment, name, sizing));
            count += 1;
        }
    }
    let legend = "CPU and memory are requests of each replica. Replicas: on each cluster in normal times, in brackets when it serves alone. \
                  Evidence: days of history; grade from A (well measured) to D (assumed); in how many of its own weeks this rule \
                  would have been too small; samples that were present of those expected. `eb2eks explain NAME` shows every step.";
    let content = format!("{legend}{}\n\n{}", firmer(plan), table.finish("requests.csv"));
    format!("## Applications\n\n{}", details(&format!("{count} environments that move"), &content))
}

/// What would make grades better, by how many apps it concerns.
fn firmer(plan: &Plan) -> String {
    let mut apps: BTreeMap<Improvement, u32> = BTreeMap::new();
    for (_, sizing) in plan.environments.iter().filter_map(EnvironmentPlan::planned) {
        let of_both = [&sizing.evidence.cpu.better_with, &sizing.evidence.memory.better_with];
        for improvement in of_both.into_iter().flatten().collect::<BTreeSet<_>>() {
            *apps.entry(*improvement).or_default() += 1;
        }
    }
    let words: Vec<_> = apps.into_iter().map(|(improvement, apps)| format!("{improvement} ({apps})")).collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(" Better grades would come with, in brackets for how many: {}.", words.join("; "))
    }
}

fn row(environment: &EnvironmentPlan, name: &KubernetesName, sizing: &Sizing) -> [String; 7] {
    let replicas: Vec<_> =
        sizing.replicas.clusters.iter().map(|(cluster, on)| format!("{}: {} ({})", prose(cluster), on.normal, on.failover)).collect();
    let flags: Vec<_> = sizing.flags.iter().map(|flag| flag.label().to_string()).collect();
    [
        code(&environment.name),
        code(name.as_str()),
        sizing.requests.cpu.to_string(),
        sizing.requests.memory.to_string(),
        replicas.join("; "),
        evidence(&sizing.evidence),
        flags.join(", "),
    ]
}

fn evidence(evidence: &Evidence) -> String {
    let (cpu, memory) = (&evidence.cpu, &evidence.memory);
    let weeks = |record: Record| match record.weeks {
        0 => String::new(),
        weeks => format!(" ({} of {weeks} weeks)", record.violated),
    };
    let of_memory = match memory.origin {
        MemoryOrigin::Measured => {
            format!("memory {}{} {}/{}", memory.grade, weeks(memory.record), memory.present_samples, memory.expected_samples)
        }
        MemoryOrigin::Assumed => format!("memory {} **assumed**", memory.grade),
    };
    format!("{:.0} d; CPU {}{} {}/{}; {of_memory}", evidence.days, cpu.grade, weeks(cpu.record), cpu.present_samples, cpu.expected_samples)
}

/// Everything that stays, with its reason; nothing if everything moves.
pub(super) fn not_planned(plan: &Plan) -> Option<String> {
    let mut table = Table::new(&["Environment", "Application", "Account", "Outcome", "Why"], ROOM_FOR_THE_REST);
    let mut any = false;
    for environment in &plan.environments {
        let (outcome, reason) = match &environment.outcome {
            Outcome::Planned { .. } => continue,
            Outcome::Excluded { reason } => ("excluded", reason),
            Outcome::Unknown { reason } => ("unknown", reason),
        };
        any = true;
        table.row(&[
            code(&environment.name),
            code(&environment.application),
            code(&environment.account),
            outcome.to_owned(),
            prose(reason),
        ]);
    }
    any.then(|| format!("### What stays on Elastic Beanstalk\n\n{}", table.finish("requests.csv")))
}
