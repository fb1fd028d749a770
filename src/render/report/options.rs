//! How many option settings have which verdict, what blocks the move, and in which order it goes.

use std::collections::BTreeMap;

use super::markdown::{Table, code, details, prose};
use crate::plan::{Blocker, Plan, Verdict};
use crate::render::wording::counted;

/// Characters for the blockers.
const ROOM: usize = 6_000;
/// Names of environments in a row; handover/ has them all.
const NAMES: usize = 6;

/// The section; `None` for a plan without translation.
pub(super) fn section(plan: &Plan) -> Option<String> {
    if plan.option_coverage.is_empty() {
        return None;
    }
    let all: u32 = plan.option_coverage.values().map(|count| count.all()).sum();
    let unknown = plan.option_coverage.get(&Verdict::Unknown).copied().unwrap_or_default().all();
    let answer = if unknown == 0 { "each has a verdict".to_owned() } else { format!("{unknown} unknown") };
    let mut table = Table::new(&["Verdict", "Set:", "Set, value dropped:", "Beanstalk's default:", "No value:", "All:"], ROOM);
    for verdict in Verdict::ALL {
        let count = plan.option_coverage.get(&verdict).copied().unwrap_or_default();
        let cells = [count.set, count.redacted, count.default, count.unset, count.all()].map(|count| count.to_string());
        table.row(&[vec![verdict.word().to_owned()], cells.to_vec()].concat());
    }
    let text = format!(
        "{} of {} environments; {answer}. `eb2eks explain APP --options` shows them.",
        counted(all, "option setting"),
        plan.coverage.seen
    );
    Some(format!("## Settings, blockers and waves\n\n{text}\n\n{}\n\n{}\n\n{}", table.finish("plan.json"), waves(plan), blockers(plan)))
}

fn waves(plan: &Plan) -> String {
    let mut table = Table::new(&["Wave:", "Environments:", "Which"], ROOM);
    for wave in &plan.waves {
        table.row(&[wave.number.to_string(), wave.environments.to_string(), prose(&wave.title)]);
    }
    table.finish("handover/waves.md")
}

/// By kind, since the same thing blocks many.
fn blockers(plan: &Plan) -> String {
    let mut by_code: BTreeMap<&str, (&Blocker, Vec<&str>)> = BTreeMap::new();
    for environment in plan.environments.iter().filter(|environment| environment.planned().is_some()) {
        for blocker in &environment.translation.blockers {
            by_code.entry(&blocker.code).or_insert_with(|| (blocker, Vec::new())).1.push(&environment.label);
        }
    }
    if by_code.is_empty() {
        return "The settings show nothing that has to be settled first.".to_owned();
    }
    let mut table = Table::new(&["To settle first", "Who", "Each takes", "Environments:", "Which"], ROOM);
    for (kind, (blocker, labels)) in &by_code {
        let mut names: Vec<String> = labels.iter().take(NAMES).map(|label| code(label)).collect();
        if labels.len() > NAMES {
            names.push(format!("and {} more", labels.len() - NAMES));
        }
        table.row(&[prose(kind), blocker.owner.to_string(), blocker.effort.to_string(), labels.len().to_string(), names.join(", ")]);
    }
    details("What has to be settled before some apps move", &table.finish("handover/"))
}
