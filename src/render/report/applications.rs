//! The environments: what each asks for and how well that is known; and those that do not move.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use crate::plan::{
    EnvironmentPlan, Evidence, Improvement, MemoryOrigin, Outcome, Plan, Record, Sizing,
};
use crate::units::KubernetesName;
use crate::wording::{Text, text};

/// For a hundred rows with ordinary names.
const ROOM: usize = 26_000;
const ROOM_FOR_THE_REST: usize = 2_500;

/// Everything that moves, folded.
pub(super) fn planned(plan: &Plan, locale: Locale) -> Section {
    let titles = locale.titles([
        text!("environment-column"),
        text!("kubernetes-name-column"),
        text!("cpu-column"),
        text!("memory-column"),
        text!("replicas-column"),
        text!("evidence-column"),
        text!("careful-column"),
    ]);
    let mut table = Table::new(
        "applications-that-move",
        locale.say(&text!("applications-caption")),
        &titles,
        ROOM,
        "requests.csv",
    );
    for environment in &plan.environments {
        if let Some((name, sizing)) = environment.planned() {
            table.row(row(environment, name, sizing, locale));
        }
    }
    let summary = locale.say(&text!("applications-that-move", count = table.rows.len()));
    let legend = locale.line(&text!("applications-legend", firmer = firmer(plan, locale)));
    let finding = text!("finding-applications", count = table.rows.len());
    let title = locale.say(&text!("applications-title"));
    Section::new("applications", title, locale.line(&finding)).with(Block::Folded {
        summary,
        blocks: vec![Block::Paragraph(legend), Block::Table(table)],
    })
}

/// What would make grades better, by how many apps it concerns.
fn firmer(plan: &Plan, locale: Locale) -> Text {
    let mut apps: BTreeMap<Improvement, u32> = BTreeMap::new();
    for (_, sizing) in plan
        .environments
        .iter()
        .filter_map(EnvironmentPlan::planned)
    {
        let of_both = [
            &sizing.evidence.cpu.better_with,
            &sizing.evidence.memory.better_with,
        ];
        for improvement in of_both.into_iter().flatten().collect::<BTreeSet<_>>() {
            *apps.entry(*improvement).or_default() += 1;
        }
    }
    let words = |(improvement, apps): (Improvement, u32)| {
        locale.say(&text!(
            "applications-improvement",
            improvement = improvement.text(),
            apps = apps
        ))
    };
    let improvements = locale.clauses(apps.into_iter().map(words));
    if improvements.is_empty() {
        Text::plain("")
    } else {
        text!("applications-firmer", improvements = improvements)
    }
}

fn row(
    environment: &EnvironmentPlan,
    name: &KubernetesName,
    sizing: &Sizing,
    locale: Locale,
) -> [Cell; 7] {
    let replicas = sizing.replicas.clusters.iter().map(|(cluster, on)| {
        locale.say(&text!(
            "replicas-on-cluster",
            cluster = cluster,
            normal = on.normal,
            failover = on.failover
        ))
    });
    let requests = sizing.requests;
    [
        Cell::name(&environment.name),
        Cell::name(name.as_str()),
        Cell::number(requests.cpu.to_string(), requests.cpu.cores()),
        Cell::number(requests.memory.to_string(), requests.memory.as_f64()),
        Cell::words(locale.clauses(replicas)),
        evidence(&sizing.evidence, locale),
        Cell::words(locale.list(sizing.flags.iter().map(|flag| locale.say(&flag.label())))),
    ]
}

fn evidence(evidence: &Evidence, locale: Locale) -> Cell {
    let (cpu, memory) = (&evidence.cpu, &evidence.memory);
    let of_cpu = text!(
        "evidence-of-cpu",
        grade = cpu.grade.to_string(),
        weeks = weeks(cpu.record),
        present = cpu.present_samples,
        expected = cpu.expected_samples
    );
    let of_memory = match memory.origin {
        MemoryOrigin::Measured => text!(
            "evidence-of-memory",
            grade = memory.grade.to_string(),
            weeks = weeks(memory.record),
            present = memory.present_samples,
            expected = memory.expected_samples
        ),
        MemoryOrigin::Assumed => text!(
            "evidence-of-assumed-memory",
            grade = memory.grade.to_string()
        ),
    };
    locale.cell(&text!(
        "evidence",
        days = format!("{:.0}", evidence.days),
        cpu = of_cpu,
        memory = of_memory
    ))
}

/// In how many of its own weeks the rule would have been too small; nothing where none could be judged.
fn weeks(record: Record) -> Text {
    match record.weeks {
        0 => Text::plain(""),
        weeks => text!(
            "evidence-of-weeks",
            violated = record.violated,
            weeks = weeks
        ),
    }
}

/// Everything that stays, with its reason; nothing if everything moves.
pub(super) fn not_planned(plan: &Plan, locale: Locale) -> Option<Section> {
    let titles = locale.titles([
        text!("environment-column"),
        text!("application-column"),
        text!("account-column"),
        text!("outcome-column"),
        text!("why-column"),
    ]);
    let mut table = Table::new(
        "applications-that-stay",
        locale.say(&text!("stays-caption")),
        &titles,
        ROOM_FOR_THE_REST,
        "requests.csv",
    );
    for environment in &plan.environments {
        let (outcome, reason) = match &environment.outcome {
            Outcome::Planned { .. } => continue,
            Outcome::Excluded { reason } => (text!("excluded"), locale.say(reason)),
            Outcome::Unknown { reason } => (text!("unknown"), locale.say(reason)),
        };
        table.row([
            Cell::name(&environment.name),
            Cell::name(&environment.application),
            Cell::name(&environment.account),
            Cell::words(locale.say(&outcome)),
            Cell::words(reason),
        ]);
    }
    (!table.rows.is_empty()).then(|| {
        let finding = text!("finding-stays", count = table.rows.len());
        let title = locale.say(&text!("stays-title"));
        Section::new("stays", title, locale.line(&finding)).with(Block::Table(table))
    })
}
