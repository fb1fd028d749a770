//! Everything that costs money and that no line stands for.

use super::balancers::uncounted;
use super::{Billed, NotBilled};
use crate::policy::{Monitoring, Policy};

/// What the environments are known or likely to cost beside their lines, and what no snapshot shows of any fleet.
#[must_use]
pub fn not_billed(environments: &[Billed<'_>], policy: &Policy) -> Vec<NotBilled> {
    let mut missing = uncounted(environments);
    for Billed { environment, label, .. } in environments {
        if environment.option("aws:rds:dbinstance", "HasCoupledDatabase") == Some("true") {
            let why = "a database that Beanstalk made with the environment; it stays, and its cost with it, if it is not deleted with it";
            missing.push(NotBilled::new(label, "coupled database", why));
        }
        if !environment.queues.is_empty() {
            missing.push(NotBilled::new(label, "queues", "billed by the request; the same today and after"));
        }
    }
    let fleet = [
        ("data transfer to the internet", "the history has no bytes, and the same traffic costs the same after"),
        (
            "data transfer between zones",
            "between an application or classic load balancer and its targets it is free, today and after; what apps say to each other, to databases and to caches has no history, and pods stand in any zone: on clusters it can become more (0.01 a GB each way in most regions)",
        ),
        (
            "audit logs of the control planes",
            "audit and authenticator go to CloudWatch (eksctl/), by the gigabyte; how many follows from what is asked of the API server",
        ),
        (
            "bucket of all log lines",
            "platform.log_bucket keeps every line until a lifecycle rule of yours ends it; S3 has no price in the book",
        ),
        ("NAT gateways that stand today", "the snapshot does not show them; --bill does"),
        ("backups", "snapshots, images and deployment bundles; small, and the same kind after"),
        ("databases, caches, DNS, CDN", "not Beanstalk's; name what changes under prices.extra"),
        ("support and taxes", "a share of everything, and a row of its own in the currency of the policy"),
    ];
    if policy.platform.monitoring == Monitoring::Datadog && policy.prices.host_agents.is_empty() {
        let why = "platform.monitoring sends metrics and logs there; name its price for a host under prices.host_agents";
        missing.push(NotBilled::new("the fleet", "Datadog on the nodes", why));
    }
    missing.extend(fleet.map(|(item, why)| NotBilled::new("the fleet", item, why)));
    missing.sort();
    missing
}
