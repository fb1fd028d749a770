//! The same fleet on other node types, cheapest first.

use super::markdown::{Table, code, details, prose};
use crate::plan::{NodeTypeOutcome, NodeTypeRow, Plan};
use crate::render::dollars::dollars;

const ROOM: usize = 3_000;
const ROOM_FOR_ALL: usize = 6_000;
/// Rows that stand open; the plan's own is always among them.
const OPEN: usize = 6;

/// The cheapest types and the plan's own, then all of them; nothing where nothing was compared.
pub(super) fn section(plan: &Plan) -> Option<String> {
    let rows = &plan.node_types;
    if rows.len() < 2 {
        return None;
    }
    let shown = rows.iter().enumerate().filter(|(place, row)| *place < OPEN || row.is_planned).map(|(_, row)| row);
    Some(format!(
        "## Other node types\n\nThe same apps with the same requests, risks and failures to survive, on other workers. A month is the whole \
         bill after the move. \"At most\" is when one cluster serves alone.\n\n{}\n\n{}",
        table(shown, ROOM),
        details(&format!("All {} choices", rows.len()), &table(rows.iter(), ROOM_FOR_ALL))
    ))
}

fn table<'a>(rows: impl Iterator<Item = &'a NodeTypeRow>, room: usize) -> String {
    let mut table = Table::new(
        &["Workers", "Nodes:", "At most:", "A month:", "Less than the plan:", "CPU requested:", "Memory requested:", "Remark"],
        room,
    );
    for row in rows {
        let mut cells = vec![code(&row.name())];
        match &row.outcome {
            NodeTypeOutcome::Feasible { nodes, max_nodes, per_month, saving, is_lower_bound, cpu_percent, memory_percent } => {
                let least = if *is_lower_bound { "at least " } else { "" };
                cells.extend([
                    nodes.to_string(),
                    max_nodes.to_string(),
                    per_month.map_or_else(|| "no price".to_owned(), |total| format!("{least}{}", dollars(total))),
                    saving.map_or_else(String::new, dollars),
                    format!("{cpu_percent:.1} %"),
                    format!("{memory_percent:.1} %"),
                    remark(row),
                ]);
            }
            NodeTypeOutcome::Infeasible { reason } => {
                cells.extend(std::iter::repeat_n(String::new(), 6));
                cells.push(prose(reason));
            }
        }
        table.row(&cells);
    }
    table.finish("plan.json")
}

fn remark(row: &NodeTypeRow) -> String {
    let mut remarks = Vec::new();
    if row.is_planned {
        remarks.push("**the plan**".to_owned());
    }
    if row.needs_other_images {
        remarks.push("images for Graviton".to_owned());
    }
    if let (Some(least), Some(second)) = (row.min_gib_per_core, row.instance_types.get(1)) {
        remarks.push(format!("{} for pods of at least {least} GiB a core", code(second)));
    }
    remarks.join("; ")
}
