//! The clusters: how many nodes, how few could possibly do, and why.

use super::block::{Block, Cell, Line, Section, Table};
use super::locale::Locale;
use crate::plan::{ClusterPlan, GroupPlan, Packing, Plan};
use crate::units::Resources;
use crate::wording::text;

const ROOM: usize = 3_500;
const ROOM_FOR_REASONS: usize = 3_000;

/// One row for each node group, and the reasons for its sizes.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let groups: Vec<(&ClusterPlan, &GroupPlan)> = plan
        .clusters
        .iter()
        .flat_map(|cluster| {
            cluster
                .node_groups
                .iter()
                .map(move |group| (cluster, group))
        })
        .collect();
    let sum = |of: fn(&GroupPlan) -> u32| groups.iter().map(|(_, group)| of(group)).sum::<u32>();
    let finding = if groups.is_empty() {
        text!("clusters-none")
    } else {
        text!(
            "finding-clusters",
            clusters = plan.clusters.len(),
            nodes = sum(|group| group.desired_capacity),
            most = sum(|group| group.max_size)
        )
    };
    let title = locale.say(&text!("clusters-title"));
    let section = Section::new("clusters", title, locale.line(&finding));
    if groups.is_empty() {
        return section;
    }
    section
        .with(Block::List(
            plan.clusters
                .iter()
                .map(|cluster| about(cluster, locale))
                .collect(),
        ))
        .with(Block::Table(sizes(&groups, locale)))
        .with(Block::Paragraph(locale.line(&text!("clusters-legend"))))
        .with(Block::Folded {
            summary: locale.say(&text!("reasons-summary")),
            blocks: vec![Block::Table(reasons(&groups, locale))],
        })
}

/// Its version and its network.
fn about(cluster: &ClusterPlan, locale: Locale) -> Line {
    let network = match &cluster.network {
        Some(network) => text!(
            "cluster-network",
            vpc = &network.vpc,
            subnets = network.private_subnets.len()
        ),
        None => text!("cluster-without-network"),
    };
    locale.line(&text!(
        "cluster-about",
        cluster = &cluster.name,
        version = &cluster.kubernetes_version,
        region = &cluster.region,
        network = network
    ))
}

fn sizes(groups: &[(&ClusterPlan, &GroupPlan)], locale: Locale) -> Table {
    let titles = locale.titles([
        text!("cluster-column"),
        text!("group-column"),
        text!("type-column"),
        text!("needed-normally-column"),
        text!("needed-at-most-column"),
        text!("min-column"),
        text!("desired-column"),
        text!("max-column"),
        text!("allocatable-column"),
        text!("for-apps-column"),
    ]);
    let mut table = Table::new(
        "node-groups",
        locale.say(&text!("node-groups-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for (cluster, group) in groups {
        table.row([
            Cell::name(&cluster.name),
            Cell::name(&group.name),
            Cell::name(&group.instance_type),
            needed(&group.normal, locale),
            needed(&group.at_most, locale),
            Cell::count(group.min_size),
            desired(group),
            Cell::count(group.max_size),
            resources(group.node.allocatable, locale),
            resources(group.node.available, locale),
        ]);
    }
    table
}

/// The number that eksctl is given, so that it is seen at once.
pub(super) fn desired(group: &GroupPlan) -> Cell {
    Cell::strong(group.desired_capacity.to_string()).by(f64::from(group.desired_capacity))
}

fn reasons(groups: &[(&ClusterPlan, &GroupPlan)], locale: Locale) -> Table {
    let titles = locale.titles([
        text!("cluster-column"),
        text!("group-column"),
        text!("number-column"),
        text!("value-column"),
        text!("because-column"),
        text!("obeys-column"),
    ]);
    let mut table = Table::new(
        "node-group-reasons",
        locale.say(&text!("reasons-caption")),
        &titles,
        ROOM_FOR_REASONS,
        "plan.json",
    );
    for (cluster, group) in groups {
        for reason in &group.reasons {
            for step in &reason.steps {
                table.row([
                    Cell::name(&cluster.name),
                    Cell::name(&group.name),
                    Cell::words(locale.say(&reason.number.text())),
                    Cell::words(locale.say(&step.value)),
                    Cell::words(locale.say(&step.rule)),
                    step.policy
                        .as_ref()
                        .map_or_else(Cell::default, |key| Cell::name(key.to_string())),
                ]);
            }
        }
    }
    table
}

fn needed(packing: &Packing, locale: Locale) -> Cell {
    let needed = text!(
        "nodes-needed",
        nodes = packing.nodes_needed,
        bound = packing.lower_bound.nodes
    );
    Cell::number(locale.say(&needed), f64::from(packing.nodes_needed))
}

fn resources(resources: Resources, locale: Locale) -> Cell {
    let gibibytes = format!("{:.1}", resources.memory.gibibytes());
    Cell::number(
        locale.say(&text!(
            "room-of-a-node",
            cpu = resources.cpu,
            gibibytes = gibibytes
        )),
        resources.cpu.cores(),
    )
}
