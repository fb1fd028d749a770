//! What the environments cost today.

use std::collections::BTreeMap;

use super::host_agents::host_agent_lines;
use super::{BillLine, Category, PriceBook};
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
    lines.extend(load_balancer_lines(environments, book));
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
        let hours = Quantity::from(count.saturating_mul(HOURS_PER_MONTH));
        lines.push(BillLine::new(Category::Machines, label, item, (hours, "instance-hour"), &price));
    }
    let instances = counts.values().sum::<u32>();
    if instances > 0 {
        lines.push(root_volumes(billed, instances, book, policy));
        lines.extend(host_agent_lines(&policy.host_agents, label, instances));
    }
    lines
}

fn root_volumes(billed: &Billed<'_>, instances: u32, book: &PriceBook, policy: &Prices) -> BillLine {
    const NAMESPACE: &str = "aws:autoscaling:launchconfiguration";
    let environment = billed.environment;
    let volume_type = environment.option(NAMESPACE, "RootVolumeType");
    let asked_for = || environment.option(NAMESPACE, "RootVolumeSize").and_then(|size| size.parse().ok());
    let gib = environment.root_volume_gib.or_else(asked_for).filter(|&gib| gib > 0);
    let default = DEFAULT_ROOT_GIB.iter().find(|(system, _)| *system == environment.operating_system()).map_or(0, |(_, gib)| *gib);
    let mut price = book.volume_gb_month(&environment.region, volume_type.unwrap_or(&policy.default_root_volume_type));
    if gib.is_none() {
        price.source.push_str(&format!("; size assumed: the platform's default of {default} GiB"));
    }
    if volume_type.is_none() {
        price.source.push_str("; type assumed: prices.default_root_volume_type");
    }
    let volume_type = volume_type.unwrap_or(&policy.default_root_volume_type);
    let quantity = Quantity::from(instances.saturating_mul(gib.unwrap_or(default)));
    BillLine::new(Category::Volumes, billed.label, format!("{volume_type} root volume"), (quantity, "GB-month"), &price)
}

/// A balancer in front of several environments is none's own, whether or not it is marked as shared.
fn load_balancer_lines(environments: &[Billed<'_>], book: &PriceBook) -> Vec<BillLine> {
    let mut balancers: BTreeMap<(&str, &str, &str), (String, &LoadBalancer)> = BTreeMap::new();
    for Billed { environment, label } in environments {
        for balancer in &environment.load_balancers {
            let shared = format!("shared: {}", balancer.name);
            let own = if balancer.shared { shared.clone() } else { (*label).to_owned() };
            let key = (environment.account.as_str(), environment.region.as_str(), balancer.name.as_str());
            let (subject, _) = balancers.entry(key).or_insert_with(|| (own.clone(), balancer));
            if *subject != own {
                *subject = shared;
            }
        }
    }
    let line = |((_, region, _), (subject, balancer)): ((&str, &str, &str), (String, &LoadBalancer))| {
        let price = book.load_balancer_hour(region, &balancer.kind);
        let item = format!("{} load balancer", balancer.kind);
        BillLine::new(Category::LoadBalancers, &subject, item, (Quantity::from(HOURS_PER_MONTH), "hour"), &price)
    };
    balancers.into_iter().map(line).collect()
}
