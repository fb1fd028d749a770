//! Where an app's replicas may and should not be together.

/// A `topologySpreadConstraint` of an app on its own pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Constraint {
    /// Whether it counts nodes or zones.
    pub topology: Topology,
    /// The most that two of them may differ by.
    pub max_skew: u32,
    /// Whether it is a condition or a wish.
    pub firmness: Firmness,
}

/// A `topologyKey`: what replicas are spread over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topology {
    /// `kubernetes.io/hostname`
    Node,
    /// `topology.kubernetes.io/zone`
    Zone,
}

/// What `whenUnsatisfiable` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmness {
    /// `ScheduleAnyway`: counts in the score.
    Soft,
    /// `DoNotSchedule`: filters. With fewer topologies than `min_domains` the least of them counts as empty.
    Hard {
        /// `minDomains`: so many topologies at least are counted with.
        min_domains: u32,
    },
}

/// What a pod that declares no constraint gets. Source: `podtopologyspread/plugin.go`, `systemDefaultConstraints`.
pub const SYSTEM_DEFAULTS: [Constraint; 2] = [
    Constraint {
        topology: Topology::Node,
        max_skew: 3,
        firmness: Firmness::Soft,
    },
    Constraint {
        topology: Topology::Zone,
        max_skew: 5,
        firmness: Firmness::Soft,
    },
];

/// What the plan's manifests declare: over zones and over nodes, soft. A zone constraint alone would switch off
/// the scheduler's own spreading over nodes.
pub const PLANNED: [Constraint; 2] = [
    Constraint {
        topology: Topology::Zone,
        max_skew: 1,
        firmness: Firmness::Soft,
    },
    Constraint {
        topology: Topology::Node,
        max_skew: 1,
        firmness: Firmness::Soft,
    },
];

/// What holds for every pod of a simulation.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The scoring strategy of `NodeResourcesFit`.
    pub strategy: super::Strategy,
    /// Of each app on its own pods; [`SYSTEM_DEFAULTS`] where none is declared.
    pub constraints: &'a [Constraint],
    /// Required `podAntiAffinity` by host name: no two replicas of an app share a node.
    pub is_alone_on_node: bool,
}
