//! The kinds of nodes that the clusters may have: one node group of each kind on every cluster.

use crate::catalog::{Architecture, OperatingSystem};
use crate::pack::{NodeCapacity, NodeError, linux_node, windows_node};
use crate::policy::{NodeGroup, Policy};
use crate::size::{Number, Reason, Sizing, SizingError};
use crate::snapshot::Environment;
use crate::wording::{Text, text};

/// The group of whatever has no other; add-ons run on it, too.
pub(super) const WORKERS: &str = "workers";
const WINDOWS: &str = "windows";

#[derive(Debug, Clone)]
pub(super) struct NodeKind {
    /// Of its node group on each cluster.
    pub(super) name: String,
    pub(super) operating_system: OperatingSystem,
    pub(super) instance_type: String,
    /// What images must be built for.
    pub(super) architecture: Architecture,
    pub(super) capacity: NodeCapacity,
}

/// All of them: `workers` first, then the policy's further groups, Windows last.
#[derive(Debug, Clone)]
pub(super) struct Nodes {
    workers: NodeKind,
    further: Vec<NodeKind>,
    /// Only where there are Windows environments.
    windows: Option<NodeKind>,
}

impl Nodes {
    /// As the policy has them.
    pub(super) fn of(policy: &Policy, has_windows: bool) -> Result<Self, NodeError> {
        let linux = |name: &str, instance_type: &str, key| {
            let (capacity, architecture) = linux_node(policy, instance_type, key)?;
            let (name, instance_type) = (name.to_owned(), instance_type.to_owned());
            Ok(NodeKind {
                name,
                operating_system: OperatingSystem::Linux,
                instance_type,
                architecture,
                capacity,
            })
        };
        let nodes = &policy.nodes;
        let windows = || {
            Ok(NodeKind {
                name: WINDOWS.to_owned(),
                operating_system: OperatingSystem::Windows,
                instance_type: policy.windows_nodes.instance_type.clone(),
                architecture: Architecture::Amd64,
                capacity: windows_node(policy)?,
            })
        };
        Ok(Self {
            workers: linux(WORKERS, &nodes.instance_type, "nodes.instance_type")?,
            further: nodes
                .groups
                .iter()
                .map(|group| linux(&group.name, &group.instance_type, "nodes.groups"))
                .collect::<Result<_, _>>()?,
            windows: has_windows.then(windows).transpose()?,
        })
    }

    /// In the order of a cluster's node groups.
    pub(super) fn iter(&self) -> impl Iterator<Item = &NodeKind> {
        std::iter::once(&self.workers)
            .chain(&self.further)
            .chain(&self.windows)
    }

    /// The kind of that name, else `workers`.
    pub(super) fn named(&self, name: &str) -> &NodeKind {
        self.iter()
            .find(|kind| kind.name == name)
            .unwrap_or(&self.workers)
    }

    /// The nodes of its operating system, whatever group an app may be set apart on.
    pub(super) fn usual_for(&self, environment: &Environment) -> &NodeKind {
        self.windows
            .as_ref()
            .filter(|windows| windows.operating_system == environment.operating_system())
            .unwrap_or(&self.workers)
    }

    /// Sizes an environment for the nodes that it belongs on, by `size_on`. The first of the policy's groups
    /// that names it takes it; else the first whose conditions its pods meet, as they would be on `workers`.
    ///
    /// # Errors
    /// When not even those nodes can take it.
    pub(super) fn place(
        &self,
        environment: &Environment,
        policy: &Policy,
        size_on: impl Fn(&NodeKind) -> Result<Sizing, SizingError>,
    ) -> Result<(&NodeKind, Sizing), SizingError> {
        let usual = self.usual_for(environment);
        if usual.operating_system != self.workers.operating_system {
            return Ok((usual, size_on(usual)?));
        }
        let groups = || policy.nodes.groups.iter().zip(&self.further);
        let on = |kind, rule: Text| {
            let mut sizing = size_on(kind)?;
            sizing
                .reasons
                .push(Reason::of(Number::NodeGroup).step_by_policy(
                    &kind.name,
                    rule,
                    "nodes.groups",
                ));
            Ok((kind, sizing))
        };
        if let Some((group, kind)) = groups().find(|(group, _)| group.names(&environment.name)) {
            return on(kind, text!("rule-node-group-names", group = &group.name));
        }
        let sized = size_on(&self.workers);
        let met =
            groups().find_map(|(group, kind)| Some((kind, self.met_condition(group, &sized)?)));
        match met {
            Some((kind, condition)) => on(kind, condition),
            None => sized.map(|sizing| (&self.workers, sizing)),
        }
    }

    /// The condition of the group that the pods meet, in words.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share between 0 and 1"
    )]
    fn met_condition(
        &self,
        group: &NodeGroup,
        sized: &Result<Sizing, SizingError>,
    ) -> Option<Text> {
        let worker = &self.workers.instance_type;
        match sized {
            Err(SizingError::TooLarge { .. }) => group
                .min_node_share
                .map(|_| text!("rule-node-group-too-large", type = worker)),
            Err(_) => None,
            Ok(sizing)
                if sizing.replicas.pods_per_instance > 1 && group.min_node_share.is_some() =>
            {
                Some(text!("rule-node-group-split", type = worker))
            }
            Ok(sizing) => {
                let (requests, room) = (sizing.requests, self.workers.capacity.available);
                let large = group.min_node_share.filter(|share| {
                    requests.dominant_millionths_of(room) >= (share.get() * 1e6) as u64
                });
                let hungry = group
                    .min_gib_per_core
                    .filter(|&least| requests.memory.gibibytes() >= least * requests.cpu.cores());
                let large = large.map(|share| text!("rule-node-group-share", share = share.to_string(), type = worker));
                large.or_else(|| {
                    hungry.map(|least| text!("rule-node-group-memory", gib = least.to_string()))
                })
            }
        }
    }
}
