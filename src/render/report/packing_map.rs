//! Where every pod would run: nodes by zone, with what is kept, what is asked for and what is free.

use std::collections::BTreeMap;

use super::block::{Block, Cell, Drawing, NarrowLayout, Section, Table};
use super::locale::Locale;
use crate::plan::{
    ClusterPlan, GroupPlan, NodeCapacity, NodePlacement, Plan, PodsOnNode, Workload, WorkloadKind,
};
use crate::render::figure::{Fill, FillWords, FilledNode, Part, Stack, fill, stacks};
use crate::units::Resources;
use crate::wording::text;

const ROOM: usize = 2_500;
/// Nodes that are drawn one by one; of larger groups each zone is one bar, since nobody reads a thousand.
const DRAWN: usize = 40;

/// A drawing and a table for each node group; a sentence where there is none.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let groups = || {
        plan.clusters.iter().flat_map(|cluster| {
            cluster
                .node_groups
                .iter()
                .map(move |group| (cluster, group))
        })
    };
    let nodes: usize = groups()
        .map(|(_, group)| group.normal.placement.len())
        .sum();
    let finding = if nodes == 0 {
        text!("packing-empty")
    } else {
        let (mut used, mut offered) = (Resources::default(), Resources::default());
        for (cluster, group) in groups() {
            let workloads = by_name(cluster);
            for node in &group.normal.placement {
                used += asked(node, &workloads);
                offered += group.node.available;
            }
        }
        let (cpu, memory) = shares(used, offered);
        text!(
            "finding-packing",
            nodes = nodes,
            cpu = locale.percent(cpu, 0),
            memory = locale.percent(memory, 0)
        )
    };
    let title = locale.say(&text!("packing-title"));
    let mut section = Section::new("packing", title, locale.line(&finding));
    if nodes == 0 {
        return section;
    }
    let fills = groups().map(|(cluster, group)| filled(cluster, group, locale));
    section = section.with(Block::Drawings(fills.collect()));
    let says = Block::Paragraph(locale.line(&text!("packing-says")));
    let pods = groups().map(|(cluster, group)| Block::Drawing(drawing(cluster, group, locale)));
    section
        .with(Block::Folded {
            summary: locale.say(&text!("packing-pods")),
            blocks: std::iter::once(says).chain(pods).collect(),
        })
        .with(Block::Table(table(plan, locale)))
}

/// The nodes of a group by how much of what they offer is requested: CPU across, memory up.
fn filled(cluster: &ClusterPlan, group: &GroupPlan, locale: Locale) -> Drawing {
    let workloads = by_name(cluster);
    let node = |node: &NodePlacement| {
        let (cpu, memory) = shares(asked(node, &workloads), group.node.available);
        let pods = node
            .pods
            .iter()
            .map(|pods| format!("{} ×{}", pods.workload, pods.replicas));
        FilledNode {
            cpu,
            memory,
            about: locale.say(&text!(
                "packing-node",
                node = short_label(node),
                cpu = locale.percent(cpu, 0),
                memory = locale.percent(memory, 0),
                pods = locale.list(pods)
            )),
        }
    };
    let nodes: Vec<FilledNode> = group.normal.placement.iter().map(node).collect();
    let (cpu, memory) = requested_shares(cluster, group);
    let name = format!("{}/{}", cluster.name, group.name);
    let says = locale.say(&if memory > cpu {
        text!(
            "packing-fill-memory",
            cpu = locale.percent(cpu, 0),
            memory = locale.percent(memory, 0)
        )
    } else {
        text!(
            "packing-fill-cpu",
            cpu = locale.percent(cpu, 0),
            memory = locale.percent(memory, 0)
        )
    });
    let words = FillWords {
        cpu: &locale.say(&text!("packing-axis-cpu")),
        memory: &locale.say(&text!("packing-axis-memory")),
        percent: &|share| locale.percent(share, 0),
    };
    Drawing {
        id: format!("figure-fill-{}-{}", cluster.name, group.name),
        title: locale.say(&text!("packing-group", group = name, nodes = nodes.len(), type = group.instance_type.as_str())),
        svg: fill(&says, &nodes, &words),
        narrow: NarrowLayout::Fits,
        says,
        resource: "",
    }
}

/// What the pods of a node ask for together.
fn asked(node: &NodePlacement, workloads: &BTreeMap<&str, &Workload>) -> Resources {
    let of = |pods: &PodsOnNode| {
        workloads
            .get(pods.workload.as_str())
            .map(|workload| workload.requests * pods.replicas)
    };
    node.pods.iter().filter_map(of).sum()
}

fn by_name(cluster: &ClusterPlan) -> BTreeMap<&str, &Workload> {
    cluster
        .workloads
        .iter()
        .map(|workload| (workload.name.as_str(), workload))
        .collect()
}

/// Shares of the machine: CPU, memory.
fn shares(amount: Resources, machine: Resources) -> (f64, f64) {
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    (
        share(amount.cpu.cores(), machine.cpu.cores()),
        share(amount.memory.as_f64(), machine.memory.as_f64()),
    )
}

/// Of what all nodes of a group offer to apps in normal times: CPU, memory.
pub(in crate::render) fn requested_shares(cluster: &ClusterPlan, group: &GroupPlan) -> (f64, f64) {
    let workloads = by_name(cluster);
    let nodes = &group.normal.placement;
    let used: Resources = nodes.iter().map(|node| asked(node, &workloads)).sum();
    shares(
        used,
        group.node.available * u32::try_from(nodes.len()).unwrap_or(u32::MAX),
    )
}

fn drawing(cluster: &ClusterPlan, group: &GroupPlan, locale: Locale) -> Drawing {
    let workloads = by_name(cluster);
    let nodes = &group.normal.placement;
    let rows = if nodes.len() <= DRAWN {
        let mut by_zone: Vec<&NodePlacement> = nodes.iter().collect();
        by_zone.sort_by_key(|node| (&node.zone, &node.node));
        by_zone
            .iter()
            .map(|node| stack(&short_label(node), &[node], group, &workloads, locale))
            .collect()
    } else {
        let mut zones: BTreeMap<&str, Vec<&NodePlacement>> = BTreeMap::new();
        nodes
            .iter()
            .for_each(|node| zones.entry(&node.zone).or_default().push(node));
        let zone = |(zone, nodes): (&str, Vec<&NodePlacement>)| {
            stack(
                &locale.say(&text!("packing-zone", zone = zone, count = nodes.len())),
                &nodes,
                group,
                &workloads,
                locale,
            )
        };
        zones.into_iter().map(zone).collect::<Vec<_>>()
    };
    let (cpu, memory) = requested_shares(cluster, group);
    let name = format!("{}/{}", cluster.name, group.name);
    let says = locale.say(&text!(
        "packing-group-says",
        group = name.as_str(),
        cpu = locale.percent(cpu, 0),
        memory = locale.percent(memory, 0)
    ));
    Drawing {
        id: format!("figure-packing-{}-{}", cluster.name, group.name),
        title: locale.say(&text!("packing-group", group = name, nodes = nodes.len(), type = group.instance_type.as_str())),
        svg: stacks(&says, (&locale.say(&text!("cpu")), &locale.say(&text!("memory"))), &rows),
        says,
        narrow: NarrowLayout::Scrolls,
        resource: "",
    }
}

/// `1a 01` of `workers-01` in `ap-northeast-1a`: group and region stand in the title and in the table.
fn short_label(node: &NodePlacement) -> String {
    let last = |name: &str| name.rsplit('-').next().unwrap_or(name).to_owned();
    format!("{} {}", last(&node.zone), last(&node.node))
}

fn stack(
    label: &str,
    nodes: &[&NodePlacement],
    group: &GroupPlan,
    workloads: &BTreeMap<&str, &Workload>,
    locale: Locale,
) -> Stack {
    let count = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
    let NodeCapacity {
        machine, available, ..
    } = group.node;
    let machines = machine * count;
    let kept = shares(machine.saturating_sub(available), machine);
    let kept_label = locale.say(&text!("packing-kept"));
    let part = |label: &str, share: f64, kind: Fill| Part {
        label: label.to_owned(),
        share,
        fill: kind,
    };
    let (mut cpu, mut memory) = (
        vec![part(&kept_label, kept.0, Fill::Kept)],
        vec![part(&kept_label, kept.1, Fill::Kept)],
    );
    let mut together: BTreeMap<&str, u32> = BTreeMap::new();
    for pods in nodes.iter().flat_map(|node| &node.pods) {
        *together.entry(&pods.workload).or_default() += pods.replicas;
    }
    let mut parts: Vec<(&Workload, u32)> = together
        .into_iter()
        .filter_map(|(name, replicas)| Some((*workloads.get(name)?, replicas)))
        .collect();
    parts.sort_by(|(a, m), (b, n)| {
        (b.requests * *n)
            .memory
            .cmp(&(a.requests * *m).memory)
            .then_with(|| a.name.cmp(&b.name))
    });
    let mut used = Resources::default();
    for (workload, replicas) in parts {
        let share = shares(workload.requests * replicas, machines);
        let label = if replicas == 1 {
            workload.name.clone()
        } else {
            format!("{} ×{replicas}", workload.name)
        };
        let kind = if workload.kind == WorkloadKind::Addon {
            Fill::Addon
        } else {
            Fill::App
        };
        cpu.push(part(&label, share.0, kind));
        memory.push(part(&label, share.1, kind));
        used += workload.requests * replicas;
    }
    let free = (available * count).saturating_sub(used);
    Stack {
        label: label.to_owned(),
        remark: locale.say(&text!("packing-free", cpu = free.cpu, memory = gib(free))),
        cpu,
        memory,
    }
}

fn gib(amount: Resources) -> String {
    format!("{:.1} GiB", amount.memory.gibibytes())
}

fn table(plan: &Plan, locale: Locale) -> Table {
    let titles = [
        text!("node-column"),
        text!("zone-column"),
        text!("pods-column"),
        text!("cpu-asked-column"),
        text!("memory-asked-column"),
        text!("on-it-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let mut table = Table::new(
        "packing-nodes",
        locale.say(&text!("packing-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    for cluster in &plan.clusters {
        let workloads = by_name(cluster);
        for group in &cluster.node_groups {
            for node in &group.normal.placement {
                let used = asked(node, &workloads);
                let (cpu, memory) = shares(used, group.node.available);
                let pods: u32 = node.pods.iter().map(|pods| pods.replicas).sum();
                let on_it = node
                    .pods
                    .iter()
                    .map(|pods| format!("{} ×{}", pods.workload, pods.replicas));
                table.row([
                    Cell::name(format!("{}/{}", cluster.name, node.node)),
                    Cell::words(&node.zone),
                    Cell::number(
                        format!("{pods} / {}", group.node.available_pods),
                        f64::from(pods),
                    ),
                    Cell::number(
                        locale.say(&text!(
                            "amount-and-share",
                            amount = used.cpu,
                            share = locale.percent(cpu, 0)
                        )),
                        cpu,
                    ),
                    Cell::number(
                        locale.say(&text!(
                            "amount-and-share",
                            amount = gib(used),
                            share = locale.percent(memory, 0)
                        )),
                        memory,
                    ),
                    Cell::words(locale.list(on_it)),
                ]);
            }
        }
    }
    table
}
