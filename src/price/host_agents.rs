//! Software that is billed by the host: the same rule today and after.

use super::bases::policy_source;
use super::{BillLine, Category, ThreePoint, Unit, UnitPrice};
use crate::policy::HostAgent;
use crate::units::Quantity;
use crate::wording::{Text, text};

/// A line for each of the policy's agents on the hosts of `subject`.
pub(super) fn host_agent_lines<'a>(
    agents: &'a [HostAgent],
    subject: &'a str,
    hosts: ThreePoint<Quantity>,
    basis: &'a Text,
) -> impl Iterator<Item = BillLine> + use<'a> {
    agents
        .iter()
        .filter(move |_| hosts.is_some())
        .map(move |agent| {
            let price = UnitPrice::stated(
                agent.usd_per_host_month,
                policy_source("prices.host_agents"),
            );
            let item = text!("item-host-agent", name = &agent.name);
            BillLine::new(
                Category::HostAgents,
                subject,
                item,
                (hosts, Unit::HostMonth),
                &price,
            )
            .because(basis.clone())
        })
}
