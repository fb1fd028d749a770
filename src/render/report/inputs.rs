//! What the plan was made from, so that it can be made again; and what was missing from it.

use super::markdown::{Table, code, prose};
use crate::plan::Plan;
use crate::render::answer::basis;

const ROOM: usize = 2_000;

/// What must be said next to the number: made-up data, scopes that were not read in full.
pub(super) fn warnings(plan: &Plan) -> Vec<String> {
    let inputs = &plan.inputs;
    let mut warnings: Vec<_> = inputs.note.iter().map(|note| format!("> **About the data:** {}", prose(note))).collect();
    let incomplete: Vec<_> = inputs.scopes.iter().filter(|scope| !scope.is_complete()).collect();
    if !incomplete.is_empty() {
        let mut table = Table::new(&["Account", "Region", "Status", "What is missing"], ROOM);
        for scope in &incomplete {
            let gaps: Vec<_> = scope.gaps.iter().take(5).map(|gap| format!("{}: {}", gap.what, gap.why)).collect();
            let rest = scope.gaps.len().saturating_sub(5);
            let rest = if rest > 0 { format!("; {rest} more in plan.json") } else { String::new() };
            table.row(&[code(&scope.account), code(&scope.region), prose(&scope.status), prose(&format!("{}{rest}", gaps.join("; ")))]);
        }
        warnings.push(format!(
            "**Incomplete:** {} of {} accounts and regions were not read in full; the totals miss what was not seen.\n\n{}",
            incomplete.len(),
            inputs.scopes.len(),
            table.finish("plan.json")
        ));
    }
    warnings
}

/// Tool, dates and fingerprints.
pub(super) fn section(plan: &Plan) -> String {
    let inputs = &plan.inputs;
    let mut table = Table::new(&["File", "Bytes:", "SHA-256"], ROOM);
    for file in &inputs.files {
        table.row(&[code(&file.name), file.bytes.to_string(), code(&file.sha256)]);
    }
    format!(
        "## Inputs\n\n{}, made by {} from a {}; collected by {} at {}. The same files and the same policy give the same report.\n\n{}",
        code(&plan.format),
        prose(&plan.tool),
        prose(&basis(plan)),
        prose(&inputs.collected_by),
        inputs.collected_at,
        table.finish("plan.json")
    )
}
