//! One fleet under one policy: what would run where.

use super::clusters::{self, ClusterSite};
use super::environments::Histories;
use super::nodes::Nodes;
use super::{ClusterPlan, EnvironmentPlan, Network, PlanError, rollout};
use crate::pack::Simulated;
use crate::policy::Policy;

/// What does not depend on the policy's choices of nodes, sizes and clusters.
pub(super) struct Fleet<'a> {
    pub(super) histories: &'a Histories<'a>,
    pub(super) site: &'a ClusterSite,
    pub(super) network: Option<&'a Network>,
    pub(super) has_windows: bool,
}

/// Everything that moves, sized, and the clusters that it is packed onto.
pub(super) struct Scenario {
    pub(super) environments: Vec<EnvironmentPlan>,
    pub(super) clusters: Vec<ClusterPlan>,
}

impl Fleet<'_> {
    /// Sizes and packs the fleet for these nodes.
    ///
    /// # Errors
    /// When a cluster cannot be packed.
    pub(super) fn under(
        &self,
        policy: &Policy,
        nodes: &Nodes,
        simulated: Simulated,
    ) -> Result<Scenario, PlanError> {
        let mut environments = self.histories.outcomes(self.site, nodes, policy);
        rollout::choose_surges(&mut environments, nodes, policy);
        let clusters = clusters::pack(
            &environments,
            self.site,
            self.network,
            nodes,
            policy,
            simulated,
        )?;
        Ok(Scenario {
            environments,
            clusters,
        })
    }
}
