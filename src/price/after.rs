//! What the plan costs.

use super::host_agents::host_agent_lines;
use super::{BillLine, Billed, Category, PriceBook, UnitPrice, today_lines};
use crate::catalog::{OperatingSystem, Support};
use crate::policy::Policy;
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
    /// Its node groups.
    pub groups: Vec<GroupToPrice<'a>>,
    /// Apps behind load balancers.
    pub ingresses: Vec<Ingress>,
}

/// A node group at its desired capacity.
#[derive(Debug, Clone, Copy)]
pub struct GroupToPrice<'a> {
    /// The nodes' type.
    pub instance_type: &'a str,
    /// What they run.
    pub operating_system: OperatingSystem,
    /// How many run in normal times.
    pub nodes: u32,
}

/// Apps that may share load balancers with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingress {
    /// What they have in common, for the line: `production internet-facing`.
    pub label: String,
    /// `application` or `network`.
    pub kind: &'static str,
    /// How many.
    pub apps: u32,
}

/// The lines of the clusters and of the environments that stay on Beanstalk.
#[must_use]
pub fn after_lines(clusters: &[ClusterToPrice<'_>], staying: &[Billed<'_>], book: &PriceBook, policy: &Policy) -> Vec<BillLine> {
    let mut lines: Vec<BillLine> = clusters.iter().flat_map(|cluster| cluster_lines(cluster, book, policy)).collect();
    lines.extend(
        today_lines(staying, book, &policy.prices)
            .into_iter()
            .map(|line| BillLine { item: format!("stays on Beanstalk: {}", line.item), ..line }),
    );
    lines
}

fn cluster_lines(cluster: &ClusterToPrice<'_>, book: &PriceBook, policy: &Policy) -> Vec<BillLine> {
    let hours = |count: u32| Quantity::from(count.saturating_mul(HOURS_PER_MONTH));
    let line = |category, item: String, counted, price: &UnitPrice| BillLine::new(category, cluster.name, item, counted, price);
    let mut lines =
        vec![line(Category::ControlPlanes, "EKS control plane".to_owned(), (hours(1), "hour"), &book.control_plane_hour(cluster.support))];
    for group in &cluster.groups {
        let price = book.instance_hour(cluster.region, group.instance_type, group.operating_system);
        lines.push(line(
            Category::Machines,
            format!("{} {} node", group.instance_type, group.operating_system),
            (hours(group.nodes), "instance-hour"),
            &price,
        ));
        let gib = match group.operating_system {
            OperatingSystem::Linux => policy.nodes.volume_gib,
            OperatingSystem::Windows => policy.windows_nodes.volume_gib,
        };
        let volume = &policy.nodes.volume_type;
        let price = book.volume_gb_month(cluster.region, volume);
        let item = format!("{volume} volume of {} nodes", group.operating_system);
        lines.push(line(Category::Volumes, item, (Quantity::from(group.nodes.saturating_mul(gib)), "GB-month"), &price));
    }
    let nodes: u32 = cluster.groups.iter().map(|group| group.nodes).sum();
    lines.extend(host_agent_lines(&policy.prices.host_agents, cluster.name, nodes));
    for ingress in &cluster.ingresses {
        // A network load balancer forwards ports, not hosts and paths: apps cannot share one.
        let balancers =
            if ingress.kind == "application" { div_ceil(ingress.apps, policy.load_balancers.apps_per_load_balancer) } else { ingress.apps };
        let price = book.load_balancer_hour(cluster.region, ingress.kind);
        lines.push(line(
            Category::LoadBalancers,
            format!("{} load balancer ({})", ingress.kind, ingress.label),
            (hours(balancers), "hour"),
            &price,
        ));
    }
    lines
}
