//! The same fleet on other node types, cheapest first.

use super::block::{Block, Cell, Line, Section, Table};
use super::voice::Voice;
use crate::plan::{NodeTypeOutcome, NodeTypeRow, Plan};
use crate::render::answer;
use crate::units::Money;
use crate::wording::{Text, text};

const ROOM: usize = 3_000;
const ROOM_FOR_ALL: usize = 6_000;
/// Rows that stand open; the plan's own is always among them.
const OPEN: usize = 6;

/// The cheapest types and the plan's own, then all of them; nothing where nothing was compared.
pub(super) fn section(plan: &Plan, voice: Voice) -> Option<Section> {
    let rows = &plan.node_types;
    if rows.len() < 2 {
        return None;
    }
    let shown = rows
        .iter()
        .enumerate()
        .filter(|(place, row)| *place < OPEN || row.is_planned)
        .map(|(_, row)| row);
    let summary = voice.say(&text!("node-types-summary", count = rows.len()));
    let all = table("node-types-all", rows.iter(), ROOM_FOR_ALL, voice);
    Some(
        Section::new(
            "node-types",
            voice.say(&text!("node-types-title")),
            voice.line(&finding(rows, voice)),
        )
        .with(Block::Paragraph(voice.line(&text!("node-types-intro"))))
        .with(Block::Table(table(
            "node-types-cheapest",
            shown,
            ROOM,
            voice,
        )))
        .with(Block::Folded {
            summary,
            blocks: vec![Block::Table(all)],
        }),
    )
}

/// The cheapest, beside the plan's own.
fn finding(rows: &[NodeTypeRow], voice: Voice) -> Text {
    let priced = |row: &NodeTypeRow| match &row.outcome {
        NodeTypeOutcome::Feasible { per_month, .. } => *per_month,
        NodeTypeOutcome::Infeasible { .. } => None,
    };
    let cheapest = rows.iter().find_map(|row| Some((row, priced(row)?)));
    let own = rows.iter().find(|row| row.is_planned).and_then(priced);
    match (cheapest, own) {
        (Some((row, _)), _) if row.is_planned => text!("finding-node-types-own"),
        (Some((row, monthly)), Some(own)) => text!(
            "finding-node-types",
            workers = row.name(),
            monthly = voice.whole_money(monthly),
            own = voice.whole_money(own)
        ),
        _ => text!("finding-node-types-unpriced"),
    }
}

fn table<'a>(
    id: &'static str,
    rows: impl Iterator<Item = &'a NodeTypeRow>,
    room: usize,
    voice: Voice,
) -> Table {
    let titles = voice.titles([
        text!("workers-column"),
        text!("nodes-column"),
        text!("nodes-at-most-column"),
        text!("a-month-column"),
        text!("less-than-the-plan-column"),
        text!("cpu-requested-column"),
        text!("memory-requested-column"),
        text!("remark-column"),
    ]);
    let mut table = Table::new(
        id,
        voice.say(&text!("node-types-caption")),
        &titles,
        room,
        "plan.json",
    );
    for row in rows {
        let mut cells = vec![Cell::name(row.name())];
        match &row.outcome {
            NodeTypeOutcome::Feasible {
                nodes,
                max_nodes,
                per_month,
                saving,
                is_lower_bound,
                cpu_percent,
                memory_percent,
            } => {
                cells.extend([
                    Cell::count(*nodes),
                    Cell::count(*max_nodes),
                    month(*per_month, *is_lower_bound, voice),
                    saving.map_or_else(Cell::default, |saving| voice.amount(saving)),
                    Cell::number(voice.per_hundred(*cpu_percent, 1), *cpu_percent),
                    Cell::number(voice.per_hundred(*memory_percent, 1), *memory_percent),
                    remark(row, voice).into(),
                ]);
            }
            NodeTypeOutcome::Infeasible { reason } => {
                cells.extend(std::iter::repeat_n(Cell::default(), 6));
                cells.push(Cell::words(voice.say(reason)));
            }
        }
        table.row(cells);
    }
    table
}

fn month(total: Option<Money>, is_lower_bound: bool, voice: Voice) -> Cell {
    match total {
        Some(total) => Cell::number(
            voice.say(&answer::amount(total, is_lower_bound)),
            total.as_f64(),
        ),
        None => Cell::words(voice.say(&text!("no-price"))),
    }
}

fn remark(row: &NodeTypeRow, voice: Voice) -> Line {
    let mut remarks = Vec::new();
    if row.is_planned {
        remarks.push(text!("node-type-is-the-plan"));
    }
    if row.needs_other_images {
        remarks.push(text!("node-type-needs-images"));
    }
    if let (Some(least), Some(second)) = (row.min_gib_per_core, row.instance_types.get(1)) {
        remarks
            .push(text!("node-type-for-more-memory", type = second, gibibytes = least.to_string()));
    }
    Line::joined(
        remarks.iter().map(|remark| voice.line(remark)),
        voice.semicolon(),
    )
}
