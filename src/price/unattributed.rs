//! Everything that costs money and that no line stands for.

use super::balancers::uncounted;
use super::{Billed, NotBilled};

/// What the environments are known or likely to cost beside their lines, and what no snapshot shows of any fleet.
#[must_use]
pub fn not_billed(environments: &[Billed<'_>]) -> Vec<NotBilled> {
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
        ("data transfer", "to the internet and between zones; the history has no bytes, and the same traffic costs the same after"),
        ("NAT gateways that stand today", "the snapshot does not show them; --bill does"),
        ("stored logs and backups", "log storage, snapshots, images and deployment bundles; small, and the same kind after"),
        ("databases, caches, DNS, CDN", "not Beanstalk's; name what changes under prices.extra"),
        ("support and taxes", "a share of everything, and a row of its own in the currency of the policy"),
    ];
    missing.extend(fleet.map(|(item, why)| NotBilled::new("the fleet", item, why)));
    missing.sort();
    missing
}
