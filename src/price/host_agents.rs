//! Software that is billed by the host: the same rule today and after.

use super::{BillLine, Category, UnitPrice};
use crate::policy::HostAgent;
use crate::units::Quantity;

/// A line for each of the policy's agents on the hosts of `subject`.
pub(super) fn host_agent_lines<'a>(
    agents: &'a [HostAgent],
    subject: &'a str,
    hosts: Quantity,
    basis: &'a str,
) -> impl Iterator<Item = BillLine> + use<'a> {
    agents.iter().filter(move |_| hosts.millionths() > 0).map(move |agent| {
        let price = UnitPrice::stated(agent.usd_per_host_month, "policy: prices.host_agents");
        BillLine::new(Category::HostAgents, subject, format!("agent {}", agent.name), (hosts, "host-month"), &price).because(basis)
    })
}
