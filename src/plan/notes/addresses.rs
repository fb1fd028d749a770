//! Subnets that are too small.

use crate::pack::AddressMode;
use crate::plan::{AddressUse, Note, Plan, SubnetAddresses};

pub(super) fn about_addresses(plan: &Plan) -> Vec<Note> {
    plan.addresses.iter().filter_map(about_subnet).collect()
}

fn about_subnet(row: &SubnetAddresses) -> Option<Note> {
    let default = row.of(AddressMode::Interfaces)?;
    let Some(free) = row.free else {
        let message = format!("nobody knows how many of its addresses are free; its nodes take up to {}", default.at_max);
        return Some(Note::advice("addresses-unknown", &row.subnet, message, "look at it in the VPC console before creating the clusters"));
    };
    if !row.lacks(default.at_max) {
        return None;
    }
    let when = if row.lacks(default.at_desired) {
        format!("its nodes take {} in normal times", default.at_desired)
    } else {
        format!("its nodes take {} when all clusters are at their largest", default.at_max)
    };
    let runs_out = default.runs_out_at.map_or_else(String::new, |nodes| format!("; they run out at node {nodes} of {}", row.max_nodes));
    let message = format!(
        "{free} addresses are free in {}, {} of them for control planes and load balancers; {when}{runs_out}",
        row.zone, row.reserved
    );
    let enough: Vec<String> = row.modes.iter().filter(|used| used.mode != default.mode && !row.lacks(used.at_max)).map(setting).collect();
    let hint = if enough.is_empty() {
        "no setting of the VPC CNI is enough: name a larger subnet under nodes.subnets, or fewer, larger nodes".to_owned()
    } else {
        format!("{} is enough, or name a larger subnet under nodes.subnets", enough.join(" or "))
    };
    Some(Note::warning("subnet-too-small", &row.subnet, message, hint))
}

fn setting(used: &AddressUse) -> String {
    let name = match used.mode {
        AddressMode::Interfaces => "the VPC CNI's default",
        AddressMode::Singly => "WARM_IP_TARGET=5 with MINIMUM_IP_TARGET=20",
        AddressMode::Prefixes => "prefix delegation (if whole blocks of 16 are left)",
    };
    format!("{name}, which takes {},", used.at_max)
}
