//! Addresses of the subnets.

use super::markdown::{Table, code, details, prose};
use crate::plan::{AddressMode, AddressUse, Plan, SubnetAddresses};

const ROOM: usize = 2_500;

/// One row for each subnet; nothing where no network is known.
pub(super) fn section(plan: &Plan) -> Option<String> {
    if plan.addresses.is_empty() {
        return None;
    }
    let mut table = Table::new(
        &["Subnet", "Zone", "Free:", "Kept back:", "Nodes:", "At most:", "By interfaces:", "Singly:", "By prefixes:", "Runs out at node:"],
        ROOM,
    );
    for row in &plan.addresses {
        let chosen = row.of(plan.inputs.policy.nodes.addresses).and_then(|used| used.runs_out_at);
        table.row(&[
            code(&row.subnet),
            prose(&row.zone),
            row.free.map_or_else(|| "unknown".to_owned(), |free| free.to_string()),
            row.reserved.to_string(),
            row.nodes.to_string(),
            row.max_nodes.to_string(),
            taken(row, AddressMode::Interfaces),
            taken(row, AddressMode::Singly),
            taken(row, AddressMode::Prefixes),
            chosen.map_or_else(String::new, |nodes| nodes.to_string()),
        ]);
    }
    let chosen = match plan.inputs.policy.nodes.addresses {
        AddressMode::Interfaces => "by interfaces, its default",
        AddressMode::Singly => "singly",
        AddressMode::Prefixes => "by prefixes",
    };
    let text = format!(
        "What the nodes of all clusters take of each subnet in normal times, and with all clusters at their largest, by how the VPC CNI is set: \
         whole interfaces (its default), singly (WARM_IP_TARGET=5, MINIMUM_IP_TARGET=20), or prefix delegation. What runs today keeps its \
         addresses meanwhile. Chosen, written into eksctl/ and counted under \"Runs out\": {chosen} (nodes.addresses).\n\n{}",
        table.finish("plan.json")
    );
    Some(details("Addresses of the subnets", &text))
}

fn taken(row: &SubnetAddresses, mode: AddressMode) -> String {
    row.of(mode).map_or_else(String::new, |&AddressUse { at_desired, at_max, .. }| {
        let mark = if row.lacks(at_max) { " **(too few free)**" } else { "" };
        format!("{at_desired}, {at_max}{mark}")
    })
}
