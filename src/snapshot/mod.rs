//! The facts: what was seen of a Beanstalk estate, dated, incomplete, on disk.
//!
//! Comes in: a folder in the format `eb2eks-snapshot/1` (`manifest.json`, `inventory.json`,
//! `metrics.parquet`; see `docs/SNAPSHOT.md`). Goes out: typed facts, and the history of one
//! environment after the other, never all of it at once. This room refuses to judge: a gap stays a
//! gap, a sample that cannot be true becomes a gap and is counted. Invariants: no environment stands
//! in an inventory twice; a file that is not as it was written is refused; nothing is allocated because a
//! file claims it.

mod bounded;
mod checksums;
mod error;
mod folder;
mod inventory;
mod manifest;
mod metrics_reader;
mod metrics_table;
mod metrics_writer;
mod series;

pub(crate) use bounded::Extent;
pub use error::SnapshotError;
pub use folder::{InputFile, SNAPSHOT_FILES, Snapshot, write};
pub use inventory::{
    AutoScalingGroup, Environment, EnvironmentKey, Instance, InstanceProfile, Inventory,
    InvisibleEnvironment, Listener, LoadBalancer, MachineType, OptionSetting, PlatformBranch,
    SecurityGroup, Subnet, Volume, Vpc,
};
pub use manifest::{Coverage, FORMAT, Gap, Manifest, Scope, Window};
pub use metrics_reader::{History, is_reading_history};
pub use metrics_writer::{MetricsWriter, write_metrics};
pub use series::{Metric, Series, SeriesStatus, Subject, sanitise};
