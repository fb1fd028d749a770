//! Everything that costs money and that no line stands for.

use super::balancers::uncounted;
use super::{EnvironmentToPrice, UnpricedItem};
use crate::policy::{Monitoring, Policy};
use crate::wording::text;

/// What the environments are known or likely to cost beside their lines, and what no snapshot shows of any fleet.
#[must_use]
pub fn not_billed(environments: &[EnvironmentToPrice<'_>], policy: &Policy) -> Vec<UnpricedItem> {
    let mut missing = uncounted(environments);
    for EnvironmentToPrice {
        environment,
        reading,
        label,
        ..
    } in environments
    {
        if reading.database.is_some() {
            missing.push(UnpricedItem::new(
                *label,
                text!("missing-database"),
                text!("missing-database-why"),
            ));
        }
        if !environment.queues.is_empty() {
            missing.push(UnpricedItem::new(
                *label,
                text!("missing-queues"),
                text!("missing-queues-why"),
            ));
        }
    }
    let fleet = [
        (
            text!("missing-internet-transfer"),
            text!("missing-internet-transfer-why"),
        ),
        (
            text!("missing-zone-transfer"),
            text!("missing-zone-transfer-why"),
        ),
        (text!("missing-audit-logs"), text!("missing-audit-logs-why")),
        (text!("missing-log-bucket"), text!("missing-log-bucket-why")),
        (
            text!("missing-nat-gateways"),
            text!("missing-nat-gateways-why"),
        ),
        (text!("missing-backups"), text!("missing-backups-why")),
        (
            text!("missing-other-services"),
            text!("missing-other-services-why"),
        ),
        (text!("missing-support"), text!("missing-support-why")),
    ];
    if policy.platform.monitoring == Monitoring::Datadog && policy.prices.host_agents.is_empty() {
        missing.push(UnpricedItem::of_fleet(
            text!("missing-datadog"),
            text!("missing-datadog-why"),
        ));
    }
    missing.extend(fleet.map(|(item, why)| UnpricedItem::of_fleet(item, why)));
    missing.sort_by_cached_key(|one| [&one.subject, &one.item, &one.why].map(ToString::to_string));
    missing
}
