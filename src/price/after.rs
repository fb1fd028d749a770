//! What the plan costs.

use super::host_agents::host_agent_lines;
use super::monitoring::{Logs, log_lines};
use super::today::{extra_lines, thousandths};
use super::traffic::capacity;
use super::{BillLine, Billed, Category, Driver, Pricing, UnitPrice, today_lines};
use crate::catalog::{OperatingSystem, Support};
use crate::policy::{Level, Monitoring};
use crate::units::{HOURS_PER_MONTH, Quantity, div_ceil};

/// A cluster and what stands on it.
#[derive(Debug, Clone)]
pub struct ClusterToPrice<'a> {
    /// Its name, the subject of its lines.
    pub name: &'a str,
    /// Where it stands.
    pub region: &'a str,
    /// What its Kubernetes version costs.
    pub support: Support,
    /// Whether EKS runs the nodes, for a fee.
    pub auto_mode: bool,
    /// Its node groups.
    pub groups: Vec<GroupToPrice<'a>>,
    /// Apps behind load balancers.
    pub ingresses: Vec<Ingress>,
    /// Zones that its balancers stand in.
    pub zones: u32,
    /// Environments whose instances have public addresses today, and whose pods will not.
    pub nat_environments: u32,
    /// Instances that stream logs to CloudWatch today; their pods write as much, and it is kept as long.
    pub logs: Logs,
    /// Custom metrics that the agents of today's instances send.
    pub agent_metrics: Quantity,
}

/// A node group.
#[derive(Debug, Clone, Copy)]
pub struct GroupToPrice<'a> {
    /// The nodes' type.
    pub instance_type: &'a str,
    /// What they run.
    pub operating_system: OperatingSystem,
    /// How many run in normal times, at the low, the expected and the high end of the sizing.
    pub nodes: [u32; 3],
    /// Hours of a month that the autoscaler would have added above them, by the history.
    pub hours_above: Quantity,
}

impl GroupToPrice<'_> {
    fn nodes_at(&self, pricing: &Pricing<'_>) -> u32 {
        let [low, expected, high] = self.nodes;
        let sized = match pricing.levels.of(Driver::Sizing) {
            Level::Low => low.min(expected),
            Level::Expected => expected,
            Level::High => high.max(expected),
        };
        let grown = (i64::from(sized) * pricing.growth_thousandths() + 999) / 1_000;
        u32::try_from(grown).unwrap_or(u32::MAX)
    }
}

/// Apps that may share load balancers with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Ingress {
    /// What they have in common, for the line: `production internet-facing`.
    pub label: String,
    /// `application` or `network`.
    pub kind: &'static str,
    /// How many.
    pub apps: u32,
    /// Whether the internet reaches them.
    pub is_public: bool,
    /// Of all of them together, on this cluster; nothing if nobody counted.
    pub requests_per_second: Option<f64>,
}

/// The lines of the clusters and of the environments that stay on Beanstalk.
#[must_use]
pub fn after_lines(clusters: &[ClusterToPrice<'_>], staying: &[Billed<'_>], pricing: &Pricing<'_>) -> Vec<BillLine> {
    let mut lines: Vec<BillLine> = clusters.iter().flat_map(|cluster| cluster_lines(cluster, pricing)).collect();
    let staying = today_lines(staying, pricing).into_iter();
    lines.extend(staying.map(|line| BillLine { item: format!("stays on Beanstalk: {}", line.item), ..line }));
    lines.extend(extra_lines(pricing, true));
    lines
}

fn cluster_lines(cluster: &ClusterToPrice<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let line = |category, item: String, counted, price: &UnitPrice| BillLine::new(category, cluster.name, item, counted, price);
    let control_plane = pricing.adjusted(pricing.book.control_plane_hour(cluster.region, cluster.support));
    let mut lines =
        vec![line(Category::ControlPlanes, "EKS control plane".to_owned(), (hours(1), "hour"), &control_plane).because("730 hours")];
    let mut nodes = 0_u32;
    for group in &cluster.groups {
        lines.extend(group_lines(cluster, group, pricing));
        nodes = nodes.saturating_add(group.nodes_at(pricing));
    }
    let basis = "one for each node at desiredCapacity";
    lines.extend(host_agent_lines(&pricing.policy.prices.host_agents, cluster.name, Quantity::from(nodes), basis));
    lines.extend(cluster.ingresses.iter().flat_map(|ingress| ingress_lines(cluster, ingress, pricing)));
    lines.extend(traffic_lines(cluster, nodes, pricing));
    lines
}

fn hours(count: u32) -> Quantity {
    Quantity::from(count.saturating_mul(HOURS_PER_MONTH))
}

fn group_lines(cluster: &ClusterToPrice<'_>, group: &GroupToPrice<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let line = |category, item: String, counted, price: &UnitPrice| BillLine::new(category, cluster.name, item, counted, price);
    let nodes = group.nodes_at(pricing);
    let system = group.operating_system;
    let list = pricing.book.instance_hour(cluster.region, group.instance_type, system);
    let price = pricing.adjusted(list.clone());
    let item = format!("{} {system} node", group.instance_type);
    let basis = "desiredCapacity, for 730 hours";
    let mut lines = vec![line(Category::Machines, item, (hours(nodes), "instance-hour"), &price).because(basis)];
    if group.hours_above.millionths() > 0 {
        let item = format!("{} {system} node above desiredCapacity", group.instance_type);
        let counted = (group.hours_above, "scaled-hour");
        let basis = "hours in which the history would have scaled the group above it, scaled to 730 hours";
        lines.push(line(Category::Machines, item, counted, &price).because(basis));
    }
    if cluster.auto_mode {
        // The fee is on the instance, not on its licence; Auto Mode has no Windows.
        let fee = match pricing.book.auto_mode_hour(cluster.region, group.instance_type) {
            Some(stated) => pricing.adjusted(stated),
            None => {
                let share = pricing.policy.prices.auto_mode_fee_share.at(pricing.levels.of(Driver::AutoMode));
                pricing.adjusted(list).times(thousandths(share), 1_000, "fee of Auto Mode: prices.auto_mode_fee_share of it")
            }
        };
        let item = format!("EKS Auto Mode fee of {} node", group.instance_type);
        lines.push(line(Category::ControlPlanes, item, (hours(nodes), "instance-hour fee"), &fee).because(basis));
    }
    let gib = match system {
        OperatingSystem::Linux => pricing.policy.nodes.volume_gib,
        OperatingSystem::Windows => pricing.policy.windows_nodes.volume_gib,
    };
    let volume = &pricing.policy.nodes.volume_type;
    let price = pricing.adjusted(pricing.book.volume_gb_month(cluster.region, volume));
    let item = format!("{volume} volume of {system} nodes");
    let basis = format!("{gib} GiB for each node at desiredCapacity");
    lines.push(line(Category::Volumes, item, (Quantity::from(nodes.saturating_mul(gib)), "GB-month"), &price).because(basis));
    lines
}

fn ingress_lines(cluster: &ClusterToPrice<'_>, ingress: &Ingress, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let line = |category, item: String, counted, price: &UnitPrice| BillLine::new(category, cluster.name, item, counted, price);
    let Ingress { kind, label, apps, .. } = ingress;
    // A network load balancer forwards ports, not hosts and paths: apps cannot share one.
    let each = pricing.policy.load_balancers.apps_per_load_balancer;
    let balancers = if *kind == "application" { div_ceil(*apps, each) } else { *apps };
    let price = |key: &str| pricing.adjusted(pricing.book.of(cluster.region, key));
    let hourly = pricing.adjusted(pricing.book.load_balancer_hour(cluster.region, kind));
    let basis = format!("{apps} apps, load_balancers.apps_per_load_balancer {each}");
    let item = format!("{kind} load balancer ({label})");
    let mut lines = vec![line(Category::LoadBalancers, item, (hours(balancers), "hour"), &hourly).because(basis)];
    if let Some(rate) = ingress.requests_per_second {
        // Each balancer looks through the rules of its own apps.
        let capacity = capacity(kind, rate, div_ceil(*apps, balancers), &pricing.policy.prices, &pricing.levels);
        let item = format!("{kind} load balancer capacity ({label})");
        let price = price(&format!("{kind}-load-balancer-lcu-hour"));
        lines.push(line(Category::LoadBalancers, item, (capacity.lcu_hours, "LCU-hour"), &price).because(capacity.basis));
    }
    if ingress.is_public {
        let item = format!("public IPv4 address of {kind} load balancer ({label})");
        let counted = (hours(balancers.saturating_mul(cluster.zones)), "address-hour");
        let basis = "one for each of its zones, at least: it takes more as it grows";
        lines.push(line(Category::Addresses, item, counted, &price("public-ipv4-hour")).because(basis));
    }
    lines
}

fn traffic_lines(cluster: &ClusterToPrice<'_>, nodes: u32, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let prices = &pricing.policy.prices;
    let price = |key: &str| pricing.adjusted(pricing.book.of(cluster.region, key));
    let line = |category, item: &str, counted, price: &UnitPrice| BillLine::new(category, cluster.name, item, counted, price);
    let mut lines = Vec::new();
    if cluster.nat_environments > 0 {
        let each = prices.nat_gb_per_environment_month.at(pricing.levels.of(Driver::Nat));
        let gb = Quantity::from(cluster.nat_environments).scaled(thousandths(each), 1_000);
        let basis = format!(
            "estimate: prices.nat_gb_per_environment_month for {} environments that have public addresses today",
            cluster.nat_environments
        );
        lines.push(line(Category::Nat, "data through NAT gateways", (gb, "GB"), &price("nat-gateway-gb")).because(basis));
    }
    if cluster.logs.instances.millionths() > 0 {
        let basis = match pricing.policy.platform.monitoring {
            Monitoring::Cloudwatch => "for each instance that streams its logs today",
            Monitoring::Datadog => {
                "for each instance that streams its logs today; platform.monitoring sends them to Datadog, whose price for logs nobody stated: CloudWatch's stands for it"
            }
        };
        lines.extend(log_lines(cluster.name, cluster.region, cluster.logs, basis, pricing));
    }
    // An unknown is no saving: until somebody says what metrics will cost, they cost what they do today.
    if prices.node_metrics == 0 && prices.host_agents.is_empty() && cluster.agent_metrics.millionths() > 0 {
        let counted = (cluster.agent_metrics, "metric-month");
        let basis = "as many as today's agents send: neither prices.node_metrics nor prices.host_agents says what they cost after";
        lines.push(line(Category::Monitoring, "custom metrics of the agent", counted, &price("cloudwatch-metric-month")).because(basis));
    }
    if prices.node_metrics > 0 && nodes > 0 {
        let metrics = Quantity::from(nodes.saturating_mul(prices.node_metrics));
        let basis = "prices.node_metrics for each node at desiredCapacity";
        lines.push(
            line(Category::Monitoring, "custom metrics of nodes", (metrics, "metric-month"), &price("cloudwatch-metric-month"))
                .because(basis),
        );
    }
    lines
}
