//! What the environments cost today.

use std::collections::BTreeMap;

use super::{BillLine, Category, PriceBook, UnitPrice};
use crate::catalog::OperatingSystem;
use crate::policy::Prices;
use crate::snapshot::{Environment, LoadBalancer};
use crate::units::{HOURS_PER_MONTH, Quantity};

/// An environment and the name that its lines carry.
#[derive(Debug, Clone, Copy)]
pub struct Billed<'a> {
    /// The environment.
    pub environment: &'a Environment,
    /// Unique among those that were seen.
    pub label: &'a str,
}

/// Root volume of the platforms where nothing names another size.
/// Source: the AMIs' own sizes, Amazon Linux 8 GiB, Windows Server 30 GiB.
const DEFAULT_ROOT_GIB: [(OperatingSystem, u32); 2] = [(OperatingSystem::Linux, 8), (OperatingSystem::Windows, 30)];

/// The lines of `environments`: running instances by type, their root volumes and host agents, and load
/// balancers, of which one that several share is billed once under its own name.
#[must_use]
pub fn today_lines(environments: &[Billed<'_>], book: &PriceBook, policy: &Prices) -> Vec<BillLine> {
    let mut lines: Vec<BillLine> = environments.iter().flat_map(|billed| own_lines(billed, book, policy)).collect();
    let mut shared: BTreeMap<(&str, &str, &str), &LoadBalancer> = BTreeMap::new();
    for Billed { environment, .. } in environments {
        for balancer in environment.load_balancers.iter().filter(|balancer| balancer.shared) {
            shared.insert((&environment.account, &environment.region, &balancer.name), balancer);
        }
    }
    lines.extend(
        shared.into_iter().map(|((_, region, name), balancer)| load_balancer_line(&format!("shared: {name}"), region, balancer, book)),
    );
    lines
}

fn own_lines(billed: &Billed<'_>, book: &PriceBook, policy: &Prices) -> Vec<BillLine> {
    let Billed { environment, label } = *billed;
    let region = &environment.region;
    let operating_system = environment.operating_system();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for instance in environment.running_instances() {
        *counts.entry(&instance.instance_type).or_default() += 1;
    }
    let mut lines = Vec::new();
    for (&instance_type, &count) in &counts {
        let price = book.instance_hour(region, instance_type, operating_system);
        let item = format!("{instance_type} {operating_system}");
        lines.push(BillLine::new(Category::Machines, label, item, (Quantity::from(count * HOURS_PER_MONTH), "instance-hour"), &price));
    }
    let instances = counts.values().sum::<u32>();
    if instances > 0 {
        lines.push(root_volumes(billed, instances, book, policy));
        for agent in &policy.host_agents {
            let price = UnitPrice { usd: Some(agent.usd_per_host_month), source: "policy: prices.host_agents".to_owned() };
            lines.push(BillLine::new(
                Category::HostAgents,
                label,
                format!("agent {}", agent.name),
                (Quantity::from(instances), "host-month"),
                &price,
            ));
        }
    }
    let balancers = environment.load_balancers.iter().filter(|balancer| !balancer.shared);
    lines.extend(balancers.map(|balancer| load_balancer_line(label, region, balancer, book)));
    lines
}

fn root_volumes(billed: &Billed<'_>, instances: u32, book: &PriceBook, policy: &Prices) -> BillLine {
    const NAMESPACE: &str = "aws:autoscaling:launchconfiguration";
    let environment = billed.environment;
    let volume_type = environment.option(NAMESPACE, "RootVolumeType").unwrap_or(&policy.default_root_volume_type);
    let named = environment.root_volume_gib.or_else(|| environment.option(NAMESPACE, "RootVolumeSize").and_then(|size| size.parse().ok()));
    let default = DEFAULT_ROOT_GIB.iter().find(|(system, _)| *system == environment.operating_system()).map_or(0, |(_, gib)| *gib);
    let mut price = book.volume_gb_month(&environment.region, volume_type);
    if named.is_none() {
        price.source = format!("{}; size assumed: the platform's default of {default} GiB", price.source);
    }
    let quantity = Quantity::from(instances.saturating_mul(named.unwrap_or(default)));
    BillLine::new(Category::Volumes, billed.label, format!("{volume_type} root volume"), (quantity, "GB-month"), &price)
}

fn load_balancer_line(subject: &str, region: &str, balancer: &LoadBalancer, book: &PriceBook) -> BillLine {
    let price = book.load_balancer_hour(region, &balancer.kind);
    BillLine::new(
        Category::LoadBalancers,
        subject,
        format!("{} load balancer", balancer.kind),
        (Quantity::from(HOURS_PER_MONTH), "hour"),
        &price,
    )
}
