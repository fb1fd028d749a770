//! Addresses of the subnets.

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use crate::plan::{AddressMode, AddressUse, Plan, SubnetAddresses};
use crate::wording::{Text, text};

const ROOM: usize = 2_500;

/// One row for each subnet; nothing where no network is known.
pub(super) fn section(plan: &Plan, locale: Locale) -> Option<Section> {
    if plan.addresses.is_empty() {
        return None;
    }
    let titles = locale.titles([
        text!("subnet-column"),
        text!("zone-column"),
        text!("free-addresses-column"),
        text!("reserved-addresses-column"),
        text!("nodes-column"),
        text!("nodes-at-most-column"),
        text!("by-interfaces-column"),
        text!("singly-column"),
        text!("by-prefixes-column"),
        text!("runs-out-column"),
    ]);
    let mut table = Table::new(
        "addresses-by-subnet",
        locale.say(&text!("addresses-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for row in &plan.addresses {
        let chosen = row
            .of(plan.inputs.policy.nodes.addresses)
            .and_then(|used| used.runs_out_at);
        table.row([
            Cell::name(&row.subnet),
            Cell::words(&row.zone),
            row.free
                .map_or_else(|| Cell::words(locale.say(&text!("unknown"))), Cell::count),
            Cell::count(row.reserved),
            Cell::count(row.nodes),
            Cell::count(row.max_nodes),
            taken(row, AddressMode::Interfaces, locale),
            taken(row, AddressMode::Singly, locale),
            taken(row, AddressMode::Prefixes, locale),
            chosen.map_or_else(Cell::default, Cell::count),
        ]);
    }
    let mode_of = plan.inputs.policy.nodes.addresses;
    let lacks = |row: &&SubnetAddresses| row.of(mode_of).is_some_and(|used| row.lacks(used.at_max));
    let finding = match plan.addresses.iter().filter(lacks).count() {
        0 => text!("finding-addresses"),
        short => text!(
            "finding-addresses-short",
            short = short,
            all = plan.addresses.len()
        ),
    };
    let summary = locale.say(&text!("addresses-summary", subnets = plan.addresses.len()));
    let intro = locale.line(&text!(
        "addresses-intro",
        mode = mode(plan.inputs.policy.nodes.addresses)
    ));
    Some(
        Section::new(
            "addresses",
            locale.say(&text!("addresses-title")),
            locale.line(&finding),
        )
        .with(Block::Folded {
            summary,
            blocks: vec![Block::Paragraph(intro), Block::Table(table)],
        }),
    )
}

fn mode(mode: AddressMode) -> Text {
    match mode {
        AddressMode::Interfaces => text!("addresses-by-interfaces"),
        AddressMode::Singly => text!("addresses-singly"),
        AddressMode::Prefixes => text!("addresses-by-prefixes"),
    }
}

fn taken(row: &SubnetAddresses, mode: AddressMode, locale: Locale) -> Cell {
    let Some(&AddressUse {
        at_desired, at_max, ..
    }) = row.of(mode)
    else {
        return Cell::default();
    };
    let taken = if row.lacks(at_max) {
        text!(
            "addresses-lacking",
            at_desired = at_desired,
            at_max = at_max
        )
    } else {
        text!("addresses-taken", at_desired = at_desired, at_max = at_max)
    };
    locale.cell(&taken).by(f64::from(at_max))
}
