//! What the real scheduler makes of each node group.

use super::block::{Block, Cell, Section, Table};
use super::locale::Locale;
use super::node_groups::desired;
use crate::plan::{Change, ClusterPlan, Distribution, Event, GroupPlan, Plan, Situation};
use crate::render::simulated::{event, quantiles, remedy};
use crate::wording::{Text, text};

const ROOM: usize = 1_000;
const ROOM_FOR_SITUATIONS: usize = 2_400;

/// A node group and the cluster that it is of.
type Group<'a> = (&'a ClusterPlan, &'a GroupPlan);

/// Numbers of nodes over many orders, what holds on the planned ones, and what would take fewer; nothing without a group.
pub(super) fn section(plan: &Plan, locale: Locale) -> Option<Section> {
    let groups: Vec<Group<'_>> = plan
        .clusters
        .iter()
        .flat_map(|cluster| {
            cluster
                .node_groups
                .iter()
                .map(move |group| (cluster, group))
        })
        .collect();
    if groups.is_empty() {
        return None;
    }
    let title = locale.say(&text!("scheduler-title"));
    let section = Section::new("scheduler", title, locale.line(&node_counts(plan, locale)))
        .with(Block::Paragraph(locale.line(&text!("scheduler-intro"))))
        .with(Block::Table(counts(&groups, locale)))
        .with(Block::Paragraph(locale.line(&text!("situations-intro"))))
        .with(Block::Table(situations(&groups, locale)));
    let remedies = remedies(&groups, locale);
    if remedies.rows.is_empty() {
        return Some(section);
    }
    let percentile = locale.per_hundred(f64::from(plan.inputs.policy.packing.percentile), 0);
    let intro = locale.line(&text!("remedies-intro", percentile = percentile));
    Some(
        section
            .with(Block::Paragraph(intro))
            .with(Block::Table(remedies)),
    )
}

/// Nodes that are billed, that the simulation ends with in normal times, and that the replay ran: one count, or how the
/// three differ.
pub(super) fn node_counts(plan: &Plan, locale: Locale) -> Text {
    let groups = || {
        plan.clusters
            .iter()
            .flat_map(|cluster| &cluster.node_groups)
    };
    let billed: u32 = groups().map(|group| group.desired_capacity).sum();
    let normal = |of: fn(&Distribution) -> u32| {
        let situations = groups().flat_map(|group| &group.realistic.situations);
        let normal = situations.filter(|situation| situation.event == Event::Normal);
        normal.map(|situation| of(&situation.nodes)).sum::<u32>()
    };
    let (half, most) = (normal(|nodes| nodes.p50), normal(|nodes| nodes.p95));
    match plan.replay.as_ref().map(|replay| &replay.seen) {
        Some(run) if run.days > 0.0 => text!(
            "node-counts",
            billed = billed,
            half = half,
            most = most,
            mean = format!("{:.1}", run.node_hours / (run.days * 24.0)),
            highest = run.groups.iter().map(|group| group.most_nodes).sum::<u32>()
        ),
        _ => text!(
            "node-counts-without-replay",
            billed = billed,
            half = half,
            most = locale.say(&Text::plain(most.to_string()))
        ),
    }
}

fn named((cluster, group): Group<'_>) -> [Cell; 2] {
    [Cell::name(&cluster.name), Cell::name(&group.name)]
}

fn counts(groups: &[Group<'_>], locale: Locale) -> Table {
    let titles = locale.titles([
        text!("cluster-column"),
        text!("group-column"),
        text!("nodes-column"),
        text!("desired-column"),
        text!("all-at-once-column"),
        text!("without-waiting-column"),
        text!("largest-pod-column"),
        text!("orders-column"),
    ]);
    let mut table = Table::new(
        "scheduler-nodes",
        locale.say(&text!("scheduler-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for &(cluster, group) in groups {
        let realistic = &group.realistic;
        let largest = realistic
            .largest_pod
            .as_ref()
            .map_or_else(Cell::default, |pod| {
                let share = locale.per_hundred(f64::from(pod.percent_of_node), 0);
                Cell::number(
                    locale.say(&text!(
                        "largest-pod",
                        share = share,
                        workload = &pod.workload
                    )),
                    f64::from(pod.percent_of_node),
                )
            });
        let numbers = [
            distribution(&realistic.grown),
            desired(group),
            number(realistic.at_once),
            number(realistic.without_waiting),
            largest,
            Cell::count(realistic.grown.orders),
        ];
        table.row(named((cluster, group)).into_iter().chain(numbers));
    }
    table
}

fn situations(groups: &[Group<'_>], locale: Locale) -> Table {
    let titles = locale.titles([
        text!("cluster-column"),
        text!("group-column"),
        text!("when-column"),
        text!("holds-column"),
        text!("nodes-at-the-end-column"),
        text!("max-column"),
    ]);
    let mut table = Table::new(
        "situations",
        locale.say(&text!("situations-caption")),
        &titles,
        ROOM_FOR_SITUATIONS,
        "plan.json",
    );
    for &(cluster, group) in groups {
        for situation in &group.realistic.situations {
            let numbers = [
                Cell::words(locale.say(&event(situation.event))),
                holds(situation, locale),
                distribution(&situation.nodes),
                Cell::count(group.max_size),
            ];
            table.row(named((cluster, group)).into_iter().chain(numbers));
        }
    }
    table
}

fn remedies(groups: &[Group<'_>], locale: Locale) -> Table {
    let titles = locale.titles([
        text!("cluster-column"),
        text!("group-column"),
        text!("remedy-column"),
        text!("fewer-column"),
        text!("fewer-at-once-column"),
        text!("workloads-column"),
    ]);
    let mut table = Table::new(
        "remedies",
        locale.say(&text!("remedies-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for &(cluster, group) in groups {
        for change in &group.realistic.remedies {
            let numbers = [
                Cell::words(locale.say(&remedy(change.kind))),
                fewer(&change.grown, locale),
                change
                    .at_once
                    .as_ref()
                    .map_or_else(nothing, |change| fewer(change, locale)),
                Cell::count(change.workloads),
            ];
            table.row(named((cluster, group)).into_iter().chain(numbers));
        }
    }
    table
}

fn holds(situation: &Situation, locale: Locale) -> Cell {
    let orders = situation.nodes.orders;
    let share = f64::from(situation.holds) / f64::from(orders.max(1));
    Cell::number(
        locale.say(&text!(
            "orders-that-hold",
            holds = situation.holds,
            orders = orders
        )),
        share,
    )
}

fn distribution(nodes: &Distribution) -> Cell {
    Cell::number(quantiles(nodes), f64::from(nodes.p95))
}

fn number(nodes: Option<u32>) -> Cell {
    nodes.map_or_else(nothing, Cell::count)
}

fn nothing() -> Cell {
    Cell::words("-")
}

fn fewer(change: &Change, locale: Locale) -> Cell {
    let (without, with) = (change.nodes, change.nodes_with);
    let words = match change.saved() {
        0 => text!("no-fewer-nodes", with = with, without = without),
        saved => text!("fewer-nodes", saved = saved, with = with, without = without),
    };
    Cell::number(locale.say(&words), f64::from(without) - f64::from(with))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::Language;

    #[test]
    fn a_change_that_takes_more_nodes_is_not_shown_as_none() {
        let cell = |nodes, nodes_with| {
            let cell = fewer(
                &Change { nodes, nodes_with },
                Locale::new(Language::English),
            );
            (cell.line.plain(), cell.order.map(|order| order.to_string()))
        };
        assert_eq!(
            cell(99, 90),
            ("9 (90 instead of 99)".to_owned(), Some("9".to_owned()))
        );
        assert_eq!(
            cell(99, 103),
            ("none (103 instead of 99)".to_owned(), Some("-4".to_owned()))
        );
    }
}
