//! Where the settings of an environment and what was seen of it disagree.

use crate::beanstalk::{Conflict, Fact};
use crate::plan::Note;
use crate::plan::live::LiveEnvironment;
use crate::wording::{Text, text};

/// A warning for each disagreement, with both values and the one that the plan goes by.
pub(super) fn about_conflicts(one: &LiveEnvironment<'_>) -> impl Iterator<Item = Note> {
    one.reading.conflicts.iter().map(|conflict| {
        let Conflict {
            set, seen, taken, ..
        } = conflict;
        let message = text!(
            "note-settings-disagree",
            about = about(conflict.fact),
            set = set,
            seen = seen,
            taken = taken
        );
        Note::warning(
            "settings-disagree",
            &one.label,
            message,
            text!("note-settings-disagree-hint"),
        )
    })
}

fn about(fact: Fact) -> Text {
    match fact {
        Fact::Reach => text!("conflict-reach"),
        Fact::BalancerKind => text!("conflict-balancer-kind"),
        Fact::ListenerProtocol(port) => text!("conflict-protocol", port = port.to_string()),
        Fact::Listener(port) => text!("conflict-listener", port = port.to_string()),
        Fact::MostInstances => text!("conflict-most-instances"),
        Fact::RootVolume => text!("conflict-root-volume"),
        Fact::DetailedMonitoring => text!("conflict-detailed-monitoring"),
        Fact::Spot => text!("conflict-spot"),
        Fact::PublicAddresses => text!("conflict-public-addresses"),
    }
}
