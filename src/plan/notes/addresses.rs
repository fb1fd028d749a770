//! Subnets that are too small.

use crate::plan::{AddressUse, Note, Plan, SubnetAddresses};
use crate::policy::AddressMode;
use crate::wording::{Text, text};

pub(super) fn about_addresses(plan: &Plan) -> Vec<Note> {
    plan.addresses
        .iter()
        .filter_map(|row| about_subnet(row, plan.inputs.policy.nodes.addresses))
        .collect()
}

fn about_subnet(row: &SubnetAddresses, chosen: AddressMode) -> Option<Note> {
    let chosen = row.of(chosen)?;
    let Some(free) = row.free else {
        let message = text!("note-addresses-unknown", most = chosen.at_max.to_string());
        return Some(Note::advice(
            "addresses-unknown",
            &row.subnet,
            message,
            text!("note-addresses-unknown-hint"),
        ));
    };
    if !row.lacks(chosen.at_max) {
        return None;
    }
    let taken = if row.lacks(chosen.at_desired) {
        text!(
            "subnet-taken-in-normal-times",
            addresses = chosen.at_desired.to_string()
        )
    } else {
        text!(
            "subnet-taken-at-most",
            addresses = chosen.at_max.to_string()
        )
    };
    let (zone, reserved) = (&row.zone, row.reserved.to_string());
    let message = match chosen.runs_out_at {
        None => text!(
            "note-subnet-too-small",
            free = free,
            zone = zone,
            reserved = reserved,
            taken = taken
        ),
        Some(node) => {
            let (node, nodes) = (node.to_string(), row.max_nodes.to_string());
            text!(
                "note-subnet-runs-out",
                free = free,
                zone = zone,
                reserved = reserved,
                taken = taken,
                node = node,
                nodes = nodes
            )
        }
    };
    let enough: Vec<Text> = row
        .modes
        .iter()
        .filter(|used| used.mode != chosen.mode && !row.lacks(used.at_max))
        .map(setting)
        .collect();
    let hint = match enough
        .into_iter()
        .reduce(|one, other| text!("subnet-setting-or", one = one, other = other))
    {
        None => text!("note-subnet-too-small-hint"),
        Some(enough) => text!("note-subnet-too-small-hint-setting", enough = enough),
    };
    Some(Note::warning(
        "subnet-too-small",
        &row.subnet,
        message,
        hint,
    ))
}

fn setting(used: &AddressUse) -> Text {
    let most = used.at_max.to_string();
    match used.mode {
        AddressMode::Interfaces => text!("subnet-setting", name = "interfaces", most = most),
        AddressMode::Singly => text!("subnet-setting", name = "singly", most = most),
        AddressMode::Prefixes => text!("subnet-setting-of-blocks", name = "prefixes", most = most),
    }
}
