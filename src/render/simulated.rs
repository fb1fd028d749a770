//! How simulated numbers of nodes are worded.

use crate::plan::{Distribution, Event, RemedyKind};

/// `24 / 25 / 27`: at 50, 95 and 99 %.
pub(super) fn quantiles(nodes: &Distribution) -> String {
    format!("{} / {} / {}", nodes.p50, nodes.p95, nodes.p99)
}

/// What happens, for tables.
pub(super) const fn event(event: Event) -> &'static str {
    match event {
        Event::Normal => "normal times",
        Event::RollingOut => "apps roll out",
        Event::NodeLost => "any one node lost",
        Event::ZoneLost => "any one zone lost",
        Event::ClusterLost => "the other cluster lost, apps roll out",
    }
}

/// What is changed, for tables.
pub(super) const fn remedy(kind: RemedyKind) -> &'static str {
    match kind {
        RemedyKind::BiggestFirst => "biggest apps deployed first",
        RemedyKind::OwnGroup => "big pods on a group of their own",
        RemedyKind::SmallerPods => "no pod over a quarter of a node",
        RemedyKind::Descheduler => "emptiest nodes drained",
    }
}
