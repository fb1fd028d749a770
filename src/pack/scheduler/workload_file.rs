//! A workload as a file: what `eb2eks simulate` reads.

use serde::Deserialize;

use super::{App, NodeShape, QueuePriority};
use crate::units::{Bytes, Millicores, Resources};

/// Apps, the nodes that they are to run on, and the daemons of each.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct WorkloadFile {
    /// What it is called in results.
    pub name: String,
    node: NodeRow,
    daemonsets: Row,
    apps: Vec<AppRow>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct NodeRow {
    #[serde(flatten)]
    allocatable: Row,
    zones: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Row {
    cpu_millicores: u64,
    memory_mib: u64,
    pods: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct AppRow {
    name: String,
    cpu_millicores: u64,
    memory_mib: u64,
    replicas: u32,
}

/// Why a workload cannot be simulated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkloadError {
    /// Not JSON, or not this shape.
    #[error("{}\nhint: docs/SIMULATE.md shows the format", crate::units::plain_words::of_parser(&.0.to_string()))]
    Format(#[from] serde_json::Error),
    /// Nodes are in no zone.
    #[error("node.zones is empty\nhint: name at least one zone")]
    NoZone,
    /// No machine is so large.
    #[error(
        "{subject}: {amount} is more than any machine has\nhint: CPU is in millicores, memory in MiB"
    )]
    TooLarge {
        /// What it is of.
        subject: String,
        /// The number as it stands in the file.
        amount: u64,
    },
    /// More pods than a cluster is made for.
    #[error(
        "{pods} pods are more than the {most} that a cluster can hold\nhint: split the workload"
    )]
    TooManyPods {
        /// Pods of all apps in the file.
        pods: u64,
        /// The most that Kubernetes supports in a cluster.
        most: u64,
    },
    /// A replica is larger than an empty node.
    #[error(
        "app \"{app}\" needs {requests} a pod, but an empty node offers {room} and {pods} pods after its daemons\nhint: raise node, or lower the app"
    )]
    FitsNoNode {
        /// Name of the app that fits no node.
        app: String,
        /// What one of its pods asks for.
        requests: Resources,
        /// Of an empty node.
        room: Resources,
        /// Of an empty node.
        pods: u32,
    },
}

/// Kubernetes is built for clusters of up to 150,000 pods (kubernetes.io, "Considerations for large clusters").
const MOST_PODS: u64 = 150_000;
/// The largest machine of EC2 has 1,920 vCPUs and 32 TiB.
const MOST_CPU: u64 = 10_000_000;
const MOST_MEMORY_MIB: u64 = 32 << 20;

impl WorkloadFile {
    /// Reads and checks it.
    ///
    /// # Errors
    /// When it has another shape, or something in it can never be scheduled.
    pub fn parse(text: &str) -> Result<Self, WorkloadError> {
        let file: Self = serde_json::from_str(text)?;
        if file.node.zones.is_empty() {
            return Err(WorkloadError::NoZone);
        }
        let sizes = [
            ("node", &file.node.allocatable),
            ("daemonsets", &file.daemonsets),
        ];
        let sizes = sizes
            .into_iter()
            .map(|(subject, row)| (subject, row.cpu_millicores, row.memory_mib));
        let apps = file
            .apps
            .iter()
            .map(|app| (app.name.as_str(), app.cpu_millicores, app.memory_mib));
        for (subject, cpu, memory) in sizes.chain(apps) {
            for (amount, most) in [(cpu, MOST_CPU), (memory, MOST_MEMORY_MIB)] {
                if amount > most {
                    return Err(WorkloadError::TooLarge {
                        subject: subject.to_owned(),
                        amount,
                    });
                }
            }
        }
        let pods = file.apps.iter().map(|app| u64::from(app.replicas)).sum();
        if pods > MOST_PODS {
            return Err(WorkloadError::TooManyPods {
                pods,
                most: MOST_PODS,
            });
        }
        let shape = file.shape();
        let (room, pods) = (
            shape.allocatable.saturating_sub(shape.daemons),
            shape.pods.saturating_sub(shape.daemon_pods),
        );
        for (row, app) in file.apps.iter().zip(file.apps()) {
            if app.replicas > 0 && !(app.requests.fits(room) && pods > 0) {
                return Err(WorkloadError::FitsNoNode {
                    app: row.name.clone(),
                    requests: app.requests,
                    room,
                    pods,
                });
            }
        }
        Ok(file)
    }

    /// What the nodes of the file offer.
    #[must_use]
    pub fn shape(&self) -> NodeShape {
        let (node, daemons) = (&self.node.allocatable, &self.daemonsets);
        NodeShape {
            allocatable: resources(node.cpu_millicores, node.memory_mib),
            pods: node.pods,
            daemons: resources(daemons.cpu_millicores, daemons.memory_mib),
            daemon_pods: daemons.pods,
        }
    }

    /// The apps in the order of the file.
    #[must_use]
    pub fn apps(&self) -> Vec<App> {
        let app = |row: &AppRow| App {
            requests: resources(row.cpu_millicores, row.memory_mib),
            replicas: row.replicas,
            // Recorded runs have one priority for all.
            priority: QueuePriority::default(),
        };
        self.apps.iter().map(app).collect()
    }

    /// How many zones the nodes go round.
    #[must_use]
    pub fn zones(&self) -> usize {
        self.node.zones.len()
    }
}

fn resources(cpu: u64, memory_mib: u64) -> Resources {
    Resources {
        cpu: Millicores(cpu),
        memory: Bytes::from_mebibytes(memory_mib),
    }
}
