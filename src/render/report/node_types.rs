//! The same fleet on other node types, cheapest first.

use super::block::{Block, Cell, Line, Section, Table};
use super::locale::Locale;
use crate::plan::{NodeTypeOutcome, NodeTypeRow, Plan};
use crate::render::answer;
use crate::units::Money;
use crate::wording::{Text, text};

const ROOM: usize = 3_000;
const ROOM_FOR_ALL: usize = 6_000;
/// Rows that stand open; the plan's own is always among them.
const OPEN: usize = 6;

/// The cheapest types and the plan's own, then all of them; nothing where nothing was compared.
pub(super) fn section(plan: &Plan, locale: Locale) -> Option<Section> {
    let rows = &plan.node_types;
    if rows.len() < 2 {
        return None;
    }
    let shown = rows
        .iter()
        .enumerate()
        .filter(|(place, row)| *place < OPEN || row.is_planned)
        .map(|(_, row)| row);
    let summary = locale.say(&text!("node-types-summary", count = rows.len()));
    let all = table("node-types-all", rows.iter(), ROOM_FOR_ALL, locale);
    Some(
        Section::new(
            "node-types",
            locale.say(&text!("node-types-title")),
            locale.line(&finding(rows, locale)),
        )
        .with(Block::Paragraph(locale.line(&text!("node-types-intro"))))
        .with(Block::Table(table(
            "node-types-cheapest",
            shown,
            ROOM,
            locale,
        )))
        .with(Block::Folded {
            summary,
            blocks: vec![Block::Table(all)],
        }),
    )
}

/// The cheapest, beside the plan's own.
fn finding(rows: &[NodeTypeRow], locale: Locale) -> Text {
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
            monthly = locale.whole_money(monthly),
            own = locale.whole_money(own)
        ),
        _ => text!("finding-node-types-unpriced"),
    }
}

fn table<'a>(
    id: &'static str,
    rows: impl Iterator<Item = &'a NodeTypeRow>,
    room: usize,
    locale: Locale,
) -> Table {
    let titles = locale.titles([
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
        locale.say(&text!("node-types-caption")),
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
                    month(*per_month, *is_lower_bound, locale),
                    saving.map_or_else(Cell::default, |saving| locale.amount(saving)),
                    Cell::number(locale.per_hundred(*cpu_percent, 1), *cpu_percent),
                    Cell::number(locale.per_hundred(*memory_percent, 1), *memory_percent),
                    remark(row, locale).into(),
                ]);
            }
            NodeTypeOutcome::Infeasible { reason } => {
                cells.extend(std::iter::repeat_n(Cell::default(), 6));
                cells.push(Cell::words(locale.say(reason)));
            }
        }
        table.row(cells);
    }
    table
}

fn month(total: Option<Money>, is_lower_bound: bool, locale: Locale) -> Cell {
    match total {
        Some(total) => Cell::number(
            locale.say(&answer::amount(total, is_lower_bound)),
            total.as_f64(),
        ),
        None => Cell::words(locale.say(&text!("no-price"))),
    }
}

fn remark(row: &NodeTypeRow, locale: Locale) -> Line {
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
        remarks.iter().map(|remark| locale.line(remark)),
        locale.semicolon(),
    )
}
