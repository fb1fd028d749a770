//! `requests.csv`: one row for every environment that was seen, planned or not, so that nothing is lost.

use super::csv_table::{text, write};
use crate::plan::{EnvironmentPlan, MemoryOrigin, Outcome, Plan, Scaler, Sizing};

const IDENTITY: [&str; 14] = [
    "status",
    "reason",
    "application",
    "environment",
    "environment_id",
    "account",
    "region",
    "tier",
    "platform",
    "operating_system",
    "stage",
    "instances_today",
    "kubernetes_name",
    "node_group",
];
const NUMBERS: [&str; 26] = [
    "cpu_request",
    "cpu_limit",
    "memory_request",
    "memory_limit",
    "full_load_replicas",
    "autoscaling",
    "autoscaling_min",
    "autoscaling_max",
    "autoscaling_target_percent",
    "cpu_grade",
    "cpu_low",
    "cpu_high",
    "memory_grade",
    "memory_low",
    "memory_high",
    "own_weeks_cpu",
    "own_weeks_cpu_violated",
    "own_weeks_memory",
    "own_weeks_memory_violated",
    "memory_origin",
    "history_days",
    "cpu_samples",
    "cpu_samples_expected",
    "memory_samples",
    "memory_samples_expected",
    "flags",
];

/// The table, in the order of the plan. CPU and memory are spelled as Kubernetes spells them, so that
/// a cell can be pasted into a manifest.
///
/// # Errors
/// Never, as long as every row has the columns of the header.
pub(super) fn csv(plan: &Plan) -> Result<Vec<u8>, csv::Error> {
    let clusters: Vec<&str> = plan
        .clusters
        .iter()
        .map(|cluster| cluster.name.as_str())
        .collect();
    let mut header: Vec<String> = IDENTITY
        .iter()
        .chain(&NUMBERS)
        .map(|&column| column.to_owned())
        .collect();
    for cluster in &clusters {
        let cluster = text(cluster);
        header.extend([
            format!("replicas_{cluster}"),
            format!("replicas_failover_{cluster}"),
            format!("replicas_surge_{cluster}"),
        ]);
    }
    let rows: Vec<_> = plan
        .environments
        .iter()
        .map(|environment| row(environment, &clusters))
        .collect();
    write(&header, &rows)
}

fn row(environment: &EnvironmentPlan, clusters: &[&str]) -> Vec<String> {
    let (status, reason, kubernetes_name) = match &environment.outcome {
        Outcome::Planned {
            kubernetes_name, ..
        } => ("planned", String::new(), kubernetes_name.as_str()),
        Outcome::Excluded { reason } => ("excluded", reason.to_string(), ""),
        Outcome::Unknown { reason } => ("unknown", reason.to_string(), ""),
    };
    let mut row = vec![
        status.to_owned(),
        text(&reason),
        text(&environment.application),
        text(&environment.name),
        text(&environment.id),
        text(&environment.account),
        text(&environment.region),
        text(&environment.tier),
        text(&environment.platform),
        environment.operating_system.to_string(),
        environment.stage.to_string(),
        text(&instances(environment)),
        text(kubernetes_name),
        text(environment.node_group().unwrap_or_default()),
    ];
    match environment.planned() {
        Some((_, sizing)) => row.extend(numbers(sizing, clusters)),
        None => row.resize(
            IDENTITY.len() + NUMBERS.len() + 3 * clusters.len(),
            String::new(),
        ),
    }
    row
}

/// `2 x t3.medium, 1 x t3.large`.
fn instances(environment: &EnvironmentPlan) -> String {
    environment
        .instances_today
        .iter()
        .map(|(kind, count)| format!("{count} x {kind}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn numbers(sizing: &Sizing, clusters: &[&str]) -> Vec<String> {
    let evidence = &sizing.evidence;
    let mut cells = vec![
        sizing.requests.cpu.to_string(),
        sizing
            .limits
            .cpu_millicores
            .map_or_else(|| "none".to_owned(), |limit| limit.to_string()),
        sizing.requests.memory.to_string(),
        sizing.limits.memory_bytes.to_string(),
        sizing.replicas.full_load.to_string(),
        match sizing.autoscaling.scaler {
            Scaler::Cpu => "cpu".to_owned(),
            Scaler::Queue => "queue".to_owned(),
        },
        sizing.autoscaling.min.to_string(),
        sizing.autoscaling.max.to_string(),
        sizing.autoscaling.target_percent.to_string(),
        evidence.cpu.grade.to_string(),
        evidence.cpu.range.0.to_string(),
        evidence.cpu.range.1.to_string(),
        evidence.memory.grade.to_string(),
        evidence.memory.range.0.to_string(),
        evidence.memory.range.1.to_string(),
        evidence.cpu.record.weeks.to_string(),
        evidence.cpu.record.violated.to_string(),
        evidence.memory.record.weeks.to_string(),
        evidence.memory.record.violated.to_string(),
        origin(evidence.memory.origin).to_owned(),
        format!("{:.1}", evidence.days),
        evidence.cpu.present_samples.to_string(),
        evidence.cpu.expected_samples.to_string(),
        evidence.memory.present_samples.to_string(),
        evidence.memory.expected_samples.to_string(),
        sizing
            .flags
            .iter()
            .map(|flag| flag.label().to_string())
            .collect::<Vec<_>>()
            .join("; "),
    ];
    for &cluster in clusters {
        // Not on this cluster is a known zero, not an unknown.
        let [normal, failover, surge] = sizing
            .replicas
            .clusters
            .get(cluster)
            .map_or([0; 3], |replicas| {
                [replicas.normal, replicas.failover, replicas.surge]
            });
        cells.extend([normal, failover, surge].map(|count| count.to_string()));
    }
    cells
}

/// Whether a memory number was ever measured, in a word.
pub(super) const fn origin(origin: MemoryOrigin) -> &'static str {
    match origin {
        MemoryOrigin::Measured => "measured",
        MemoryOrigin::Assumed => "assumed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::test_plan::{columns, hand_made};

    #[test]
    fn every_environment_has_a_row_and_the_classes_add_up() {
        let plan = hand_made();
        let rows = columns(&csv(&plan).expect("a table"));
        let count = |status: &str| rows.iter().filter(|row| row["status"] == status).count();
        assert_eq!(rows.len(), plan.coverage.seen as usize);
        assert_eq!(
            [count("planned"), count("excluded"), count("unknown")],
            [
                plan.coverage.planned,
                plan.coverage.excluded,
                plan.coverage.unknown
            ]
            .map(|count| count as usize)
        );
        assert!(
            rows.iter()
                .all(|row| row["status"] == "planned" || !row["reason"].is_empty())
        );
    }

    #[test]
    fn numbers_read_as_kubernetes_spells_them() {
        let rows = columns(&csv(&hand_made()).expect("a table"));
        let search = rows
            .iter()
            .find(|row| row["environment_id"] == "e-search1")
            .expect("the first search");
        assert_eq!(
            (
                search["cpu_request"].as_str(),
                search["memory_request"].as_str()
            ),
            ("250m", "384Mi")
        );
        assert_eq!(search["cpu_limit"], "none");
        assert_eq!(
            (
                search["replicas_eks-1"].as_str(),
                search["replicas_failover_eks-2"].as_str()
            ),
            ("2", "3")
        );
    }

    #[test]
    fn hostile_names_are_text() {
        let bytes = csv(&hand_made()).expect("a table");
        let rows = columns(&bytes);
        let hostile = rows
            .iter()
            .find(|row| row["environment_id"] == "e-hostile")
            .expect("the hostile one");
        assert!(
            hostile["environment"].starts_with("'=cmd"),
            "{}",
            hostile["environment"]
        );
        let file = String::from_utf8(bytes).expect("UTF-8");
        assert!(
            file.chars()
                .all(|c| !c.is_control() || c == '\r' || c == '\n')
        );
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
    }
}
