//! What the plan costs.

use super::bases::{thousandths, whole_month};
use super::fargate::{TasksToPrice, fargate_lines};
use super::host_agents::host_agent_lines;
use super::monitoring::{Logs, log_lines};
use super::today::extra_lines;
use super::traffic::capacity;
use super::{
    BillLine, Category, Driver, EnvironmentToPrice, Hours, Pricing, RangedPrice, ThreePoint, Unit,
    today_lines,
};
use crate::beanstalk::Scheme;
use crate::catalog::{OperatingSystem, Support};
use crate::policy::{Level, Monitoring};
use crate::units::{HOURS_PER_MONTH, Quantity, div_ceil};
use crate::wording::{Text, text};

/// A cluster and what stands on it.
#[derive(Debug, Clone)]
pub struct ClusterToPrice<'a> {
    /// Its name, the subject of its lines.
    pub name: &'a str,
    /// Region that its prices are of.
    pub region: &'a str,
    /// What its Kubernetes version costs; nothing of ECS, which has no price of its own.
    pub support: Option<Support>,
    /// Whether EKS runs the nodes, for a fee.
    pub auto_mode: bool,
    /// Tasks that run on Fargate instead of on nodes; none of a cluster of EKS.
    pub tasks: Vec<TasksToPrice>,
    /// What its machines are, group by group.
    pub groups: Vec<GroupToPrice<'a>>,
    /// Apps behind load balancers.
    pub ingresses: Vec<Ingress>,
    /// Zones that its balancers stand in.
    pub zones: u32,
    /// Environments whose instances have public addresses today, and whose pods will not.
    pub nat_environments: u32,
    /// Instances whose pods write as many logs as these do today, and for how long that is kept.
    pub logs: Logs,
    /// Custom metrics that the agents of today's instances send.
    pub agent_metrics: Quantity,
}

/// Nodes of one type in one group, and how long they run.
#[derive(Debug, Clone, Copy)]
pub struct GroupToPrice<'a> {
    /// Instance type of its nodes: `c5.2xlarge`.
    pub instance_type: &'a str,
    /// Windows costs its licence by the hour.
    pub operating_system: OperatingSystem,
    /// How many run in normal times, at the low, the expected and the high end of the sizing.
    pub nodes: ThreePoint<u32>,
    /// Hours of a month that the autoscaler would have added above them, by the history.
    pub hours_above: Quantity,
    /// How full requested CPU makes the nodes, in thousandths of what fills them most. History shows how CPU grows.
    pub cpu_of_binding: i64,
    /// The same of memory, of which no growth is known; one of the two is 1000.
    pub memory_of_binding: i64,
}

impl GroupToPrice<'_> {
    /// Growth is a rate, and no group is rounded up to a whole node for it: the groups of all clusters would be, each by
    /// itself. Of what does not fill the nodes there is room for as much growth as fills them.
    fn nodes_at(&self, pricing: &Pricing<'_>) -> ThreePoint<Quantity> {
        let expected = self.nodes.expected;
        let sized = pricing.levels.of(Driver::Sizing).map(|level| match level {
            Level::Low => self.nodes.low.min(expected),
            Level::Expected => expected,
            Level::High => self.nodes.high.max(expected),
        });
        let growth = pricing
            .growth_thousandths()
            .map(|load| (load * self.cpu_of_binding / 1_000).max(self.memory_of_binding));
        sized.with(growth, |nodes, thousandths| {
            Quantity::from(nodes).scaled(thousandths, 1_000)
        })
    }
}

/// Apps that may share load balancers with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Ingress {
    /// What they have in common, for the line: `production internet-facing`.
    pub label: Text,
    /// `application` or `network`.
    pub kind: &'static str,
    /// How many load balancers they have on the cluster.
    pub balancers: u32,
    /// How many apps are behind them.
    pub apps: u32,
    /// Who reaches them: those on the internet pay for public addresses.
    pub scheme: Scheme,
    /// Of all of them together, on this cluster; nothing if nobody counted.
    pub requests_per_second: Option<f64>,
}

/// The lines of the clusters and of the environments that stay on Beanstalk.
#[must_use]
pub fn after_lines(
    clusters: &[ClusterToPrice<'_>],
    staying: &[EnvironmentToPrice<'_>],
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let mut lines: Vec<BillLine> = clusters
        .iter()
        .flat_map(|cluster| cluster_lines(cluster, pricing))
        .collect();
    let staying = today_lines(staying, pricing).into_iter();
    lines.extend(staying.map(|line| BillLine {
        item: text!("item-stays", item = line.item),
        stays: true,
        ..line
    }));
    lines.extend(extra_lines(pricing, true));
    lines
}

fn cluster_lines(cluster: &ClusterToPrice<'_>, pricing: &Pricing<'_>) -> Vec<BillLine> {
    let line = |category,
                item: Text,
                (quantity, unit): (ThreePoint<Quantity>, Unit),
                price: &RangedPrice| {
        BillLine::new(category, cluster.name, item, (quantity, unit), price)
    };
    let mut lines = fargate_lines(&cluster.tasks, (cluster.name, cluster.region), pricing);
    if let Some(support) = cluster.support {
        let price = pricing.book.control_plane_hour(cluster.region, support);
        lines.push(
            line(
                Category::ControlPlanes,
                text!("item-control-plane"),
                (hours(1).into(), Unit::Hour),
                &pricing.adjusted(price),
            )
            .because(whole_month()),
        );
    }
    let mut nodes = ThreePoint::<Quantity>::default();
    for group in &cluster.groups {
        lines.extend(group_lines(cluster, group, pricing));
        nodes = nodes.plus(group.nodes_at(pricing));
    }
    let basis = text!("basis-each-node");
    lines.extend(host_agent_lines(
        &pricing.policy.prices.host_agents,
        cluster.name,
        nodes,
        &basis,
    ));
    lines.extend(
        cluster
            .ingresses
            .iter()
            .flat_map(|ingress| ingress_lines(cluster, ingress, pricing)),
    );
    lines.extend(traffic_lines(cluster, nodes, pricing));
    lines
}

fn hours(count: u32) -> Quantity {
    Quantity::from(count.saturating_mul(HOURS_PER_MONTH))
}

fn hours_of(nodes: ThreePoint<Quantity>) -> ThreePoint<Quantity> {
    nodes.map(|nodes| nodes.scaled(i64::from(HOURS_PER_MONTH), 1))
}

fn group_lines(
    cluster: &ClusterToPrice<'_>,
    group: &GroupToPrice<'_>,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let line = |category,
                item: Text,
                (quantity, unit): (ThreePoint<Quantity>, Unit),
                price: &RangedPrice| {
        BillLine::new(category, cluster.name, item, (quantity, unit), price)
    };
    let nodes = group.nodes_at(pricing);
    let system = group.operating_system;
    let list = pricing
        .book
        .instance_hour(cluster.region, group.instance_type, system);
    let price = pricing.adjusted(list.clone());
    let item = text!("item-node", type = group.instance_type, system = system.to_string());
    let basis = text!("basis-desired-capacity");
    let machines = line(
        Category::Machines,
        item,
        (hours_of(nodes), Unit::InstanceHour),
        &price,
    );
    let mut lines = vec![
        machines
            .of_machines(group.instance_type, system, Hours::Node)
            .because(basis.clone()),
    ];
    if group.hours_above.millionths() > 0 {
        let item =
            text!("item-node-above", type = group.instance_type, system = system.to_string());
        let counted = (group.hours_above.into(), Unit::ScaledHour);
        lines.push(
            line(Category::Machines, item, counted, &price).because(text!("basis-scaled-above")),
        );
    }
    if cluster.auto_mode {
        // The fee is on the instance, not on its licence; Auto Mode has no Windows.
        let fee = match pricing
            .book
            .auto_mode_hour(cluster.region, group.instance_type)
        {
            Some(stated) => pricing.adjusted(stated),
            None => {
                let shares = pricing
                    .levels
                    .of(Driver::AutoMode)
                    .of(&pricing.policy.prices.auto_mode_fee_share);
                pricing.adjusted(list).times(
                    shares.map(thousandths),
                    1_000,
                    text!("source-share-for-auto-mode"),
                )
            }
        };
        let item = text!("item-auto-mode", type = group.instance_type);
        lines.push(
            line(
                Category::ControlPlanes,
                item,
                (hours_of(nodes), Unit::InstanceHourFee),
                &fee,
            )
            .because(basis),
        );
    }
    let gib = match system {
        OperatingSystem::Linux => pricing.policy.nodes.volume_gib,
        OperatingSystem::Windows => pricing.policy.windows_nodes.volume_gib,
    };
    let volume = &pricing.policy.nodes.volume_type;
    let price = pricing.adjusted(pricing.book.volume_gb_month(cluster.region, volume));
    let item = text!(
        "item-node-volume",
        kind = volume,
        system = system.to_string()
    );
    let counted = (
        nodes.map(|nodes| nodes.scaled(i64::from(gib), 1)),
        Unit::GigabyteMonth,
    );
    lines.push(
        line(Category::Volumes, item, counted, &price)
            .because(text!("basis-volume-each-node", gib = gib)),
    );
    lines
}

fn ingress_lines(
    cluster: &ClusterToPrice<'_>,
    ingress: &Ingress,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let line = |category,
                item: Text,
                (quantity, unit): (ThreePoint<Quantity>, Unit),
                price: &RangedPrice| {
        BillLine::new(category, cluster.name, item, (quantity, unit), price)
    };
    let Ingress {
        kind,
        label,
        apps,
        balancers,
        scheme,
        ..
    } = ingress;
    let balancers = *balancers;
    let each = pricing.policy.load_balancers.apps_per_load_balancer;
    let price = |key: &str| pricing.adjusted(pricing.book.of(cluster.region, key));
    let hourly = pricing.adjusted(pricing.book.load_balancer_hour(cluster.region, kind));
    let basis = text!(
        "basis-shared-balancers",
        apps = *apps,
        each = each.to_string()
    );
    let item = text!("item-shared-balancer", kind = *kind, of = label.clone());
    let mut lines = vec![
        line(
            Category::LoadBalancers,
            item,
            (hours(balancers).into(), Unit::Hour),
            &hourly,
        )
        .of_balancers(kind, *scheme, balancers)
        .because(basis),
    ];
    if let Some(rate) = ingress.requests_per_second {
        // Each balancer looks through the rules of its own apps.
        let capacity = capacity(
            kind,
            rate,
            div_ceil(*apps, balancers.max(1)),
            &pricing.policy.prices,
            &pricing.levels,
        );
        let item = text!(
            "item-shared-balancer-capacity",
            kind = *kind,
            of = label.clone()
        );
        let price = price(&format!("{kind}-load-balancer-lcu-hour"));
        lines.push(
            line(
                Category::LoadBalancers,
                item,
                (capacity.lcu_hours, Unit::LcuHour),
                &price,
            )
            .because(capacity.basis),
        );
    }
    if *scheme == Scheme::InternetFacing {
        let item = text!(
            "item-shared-balancer-addresses",
            kind = *kind,
            of = label.clone()
        );
        let counted = (
            hours(balancers.saturating_mul(cluster.zones)).into(),
            Unit::AddressHour,
        );
        lines.push(
            line(
                Category::Addresses,
                item,
                counted,
                &price("public-ipv4-hour"),
            )
            .because(text!("basis-each-zone")),
        );
    }
    lines
}

fn traffic_lines(
    cluster: &ClusterToPrice<'_>,
    nodes: ThreePoint<Quantity>,
    pricing: &Pricing<'_>,
) -> Vec<BillLine> {
    let prices = &pricing.policy.prices;
    let price = |key: &str| pricing.adjusted(pricing.book.of(cluster.region, key));
    let line = |category,
                item: Text,
                (quantity, unit): (ThreePoint<Quantity>, Unit),
                price: &RangedPrice| {
        BillLine::new(category, cluster.name, item, (quantity, unit), price)
    };
    let mut lines = Vec::new();
    if cluster.nat_environments > 0 {
        let each = pricing
            .levels
            .of(Driver::Nat)
            .of(&prices.nat_gb_per_environment_month);
        let environments = Quantity::from(cluster.nat_environments);
        let gb = each.map(|each| environments.scaled(thousandths(each), 1_000));
        let basis = text!("basis-nat", environments = cluster.nat_environments);
        lines.push(
            line(
                Category::Nat,
                text!("item-nat-data"),
                (gb, Unit::Gigabyte),
                &price("nat-gateway-gb"),
            )
            .because(basis),
        );
    }
    if cluster.logs.instances.millionths() > 0 {
        let basis = match pricing.policy.platform.monitoring {
            Monitoring::Cloudwatch => text!("basis-all-instances-to-cloudwatch"),
            Monitoring::Datadog => text!("basis-streaming-instances-to-datadog"),
        };
        lines.extend(log_lines(
            cluster.name,
            cluster.region,
            cluster.logs.into(),
            &basis,
            pricing,
        ));
    }
    // An unknown is no saving: until somebody says what metrics will cost, they cost what they do today.
    if prices.node_metrics == 0
        && prices.host_agents.is_empty()
        && cluster.agent_metrics.millionths() > 0
    {
        let counted = (cluster.agent_metrics.into(), Unit::MetricMonth);
        let metrics = line(
            Category::Monitoring,
            text!("item-agent-metrics"),
            counted,
            &price("cloudwatch-metric-month"),
        );
        lines.push(metrics.because(text!("basis-agent-metrics-as-today")));
    }
    let metrics = nodes.map(|nodes| nodes.scaled(i64::from(prices.node_metrics), 1));
    if metrics.is_some() {
        let counted = (metrics, Unit::MetricMonth);
        let metrics = line(
            Category::Monitoring,
            text!("item-node-metrics"),
            counted,
            &price("cloudwatch-metric-month"),
        );
        lines.push(metrics.because(text!("basis-node-metrics")));
    }
    lines
}
