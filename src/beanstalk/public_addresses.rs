//! Whether instances have public addresses.

use super::conflict::{Conflicts, Fact};
use super::options::Options;
use crate::snapshot::Environment;

/// Whether they have, and by what that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublicAddresses {
    /// None was seen and none is set.
    None,
    /// The settings give them some; none was seen.
    Set,
    /// A single instance without a load balancer is reached at one.
    SingleInstance,
    /// A running instance was seen with one.
    Seen,
}

impl PublicAddresses {
    /// Whether they have any.
    #[must_use]
    pub const fn any(self) -> bool {
        !matches!(self, Self::None)
    }
}

/// A snapshot does not tell an instance that was seen without an address from one of which nobody knows: only
/// an address that was seen can contradict the settings.
pub(super) fn of(
    environment: &Environment,
    options: &Options<'_>,
    is_single_instance: bool,
    conflicts: &mut Conflicts,
) -> PublicAddresses {
    let set = options.flag("aws:ec2:vpc", "AssociatePublicIpAddress");
    let is_seen = environment
        .running_instances()
        .any(|instance| instance.public_address);
    if is_seen {
        if !is_single_instance {
            conflicts.seen_wins(Fact::PublicAddresses, set, Some(true));
        }
        PublicAddresses::Seen
    } else if is_single_instance {
        PublicAddresses::SingleInstance
    } else if set == Some(true) {
        PublicAddresses::Set
    } else {
        PublicAddresses::None
    }
}
