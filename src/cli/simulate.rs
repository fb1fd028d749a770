//! `eb2eks simulate`: workloads in, the nodes that they take under kube-scheduler out.

use serde::Serialize;

use super::arguments::SimulateArguments;
use super::report_error::CommandError;
use super::{Exit, rows as printed, terminal};
use crate::disk;
use crate::pack::scheduler::{Distribution, Fleet, Scenario, WorkloadFile};
use crate::render::{paragraph, readable, table};

/// One scenario of one workload.
#[derive(Debug, Serialize)]
struct Row {
    workload: String,
    scenario: String,
    #[serde(flatten)]
    nodes: Distribution,
}

pub(super) fn run(arguments: &SimulateArguments) -> Result<Exit, CommandError> {
    let mut rows = Vec::new();
    for path in &arguments.workloads {
        let bad = |error: &dyn std::fmt::Display, hint: &str| {
            CommandError::new(Exit::BadInput, format!("{}: {error}{hint}", path.display()))
        };
        let text = disk::read_text(path, disk::MOST_TEXT_BYTES)
            .map_err(|error| bad(&error, "\nhint: a file as docs/SIMULATE.md shows it"))?;
        let workload = WorkloadFile::parse(&text).map_err(|error| bad(&error, ""))?;
        rows.extend(simulate(&workload, arguments)?);
    }
    printed::print(&rows, arguments.output, Some(&|| words(&rows)))?;
    Ok(Exit::Complete)
}

fn simulate(
    workload: &WorkloadFile,
    arguments: &SimulateArguments,
) -> Result<Vec<Row>, CommandError> {
    let (shape, apps) = (workload.shape(), workload.apps());
    let fleet = Fleet {
        shape: &shape,
        apps: &apps,
        zones: workload.zones(),
    };
    let row = |scenario: Scenario| {
        let nodes = scenario.simulate(fleet, arguments.orders.get(), arguments.most_nodes.get());
        let scenario = scenario.name(fleet.zones);
        let nodes = nodes.ok_or_else(|| {
            let message = format!(
                "workload \"{}\", {scenario}: {} nodes are not enough (at least {} are needed)\nhint: raise --most-nodes",
                workload.name,
                arguments.most_nodes,
                fleet.volume()
            );
            CommandError::new(Exit::NoPlan, message)
        })?;
        Ok(Row {
            workload: workload.name.clone(),
            scenario,
            nodes,
        })
    };
    Scenario::ALL.into_iter().map(row).collect()
}

fn words(rows: &[Row]) -> String {
    let width = readable(terminal::width());
    let cells = rows.iter().map(|row| {
        let nodes = [
            row.nodes.p5.unwrap_or_default(),
            row.nodes.p50,
            row.nodes.p95,
            row.nodes.p99,
            row.nodes.orders,
        ];
        [row.workload.clone(), row.scenario.clone()]
            .into_iter()
            .chain(nodes.map(|number| number.to_string()))
            .collect()
    });
    let header = [
        "Workload", "Scenario", "5 %", "50 %", "95 %", "99 %", "Orders",
    ];
    let legend = "Nodes on which every pod is scheduled in so many per cent of the orders, in which ties and the order of creation \
                  are chance; with the autoscaler, nodes that there are when it is done.";
    [
        table(&header, cells.collect(), &[2, 3, 4, 5, 6], width),
        paragraph(legend, 0, width),
    ]
    .join("\n")
}
