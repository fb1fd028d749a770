//! Disks that the settings ask for.

use super::conflict::{Conflicts, Fact};
use super::options::Options;
use super::values;
use crate::snapshot::Environment;

/// The disks of an instance, where none were seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Volumes {
    /// Type of the root volume: `gp3`; absent: not set.
    pub root_kind: Option<String>,
    /// Size of the root volume: as it was seen, else as it is set.
    pub root_gib: Option<u32>,
    /// Beside the root volume.
    pub extra: Vec<ExtraVolume>,
}

/// A disk beside the root volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraVolume {
    /// Its type: `gp2` where nothing is said.
    pub kind: String,
    /// Its size; absent: that of a snapshot.
    pub gib: Option<u32>,
}

const LAUNCH: &str = "aws:autoscaling:launchconfiguration";

pub(super) fn of(
    environment: &Environment,
    options: &Options<'_>,
    conflicts: &mut Conflicts,
) -> Volumes {
    let some = |gib: &u32| *gib > 0;
    let set = options
        .number(LAUNCH, "RootVolumeSize", 0, u32::MAX)
        .filter(some);
    let seen = environment.root_volume_gib.filter(some);
    Volumes {
        root_kind: options
            .get(LAUNCH, "RootVolumeType")
            .map(str::to_ascii_lowercase),
        root_gib: conflicts.seen_wins(Fact::RootVolume, set, seen),
        extra: options
            .get(LAUNCH, "BlockDeviceMappings")
            .into_iter()
            .flat_map(values::list)
            .map(extra)
            .collect(),
    }
}

/// `/dev/sdj=:100:true:gp2`, `/dev/sdh=snap-51eef269`
fn extra(mapping: &str) -> ExtraVolume {
    let (_, mapping) = mapping.split_once('=').unwrap_or((mapping, ""));
    let mut parts = mapping.split(':').map(str::trim);
    let (_snapshot, size, _delete, kind) = (parts.next(), parts.next(), parts.next(), parts.next());
    ExtraVolume {
        kind: kind
            .filter(|kind| !kind.is_empty())
            .unwrap_or("gp2")
            .to_ascii_lowercase(),
        gib: size.and_then(|size| size.parse().ok()),
    }
}
