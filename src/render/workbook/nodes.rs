//! Node groups with their sizes, and what their nodes offer.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Kind, Sheet, Value, column, titled};
use crate::plan::{ClusterPlan, GroupPlan, Plan};
use crate::render::report::locale::Locale;
use crate::wording::text;

/// Columns with a sum at the end: the sizes.
const SUMMED: [usize; 3] = [3, 4, 5];

pub(super) fn write(sheet: &mut Worksheet, plan: &Plan, locale: Locale) -> Result<(), XlsxError> {
    let columns = [
        (text!("cluster-column"), Kind::Name),
        (text!("group-column"), Kind::Name),
        (text!("type-column"), Kind::Name),
        (text!("min-column"), Kind::Count),
        (text!("desired-column"), Kind::Count),
        (text!("max-column"), Kind::Count),
        (text!("fewest-column"), Kind::Count),
        (text!("cpu-offered-column"), Kind::Count),
        (text!("memory-offered-column"), Kind::Count),
        (text!("pods-offered-column"), Kind::Count),
        (text!("cpu-asked-share-column"), Kind::Share),
        (text!("memory-asked-share-column"), Kind::Share),
    ];
    let mut sheet = Sheet::new(
        sheet,
        &locale.say(&text!("sheet-nodes")),
        &titled(columns, locale),
    )?;
    let groups = || {
        plan.clusters.iter().flat_map(|cluster| {
            cluster
                .node_groups
                .iter()
                .map(move |group| (cluster, group))
        })
    };
    let mut last = 1;
    for (cluster, group) in groups() {
        last = sheet.row(&cells(cluster, group))?;
    }
    if last > 1 {
        let sums = [
            groups().map(|(_, group)| group.min_size).sum::<u32>(),
            groups().map(|(_, group)| group.desired_capacity).sum(),
            groups().map(|(_, group)| group.max_size).sum(),
        ];
        let value = |place: usize| match SUMMED.iter().position(|summed| *summed == place) {
            Some(which) => Value::Formula(
                format!("=SUM({0}2:{0}{last})", column(place)),
                f64::from(sums.get(which).copied().unwrap_or_default()),
            ),
            None if place == 0 => Value::text(locale.say(&text!("total"))),
            None => Value::Empty,
        };
        sheet.total(&(0..12).map(value).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn cells(cluster: &ClusterPlan, group: &GroupPlan) -> Vec<Value> {
    const MEBIBYTE: f64 = 1_048_576.0;
    let (cpu, memory) = crate::render::report::packing_map::requested_shares(cluster, group);
    vec![
        Value::text(&cluster.name),
        Value::text(&group.name),
        Value::text(&group.instance_type),
        Value::Number(f64::from(group.min_size)),
        Value::Number(f64::from(group.desired_capacity)),
        Value::Number(f64::from(group.max_size)),
        Value::Number(f64::from(group.normal.nodes_needed)),
        Value::Number(group.node.available.cpu.cores() * 1_000.0),
        Value::Number((group.node.available.memory.as_f64() / MEBIBYTE).floor()),
        Value::Number(f64::from(group.node.available_pods)),
        Value::Number(cpu),
        Value::Number(memory),
    ]
}
