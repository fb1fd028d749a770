//! Subnets that are too small.

use crate::plan::{AddressUse, Note, Plan, SubnetAddresses};
use crate::policy::AddressMode;

pub(super) fn about_addresses(plan: &Plan) -> Vec<Note> {
    plan.addresses.iter().filter_map(|row| about_subnet(row, plan.inputs.policy.nodes.addresses)).collect()
}

fn about_subnet(row: &SubnetAddresses, chosen: AddressMode) -> Option<Note> {
    let chosen = row.of(chosen)?;
    let Some(free) = row.free else {
        let message = format!("nobody knows how many of its addresses are free; its nodes take up to {}", chosen.at_max);
        return Some(Note::advice("addresses-unknown", &row.subnet, message, "look at it in the VPC console before creating the clusters"));
    };
    if !row.lacks(chosen.at_max) {
        return None;
    }
    let when = if row.lacks(chosen.at_desired) {
        format!("its nodes take {} in normal times", chosen.at_desired)
    } else {
        format!("its nodes take {} when all clusters are at their largest", chosen.at_max)
    };
    let runs_out = chosen.runs_out_at.map_or_else(String::new, |nodes| format!("; they run out at node {nodes} of {}", row.max_nodes));
    let message = format!(
        "{free} addresses are free in {}, {} of them for control planes and load balancers; {when}{runs_out}",
        row.zone, row.reserved
    );
    let enough: Vec<String> = row.modes.iter().filter(|used| used.mode != chosen.mode && !row.lacks(used.at_max)).map(setting).collect();
    let hint = if enough.is_empty() {
        "no other setting of nodes.addresses is enough: name a larger subnet under nodes.subnets, or fewer, larger nodes".to_owned()
    } else {
        format!("nodes.addresses = {} is enough, or name a larger subnet under nodes.subnets", enough.join(" or "))
    };
    Some(Note::warning("subnet-too-small", &row.subnet, message, hint))
}

fn setting(used: &AddressUse) -> String {
    let name = match used.mode {
        AddressMode::Interfaces => "\"interfaces\"",
        AddressMode::Singly => "\"singly\"",
        AddressMode::Prefixes => "\"prefixes\" (if whole blocks of 16 are left)",
    };
    format!("{name}, which takes {},", used.at_max)
}
