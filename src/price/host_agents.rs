//! Software that is billed by the host: the same rule today and after.

use super::{BillLine, Category, UnitPrice};
use crate::policy::HostAgent;
use crate::units::Quantity;

/// A line for each of the policy's agents on the hosts of `subject`.
pub(super) fn host_agent_lines(agents: &[HostAgent], subject: &str, hosts: u32) -> impl Iterator<Item = BillLine> {
    agents.iter().map(move |agent| {
        let price = UnitPrice { usd: Some(agent.usd_per_host_month), source: "policy: prices.host_agents".to_owned() };
        BillLine::new(Category::HostAgents, subject, format!("agent {}", agent.name), (Quantity::from(hosts), "host-month"), &price)
    })
}
