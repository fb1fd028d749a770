//! One fleet under one policy: what would run where.

use super::fleet::Fleet;
use super::nodes::Nodes;
use super::{
    ClusterPlan, EnvironmentPlan, IngressGroup, PlanError, clusters, environments, manifests,
    rollout,
};
use crate::pack::SimulationSettings;
use crate::policy::Policy;

/// Everything that moves, sized, and the clusters that it is packed onto.
pub(super) struct Scenario {
    pub(super) environments: Vec<EnvironmentPlan>,
    pub(super) ingress_groups: Vec<IngressGroup>,
    pub(super) clusters: Vec<ClusterPlan>,
}

impl Fleet<'_> {
    /// Sizes the fleet for these nodes, and packs nothing.
    pub(super) fn sized(
        &self,
        policy: &Policy,
        nodes: &Nodes,
    ) -> (Vec<EnvironmentPlan>, Vec<IngressGroup>) {
        let mut sized = environments::outcomes(self, nodes, policy);
        rollout::choose_surges(&mut sized, nodes, policy);
        manifests::complete(sized, self, nodes, policy)
    }

    /// Sizes and packs the fleet for these nodes.
    ///
    /// # Errors
    /// When a cluster cannot be packed.
    pub(super) fn under(
        &self,
        policy: &Policy,
        nodes: &Nodes,
        simulated: SimulationSettings,
    ) -> Result<Scenario, PlanError> {
        let (environments, ingress_groups) = self.sized(policy, nodes);
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
            ingress_groups,
            clusters,
        })
    }
}
