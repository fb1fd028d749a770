//! How simulated numbers of nodes are worded.

use crate::plan::{Distribution, Event, RemedyKind};
use crate::wording::{Text, text};

/// `24 / 25 / 27`: at 50, 95 and 99 %.
pub(super) fn quantiles(nodes: &Distribution) -> String {
    format!("{} / {} / {}", nodes.p50, nodes.p95, nodes.p99)
}

/// What happens, for tables.
pub(super) fn event(event: Event) -> Text {
    match event {
        Event::Normal => text!("when-normal"),
        Event::RollingOut => text!("when-rolling-out"),
        Event::NodeLost => text!("when-node-lost"),
        Event::ZoneLost => text!("when-zone-lost"),
        Event::ClusterLost => text!("when-cluster-lost"),
    }
}

/// What is changed, for tables.
pub(super) fn remedy(kind: RemedyKind) -> Text {
    match kind {
        RemedyKind::BiggestFirst => text!("remedy-biggest-first"),
        RemedyKind::OwnGroup => text!("remedy-own-group"),
        RemedyKind::SmallerPods => text!("remedy-smaller-pods"),
        RemedyKind::Descheduler => text!("remedy-descheduler"),
    }
}
